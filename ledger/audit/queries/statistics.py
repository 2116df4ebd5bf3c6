"""Whole-number statistics: no share is rounded and no chance is guessed."""

from collections.abc import Iterable
from math import comb


def median(numbers: Iterable[int]) -> int:
    """Return the lower median of numbers; 0 for none."""
    found = sorted(numbers)
    return found[(len(found) - 1) // 2] if found else 0


def odds_against(more: int, fewer: int) -> int:
    """Return against how many to one it is that of two equally likely values one falls so much more often.

    That is the exact binomial tail, with the whole part taken: 1 where it is no wonder.
    """
    total = more + fewer
    tail = sum(comb(total, number) for number in range(more, total + 1))
    return (1 << total) // tail
