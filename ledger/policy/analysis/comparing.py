"""Who fares differently under two rules, and which of them is the stricter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ledger.policy.analysis.boxes import BUDGET, Boxes
from ledger.policy.analysis.findings import PROVED, SAMPLED
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.opaque import judged_by_code
from ledger.policy.analysis.outcomes import decided, of_policy, outcomes_of, sheet_data, stage_goals, whole
from ledger.policy.analysis.side import Side
from ledger.policy.checks.places import definitions, parameters_of
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Outcome
from ledger.policy.sheet import Sheet, Value


class Strictness(StrEnum):
    """How one rule stands to another: whoever meets the stricter one meets the other."""

    THE_SAME = "the-same"
    """Whoever meets one meets the other."""

    STRICTER = "stricter"
    """The first is at least as strict: whoever meets it meets the second, and not the other way round."""

    MORE_LENIENT = "more-lenient"
    """The first is at least as lenient: whoever meets the second meets it, and not the other way round."""

    INCOMPARABLE = "incomparable"
    """Somebody meets only the first, somebody else only the second."""

    NOT_COMPARABLE = "not-comparable"
    """They read different facts, or code judges in one: no learner can be held against both; a person has to judge."""


@dataclass(frozen=True, slots=True)
class Faring:
    """A group of learners who fare differently: both outcomes, what each rests on, and one of them as a fact sheet."""

    first: Outcome
    second: Outcome
    first_rests_on: tuple[str, ...]
    second_rests_on: tuple[str, ...]
    example: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """How two rules differ.

    `strictness` is that of the first against the second. `method` is `proved` where every learner was
    covered, else `sampled`. `only_first` and `only_second` name facts that only one of them reads,
    `otherwise` those that both read and fold differently.
    """

    strictness: Strictness
    method: str
    doubts: tuple[str, ...]
    farings: tuple[Faring, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    otherwise: tuple[str, ...]


def compare(first: Side, second: Side, budget: int = BUDGET) -> PolicyDifference:
    """Return how two rules differ, with a learner for every two outcomes that differ."""
    only_first, only_second = _read_alone(first, second), _read_alone(second, first)
    otherwise = tuple(folded_otherwise(first, second))
    opaque = judged_by_code(first.given, second.given)
    if opaque or otherwise or first.policy.subject != second.policy.subject:
        method = SAMPLED if opaque else PROVED
        return PolicyDifference(Strictness.NOT_COMPARABLE, method, opaque, (), only_first, only_second, otherwise)
    boxes = explore([first, second], budget)
    found = _outcomes(boxes)
    farings = tuple(faring_of(boxes, sheet) for (one, other), sheet in found.items() if one is not other)
    strictness = Strictness.NOT_COMPARABLE if only_first or only_second else _strictness(set(found))
    method = SAMPLED if boxes.doubts else PROVED
    return PolicyDifference(strictness, method, boxes.doubts, farings, only_first, only_second, ())


def _outcomes(boxes: Boxes) -> dict[tuple[Outcome, Outcome], Sheet]:
    """Return every two outcomes that one learner can have, each with the learner of whom the least has to be said."""
    found: dict[tuple[Outcome, Outcome], Sheet] = {}
    for vector, learner in boxes.reach([*stage_goals(boxes, 0), *stage_goals(boxes, 1)], {}).items():
        one, other = outcomes_of(vector)
        held = found.get((one, other))
        if held is None or len(learner) < len(held):
            found[one, other] = learner
    return {outcomes: whole(boxes, learner) for outcomes, learner in found.items()}


def faring_of(boxes: Boxes, sheet: Sheet) -> Faring:
    """Decide a whole sheet under both rules."""
    one, other = (decided(boxes, side, of_policy(boxes.sides[side].given, sheet)) for side in range(len(boxes.sides)))
    return Faring(one.outcome, other.outcome, one.decisive, other.decisive, sheet_data(sheet))


def _strictness(found: set[tuple[Outcome, Outcome]]) -> Strictness:
    only_first = any(one is Outcome.MET and other is not Outcome.MET for one, other in found)
    only_second = any(other is Outcome.MET and one is not Outcome.MET for one, other in found)
    if only_first and only_second:
        return Strictness.INCOMPARABLE
    if only_first:
        return Strictness.MORE_LENIENT
    return Strictness.STRICTER if only_second else Strictness.THE_SAME


def _read_alone(side: Side, other: Side) -> tuple[str, ...]:
    policy = side.given
    names = set().union(*(side.reads(rule) for rule in (policy.applies, policy.eligible, policy.requires)))
    return tuple(sorted(name for name in names if name not in other.facts))


def folded_otherwise(first: Side, second: Side) -> Iterator[str]:
    """Name facts of both that do not say the same of one record: other definitions, or other values in them."""
    others = {definition.name: definition for definition, _ in definitions(second.given.sheet)}
    for definition, _ in definitions(first.given.sheet):
        other = others.get(definition.name)
        if other is not None and _meaning(definition, first) != _meaning(other, second):
            yield definition.name


def _meaning(definition: FactDefinition, side: Side) -> tuple[object, ...]:
    bare = replace(definition, says="", unit="", sensitive=False, members=())
    values: list[tuple[str, tuple[Value, ...]]] = [
        (term.name, side.held(term.name)) for term in parameters_of(definition)
    ]
    return bare, tuple(values), tuple(member.name for member in definition.members)
