"""Whom an adoption binds: by first evidence, course begun, class, school, grade and course."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from ledger.bounds import Bound
from ledger.bounds.binding import binds
from ledger.bounds.nearness import covers_all, overlaps, within
from ledger.domain.jurisdiction import Binding, Selector
from ledger.facts.said import CohortEntry

DAY = date(2026, 6, 15).isoformat()
COMPETENCY = "competency/c1"


@dataclass
class Learner:
    """Somebody of whom is known what a test says."""

    school: str | None = None
    grade: str | None = None
    begun: dict[str, str] = field(default_factory=dict)
    first: str | None = None
    cohort: CohortEntry | None = None

    def organisation_on(self, day: str) -> str | None:
        """Return the school."""
        return self.school

    def grade_on(self, day: str) -> str | None:
        """Return the grade."""
        return self.grade

    def course_begun(self, course: str) -> str | None:
        """Return when a course began."""
        return self.begun.get(course)

    def in_course(self, course: str, day: str) -> bool:
        """Say whether a course is taken."""
        return course in self.begun

    def first_evidence_day(self, subject: str) -> str | None:
        """Return the first evidence."""
        return self.first

    def cohort_of(self, clock: str) -> CohortEntry | None:
        """Return the class."""
        return self.cohort if self.cohort is not None and self.cohort.clock == clock else None


def bound(binding: Binding, subject: str = COMPETENCY, **known: object) -> bool:
    """Say whether a binding binds a learner of whom something is known."""
    learner: Bound = Learner(**known)  # type: ignore[arg-type]
    return binds(binding, learner, subject, DAY)


def test_a_binding_that_names_nothing_binds_everybody() -> None:
    """Whatever is known of a learner, and whatever is not."""
    assert bound(Binding())


@pytest.mark.parametrize(
    ("first", "since", "until", "expected"),
    [
        ("2026-01-10", "2026-01-10", None, True),
        ("2026-01-09", "2026-01-10", None, False),
        ("2026-01-09T10:00", None, "2026-01-09", True),
        ("2026-01-10", None, "2026-01-09", False),
        ("", "2026-01-10", None, False),
        ("", None, "2026-01-09", True),
        (None, "2026-01-10", None, True),
        (None, None, "2026-01-09", False),
    ],
)
def test_first_evidence_lies_in_the_span(
    first: str | None, since: str | None, until: str | None, expected: bool
) -> None:
    """Both ends are inclusive; undated is the oldest; who has not begun is of the time to come."""
    assert expected is bound(Binding(clock="evidence", since=since, until=until), first=first)


def test_a_course_that_began_in_time_binds() -> None:
    """The course is the subject itself, else one of those named."""
    since = Binding(clock="course", since="2026-01-10")
    named = Binding(clock="course", since="2026-01-10", courses=("ALG",))

    assert bound(since, "course/ALG", begun={"ALG": "2026-01-10"})
    assert not bound(since, "course/ALG", begun={"ALG": "2026-01-09"})
    assert not bound(since, begun={"ALG": "2026-01-10"})
    assert bound(named, begun={"ALG": "2026-01-10"})
    assert not bound(named, begun={"GEO": "2026-01-10"})


def test_a_class_binds_by_its_year() -> None:
    """A clock set to a day counts by its year; a learner of no known class is not bound."""
    binding = Binding(clock="cohort", cohort="graduating-class", first_class=2028, last_class=2029)
    years = {
        year: bound(binding, cohort=CohortEntry(1, "graduating-class", year, None)) for year in (2027, 2028, 2029, 2030)
    }

    assert {2027: False, 2028: True, 2029: True, 2030: False} == years
    assert bound(binding, cohort=CohortEntry(1, "graduating-class", None, "2028-05-30"))
    assert not bound(binding)
    assert not bound(binding, cohort=CohortEntry(1, "grade-9-entry", 2028, None))
    assert bound(
        Binding(cohort="graduating-class", first_class=2028), cohort=CohortEntry(1, "graduating-class", 2050, None)
    )


def test_schools_grades_and_courses_narrow() -> None:
    """Each names those it binds; a school includes all below it."""
    assert bound(Binding(organisations=("us-xx/pine",)), school="us-xx/pine/north")
    assert not bound(Binding(organisations=("us-xx/pine",)), school="us-xx/pinewood")
    assert not bound(Binding(organisations=("us-xx/pine",)))
    assert bound(Binding(grades=("09", "10")), grade="10")
    assert not bound(Binding(grades=("09", "10")))
    assert bound(Binding(courses=("ALG",)), begun={"ALG": "2026-01-10"})
    assert not bound(Binding(courses=("ALG",)), begun={"GEO": "2026-01-10"})
    assert not bound(Binding(grades=("09",), courses=("ALG",)), grade="10", begun={"ALG": "2026-01-10"})


def test_jurisdictions_and_selectors_stand_to_one_another() -> None:
    """A school is within its district; selectors overlap in a common subject, and one may hold all of another."""
    everyone, some, one = (Selector(kind="course", ids=ids) for ids in (None, ("a", "b"), ("b",)))
    other = Selector(kind="competency")

    assert (True, True, False, False) == (
        within("us/d", "us/d"),
        within("us/d/s", "us/d"),
        within("us/dd", "us/d"),
        within(None, "us/d"),
    )
    assert (True, True, False, False) == (
        overlaps(everyone, one),
        overlaps(some, one),
        overlaps(Selector(kind="course", ids=("c",)), some),
        overlaps(everyone, other),
    )
    assert (True, True, False, False, False) == (
        covers_all(everyone, one),
        covers_all(some, one),
        covers_all(one, some),
        covers_all(some, everyone),
        covers_all(everyone, other),
    )
