"""What a rule says now about a subject, with all it was asked with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from ledger.bounds import Governing
from ledger.deciding.shelf import Shelved
from ledger.domain.learner import FactSeen, Grant
from ledger.domain.shapes import Subject
from ledger.facts.bands import Levels
from ledger.facts.sheet import FactSheet
from ledger.policy.finding import Finding
from ledger.policy.sheet import ABSENT, Value, value_data
from ledger.values import canonical, digest, plain_number


@dataclass(frozen=True)
class Ruling:
    """An adoption made ready for a day: its policy, its own values, those of its parameters, and its scale."""

    governing: Governing
    shelved: Shelved
    overrides: Mapping[str, Value]
    parameters: Mapping[str, Value]
    levels: Levels

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the values that hold on the day, and of the local values among them."""
        return digest(
            canonical(
                {
                    "overrides": [[one.name, one.value] for one in self.governing.adoption.overrides],
                    "values": [[name, value_data(value)] for name, value in sorted(self.parameters.items())],
                }
            )
        )


@dataclass(frozen=True)
class Conclusion:
    """A finding with what a decision says of it; equal sheets under one ruling share one."""

    finding: Finding
    seen: tuple[FactSeen, ...]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the finding."""
        return self.finding.digest

    @cached_property
    def facts_digest(self) -> str:
        """Return the SHA-256 of the fact sheet: names and values, without the evidence behind them."""
        return digest(canonical([[fact.name, fact.value] for fact in self.seen]))

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Return each clause with its value."""
        return self.finding.nodes()

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """Return what the decision gives, in stored form."""
        return tuple(Grant(key=key, value=canonical(value_data(value)).decode()) for key, value in self.finding.grants)

    @cached_property
    def level(self) -> str | None:
        """Return the level the decision carries as a plain number, null for none."""
        level = self.finding.level
        if isinstance(level, int) or hasattr(level, "numerator"):
            return plain_number(level)  # type: ignore[arg-type]
        return None if level is ABSENT else canonical(value_data(level)).decode()


class Answer(Struct, frozen=True):
    """What a rule says now, and all it was asked with."""

    ruling: Ruling
    subject: Subject
    sheet: FactSheet
    conclusion: Conclusion

    @property
    def finding(self) -> Finding:
        """Return the finding."""
        return self.conclusion.finding
