"""Facts as data, and the values a fact can have."""

from datetime import date
from fractions import Fraction

import pytest

from ledger.policy import ABSENT, UNKNOWN, FactType, FieldIn, FieldIs, param, table
from ledger.policy.sheet import Between, Value, value_data, value_words
from ledger.values import Json
from tests.policy.examples import definition


def test_fact_definitions_written_alike_are_equal() -> None:
    """A definition is a value, its filters and their parameters included."""
    one = definition("ap", where=(FieldIs("kind", "ap"), FieldIn("task", param.tasks)))
    other = definition("ap", where=(FieldIs("kind", "ap"), FieldIn("task", param.tasks)))

    assert one == other
    assert one != definition("ap", FactType.FRACTION)


MENU = table({"x": 1, ("y", 2): ("a", "b")})


@pytest.mark.parametrize(
    ("value", "data", "words"),
    [
        (True, True, "yes"),
        (False, False, "no"),
        (3, 3, "3"),
        ("ap", "ap", "ap"),
        (Fraction(169, 2), {"fraction": [169, 2]}, "84.5"),
        (date(2026, 5, 30), {"date": "2026-05-30"}, "2026-05-30"),
        (ABSENT, None, "none on record"),
        (UNKNOWN, {"unknown": True}, "not known"),
        (Between(1, Fraction(3, 2)), {"between": [1, {"fraction": [3, 2]}]}, "between 1 and 1.5"),
        (("a", "b"), ["a", "b"], "a, b"),
        (({"level": 3},), [{"level": 3}], "1 entry"),
        (MENU, {"table": [[["x"], 1], [["y", 2], ["a", "b"]]]}, "a table of 2 entries"),
    ],
)
def test_each_kind_of_value_has_its_own_data_and_words(value: Value | Between, data: Json, words: str) -> None:
    """A value is written as data without loss and in words for people."""
    assert data == value_data(value)
    assert words == value_words(value)


def test_a_key_that_is_not_in_a_table_gives_none() -> None:
    """A table is looked into by all its keys; anything else is an option that does not exist."""
    assert MENU.look_up("y", 2) == ("a", "b")
    assert MENU.look_up("y") is ABSENT


def test_the_two_ways_of_missing_print_their_names() -> None:
    """ABSENT and UNKNOWN are two different singletons."""
    assert [repr(ABSENT), repr(UNKNOWN)] == ["ABSENT", "UNKNOWN"]
