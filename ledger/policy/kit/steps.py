"""The smallest step of a value: what a threshold is moved by, and how near a case has to come to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias, TypeGuard

from ledger.policy.terms import SumTerm, Times

Measured: TypeAlias = int | Fraction | date
"""A value that has an order."""

ONE_DAY = timedelta(days=1)


def is_measured(value: object) -> TypeGuard[Measured]:
    """Say whether a value has an order: a number or a day."""
    return isinstance(value, int | Fraction | date) and not isinstance(value, bool)


def position(value: Measured) -> Fraction:
    """Place a value on a line on which one step is 1."""
    return Fraction(value.toordinal() if isinstance(value, date) else value)


def moved(value: Measured) -> Iterator[Measured]:
    """Yield the values one smallest unit below and above: 1, the unit of a fraction, a day."""
    if isinstance(value, date):
        yield from (value - ONE_DAY, value + ONE_DAY)
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    else:
        step = Fraction(1, value.denominator)
        yield from (value - step, value + step)


def step_of(term: object) -> int:
    """Return the smallest step a term makes while its facts make steps of one."""
    if isinstance(term, Times):
        return term.factor * step_of(term.term)
    if isinstance(term, SumTerm):
        return min(step_of(part) for part in term.parts)
    return 1
