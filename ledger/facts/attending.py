"""Where a learner attends, as spans of days within which nothing about it changes.

A span is of the enrolment, or of one course; an entry of a course that names no organisation is of the one
the learner is enrolled in.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from ledger.facts.belonging import Belonging, CourseEntry, EnrolmentEntry


class Attending(NamedTuple):
    """What holds on a day: of the enrolment where `course` is null, else of that course; nulls are not known."""

    course: str | None
    organisation: str | None
    section: str | None
    grade: str | None


class Span(NamedTuple):
    """What holds on every day from the first to the last, without a last until further notice."""

    attending: Attending
    first_day: str
    last_day: str | None


def attending_on(belonging: Belonging, day: str) -> tuple[Attending, ...]:
    """Return where a learner attends on a day: the enrolment first, then each course in the order of its code."""
    found = (_on(belonging, course, day) for course in (None, *_courses(belonging)))
    return tuple(one for one in found if one is not None)


def spans_of(belonging: Belonging) -> Iterator[Span]:
    """Yield the spans of the enrolment, then those of each course; of one course they never overlap."""
    for course in (None, *_courses(belonging)):
        yield from _merged(_pieces(belonging, course))


def _courses(belonging: Belonging) -> list[str]:
    return sorted({one.course for one in belonging.courses if one.step == "begun"})


def _on(belonging: Belonging, course: str | None, day: str) -> Attending | None:
    enrolled, graded = belonging.enrolment_on(day), belonging.grade_on(day)
    home, grade = enrolled.organisation if enrolled else None, graded.grade if graded else None
    if course is None:
        return Attending(None, home, None, grade) if enrolled else None
    taken = belonging.course_on(course, day)
    return Attending(course, taken.organisation or home, taken.section, grade) if taken else None


def _pieces(belonging: Belonging, course: str | None) -> Iterator[Span]:
    """Yield what holds between one day on which something may change and the next such day."""
    own = [one for one in belonging.courses if one.course == course]
    days = sorted({one.first_day for one in belonging.grades} | _turns(belonging.enrolments) | _turns(own))
    for first, following in pairwise((*days, None)):
        attending = _on(belonging, course, first) if first else None
        if attending is not None and first is not None:
            yield Span(attending, first, _shifted(following, -1) if following else None)


def _turns(entries: Iterable[EnrolmentEntry | CourseEntry]) -> set[str]:
    """Return the days with which an entry begins to count, and those with which it counts no longer."""
    found = set()
    for one in entries:
        begins, last = _ends(one)
        found |= {begins} if begins else set()
        found |= {after} if last and (after := _shifted(last, 1)) else set()
    return found


def _ends(one: EnrolmentEntry | CourseEntry) -> tuple[str | None, str | None]:
    if isinstance(one, EnrolmentEntry):
        return one.first_day, one.last_day
    return (one.day, one.last_day) if one.step == "begun" else (None, one.day)


def _shifted(day: str, by: int) -> str:
    """Return the day before or after a day; the last day there is has none after it."""
    known = date.fromisoformat(day)
    return "" if by > 0 and known == date.max else (known + timedelta(by)).isoformat()


def _merged(pieces: Iterator[Span]) -> Iterator[Span]:
    """Put together pieces of which one follows the other with nothing changed."""
    held: Span | None = None
    for one in pieces:
        if held and held.attending == one.attending and held.last_day == _shifted(one.first_day, -1):
            held = held._replace(last_day=one.last_day)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held
