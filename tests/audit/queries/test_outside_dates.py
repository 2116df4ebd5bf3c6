"""Decisions outside the dates of their rule."""

from typing import Any

import pytest

from tests.audit.queries.rules import adoption, ended, governed
from tests.audit.queries.support import Book, decided, found, places

NAME = "outside-dates"
GOVERNANCE = governed(
    (1, adoption("2026-01-01", last_day="2026-06-30")),
    (2, adoption("2026-01-01")),
    (12, ended(2, "2026-02-28")),
    (20, adoption("2026-01-01")),
)

WRONG = [
    ({"on": "2025-12-31"}, "its adoption binds only from 2026-01-01"),
    ({"on": "2026-07-01"}, "its adoption bound for the last time on 2026-06-30"),
    ({"on": "2026-03-01", "adoption": 2, "read_to": 15}, "its adoption bound for the last time on 2026-02-28"),
    ({"on": "2026-03-02", "adoption": 20}, "its adoption, at position 20, came after all it had read, up to 9"),
    ({"on": "2026-03-02", "adoption": 5}, "no adoption stands at position 5"),
    ({"on": "2026-03-02", "edition": "made-up/rule@2026-04-01"}, "the edition is of 2026-04-01"),
]


@pytest.mark.parametrize(("made", "why"), WRONG)
def test_a_decision_outside_the_dates_is_found(made: dict[str, Any], why: str) -> None:
    """Each says what is off."""
    book = Book()
    book.act(decided(**made), at=f"{made['on']} 10:00")
    edition = made.get("edition", "made-up/rule@2020-01-01")

    assert [f"MASTERY of competency/c1 was decided for {made['on']} by {edition}: {why}."] == [
        one.sentence for one in found(NAME, book, governance=GOVERNANCE)
    ]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-03-05 10:00", "it was recorded on 2026-03-05, 3 days later"),
        ("2026-02-27 10:00", "it was recorded on 2026-02-27, 3 days earlier"),
    ],
)
def test_a_decision_for_another_day_is_found(at: str, why: str) -> None:
    """Decisions are for the day they are made on."""
    book = Book()
    book.act(decided(on="2026-03-02"), at=at)
    (one,) = found(NAME, book, governance=GOVERNANCE)

    assert why in one.sentence
    assert [] == places(NAME, book, governance=GOVERNANCE, days=3)


@pytest.mark.parametrize(
    "made",
    [
        {"on": "2026-01-01"},
        {"on": "2026-06-30"},
        {"on": "2026-03-01", "adoption": 2},
        {"on": "2026-02-28", "adoption": 2, "read_to": 15},
    ],
)
def test_the_edges_are_left_alone(made: dict[str, Any]) -> None:
    """The first and the last day, and a day after an end that nobody knew of then."""
    book = Book()
    book.act(decided(**made), at=f"{made['on']} 23:59")

    assert [] == places(NAME, book, governance=GOVERNANCE)


def test_midnight_is_left_alone() -> None:
    """A decision prepared before midnight may be stored after it."""
    book = Book()
    book.act(decided(on="2026-03-02"), at="2026-03-03 00:00")

    assert [] == places(NAME, book, governance=GOVERNANCE)
