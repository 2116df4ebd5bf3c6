"""Somebody who just meets one rule, brought down fact by fact until the other one refuses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.members import Member
from ledger.policy.analysis.outcomes import decided, of_policy, stage_goals, whole
from ledger.policy.analysis.side import Known
from ledger.policy.finding import Finding
from ledger.policy.model import Outcome
from ledger.policy.order import MET
from ledger.policy.sheet import Sheet, Value

_STEPS = 40
"""How often a learner is brought down before the search is given up."""


def just_met(boxes: Boxes, awarding: int, known: Known) -> Sheet | None:
    """Return somebody who meets one of two rules and not the other, None where none is found.

    What is known of the learner stays as it is.
    """
    for vector, learner in boxes.reach(stage_goals(boxes, awarding), known).items():
        if all(pair == MET for pair in vector):
            return _Bringing(boxes, awarding, frozenset(known)).down(whole(boxes, {**known, **learner}))
    return None


@dataclass(frozen=True, slots=True)
class _Bringing:
    """A search down from a learner who meets the awarding rule; `fixed` names facts that stay."""

    boxes: Boxes
    awarding: int
    fixed: frozenset[str]

    def down(self, sheet: Sheet | None) -> Sheet | None:
        """Return the first learner on the way down whom the other rule refuses."""
        for _ in range(_STEPS):
            if sheet is None or self._decided(1 - self.awarding, sheet).outcome is not Outcome.MET:
                break
            sheet = self._lower(sheet)
        met = sheet is not None and self._decided(self.awarding, sheet).outcome is Outcome.MET
        return sheet if met else None

    def _lower(self, sheet: Sheet) -> Sheet | None:
        """Return a learner who differs in one thing, meets the one rule still and less of the other; else None."""
        had = _met(self._decided(1 - self.awarding, sheet))
        for near in self._near(sheet):
            finding = self._decided(1 - self.awarding, near)
            fewer = finding.outcome is not Outcome.MET or _met(finding) < had
            if fewer and self._decided(self.awarding, near).outcome is Outcome.MET:
                return near
        return None

    def _near(self, sheet: Sheet) -> Iterator[Sheet]:
        """Yield every learner who differs in one fact, of a member of a list too, or has a member fewer."""
        for name, value in sheet.items():
            if name not in self.fixed:
                others = {each: held for each, held in sheet.items() if each != name}
                for other in self._values(name, value, others):
                    near = {**others, name: other}
                    if other != value and self.boxes.relations.possible(near):
                        yield near

    def _values(self, name: str, value: Value, others: Sheet) -> Iterator[Value]:
        if not self.boxes.is_list(name):
            yield from self.boxes.cells.values(name, others)
        elif isinstance(value, tuple):
            members = [member for member in value if isinstance(member, Mapping)]
            for place, member in enumerate(members):
                for instead in ([], *([changed] for changed in self._members(member))):
                    yield (*members[:place], *instead, *members[place + 1 :])

    def _members(self, member: Sheet) -> Iterator[Sheet]:
        for name in member:
            if name in self.boxes.homes and not self.boxes.is_list(name):
                for value in self.boxes.cells.values(name, {}):
                    yield Member({**member, name: value})

    def _decided(self, side: int, sheet: Sheet) -> Finding:
        return decided(self.boxes, side, of_policy(self.boxes.sides[side].given, sheet))


def _met(finding: Finding) -> int:
    return sum(result.pair == MET for result in finding.sentences())
