"""Changes of cohort and of grade of record."""

import pytest

from ledger.domain.belonging import BelongingRetracted, GradeOfRecordSet, LearnerEnrolled
from ledger.domain.learner import CohortSet
from tests.audit.queries.support import ALGEBRA, REASON, Book, decided, found, places

NAME = "cohort-changes"


def cohort(year: int, basis: str | None = None) -> CohortSet:
    """Build a setting of the graduating class."""
    return CohortSet(clock="graduating-class", year=year, day=None, basis=basis)


def grade(grade: str, day: str, basis: str | None = None) -> GradeOfRecordSet:
    """Build a setting of the grade of record."""
    return GradeOfRecordSet(grade=grade, first_day=day, basis=basis)


def enrolled(grade: str, day: str = "2025-08-18") -> LearnerEnrolled:
    """Build an enrolment in a grade."""
    return LearnerEnrolled(organisation="us-tx/north", first_day=day, grade=grade)


def test_a_cohort_set_to_another_year_is_found() -> None:
    """The learner graduates a year later than the class of entry."""
    book = Book()
    book.act(cohort(2026), at="2025-09-01 10:00")
    event = book.act(cohort(2027), at="2026-04-01 10:00", who="bob", role="registrar")
    (one,) = found(NAME, book)

    assert (101, event.position) == one.positions
    assert (
        "The cohort on the clock graduating-class was changed from 2026 to 2027 without a basis: recorded "
        "2026-04-01 10:00 by registrar bob."
    ) == one.sentence


def test_a_basis_is_enough_unless_something_passes() -> None:
    """A change that names its basis is found only where a decision became met by it."""
    book = Book()
    book.act(cohort(2026), at="2025-09-01 10:00")
    book.act(cohort(2027, "transfer order 12"), at="2026-04-01 10:00")
    event = book.act(
        cohort(2028, "transfer order 13"), decided(question="GRADUATION", subject=ALGEBRA), at="2026-05-01 10:00"
    )
    (one,) = found(NAME, book)

    assert event.position == one.position
    assert " on the basis of transfer order 13, and GRADUATION of course/algebra became met by it: " in one.sentence


def test_first_settings_and_repeats_are_left_alone() -> None:
    """Another clock is set for the first time, and the same value a second time."""
    book = Book()
    book.act(cohort(2026))
    book.act(cohort(2026), at="2026-05-01 10:00")
    book.act(CohortSet(clock="grade-9-entry", year=None, day="2022-08-15"), at="2026-05-01 10:00")

    assert [] == places(NAME, book)


def test_what_is_set_right_within_a_day_is_left_alone() -> None:
    """Whoever entered it sees the slip the same day; another person's change is found."""
    book = Book()
    book.act(cohort(2062), at="2026-04-01 10:00", who="ann")
    book.act(cohort(2026), at="2026-04-01 16:00", who="ann")
    event = book.act(cohort(2027), at="2026-04-01 17:00", who="bob")

    assert [event.position] == places(NAME, book)


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [("9", "8", "2026-08-17"), ("9", "11", "2026-08-17"), ("9", "10", "2026-01-12"), ("9", "ungraded", "2026-08-17")],
)
def test_odd_changes_of_grade_are_found(before: str, after: str, day: str) -> None:
    """Down, two at once, in the middle of a year, or to what is no step of the ladder."""
    book = Book()
    book.act(enrolled(before), at="2025-08-18 10:00")
    event = book.act(grade(after, day), at="2026-09-01 10:00")
    (one,) = found(NAME, book)

    assert event.position == one.position
    assert one.sentence.startswith(
        f"The grade of record was changed from {before} to {after} as of {day} without a basis: recorded "
    )


def test_promotion_is_left_alone() -> None:
    """The next grade begins with the next year, whether it is set or comes with an enrolment."""
    book = Book()
    book.act(enrolled("K", "2023-08-14"), at="2023-08-14 10:00")
    book.act(enrolled("1", "2024-08-19"), at="2024-08-19 10:00")
    book.act(enrolled("1", "2025-08-18"), at="2025-08-18 10:00")
    book.act(grade("2", "2026-05-29"), at="2026-05-29 10:00")
    book.act(LearnerEnrolled(organisation="us-tx/south", first_day="2026-06-01"), at="2026-06-01 10:00")

    assert [] == places(NAME, book)


def test_a_retracted_grade_is_found() -> None:
    """The grade is taken back by somebody else; an enrolment without one is nothing to this query."""
    book = Book()
    book.act(enrolled("9"), at="2025-08-18 10:00")
    book.act(LearnerEnrolled(organisation="us-tx/south", first_day="2025-08-18"), at="2025-08-18 10:00")
    one = book.act(BelongingRetracted(entry=1, reason=REASON), at="2026-03-01 10:00", who="bob")
    book.act(BelongingRetracted(entry=2, reason=REASON), at="2026-03-01 10:00", who="bob")

    assert [one.position] == places(NAME, book)
    assert "The grade of record 9 from 2025-08-18 was retracted without a basis" in found(NAME, book)[0].sentence
