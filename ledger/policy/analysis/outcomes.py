"""The outcomes a policy can have, each with a learner; what a learner is to a policy, whole and canonical."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.policy.analysis.boxes import Boxes, Goal, Vector
from ledger.policy.analysis.members import Member
from ledger.policy.analysis.side import Known, focus_of
from ledger.policy.evaluate import decide
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.finding import Finding
from ledger.policy.model import STAGES, Outcome, Policy
from ledger.policy.nodes import Rule
from ledger.policy.order import MET, Rank
from ledger.policy.sheet import UNKNOWN, Sheet, Value, value_data
from ledger.values import Json

_OUTCOMES = {
    Rank.MET: Outcome.MET,
    Rank.NEEDS_PANEL: Outcome.NEEDS_PANEL,
    Rank.NOT_YET: Outcome.NOT_YET,
    Rank.DENIED: Outcome.DENIED,
}


def stage_goals(
    boxes: Boxes, side: int, held: Mapping[str, Value] | None = None, instead: Mapping[str, Rule] | None = None
) -> list[Goal]:
    """Return the three stages of a side as goals, with facts held at a value, or another rule in place of a stage."""
    policy = boxes.sides[side].policy
    rules = {**{stage: getattr(policy, stage) for stage in STAGES}, **(instead or {})}
    return [boxes.goal(side, rules[stage], (), held) for stage in STAGES]


def outcome_of(stages: Sequence[tuple[Rank, Rank]]) -> Outcome:
    """Return the outcome that the values of the three stages come to."""
    for pair, below in zip(stages, (Outcome.NOT_APPLICABLE, Outcome.INELIGIBLE), strict=False):
        if pair != MET:
            return Outcome.UNDETERMINED if pair[1] is Rank.MET else below
    low, high = stages[2]
    return _OUTCOMES[low] if low == high else Outcome.UNDETERMINED


def outcomes_of(vector: Vector) -> tuple[Outcome, ...]:
    """Return the outcome of each three stages in a vector."""
    return tuple([outcome_of(vector[place : place + 3]) for place in range(0, len(vector), 3)])


def reachable(boxes: Boxes, side: int = 0) -> dict[Outcome, Sheet]:
    """Return every outcome a side can have, each with a whole sheet that has it."""
    found: dict[Outcome, Sheet] = {}
    for vector, learner in boxes.reach(stage_goals(boxes, side), {}).items():
        found.setdefault(outcome_of(vector), whole(boxes, learner))
    return found


def whole(boxes: Boxes, learner: Known, goals: Iterable[Goal] = ()) -> dict[str, Value]:
    """Fill in what is still unknown of a learner, so that the facts can stand beside one another.

    By the law of the evaluator that changes no outcome that was settled without it.
    """
    sheet = dict(learner)
    outermost = [name for name, home in boxes.homes.items() if not home]
    for name in sorted(outermost, key=boxes.is_list):
        if name not in sheet:
            sheet[name] = next(_fillings(boxes, name, sheet), UNKNOWN)
        sheet[name] = _with_members(boxes, boxes.cells.facts[name], sheet[name], sheet)
    return {name: value for name, value in sheet.items() if name in outermost}


def _fillings(boxes: Boxes, name: str, sheet: Known) -> Iterator[Value]:
    definition = boxes.cells.facts[name]
    usual = definition.when_none
    values: list[Value] = [] if usual is UNKNOWN else [usual]
    if definition.type is FactType.LIST:
        counted = [
            sheet[each.counter]
            for each in boxes.relations.counted_lists()
            if each.list == name and each.counter in sheet
        ]
        members = counted[0] if counted and isinstance(counted[0], int) else 0
        values += [tuple(Member() for _ in range(members))]
    else:
        values += boxes.possible_values(name, (), {each: held for each, held in sheet.items() if each != name})
    for value in values:
        if boxes.relations.possible({**sheet, name: value}, (name,)):
            yield value


def _with_members(boxes: Boxes, definition: FactDefinition, value: Value, sheet: Known) -> Value:
    if definition.type is not FactType.LIST or not isinstance(value, tuple):
        return value
    return tuple(
        Member(_member(boxes, definition, member, place, sheet))
        for place, member in enumerate(value, 1)
        if isinstance(member, Mapping)
    )


def _member(boxes: Boxes, listed: FactDefinition, member: Sheet, place: int, sheet: Known) -> dict[str, Value]:
    found = dict(member)
    for definition in listed.members:
        name = definition.name
        if definition.method == "item.ordinal":
            found.setdefault(name, place)
        wanting = name not in found and name != focus_of(listed.name) and definition.when_none is UNKNOWN
        if wanting and definition.type is not FactType.LIST:
            values = boxes.possible_values(name, (), {**sheet, **found})
            found[name] = values[0] if values else UNKNOWN
    return found


def plain(sheet: Sheet) -> dict[str, Value]:
    """Return a sheet without the marks of an analysis and without what is not known."""
    found: dict[str, Value] = {}
    for name, value in sheet.items():
        if isinstance(value, tuple) and any(isinstance(member, Mapping) for member in value):
            found[name] = tuple(Member(plain(member)) for member in value if isinstance(member, Mapping))
        elif not name.startswith(focus_of("")) and value is not UNKNOWN:
            found[name] = value
    return found


def sheet_data(sheet: Sheet) -> dict[str, Json]:
    """Return a sheet as canonical data, in the form that fact sheets are read from."""
    return {name: value_data(value) for name, value in sorted(plain(sheet).items())}


def decided(boxes: Boxes, side: int, sheet: Sheet) -> Finding:
    """Ask the evaluator about a whole sheet, as an author would."""
    asked = boxes.sides[side]
    return decide(asked.given, plain(sheet), asked.on, overrides=asked.overrides)


def of_policy(policy: Policy, sheet: Sheet) -> dict[str, Value]:
    """Return the part of a sheet that a policy reads."""
    names = {definition.name for definition in policy.sheet}
    return {name: value for name, value in sheet.items() if name in names}
