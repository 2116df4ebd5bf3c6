"""Whether an adoption binds a learner for a subject on a day."""

from typing import Protocol

from ledger.bounds.nearness import within
from ledger.domain.jurisdiction import Binding


class Cohort(Protocol):
    """One setting of a cohort clock."""

    @property
    def year(self) -> int | None:
        """Return the year, null where a day was set."""

    @property
    def day(self) -> str | None:
        """Return the day, null where a year was set."""


class Bound(Protocol):
    """What of a learner's record says whether an adoption binds; days are ISO dates."""

    def organisation_on(self, day: str) -> str | None:
        """Return the school the learner is enrolled in on a day."""

    def grade_on(self, day: str) -> str | None:
        """Return the grade of record on a day."""

    def course_begun(self, course: str) -> str | None:
        """Return the first day of the learner's first enrolment in a course."""

    def in_course(self, course: str, day: str) -> bool:
        """Say whether the learner is enrolled in a course on a day."""

    def first_evidence_day(self, subject: str) -> str | None:
        """Return the day of the first evidence about a subject; empty for undated, nothing for none."""

    def cohort_of(self, clock: str) -> Cohort | None:
        """Return the last setting of a cohort clock."""


def binds(binding: Binding, learner: Bound, subject: str, day: str) -> bool:
    """Say whether a learner is among those an adoption binds for a subject on a day."""
    return (
        _began(binding, learner, subject)
        and _of_class(binding, learner)
        and (binding.organisations is None or _in_one_of(binding.organisations, learner.organisation_on(day)))
        and (binding.grades is None or learner.grade_on(day) in binding.grades)
        and (binding.courses is None or any(learner.in_course(course, day) for course in binding.courses))
    )


def _in_one_of(jurisdictions: tuple[str, ...], organisation: str | None) -> bool:
    return any(within(organisation, one) for one in jurisdictions)


def _began(binding: Binding, learner: Bound, subject: str) -> bool:
    if binding.clock == "evidence":
        return _between(binding, learner.first_evidence_day(subject))
    if binding.clock == "course":
        kind, _, identity = subject.partition("/")
        courses = (identity,) if kind == "course" else binding.courses or ()
        return any(_between(binding, learner.course_begun(course)) for course in courses)
    return True


def _between(binding: Binding, begun: str | None) -> bool:
    """Say whether what began lies in the span; what has not begun does where the span is open at its end."""
    if begun is None:
        return binding.until is None
    return (binding.since is None or binding.since <= begun[:10]) and (
        binding.until is None or begun[:10] <= binding.until
    )


def _of_class(binding: Binding, learner: Bound) -> bool:
    if binding.cohort is None:
        return True
    cohort = learner.cohort_of(binding.cohort)
    year = None if cohort is None else cohort.year or int((cohort.day or "0")[:4])
    return (
        year is not None
        and (binding.first_class is None or binding.first_class <= year)
        and (binding.last_class is None or year <= binding.last_class)
    )
