"""The order of values and every operator over every combination of it."""

from itertools import product

import pytest

from ledger.policy import ABSENT, UNKNOWN
from ledger.policy.order import (
    MET,
    NOT_YET,
    OPEN,
    Pair,
    Rank,
    closed_when,
    highest,
    hull,
    judged,
    lowest,
    nth_highest,
    pair_text,
    turned,
)

D, N, P, M = Rank
PAIRS: list[Pair] = [(low, high) for low in Rank for high in Rank if low <= high]
TESTS: list[Pair] = [NOT_YET, OPEN, MET]


def inside(pair: Pair) -> list[Rank]:
    """Return the values a node with this pair can come to."""
    return [rank for rank in Rank if pair[0] <= rank <= pair[1]]


def sure(rank: Rank) -> Pair:
    """Return the pair of a node that is known."""
    return rank, rank


def completions(pair: Pair) -> list[Pair]:
    """Return the pairs a test can come to once everything is known."""
    return [end for end in (NOT_YET, MET) if pair[0] <= end[0] <= pair[1]]


def test_the_order() -> None:
    """Denied is below not yet, not yet below needs panel, needs panel below met."""
    assert ["denied", "not_yet", "needs_panel", "met"] == [rank.word for rank in sorted(Rank)]


@pytest.mark.parametrize("pair", PAIRS, ids=pair_text)
@pytest.mark.parametrize("other", PAIRS, ids=pair_text)
def test_all_any_and_n_of_two(pair: Pair, other: Pair) -> None:
    """All of two is the lower, any of two the higher of what each comes to, at both ends."""
    both = [sorted(ranks) for ranks in product(inside(pair), inside(other))]
    lower = [ranks[0] for ranks in both]
    higher = [ranks[1] for ranks in both]

    assert (min(lower), max(lower)) == lowest([pair, other]) == nth_highest(2, [pair, other])
    assert (min(higher), max(higher)) == highest([pair, other]) == nth_highest(1, [pair, other])
    assert (min(pair[0], other[0]), max(pair[1], other[1])) == hull([pair, other])


@pytest.mark.parametrize("ranks", list(product(Rank, repeat=3)), ids=str)
def test_n_of_three_is_the_nth_highest(ranks: tuple[Rank, ...]) -> None:
    """At least n of three is the n-th highest; none needed is met, more than there are is not yet."""
    descending = sorted(ranks, reverse=True)
    pairs = [sure(rank) for rank in ranks]

    assert [sure(rank) for rank in descending] == [nth_highest(count, pairs) for count in (1, 2, 3)]
    assert [MET, NOT_YET] == [nth_highest(count, pairs) for count in (0, 4)]
    assert nth_highest(ABSENT, pairs) == NOT_YET
    assert nth_highest(UNKNOWN, pairs) == (min(N, *ranks), M)


@pytest.mark.parametrize("pair", PAIRS, ids=pair_text)
def test_not_is_two_valued(pair: Pair) -> None:
    """Met becomes not yet, everything below met becomes met."""
    values = [N if rank is M else M for rank in inside(pair)]

    assert (min(values), max(values)) == turned(pair)


@pytest.mark.parametrize("pair", PAIRS, ids=pair_text)
@pytest.mark.parametrize("condition", TESTS, ids=pair_text)
def test_final_when_closes_only_what_is_not_yet(pair: Pair, condition: Pair) -> None:
    """Not yet becomes denied where the condition holds; met, needs panel and denied stay as they are."""
    values = [D if rank is N and holds == MET else rank for rank in inside(pair) for holds in completions(condition)]

    assert (min(values), max(values)) == closed_when(condition, pair)


@pytest.mark.parametrize("decided", TESTS, ids=pair_text)
@pytest.mark.parametrize("carried", TESTS, ids=pair_text)
@pytest.mark.parametrize("sent_back", TESTS, ids=pair_text)
def test_a_panel(decided: Pair, carried: Pair, sent_back: Pair) -> None:
    """Needs panel until decided; then met if carried, not yet if sent back, else denied."""
    values = []
    for sat, won, back in product(*map(completions, (decided, carried, sent_back))):
        values.append(P if sat != MET else M if won == MET else N if back == MET else D)

    assert (min(values), max(values)) == judged(decided, carried, sent_back)


def test_a_count_must_be_a_whole_number() -> None:
    """A count of another type is refused."""
    with pytest.raises(TypeError, match="'two' is not how many are needed: give a whole number"):
        nth_highest("two", [MET])
