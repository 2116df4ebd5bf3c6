"""A roster against where learners belong."""

from typing import Any

from ledger.audit.reconciling.roster import Span, reconcile_roster, spans_of
from ledger.domain.belonging import (
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.shapes import Payload
from ledger.interchange.roster_csv import RosterRow
from tests.audit.queries.support import Book, recorded

NORTH, SOUTH = "us-tx/pine/north", "us-tx/pine/south"
KNOWN = {"S-1": "one", "S-2": "two"}


def school(first_day: str = "2025-08-18", last_day: str | None = None, **more: Any) -> LearnerEnrolled:
    """Build an enrolment in North."""
    return LearnerEnrolled(organisation=more.pop("organisation", NORTH), first_day=first_day, last_day=last_day, **more)


def algebra(first_day: str = "2025-08-18", last_day: str | None = None) -> CourseEnrolled:
    """Build an enrolment in algebra."""
    return CourseEnrolled(course="algebra", first_day=first_day, last_day=last_day)


def spans(*payloads: Payload) -> tuple[Span, ...]:
    """Return where these events leave a learner."""
    book = Book()
    for payload in payloads:
        book.act(payload)
    return spans_of(book.events)


def told(
    rows: list[tuple[str, LearnerEnrolled | CourseEnrolled]], *ours: Payload, **more: bool
) -> list[tuple[str, int | None, int | None, str]]:
    """Return what differs between rows and the events of learner one."""
    read = [RosterRow(line, learner, said) for line, (learner, said) in enumerate(rows, start=2)]
    named = {name: one for name, one in KNOWN.items() if name in {learner for learner, _ in rows}}
    found = reconcile_roster(read, named, {"one": spans(*ours)}, **more)
    return [(one.kind, one.line, one.position, one.sentence) for one in found]


def test_what_agrees_is_not_told() -> None:
    """The same school and course, also where the roster says nothing of a last day or a grade."""
    assert [] == told([("S-1", school(grade="9")), ("S-1", algebra())], school(grade="9"), algebra())
    assert [] == told([("S-1", school())], school(last_day="2026-05-29", grade="9"))


def test_who_is_on_the_roster_alone_is_told() -> None:
    """Nobody knows the learner, or the learner is elsewhere in those days, or nowhere."""
    kind = "not-in-ledger"

    assert [
        (
            kind,
            2,
            None,
            f"The roster has the learner in {NORTH} from 2025-08-18 to no last day; the ledger knows no learner S-9.",
        )
    ] == told([("S-9", school())])
    nowhere = "The roster has the learner in algebra from 2025-08-18 to no last day; the ledger has the learner nowhere"
    assert [(kind, 2, None, f"{nowhere} in those days.")] == told([("S-2", algebra())])
    assert (
        f"The roster has the learner in {NORTH} from 2025-08-18 to no last day; the ledger has the learner in {SOUTH} "
        "from 2025-08-18 to no last day in those days."
    ) == told([("S-1", school())], school(organisation=SOUTH))[0][3]


def test_who_is_in_the_ledger_alone_is_told() -> None:
    """The roster has other rows, and none for this learner's course."""
    said = told([("S-1", school()), ("S-2", algebra())], school(), algebra())

    assert (
        "not-on-roster",
        None,
        102,
        "The ledger has the learner in algebra from 2025-08-18 to no last day; no row of the roster does.",
    ) == said[-1]


def test_what_is_not_the_roster_s_business_is_left_alone() -> None:
    """What was over before it began, and courses where it has none; other learners where it is asked so."""
    assert [] == told([("S-1", school())], school("2024-08-19", "2025-05-30"), school(), algebra())
    assert [] == told([("S-9", school())], school(), named_only=True)[1:]


def test_other_days_are_told() -> None:
    """The same school from another day, or to another."""
    days = [f"in {NORTH} from 2025-08-{day} to no last day" for day in (25, 18)]
    sentence = f"The roster has the learner {days[0]}, the ledger {days[1]}."
    assert [("other-days", 2, 101, sentence)] == told([("S-1", school("2025-08-25"))], school())
    assert ["other-days"] == [one[0] for one in told([("S-1", school(last_day="2026-01-16"))], school())]


def test_another_grade_is_told() -> None:
    """The roster knows of a grade the ledger has not, or has otherwise."""
    sentence = "The roster has the learner in grade 9 from 2025-08-18, the ledger in {}."

    assert [("other-grade", 2, 101, sentence.format("no grade"))] == told([("S-1", school(grade="9"))], school())
    assert [("other-grade", 2, 101, sentence.format("grade 10"))] == told(
        [("S-1", school(grade="9"))], school(grade="9"), GradeOfRecordSet(grade="10", first_day="2025-08-18")
    )


def test_a_transfer_ends_what_it_leaves() -> None:
    """The old school to the day before, the new one from the day on."""
    found = spans(school(), LearnerTransferred(origin=NORTH, destination=SOUTH, day="2026-01-05"), recorded())

    assert {(NORTH, "2025-08-18", "2026-01-04"), (SOUTH, "2026-01-05", None)} == {
        (one.name, one.first_day, one.last_day) for one in found
    }


def test_a_course_ends_when_it_is_left_or_completed() -> None:
    """The earliest end counts."""
    left = spans(algebra(last_day="2026-05-29"), CourseLeft(course="algebra", day="2026-01-16"))
    completed = spans(algebra(), CourseCompleted(course="algebra", day="2026-05-20"))

    assert ["2026-01-16", "2026-05-20"] == [one.last_day for one in (*left, *completed)]


def test_a_later_school_ends_the_one_before() -> None:
    """An enrolment in another school recorded later ends the first; one that it covers whole is no more."""
    found = spans(school(), school("2026-01-05", organisation=SOUTH), school("2026-02-01", "2026-01-01"))

    assert {(NORTH, "2026-01-04"), (SOUTH, "2026-01-31")} == {(one.name, one.last_day) for one in found}
