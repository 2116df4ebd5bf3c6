"""Minima, caps and totals by category, none counted twice."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.matching import can_be_given

_CATEGORIES = ("field", "paper", "studio")
_members = st.lists(st.sets(st.sampled_from(_CATEGORIES)).map(tuple), max_size=6)
_limits = st.dictionaries(st.sampled_from(_CATEGORIES), st.integers(0, 3))


def _some_giving_does(members: list[tuple[str, ...]], total: int, minima: dict[str, int], caps: dict[str, int]) -> bool:
    for giving in product(*[("", *member) for member in members]):
        counts = Counter(category for category in giving if category)
        if (
            counts.total() >= total
            and all(counts[category] >= least for category, least in minima.items())
            and all(counts[category] <= most for category, most in caps.items())
        ):
            return True
    return False


@given(_members, st.integers(0, 6), _limits, _limits)
def test_members_can_be_given_exactly_where_trying_all_ways_finds_one(
    members: list[tuple[str, ...]], total: int, minima: dict[str, int], caps: dict[str, int]
) -> None:
    """The matching says yes where one of all ways to give members to categories keeps every limit."""
    expected = _some_giving_does(members, total, minima, caps)

    assert expected == can_be_given(members, total, minima, caps)


@pytest.mark.parametrize(
    ("members", "total", "minima", "caps", "enough"),
    [
        ([("studio",), ("field",), ("field",)], 3, {"studio": 1}, {"field": 2}, True),
        ([("field",)] * 3, 3, {"studio": 1}, {"field": 2}, False),
        ([("field", "studio"), ("field",), ("field",)], 3, {"studio": 1}, {"field": 2}, True),
        ([("studio",), *[("field",)] * 3], 3, {"studio": 1}, {"field": 2}, True),
        ([("field", "studio")], 1, {"studio": 1, "field": 1}, {}, False),
        ([("studio",)] * 2, 2, {"studio": 2}, {"studio": 1}, False),
        ([], 0, {}, {}, True),
    ],
)
def test_enough(
    members: list[tuple[str, ...]], total: int, minima: dict[str, int], caps: dict[str, int], enough: bool
) -> None:
    """One member is counted once; more than a cap does no harm; a minimum above its cap cannot be kept."""
    assert enough == can_be_given(members, total, minima, caps)
