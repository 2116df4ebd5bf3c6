"""A catalogue in the making: what plugins gave, the files beside it, and every problem of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from importlib import resources

import pluggy

from ledger.catalogue.contents import Beside
from ledger.errors import Problem
from ledger.facts.check import definition_problems
from ledger.policy import hookspecs
from ledger.policy.check import problems as problems_of
from ledger.policy.checks.names import used_parameters
from ledger.policy.checks.places import Subject, definitions
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Jurisdiction, Policy
from ledger.policy.modules import PolicyModule
from ledger.policy.parameter_files import ParameterFile, parameters_from_toml


@dataclass(slots=True)
class Building:
    """A catalogue in the making: what was given, by which plugin, and what is wrong."""

    method_names: frozenset[str]
    manager: pluggy.PluginManager = field(default_factory=lambda: pluggy.PluginManager(hookspecs.PROJECT))
    jurisdictions: list[tuple[str, Jurisdiction]] = field(default_factory=list)
    facts: list[tuple[str, FactDefinition]] = field(default_factory=list)
    policies: list[tuple[Policy, Beside]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, plugin: str, where: str, what: str) -> None:
        """Note a problem of a plugin."""
        self.problems.append(Problem(plugin, "", where, what))

    def refuse_all(self, plugin: str, found: Iterable[Problem]) -> None:
        """Note problems of a policy, with the plugin that gave it."""
        self.problems.extend(replace(problem, plugin=plugin) for problem in found)


def take_policies(building: Building, plugin: str, given: Policy | PolicyModule) -> None:
    """Take policies from a plugin, with the data beside them, and note every problem of them."""
    if isinstance(given, Policy):
        _take(building, given, Beside(plugin), ())
        return
    file = f"{given.package.replace('.', '/')}/{given.parameters}"
    parameters = _parameters(building, plugin, given, file)
    used = {policy.edition: used_parameters(Subject(policy)) for policy in given.policies}
    for name in sorted(set(parameters.names).difference(*used.values())):
        building.refuse(plugin, f"{file}, {name}", "is read by no policy of its module.")
    beside = Beside(
        plugin, file.removesuffix(".toml") + ".cases.toml", _text(given, given.cases), _text(given, given.law)
    )
    broken = set(parameters.names) - {each.name for each in parameters.definitions}
    for policy in given.policies:
        own = tuple(each for each in parameters.definitions if each.name in used[policy.edition])
        _take(building, replace(policy, parameters=(*policy.parameters, *own)), beside, broken)


def _parameters(building: Building, plugin: str, given: PolicyModule, file: str) -> ParameterFile:
    text = _text(given, given.parameters)
    read = parameters_from_toml(text, file)
    for problem in read.problems:
        where = ", ".join(part for part in (file, problem.where) if part)
        building.problems.append(replace(problem, plugin=plugin, where=where))
    return read


def _text(given: PolicyModule, name: str) -> str:
    resource = resources.files(given.package) / name
    return resource.read_text(encoding="utf-8") if resource.is_file() else ""


def _take(building: Building, policy: Policy, beside: Beside, broken: Collection[str]) -> None:
    building.refuse_all(beside.plugin, problems_of(policy, building.method_names, broken))
    for definition in policy.sheet:
        if building.method_names.issuperset(each.method for each, _ in definitions((definition,))):
            where = f"fact {definition.name!r}"
            found = [Problem(beside.plugin, policy.id, where, f"{what}.") for what in definition_problems(definition)]
            building.problems.extend(found)
    building.policies.append((policy, beside))
