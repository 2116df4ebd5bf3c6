"""Methods about days: first, last, whether something happened after a day, and how long it took.

The day of an item is the one the fact's order chooses, or by recording the one on which it occurred.
An undated item has none and says nothing here.
"""

from datetime import date

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.base import (
    Arguments,
    ArgumentWanted,
    Better,
    Method,
    Raw,
    Sighting,
    State,
    nothing,
)
from ledger.facts.methods.moved import MOVED_ON, moving
from ledger.policy.facts import FactType

DAY = frozenset({FactType.DATE})


def _earliest(state: State, seen: Sighting, _arguments: Arguments) -> State:
    if not seen.day or (state is not None and state[0] <= seen.day):
        return state
    return [seen.day, seen.item.version]


def _latest(state: State, seen: Sighting, _arguments: Arguments) -> State:
    if not seen.day or (state is not None and state[0] > seen.day):
        return state
    return [seen.day, seen.item.version]


def _day(state: State, _arguments: Arguments) -> tuple[date | None, Backing]:
    if state is None:
        return None, Backing()
    return date.fromisoformat(state[0]), Backing((state[1],), 1)


def _after(state: State, seen: Sighting, arguments: Arguments) -> State:
    bound = arguments["after"]
    if (state and state[0]) or not isinstance(bound, date):
        return state
    return [True, seen.item.version] if seen.day > bound.isoformat() else [False, None]


def _whether(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    return state[0], Backing((state[1],), 1) if state[0] else Backing()


def _both_ends(state: State, seen: Sighting, arguments: Arguments) -> State:
    if not seen.day:
        return state
    first, last = state or (None, None)
    return [_earliest(first, seen, arguments), _latest(last, seen, arguments)]


def _days_between(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    (first, opened), (last, closed) = state
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return days, backing_of((opened,) if opened == closed else (opened, closed))


FIRST_DATE = Method(
    name="first_date.1",
    formula="The earliest day of the counted items, moved on by `plus_months` and then `plus_days`; of none dated, and "
    "so of nothing, the fact's when_none.",
    initial=nothing,
    step=_earliest,
    result=moving(_day),
    types=DAY,
    arguments=MOVED_ON,
    better=Better.NEVER_LOWERS_UNCUT,
    title="first day",
)

LAST_DATE = Method(
    name="last_date.1",
    formula="The latest day of the counted items, moved on by `plus_months` and then `plus_days`; of none dated, and "
    "so of nothing, the fact's when_none.",
    initial=nothing,
    step=_latest,
    result=moving(_day),
    types=DAY,
    arguments=MOVED_ON,
    better=Better.NEVER_LOWERS,
    title="last day",
)

EXISTS_AFTER = Method(
    name="exists_after.1",
    formula="Whether a counted item is dated after the day `after`, that day itself not included; the first such item "
    "stands behind it; of nothing, the fact's when_none.",
    initial=nothing,
    step=_after,
    result=_whether,
    types=frozenset({FactType.BOOLEAN}),
    arguments=(ArgumentWanted("after", "the day", (date,)),),
    better=Better.NEVER_LOWERS,
    title="anything after a day",
)

SPAN = Method(
    name="span.1",
    formula="Days from the earliest to the latest day of the counted items, 0 where they are one day; of none dated, "
    "and so of nothing, the fact's when_none.",
    initial=nothing,
    step=_both_ends,
    result=_days_between,
    types=frozenset({FactType.INTEGER}),
    better=Better.NEVER_LOWERS,
    title="span of days",
)
