"""The cuts of a ledger: every value with which a rule compares a score, and every band of a scale."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ledger.deciding import Shelf
from ledger.domain.governance import Governance
from ledger.domain.shapes import Score
from ledger.errors import LedgerError
from ledger.policy.canonical import value_from_text
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Policy
from ledger.policy.terms import Comparison, FactTerm, ParamTerm, walk

SCORED = ("percent", "value")
"""What a fact measures that is a score."""


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A line: in percent of the full score, else in points; `said` names where it is drawn."""

    at: Fraction
    percent: bool
    said: str

    def value_on(self, score: Score) -> Fraction | None:
        """Return the score at which it lies on a score's own scale; nothing where that scale is not known."""
        if not self.percent:
            return self.at
        if score.minimum is None or score.maximum is None:
            return None
        least = Fraction(score.minimum)
        return least + self.at * (Fraction(score.maximum) - least) / 100


def cuts_of(governance: Governance) -> tuple[Cut, ...]:
    """Return every cut of the rules that were ever adopted and of the scales, sorted."""
    found = {*_of_scales(governance), *_of_rules(governance)}
    return tuple(sorted(found))


def _of_scales(governance: Governance) -> Iterator[Cut]:
    for placed in governance.scales:
        for band in placed.payload.bands:
            yield Cut(Fraction(band.at_least), True, f"level {band.level} of {placed.payload.scale}")


def _of_rules(governance: Governance) -> Iterator[Cut]:
    shelf = Shelf(governance)
    for placed in governance.adoptions:
        try:
            policy = shelf.find(placed.payload.digest).policy
            overrides = {one.name: value_from_text(one.value) for one in placed.payload.overrides}
        except (LedgerError, ValueError):  # `mastery verify` and `mastery replay` tell of it
            continue
        for name, percent in compared(policy).items():
            values = [value.value for one in policy.parameters if one.name == name for value in one.values]
            for value in [*values, overrides.get(name)]:
                if isinstance(value, int | Fraction) and not isinstance(value, bool):
                    yield Cut(Fraction(value), percent, f"{name} of {policy.id}")


def compared(policy: Policy) -> dict[str, bool]:
    """Name the parameters with which a rule compares a score, each with whether that is in percent."""
    measures = {one.name: one.measure for one in _every(policy.sheet)}
    found = {}
    for node in (one for rule in policy.rules for one in walk(rule)):
        if isinstance(node, Comparison):
            sides = (node.left, node.right)
            facts = [side.name for side in sides if isinstance(side, FactTerm)]
            parameters = [side.name for side in sides if isinstance(side, ParamTerm)]
            for fact, parameter in zip(facts, parameters, strict=False):
                if measures.get(fact) in SCORED:
                    found[parameter] = measures[fact] == "percent"
    return found


def _every(definitions: Iterable[FactDefinition]) -> Iterator[FactDefinition]:
    for one in definitions:
        yield one
        yield from _every(one.members)
