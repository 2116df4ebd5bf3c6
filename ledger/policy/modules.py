"""A policy as a plugin hands it over: the rule, and the data that stands beside it.

A rule module opens no file. It names itself, and the catalogue reads, as resources of its package,
`<module>.toml` (parameters), `<module>.cases.toml` (cases) and `law.md`.
"""

from dataclasses import dataclass

from ledger.policy.model import Policy


@dataclass(frozen=True, slots=True)
class PolicyModule:
    """The policies of one rule module, their parameters still to be read from the file beside it.

    `module` is the module's full name, such as `policies.texas.credit_by_examination`.
    """

    module: str
    policies: tuple[Policy, ...]

    @property
    def package(self) -> str:
        """The package whose resources hold the data."""
        return self.module.rpartition(".")[0]

    @property
    def parameters(self) -> str:
        """Name of the file of parameters."""
        return f"{self.name}.toml"

    @property
    def cases(self) -> str:
        """Name of the file of cases."""
        return f"{self.name}.cases.toml"

    @property
    def law(self) -> str:
        """Name of the file that says in our own words what the law says."""
        return "law.md"

    @property
    def name(self) -> str:
        """Name of the module within its package."""
        return self.module.rpartition(".")[2]


def module(name: str, *policies: Policy) -> PolicyModule:
    """Hand over the policies of a rule module: `module(__name__, policy)`."""
    return PolicyModule(name, policies)
