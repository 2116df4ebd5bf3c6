"""How the two sides of a comparison are compared, with what is absent, unknown or only bounded."""

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from ledger.policy.order import MET, NOT_YET, OPEN, Pair
from ledger.policy.sheet import ABSENT, UNKNOWN, Between, Missing, Value
from ledger.policy.terms import Operator

Reading: TypeAlias = Value | Between
"""What a term comes to; a range where it counts members that are not all known."""

_ORDERED: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.MORE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.LESS: operator.lt,
}


def compare(got: Reading, how: Operator, needed: Reading) -> Pair:
    """Compare two readings: ABSENT on a side is never met, UNKNOWN leaves it open.

    Raises `TypeError` where the two cannot be compared, such as a text with a number.
    """
    if got is ABSENT or needed is ABSENT:
        return NOT_YET
    if got is UNKNOWN or needed is UNKNOWN:
        return OPEN
    holds = _ORDERED.get(how)
    if holds is None and how is Operator.IN:
        return _within(got, needed)
    if isinstance(got, Between) or isinstance(needed, Between):
        return _compare_ranges(_range(got), how, _range(needed))
    if holds is None:
        return MET if got == needed else NOT_YET
    try:
        return MET if holds(got, needed) else NOT_YET
    except TypeError:
        raise TypeError(f"{got!r} {how} {needed!r}: these two have no order between them.") from None


def _range(reading: Reading) -> tuple[Any, Any]:
    return reading if isinstance(reading, Between) else (reading, reading)


def _compare_ranges(got: tuple[Any, Any], how: Operator, needed: tuple[Any, Any]) -> Pair:
    if how is Operator.IS:
        if got[0] > needed[1] or got[1] < needed[0]:
            return NOT_YET
        return MET if got[0] == got[1] == needed[0] == needed[1] else OPEN
    holds = _ORDERED[how]
    worst, best = (got[0], needed[1]), (got[1], needed[0])
    if how in (Operator.AT_MOST, Operator.LESS):
        worst, best = (got[1], needed[0]), (got[0], needed[1])
    if holds(*worst):
        return MET
    return OPEN if holds(*best) else NOT_YET


def _within(got: Reading, needed: Reading) -> Pair:
    if not isinstance(needed, tuple):
        raise TypeError(f"{needed!r} is not a list of values to be in.")
    if not isinstance(got, Between):
        return MET if got in needed else NOT_YET
    inside = [value for value in needed if isinstance(value, int | Fraction) and got[0] <= value <= got[1]]
    return OPEN if inside else NOT_YET


def add(parts: "list[Reading]") -> Reading:
    """Return the sum of readings: ABSENT if any part is, else UNKNOWN if any part is."""
    if any(part is ABSENT for part in parts):
        return ABSENT
    if any(part is UNKNOWN for part in parts):
        return UNKNOWN
    low = sum(_range(part)[0] for part in parts)
    high = sum(_range(part)[1] for part in parts)
    return bounded(low, high)


def multiply(factor: int, reading: Reading) -> Reading:
    """Return a positive whole multiple of a reading."""
    if isinstance(reading, Missing):
        return reading
    low, high = _range(reading)
    return bounded(factor * low, factor * high)


def bounded(low: int | Fraction, high: int | Fraction) -> int | Fraction | Between:
    """Return a range, or the one number in it."""
    return low if low == high else Between(low, high)
