"""The days on which what two rules ask can change, so that asking on each of them is asking on every day."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.policy.analysis.bounded import Bounded
from ledger.policy.analysis.side import Side
from ledger.policy.model import Policy
from ledger.policy.parameters import ParameterType
from ledger.policy.terms import Comparison, walk

_ONE_DAY = timedelta(days=1)


def days_between(first_day: date, last_day: date | None, *rules: Bounded) -> tuple[date, ...]:
    """Return the first day of every stretch of a span in which neither rule changes, the span's own first day first.

    `last_day` null: the span has no end.
    """
    last = last_day or date.max
    changes = {day for rule in rules for day in _changes(rule.policy)}
    return tuple(sorted({first_day, *(day for day in changes if first_day < day <= last)}))


def in_force(policy: Policy, day: date) -> bool:
    """Say whether an edition is in force on a day."""
    return policy.effective <= day and (policy.until is None or day <= policy.until)


def asked_alike(*sides: Side) -> tuple[object, ...]:
    """Return what makes two days the same question: every value in force, and the day where a fact shows it."""
    values = tuple(tuple(side.held(name) for name in side.parameters) for side in sides)
    return (values, sides[0].on) if any(_tells_the_day(side.given) for side in sides) else (values,)


def _changes(policy: Policy) -> Iterator[date]:
    yield policy.effective
    yield from _after(policy.until)
    for definition in policy.parameters:
        for value in definition.values:
            yield from () if value.first_day is None else (value.first_day,)
            yield from _after(value.last_day)
    if _tells_the_day(policy):
        yield from _days_named(policy)


def _tells_the_day(policy: Policy) -> bool:
    return any(definition.method == "today.1" for definition in policy.sheet)


def _days_named(policy: Policy) -> Iterator[date]:
    """Yield every day that a rule names, and the one after: what is held against today turns there."""
    named = [value.value for each in policy.parameters for value in each.values if each.type is ParameterType.DATE]
    for rule in policy.rules:
        for node in walk(rule):
            if isinstance(node, Comparison):
                named += [node.left, node.right]  # type: ignore[list-item]
    for day in named:
        if isinstance(day, date):
            yield day
            yield from _after(day)


def _after(day: date | None) -> Iterator[date]:
    if day is not None and day < date.max:
        yield day + _ONE_DAY
