"""Intervals against published values, and against what they are defined by."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.pilots.intervals import effective_cases, median, median_interval, share_interval, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_the_score_interval_is_the_published_one(count: int, of: int, low: str, high: str) -> None:
    """The four examples of R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(count, of)

    assert found is not None
    assert (low, high) == (found.low, found.high)


def test_none_of_sixty_is_not_nobody() -> None:
    """Of none among sixty the interval reaches z squared over sixty and z squared; of all, it is the mirror."""
    none, every = wilson(0, 60), wilson(60, 60)

    assert none is not None
    assert every is not None
    assert ("0.0000", "0.0602") == (none.low, none.high)
    assert ("0.9398", "1.0000") == (every.low, every.high)


def test_no_case_has_no_interval() -> None:
    """Of no case at all nothing is said."""
    assert wilson(0, 0) is None


@given(st.integers(1, 400), st.data())
def test_the_ends_solve_the_equation_they_are_defined_by(of: int, data: st.DataObject) -> None:
    """At each end, share and end differ by z standard errors of the end, to the four places printed."""
    count = data.draw(st.integers(0, of))
    found = wilson(count, of)
    assert found is not None
    share, squared = Fraction(count, of), Fraction(196, 100) ** 2
    slack = Fraction(1, 1_000)

    assert Fraction(found.low) <= share + slack
    assert share - slack <= Fraction(found.high)
    for end, side in ((Fraction(found.low), -1), (Fraction(found.high), 1)):
        inner, outer = (min(max(end + side * step * slack, Fraction(0)), Fraction(1)) for step in (-1, 1))
        assert (share - inner) ** 2 * of <= squared * inner * (1 - inner) or 0 < (inner - share) * -side
        assert (share - outer) ** 2 * of >= squared * outer * (1 - outer) or outer in (0, 1)


@given(st.lists(st.integers(0, 1), min_size=1, max_size=40))
def test_one_answer_a_learner_needs_no_allowance(answers: list[int]) -> None:
    """Where every cluster has one case, there are as many independent cases as cases."""
    assert Fraction(len(answers)) == effective_cases([(one, 1) for one in answers])


def test_answers_that_go_together_count_as_one() -> None:
    """Ten learners of ten answers each, all of a learner alike, are worth about ten cases, not a hundred."""
    alike = effective_cases([(10, 10)] * 5 + [(0, 10)] * 5)
    mixed = effective_cases([(5, 10)] * 10)

    assert Fraction(9) == alike
    assert Fraction(100) == mixed


@given(st.lists(st.integers(0, 6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), max_size=12))
def test_clusters_never_add_cases(clusters: list[tuple[int, int]]) -> None:
    """There are never more effective cases than cases, and at least one where there is any."""
    cases = sum(of for _, of in clusters)

    assert (min(cases, 1)) <= effective_cases(clusters) <= cases


@pytest.mark.parametrize(
    ("cases", "ranks"),
    [(5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (15, (4, 12)), (20, (6, 15)), (25, (8, 18))],
)
def test_the_median_lies_between_the_tabulated_ranks(cases: int, ranks: tuple[int, int] | None) -> None:
    """The ranks are those of the usual tables of the sign test at 5 %; of five values no interval exists."""
    found = median_interval(range(1, cases + 1))

    assert ranks == found


@given(st.lists(st.integers(0, 50), min_size=6, max_size=40))
def test_the_interval_of_a_median_covers_enough_and_no_more(values: list[int]) -> None:
    """With the ranks chosen 95 % is covered, with the next ones it is not; the median lies within."""
    found, cases = median_interval(values), len(values)
    assert found is not None
    rank = next(one for one in range(1, cases) if not _covers(cases, one + 1))
    ordered = sorted(values)

    assert (ordered[rank - 1], ordered[cases - rank]) == found
    assert _covers(cases, rank)
    assert found[0] <= (median(values) or 0) <= found[1]


def _covers(cases: int, rank: int) -> bool:
    beyond = 2 * sum(comb(cases, one) for one in range(rank))
    return Fraction(2**cases - beyond, 2**cases) >= Fraction(95, 100)


@pytest.mark.parametrize(("values", "middle"), [([], None), ([3], 3), ([1, 2], Fraction(3, 2)), ([9, 1, 5], 5)])
def test_the_median_is_in_the_middle(values: Sequence[int], middle: Fraction | None) -> None:
    """Of an even number it is halfway between the two; of nothing there is none."""
    assert middle == median(values)


def test_an_interval_needs_no_whole_number_of_cases() -> None:
    """An effective number of cases may be a fraction; at one half the reach is z / (2 * root of (n + z squared))."""
    found = share_interval(Fraction(1, 2), Fraction(33, 2))

    assert ("0.2827", "0.7173") == (found.low, found.high)
