"""Cases worth writing: learners on both sides of every threshold, who differ in that alone and in the outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.linear import NUMERIC, cuts, number
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.outcomes import plain
from ledger.policy.analysis.questions import changed
from ledger.policy.analysis.side import Known, Side
from ledger.policy.cases import Case
from ledger.policy.evaluate import decide
from ledger.policy.facts import FactType
from ledger.policy.finding import Finding
from ledger.policy.model import Outcome, Policy
from ledger.policy.sheet import Sheet, Value, value_words

ENOUGH = 30_000
"""How often the evaluator is asked before fewer values are tried: a suggestion needs a learner, and proves nothing."""


class Step(NamedTuple):
    """A threshold of a fact: a value just short of it and the value at it; `others` are facts it is held against."""

    fact: str
    short: Value
    at: Value
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case worth writing: a learner just short of a threshold, or at it, and what the evaluator says."""

    name: str
    step: Step
    on: date
    given: Sheet
    finding: Finding


def suggest(
    policy: Policy, on: date, cases: Sequence[Case] = (), *, every: bool = False, budget: int = ENOUGH
) -> tuple[Suggestion, ...]:
    """Return a case for each side of every threshold that matters, those only that no case tries, or every one.

    A case tries a side of a threshold where it stands on that side and its outcome changes when the
    fact alone is moved to the other side. None is returned for a policy in which code judges: there is
    no threshold to be read off it.
    """
    if policy.judged:
        return ()
    boxes = explore([Side(policy, on)], budget)
    own = [case for case in cases if case.policy == policy]
    found: list[Suggestion] = []
    seen: set[tuple[str, ...]] = set()
    for step in steps(boxes):
        pair = None if (step.fact, *step.others) in seen else next(changed(boxes, step.fact, step[1:3]), None)
        if pair is not None:
            seen.update([(step.fact, *step.others)] if step.others else [])
            for sheet, value, other in zip(pair, (step.short, step.at), (step.at, step.short), strict=True):
                if every or not any(_tries(boxes, case, step, value, other) for case in own):
                    found.append(_suggestion(policy, on, step, value, sheet))
    return tuple(found)


def steps(boxes: Boxes) -> Iterator[Step]:
    """Yield every threshold of the numbers and days a policy reads, then ways to cross those between facts."""
    for name, definition in boxes.cells.facts.items():
        if definition.type in NUMERIC and not boxes.homes.get(boxes.homes[name], ""):
            for low, high in pairwise(boxes.cells.apart(name)):
                yield Step(name, _just_short(definition.type, low, high), high)
    related = set(boxes.relations.forms())
    for form in sorted(boxes.cells.cuts.forms - related):
        name, *others = [each for each, _ in form.factors]
        sizes = {size for value in boxes.cells.values(name, {}) if (size := number(value)) is not None}
        for size in sorted(sizes, reverse=True):
            kind = boxes.cells.facts[name].type
            yield Step(name, like(kind, size - 1), like(kind, size), tuple(others))


def _just_short(kind: FactType, low: Value, high: Value) -> Value:
    """Return the value one step below a threshold, as near as the one before it where that is nearer."""
    if isinstance(high, date) and isinstance(low, date):
        return max(low, high - timedelta(days=1))
    if isinstance(high, int | Fraction) and isinstance(low, int | Fraction):
        return max(low, high - 1)
    return low


def _suggestion(policy: Policy, on: date, step: Step, value: Value, sheet: Sheet) -> Suggestion:
    usual = {definition.name: definition.when_none for definition in policy.sheet}
    given = {name: held for name, held in plain(sheet).items() if held != usual[name] or type(held) is bool}
    finding = decide(policy, given, on)
    beside = f" beside {' and '.join(step.others)}" if step.others else ""
    return Suggestion(f"{step.fact} {value_words(value)}{beside}: {finding.outcome.value}", step, on, given, finding)


def _tries(boxes: Boxes, case: Case, step: Step, value: Value, other: Value) -> bool:
    """Say whether a case stands on one side of a threshold and comes out otherwise on the other."""
    before = _outcome(case, case.given)
    return any(before is not _outcome(case, moved) for moved in _moved(boxes, case.given, step, value, other))


def _outcome(case: Case, given: Sheet) -> Outcome:
    return decide(case.policy, given, case.on, overrides=case.parameters, known_on=case.known_on).outcome


def _moved(boxes: Boxes, given: Sheet, step: Step, value: Value, other: Value) -> Iterator[Sheet]:
    """Yield a case's facts with the one fact on the other side, for every member that carries it."""
    home = boxes.homes[step.fact]
    if not home:
        yield from ({**given, step.fact: new} for new in _across(boxes, given, step, value, other))
        return
    members = given.get(home)
    found = [member for member in members if isinstance(member, Mapping)] if isinstance(members, tuple) else []
    for place, member in enumerate(found):
        for new in _across(boxes, {**given, **member}, step, value, other):
            yield {**given, home: (*found[:place], {**member, step.fact: new}, *found[place + 1 :])}


def _across(boxes: Boxes, known: Known, step: Step, value: Value, other: Value) -> Iterator[Value]:
    """Yield values on the other side of a threshold, where the value that is known stands on this one."""
    usual = boxes.cells.facts[step.fact].when_none
    held = number(known.get(step.fact, usual))
    if held is None:
        return
    if not step.others:
        if _same_cell(boxes, step.fact, held, value):
            yield other
        return
    rest = {name: each for name, each in known.items() if name in step.others}
    forms = [form for form in boxes.cells.cuts.forms if step.fact in dict(form.factors)]
    found, _ = cuts([form for form in forms if set(step.others) <= set(dict(form.factors))], step.fact, rest)
    rises = (number(value) or 0) < (number(other) or 0)
    for at in found:
        for new in (at - 1, at, at + 1):
            if (held < new) == rises and held != new:
                yield like(boxes.cells.facts[step.fact].type, new)


def like(kind: FactType, size: Fraction) -> Value:
    """Write a number as a value of a type."""
    if kind is FactType.DATE:
        return date.fromordinal(int(size))
    return int(size) if kind is FactType.INTEGER else size


def _same_cell(boxes: Boxes, name: str, one: Fraction, other: Value) -> bool:
    """Say whether no threshold of a fact alone lies between two values."""
    found = number(other)
    if found is None:
        return False
    low, high = min(one, found), max(one, found)
    starts = [number(value) for value in boxes.cells.apart(name)]
    return not any(low < start <= high for start in starts if start is not None)
