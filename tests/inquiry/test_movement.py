"""Which way a value moves."""

import pytest

from ledger.inquiry.movement import direction
from ledger.policy.parameters import Keep
from ledger.policy.sheet import Missing, Table, Value


@pytest.mark.parametrize(
    ("keep", "before", "after", "expected"),
    [
        (Keep.AT_LEAST, 3, 4, "tightens"),
        (Keep.AT_LEAST, 4, 3, "loosens"),
        (Keep.AT_MOST, 4, 3, "tightens"),
        (Keep.AT_MOST, 3, 4, "loosens"),
        (Keep.AT_LEAST, ("a",), ("a", "b"), "tightens"),
        (Keep.AT_MOST, ("a",), ("a", "b"), "loosens"),
    ],
)
def test_a_value_moves_away_from_the_law_or_back_to_it(keep: Keep, before: Value, after: Value, expected: str) -> None:
    """Away from the law's value tightens, back to it loosens."""
    assert direction(keep, before, after) == expected


@pytest.mark.parametrize(
    ("keep", "before", "after"),
    [
        (Keep.LOCAL, 3, 4),
        (Keep.EXACT, 3, 4),
        (Keep.AT_LEAST, 3, 3),
        (Keep.AT_LEAST, None, 3),
        (Keep.AT_LEAST, 3, None),
        (Keep.AT_LEAST, Missing.UNKNOWN, Missing.ABSENT),
        (Keep.AT_LEAST, "a", "b"),
        (Keep.AT_LEAST, ("a",), ("b",)),
        (Keep.AT_LEAST, Table(()), Table(())),
    ],
)
def test_nothing_is_said_where_no_side_is_known(keep: Keep, before: Value | None, after: Value | None) -> None:
    """Where the law names no side, or two values cannot be compared, no direction is claimed."""
    assert direction(keep, before, after) == ""
