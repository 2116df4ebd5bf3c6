"""Changes to school years that are over."""

from datetime import date

import pytest

from ledger.audit.queries.earlier_years import end_of_year
from ledger.domain.belonging import BelongingRetracted, CourseLeft, LearnerEnrolled
from ledger.domain.learner import CohortSet
from tests.audit.queries.support import PAPER, REASON, Book, corrected, found, places, recorded, withdrawn

NAME = "earlier-years"


def test_a_change_to_a_year_that_is_over_is_found() -> None:
    """Work of March is corrected in October."""
    book = Book()
    book.act(recorded(level="2"))
    book.act(corrected(level="3"), at="2026-10-01 09:00", who="bob", role="registrar")
    (one,) = found(NAME, book)

    assert (
        "What is of 2026-03-02 was changed 93 days after its school year ended on 2026-06-30: recorded "
        "2026-10-01 09:00 by registrar bob; no document is named."
    ) == one.sentence


def test_a_document_is_told_and_the_change_all_the_same() -> None:
    """A document does not make the year end later."""
    book = Book()
    book.act(recorded())
    book.act(withdrawn(document=PAPER), at="2026-10-01 09:00")

    assert ["a document is named."] == [one.sentence[-20:] for one in found(NAME, book)]


def test_work_moved_out_of_an_earlier_year_is_found() -> None:
    """The earlier of both days counts."""
    book = Book()
    book.act(recorded(day="2026-03-02"))
    event = book.act(corrected(day="2026-09-02"), at="2026-10-01 09:00")

    assert [event.position] == places(NAME, book)


def test_the_days_of_grace_are_left_alone() -> None:
    """Thirty days after the year are still its own."""
    book = Book()
    book.act(recorded(level="2"))
    book.act(corrected(level="3"), at="2026-07-30 09:00")

    assert [] == places(NAME, book)
    assert [102] == places(NAME, book, grace_days=29)


def test_new_work_of_an_earlier_year_is_left_alone() -> None:
    """A late entry is no change, nor is a correction of what no rule weighs, nor of undated work."""
    book = Book()
    book.act(recorded())
    book.act(recorded("late"), at="2026-10-01 09:00")
    book.act(corrected(item="7b"), at="2026-10-01 09:00")
    book.act(recorded("undated", None))
    book.act(corrected("undated", None, level="1"), at="2026-10-01 09:00")

    assert [] == places(NAME, book)


def test_a_retraction_reaches_into_an_earlier_year() -> None:
    """An enrolment, and the end of a course, are taken back a year later; a cohort has no day."""
    book = Book()
    book.act(LearnerEnrolled(organisation="us-tx/north", first_day="2025-08-18"))
    book.act(CourseLeft(course="algebra", day="2026-01-20"))
    book.act(CohortSet(clock="graduating-class", year=2027, day=None))
    for entry in (1, 2, 3, 99):
        book.act(BelongingRetracted(entry=entry, reason=REASON), at="2026-10-01 09:00")

    assert [104, 105] == places(NAME, book)
    assert all(one.sentence.endswith("no document is named.") for one in found(NAME, book))


@pytest.mark.parametrize(
    ("day", "month", "end"),
    [
        ("2026-03-02", 7, date(2026, 6, 30)),
        ("2026-06-30", 7, date(2026, 6, 30)),
        ("2026-07-01", 7, date(2027, 6, 30)),
        ("2026-05-05", 1, date(2026, 12, 31)),
        ("9999-12-31", 7, date.max),
        ("0001-01-01", 1, date(1, 12, 31)),
    ],
)
def test_a_school_year_ends_the_day_before_the_next(day: str, month: int, end: date) -> None:
    """Years begin on the first of a month."""
    assert end == end_of_year(day, month)
