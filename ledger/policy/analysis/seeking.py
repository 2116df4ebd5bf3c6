"""Somebody who fares as a bound forbids, looked for where two rules differ before everywhere."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from ledger.policy.analysis.comparing import Faring, PolicyDifference, Strictness, compare, faring_of, folded_otherwise
from ledger.policy.analysis.enough import just_enough
from ledger.policy.analysis.findings import PROVED
from ledger.policy.analysis.implying import Implying, bare, implies
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.questions import inside
from ledger.policy.analysis.side import Known, Side
from ledger.policy.analysis.tightening import just_met
from ledger.policy.analysis.variations import combined, standings
from ledger.policy.model import STAGES, Outcome
from ledger.policy.nodes import Always, Each, EnoughOf, Rule, Some
from ledger.policy.order import MET

GLANCE, PROOF, SEARCH = 1_000, 5_000, 20_000
"""How often the evaluator is asked before looking elsewhere, of parts alone, and before giving up exactness."""

_ORDER = (Outcome.NOT_YET, Outcome.DENIED, Outcome.NEEDS_PANEL, Outcome.INELIGIBLE, Outcome.NOT_APPLICABLE)

_PARTS = 12
"""Parts of the rules that are looked into by themselves."""

Beside: TypeAlias = tuple[Rule, Rule, tuple[str, ...]]
"""Two parts at the same place of two rules, and the lists whose members they are asked of."""


def difference(first: Side, second: Side, awarding: int) -> PolicyDifference:
    """Return how two rules differ, as far as it takes to show that whoever meets one of them meets the other, or not.

    `awarding` is the place, 0 or 1, of the rule that may not be met alone.
    """
    faring = _counting(first, second, awarding)
    if faring is not None:
        return PolicyDifference(Strictness.INCOMPARABLE, PROVED, (), (faring,), (), (), ())
    found = compare(first, second, GLANCE)
    if not found.doubts or any(met_alone(faring, awarding) for faring in found.farings):
        return found
    if implied(first, second, awarding):
        return replace(found, farings=(), doubts=(), method=PROVED)
    learner = _sought(first, second, awarding, _beginnings(first, second, awarding))
    return compare(first, second, SEARCH) if learner is None else replace(found, farings=(learner,))


def implied(first: Side, second: Side, awarding: int) -> bool:
    """Say whether whoever meets the rule at a place certainly meets the other, part by part, each explored alone."""
    strict, other = (first, second) if awarding == 0 else (second, first)
    parts = [(one, beside) for one, beside, lists in _differing(strict, other) if not lists]
    beside_one_another = {(id(bare(one)), id(bare(beside))) for one, beside in parts[:_PARTS]}

    left = PROOF

    def explored(one: Rule, beside: Rule) -> bool:
        nonlocal left
        if (id(one), id(beside)) not in beside_one_another:
            return False
        boxes = explore([_alone(strict, one), _alone(other, beside)], left)
        goals = [boxes.goal(side, each.policy.requires) for side, each in enumerate(boxes.sides)]
        reached = boxes.reach(goals, {})
        left = max(0, left - boxes.asked)
        return not boxes.doubts and all(pairs[0] != MET or pairs[1] == MET for pairs in reached)

    return implies(strict, other, explored)


def _alone(side: Side, part: Rule) -> Side:
    """Return a side with one part for its whole rule, so that only what that part reads is told apart."""
    policy = replace(side.given, applies=Always(), eligible=Always(), requires=part, grants=(), level=None)
    return Side(policy, side.on, side.overrides)


def somebody(first: Side, second: Side, awarding: int) -> Faring | None:
    """Return somebody who meets the rule at a place and not the other, None where none is found at little cost."""
    if any(folded_otherwise(first, second)):
        return None
    faring = _counting(first, second, awarding)
    if faring is not None:
        return faring
    found = compare(first, second, GLANCE)
    alone = [faring for faring in found.farings if met_alone(faring, awarding)]
    if alone or not found.doubts or implied(first, second, awarding):
        return min(alone, key=says_most, default=None)
    return _sought(first, second, awarding, _beginnings(first, second, awarding))


def met_alone(faring: Faring, awarding: int) -> bool:
    """Say whether a learner meets the rule at a place and not the other."""
    one, other = (faring.first, faring.second) if awarding == 0 else (faring.second, faring.first)
    return one is Outcome.MET and other is not Outcome.MET


def says_most(faring: Faring) -> int:
    """Put learners in the order of what they show: one who falls short before one who is not concerned."""
    other = faring.second if faring.first is Outcome.MET else faring.first
    return _ORDER.index(other) if other in _ORDER else len(_ORDER)


def _counting(first: Side, second: Side, awarding: int) -> Faring | None:
    return _sought(first, second, awarding, _counted(first, second, awarding)) if _same_facts(first, second) else None


def _same_facts(first: Side, second: Side) -> bool:
    return first.given.sheet == second.given.sheet and not any(folded_otherwise(first, second))


def _sought(first: Side, second: Side, awarding: int, beginnings: "Iterator[Known]") -> Faring | None:
    """Return somebody who meets one rule alone, looked for from each beginning in turn."""
    for known in beginnings:
        boxes = explore([first, second], GLANCE)
        sheet = just_met(boxes, awarding, known)
        if sheet is not None:
            return faring_of(boxes, sheet)
    return None


def _counted(first: Side, second: Side, awarding: int) -> Iterator[Known]:
    """Yield lists that are just enough where the rules ask for enough of several kinds."""
    side = (first, second)[awarding]
    for stage in STAGES:
        for standing, sentence in standings(getattr(side.policy, stage)):
            if isinstance(sentence, EnoughOf) and not standing.lists:
                yield from just_enough(explore([first, second], GLANCE), awarding, sentence)


def _beginnings(first: Side, second: Side, awarding: int) -> Iterator[Known]:
    """Yield what is to be known of somebody who meets a part of one rule and not the same part of the other."""
    for *pair, lists in islice(_differing(first, second), _PARTS):
        boxes = explore([first, second], GLANCE)
        goals = [boxes.goal(side, node, lists) for side, node in enumerate(pair)]
        for pairs, learner in boxes.reach(goals, {}).items():
            if pairs[awarding] == MET != pairs[1 - awarding]:
                yield inside(boxes, learner)
    yield {}


def _differing(first: Side, second: Side) -> Iterator[Beside]:
    implying = Implying(first, second)
    for stage in STAGES:
        yield from _parts((getattr(first.policy, stage), getattr(second.policy, stage), ()), implying)


def _parts(beside: Beside, implying: Implying) -> Iterator[Beside]:
    """Yield the parts of two rules that stand at the same place and differ, those inside a part before itself."""
    one, other, lists = beside
    if implying.alike(one, other):
        return
    inner = (*lists, one.list.name) if isinstance(one, Each | Some) else lists
    parts, others = combined(one), combined(other)
    if type(one) is type(other) and len(parts) == len(others):
        for pair in zip(parts, others, strict=True):
            yield from _parts((*pair, inner), implying)
    yield beside
