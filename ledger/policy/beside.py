"""What stands beside a rule module, read: its parameters put into its policies, its cases and its law as text."""

from dataclasses import dataclass, replace
from importlib import resources

from ledger.policy.checks.names import used_parameters
from ledger.policy.checks.places import Subject
from ledger.policy.model import Policy
from ledger.policy.modules import PolicyModule
from ledger.policy.parameter_files import ParameterFile, parameters_from_toml


@dataclass(frozen=True, slots=True)
class ModuleRead:
    """A rule module with the files beside it.

    `file` is the place of the parameters as problems name it, `cases_file` that of the cases. `broken`
    names parameters that could not be read, `unread` those that no policy of the module reads.
    """

    policies: tuple[Policy, ...]
    parameters: ParameterFile
    file: str
    cases_file: str
    cases: str
    law: str
    broken: frozenset[str]
    unread: tuple[str, ...]


def read_module(given: PolicyModule) -> ModuleRead:
    """Read the files beside a rule module; each policy takes the parameters it reads."""
    folder = given.package.replace(".", "/")
    file = f"{folder}/{given.parameters}"
    parameters = parameters_from_toml(_text(given, given.parameters), file)
    used = {policy.edition: used_parameters(Subject(policy)) for policy in given.policies}
    return ModuleRead(
        tuple(_with_parameters(policy, parameters, used[policy.edition]) for policy in given.policies),
        parameters,
        file,
        f"{folder}/{given.cases}",
        _text(given, given.cases),
        _text(given, given.law),
        frozenset(parameters.names) - {each.name for each in parameters.definitions},
        tuple(sorted(set(parameters.names).difference(*used.values()))),
    )


def _with_parameters(policy: Policy, parameters: ParameterFile, used: set[str]) -> Policy:
    own = tuple(each for each in parameters.definitions if each.name in used)
    return replace(policy, parameters=(*policy.parameters, *own))


def _text(given: PolicyModule, name: str) -> str:
    resource = resources.files(given.package) / name
    return resource.read_text(encoding="utf-8") if resource.is_file() else ""
