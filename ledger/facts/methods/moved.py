"""Moving a day on by months and days, for deadlines that run from a day in the record."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from ledger.facts.backing import Backing
from ledger.facts.methods.base import Arguments, ArgumentWanted, Limits, Raw, State, whole
from ledger.policy.sheet import ABSENT

FURTHEST = Limits("from 0 to 36600", lambda number: 0 <= number <= 36600)

MOVED_ON = (
    ArgumentWanted(
        "plus_months",
        "how many months later: the same day of the month, or its last day where it has no such day",
        (int,),
        ABSENT,
        limits=FURTHEST,
        folds=False,
    ),
    ArgumentWanted("plus_days", "how many days later, after the months", (int,), ABSENT, limits=FURTHEST, folds=False),
)
"""The arguments that move a day on; a day beyond the calendar is its last day, 9999-12-31."""


def moving(
    result: Callable[[State, Arguments], tuple[date | None, Backing]],
) -> Callable[[State, Arguments], tuple[Raw, Backing]]:
    """Return the result of a method that gives a day, moved on where its arguments say so."""

    def moved(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
        day, behind = result(state, arguments)
        return (None if day is None else later(day, arguments)), behind

    return moved


def later(day: date, arguments: Arguments) -> date:
    """Return a day moved on by `plus_months` and then `plus_days`, where they are given."""
    months, days = (whole(arguments, each.name) if each.name in arguments else 0 for each in MOVED_ON)
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    if year > date.max.year:
        return date.max
    moved = date(year, month, min(day.day, monthrange(year, month)[1]))
    return moved + timedelta(min(days, (date.max - moved).days))
