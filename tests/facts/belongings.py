"""Short ways to write where a learner belongs, in days counted from the first of a dozen."""

from datetime import date, timedelta
from typing import Any

from ledger.domain.belonging import (
    BelongingRetracted,
    CourseEnrolled,
    LearnerEnrolled,
    LearnerTransferred,
)
from tests.facts.support import WHY

NORTH, SOUTH, WEST = "us-xx/pine/north", "us-xx/pine/south", "us-xx/pine/west"
FIRST = date(2026, 1, 5)
SPAN = 12


def day(place: int) -> str:
    """Return a day of the time looked at, counted from 0."""
    return (FIRST + timedelta(place)).isoformat()


DAYS = [day(place) for place in range(SPAN)]


def enrolled(organisation: str, first: int, last: int | None = None, grade: str | None = None) -> LearnerEnrolled:
    """Enrol the learner from one place of the time looked at to another."""
    return LearnerEnrolled(
        organisation=organisation, first_day=day(first), last_day=None if last is None else day(last), grade=grade
    )


def moved(origin: str, destination: str, place: int) -> LearnerTransferred:
    """Let the learner change schools."""
    return LearnerTransferred(origin=origin, destination=destination, day=day(place))


def retracted(entry: int) -> BelongingRetracted:
    """Retract an entry."""
    return BelongingRetracted(entry=entry, reason=WHY)


def begun(course: str, place: int, session: str | None = None, **more: Any) -> CourseEnrolled:
    """Let the learner begin a course."""
    return CourseEnrolled(course=course, first_day=day(place), session=session, **more)
