"""Questions about two learners who differ in one thing: one clause turned, or one fact raised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.linear import number
from ledger.policy.analysis.members import Member, with_focus
from ledger.policy.analysis.outcomes import decided, outcomes_of, stage_goals, whole
from ledger.policy.analysis.side import Known, focus_of
from ledger.policy.analysis.variations import Standing, with_flipped
from ledger.policy.cases import Case
from ledger.policy.evaluate import changing_alone, decide
from ledger.policy.facts import FactType
from ledger.policy.model import Outcome
from ledger.policy.order import MET
from ledger.policy.sheet import Sheet, Value

RANKS = {Outcome.MET: 3, Outcome.NEEDS_PANEL: 2, Outcome.NOT_YET: 1}
"""How good an outcome is; what is not named is 0."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What some learners show of clauses: met by one, failed by one, decisive for one."""

    met: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    decisive: frozenset[str] = frozenset()


def shown_by(cases: Iterable[Case]) -> Shown:
    """Return what cases show."""
    met: set[str] = set()
    failed: set[str] = set()
    turning: set[str] = set()
    for case in cases:
        finding = decide(case.policy, case.given, case.on, overrides=case.parameters, known_on=case.known_on)
        for result in finding.sentences():
            if result.settled:
                (met if result.pair == MET else failed).add(result.key.partition("[")[0])
        if finding.tree and finding.outcome is not Outcome.UNDETERMINED:
            turning.update(key.partition("[")[0] for key in changing_alone(finding.tree))
    return Shown(frozenset(met), frozenset(failed), frozenset(turning))


def decisive(boxes: Boxes, stage: str, standing: Standing) -> Sheet | None:
    """Return somebody whose outcome changes when a clause alone goes the other way, None where there is nobody."""
    rule = getattr(boxes.sides[0].policy, stage)
    goals = [*stage_goals(boxes, 0), *stage_goals(boxes, 0, instead={stage: with_flipped(rule, standing)})]
    for vector, learner in boxes.reach(goals, {}).items():
        before, after = outcomes_of(vector)
        if before is not after and before is not Outcome.UNDETERMINED:
            return whole(boxes, learner)
    return None


def changed(boxes: Boxes, name: str, values: tuple[Value, Value]) -> Iterator[tuple[Sheet, Sheet]]:
    """Yield pairs of learners who differ in the value of one fact alone, and in the outcome."""
    goals = [goal for value in values for goal in stage_goals(boxes, 0, held={name: value})]
    for vector, learner in boxes.reach(goals, {}).items():
        before, after = outcomes_of(vector)
        if before is not after:
            pair = _pair(boxes, name, values, learner)
            if pair is not None and decided(boxes, 0, pair[0]).outcome is not decided(boxes, 0, pair[1]).outcome:
                yield pair


def _pair(boxes: Boxes, name: str, values: tuple[Value, Value], learner: Known) -> tuple[Sheet, Sheet] | None:
    """Return the two learners whole, None where the facts of one of them cannot stand beside one another."""
    listed = boxes.homes[name]
    if not listed:
        first = whole(boxes, {**learner, name: values[0]})
        second: dict[str, Value] = {**first, name: values[1]}
    else:
        first = whole(boxes, learner)
        members = first[listed]
        if not isinstance(members, tuple):
            return None
        found = [each for each in members if isinstance(each, Mapping)]
        first[listed] = with_focus(found, listed, {name: values[0]})
        second = {**first, listed: with_focus(found, listed, {name: values[1]})}
    possible = boxes.relations.possible(first) and boxes.relations.possible(second)
    return (first, second) if possible else None


def worse(boxes: Boxes, name: str) -> tuple[tuple[Value, Value], tuple[Sheet, Sheet]] | None:
    """Return two learners of whom the one with the better value of a fact has the worse outcome."""
    for low, high in pairwise(rising(boxes, name)):
        for first, second in changed(boxes, name, (low, high)):
            before, after = (decided(boxes, 0, sheet).outcome for sheet in (first, second))
            if Outcome.UNDETERMINED not in (before, after) and RANKS.get(after, 0) < RANKS.get(before, 0):
                return (low, high), (first, second)
    return None


def rising(boxes: Boxes, name: str) -> list[Value]:
    """Return the values of a number, or no and yes, that matter, the lowest first; none for any other fact."""
    values = boxes.cells.values(name, {})
    if boxes.cells.facts[name].type is FactType.BOOLEAN:
        return [False, True]
    if boxes.cells.facts[name].type not in (FactType.INTEGER, FactType.FRACTION):
        return []
    found = [(size, value) for value in values if (size := number(value)) is not None]
    return [value for _, value in sorted(found, key=lambda each: each[0])]


def inside(boxes: Boxes, learner: Known) -> Known:
    """Put the facts of members that stand beside the others into a list of one member each."""
    found = dict(learner)
    depth = {name: _depth(boxes, name) for name in boxes.homes}
    for listed in sorted((name for name in depth if boxes.is_list(name)), key=lambda name: -depth[name]):
        member = {name: found.pop(name) for name in list(found) if boxes.homes[name] == listed}
        if member:
            member.pop(focus_of(listed), None)
            found[listed] = (Member(member),)
    return found


def _depth(boxes: Boxes, name: str) -> int:
    home = boxes.homes.get(name, "")
    return 1 + _depth(boxes, home) if home else 0
