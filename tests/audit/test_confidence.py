"""The upper limit a sample allows, in whole numbers, held against published values and the plain sum."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.confidence import CONFIDENCE, PARTS, percent, upper_limit


def at_most(exceptions: int, drawn: int, rate: Fraction) -> Fraction:
    """Add up the chances of so many exceptions or fewer, as the textbook does."""
    return sum(
        (comb(drawn, one) * rate**one * (1 - rate) ** (drawn - one) for one in range(exceptions + 1)), Fraction(0)
    )


@pytest.mark.parametrize(
    ("exceptions", "drawn", "limit"),
    [(0, 60, "4.9 %"), (1, 60, "7.7 %"), (0, 59, "5.0 %"), (0, 299, "1.0 %"), (0, 2995, "0.10 %"), (3, 100, "7.6 %")],
)
def test_the_limits_auditors_know(exceptions: int, drawn: int, limit: str) -> None:
    """59 without an exception show less than 5.0 %, 299 less than 1 %, as the tables for attribute sampling say."""
    assert limit == percent(upper_limit(exceptions, drawn))


@given(st.integers(1, 80).flatmap(lambda drawn: st.tuples(st.integers(0, drawn - 1), st.just(drawn))))
def test_a_limit_is_the_least_rate_that_is_improbable(counts: tuple[int, int]) -> None:
    """At the limit so few exceptions have a chance of 5 % at the most; one ten-thousandth below they have more."""
    limit = upper_limit(*counts)

    assert at_most(*counts, limit) <= 1 - CONFIDENCE
    assert at_most(*counts, limit - Fraction(1, PARTS)) > 1 - CONFIDENCE


def test_a_higher_confidence_allows_a_higher_limit_only() -> None:
    """At 99 % nothing less can be said than at 95 %."""
    assert upper_limit(0, 60) < upper_limit(0, 60, Fraction(99, 100))


def test_exceptions_alone_show_nothing() -> None:
    """Where every one drawn is an exception, all may be."""
    assert 1 == upper_limit(7, 7)


@pytest.mark.parametrize("counts", [(0, 0), (2, 1), (-1, 5)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int]) -> None:
    """No more exceptions than were drawn, and none of nothing."""
    with pytest.raises(ValueError, match=f"{counts[0]} of {counts[1]} is no count of exceptions among the drawn"):
        upper_limit(*counts)


@given(st.fractions(0, 1))
def test_a_percentage_is_never_less_than_the_rate(rate: Fraction) -> None:
    """What is printed is rounded up, by less than one of its last place."""
    shown = Fraction(percent(rate).removesuffix(" %")) / 100
    step = Fraction(1, 1_000 if rate >= Fraction(1, 100) else 10_000)

    assert rate <= shown < rate + step
