"""Preparation recorded after the retake it excuses."""

import pytest

from ledger.domain.learner import PreparationRecorded
from tests.audit.queries.support import Book, decided, found, places, recorded, skill

NAME = "late-preparation"


def prepared(day: str | None = "2026-03-09", number: int = 1) -> PreparationRecorded:
    """Build a preparation for a skill."""
    return PreparationRecorded(subject=skill(number), kind="tutoring", occurred=day)


def retaken() -> Book:
    """Write a first try of 2 March and a retake of 10 March, each recorded on its day."""
    book = Book()
    book.act(recorded("first", "2026-03-02", level="2"), decided("not_yet"), at="2026-03-02 10:00")
    book.act(recorded("retake", "2026-03-10"), at="2026-03-10 10:00")
    return book


@pytest.mark.parametrize("day", ["2026-03-09", "2026-03-10", None])
def test_a_preparation_recorded_after_the_retake_is_found(day: str | None) -> None:
    """It is dated not after the retake, was recorded ten days after it, and mastery followed."""
    book = retaken()
    event = book.act(prepared(day), decided("met"), at="2026-03-20 16:00")
    (one,) = found(NAME, book)

    assert (103, event.position, event.position + 1) == one.positions
    assert (
        f"A preparation (tutoring) said to be of {day or 'no day'}, before the retake of 2026-03-10, was recorded 10 "
        "days after that retake, at 2026-03-20 16:00 by teacher ann, and MASTERY of competency/c1 became met by it."
    ) == one.sentence


def test_a_preparation_written_down_within_days_is_left_alone() -> None:
    """On Friday the week is written down."""
    book = retaken()
    event = book.act(prepared(), decided("met"), at="2026-03-13 16:00")

    assert [] == places(NAME, book)
    assert [event.position] == places(NAME, book, days=2)


def test_a_preparation_for_the_next_retake_is_left_alone() -> None:
    """It is dated after the last try, or excuses none there is, or is for another skill."""
    book = retaken()
    book.act(prepared("2026-03-11"), decided("met"), at="2026-03-20 16:00")
    book.act(prepared(number=2), decided("met", skill(2)), at="2026-03-20 16:30")
    book.act(prepared("2026-03-01"), decided("met"), at="2026-03-20 16:00", learner="two")

    assert [] == places(NAME, book)


def test_a_late_preparation_of_no_use_is_left_alone() -> None:
    """Nothing passes by it."""
    book = retaken()
    book.act(prepared(), decided("not_yet"), at="2026-03-20 16:00")

    assert [] == places(NAME, book)


def test_a_retake_entered_after_its_preparation_is_left_alone() -> None:
    """The order of entry is that of the work, however late both are."""
    book = Book()
    book.act(recorded("first", "2026-03-02", level="2"), decided("not_yet"), at="2026-03-02 10:00")
    book.act(prepared(), at="2026-05-01 10:00")
    book.act(recorded("retake", "2026-03-10"), decided("met"), at="2026-05-01 10:05")

    assert [] == places(NAME, book)
