"""Credit in less time than the work can have taken."""

from typing import Any

from ledger.domain.belonging import CourseEnrolled
from ledger.domain.learner import Decided
from tests.audit.queries.support import ALGEBRA, Book, ask, decided, found, places, recorded, skill

NAME = "impossible-time"


def credit(*behind: int, **more: Any) -> Decided:
    """Build credit for algebra that rests on some versions."""
    return decided(question="CREDIT", subject=ALGEBRA, standing="award", behind=behind, **more)


def course(book: Book, learner: str, first_day: str, last_day: str, kind: str = "task") -> int:
    """Write two pieces of work, mastery that rests on them, and credit that rests on that; return its position."""
    book.act(recorded("first", first_day, kind=kind), learner=learner)
    event = book.act(
        recorded("last", last_day, kind=kind), decided(behind=(1, 2)), credit(3, on=last_day), learner=learner
    )
    return event.position + 2


def test_a_credit_in_a_week_is_found() -> None:
    """All trace of the work lies within seven days."""
    book = Book()
    position = course(book, "one", "2026-05-04", "2026-05-10")
    (one,) = found(NAME, book)

    assert (position, (101, 102, position)) == (one.position, one.positions)
    assert (
        "CREDIT of course/algebra became met on 2026-05-10, and all trace of the work lies within 7 days; few others "
        "have it."
    ) == one.sentence


def test_others_say_what_is_usual() -> None:
    """Where five others took half a year, a month is too short; and where all are as fast, a week is not."""
    slow, fast = Book(), Book()
    for number in range(5):
        course(slow, f"l{number}", "2025-11-03", "2026-05-01")
        course(fast, f"l{number}", "2026-05-04", "2026-05-09")
    position = course(slow, "one", "2026-04-03", "2026-05-01")
    course(fast, "one", "2026-05-04", "2026-05-10")

    assert [position] == places(NAME, slow)
    assert "within 29 days; 5 others took 180 days at the median." in found(NAME, slow)[0].sentence
    assert [] == places(NAME, fast)
    assert ("6 credits by work in a course measured: 6 days at the median.",) == ask(NAME, fast).notes


def test_the_time_in_the_course_counts() -> None:
    """Work of one week at the end of a year in the course, or after formative work since autumn, is no wonder."""
    book = Book()
    book.act(
        CourseEnrolled(course="algebra", first_day="2025-08-18"), CourseEnrolled(course="art", first_day="2020-08-18")
    )
    book.act(recorded("first", "2026-05-04"), learner="one")
    book.act(recorded("last", "2026-05-10"), decided(behind=(3,)), credit(4, 5), learner="one")
    book.act(recorded("draft", "2025-10-01", purpose="formative"), learner="two")
    book.act(recorded("last", "2026-05-10"), decided(behind=(2,)), credit(3), learner="two")

    assert [] == places(NAME, book)


def test_credit_by_examination_is_left_alone() -> None:
    """An examination takes a day, and a grade or a credential comes from elsewhere."""
    book = Book()
    for kind in ("exam", "credential", "course_grade"):
        course(book, kind, "2026-05-04", "2026-05-05", kind)
    book.act(credit(), learner="nothing behind it")

    assert [] == places(NAME, book)


def test_too_much_work_of_one_day_is_found() -> None:
    """Nine different pieces of summative work of one day stand behind one credit."""
    book = Book()
    book.act(recorded("start", "2025-09-01"))
    for number in range(9):
        book.act(recorded(f"task {number}", "2026-05-04", subjects=(skill(number),)))
    event = book.act(credit(*range(1, 11), on="2026-05-04"))
    (one,) = found(NAME, book)

    assert event.position == one.position
    assert (
        "Behind CREDIT of course/algebra, decided 2026-05-04, stand 9 summative pieces of work of one day, 2026-05-04."
    ) == one.sentence
    assert [] == places(NAME, book, a_day=9)


def test_one_piece_for_many_skills_is_one() -> None:
    """A project that shows nine skills, and formative work, make no crowded day."""
    book = Book()
    book.act(recorded("start", "2025-09-01"))
    for number in range(9):
        book.act(recorded("project", "2026-05-04", subjects=(skill(number),)))
        book.act(recorded(f"draft {number}", "2026-05-04", purpose="formative"))
    book.act(credit(*range(1, 20), on="2026-05-04"))

    assert [] == places(NAME, book)


def test_undated_work_has_the_day_of_the_decision() -> None:
    """Where no day is known, nothing is measured but the beginning of the course."""
    book = Book()
    book.act(CourseEnrolled(course="algebra", first_day="2025-08-18"))
    book.act(recorded("essay", None), credit(2), at="2026-03-02 10:00")
    book.act(recorded("essay", None), credit(1), learner="two")

    assert ["two"] == [one.learner for one in found(NAME, book)]
