"""Which school, grade and courses a learner belongs to on a day, folded from what was recorded of it.

Days are ISO dates and both ends of a span are inclusive. Everything recorded is kept until it is
retracted, so that what an entry replaced counts again once that entry is retracted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, field

from ledger.domain import belonging as events
from ledger.domain.shapes import Payload
from ledger.errors import LedgerDamaged

Step = Literal["begun", "completed", "left"]


class EnrolmentEntry(Struct, frozen=True, gc=False, array_like=True):
    """One span of days in an organisation; without one, it says that whatever began before is over."""

    version: int
    organisation: str | None
    first_day: str
    last_day: str | None = None

    def covers(self, day: str) -> bool:
        """Say whether a day lies within it."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class GradeEntry(Struct, frozen=True, gc=False, array_like=True):
    """A grade of record, from a day on."""

    version: int
    grade: str
    first_day: str


class CourseEntry(Struct, frozen=True, gc=False, array_like=True):
    """That a course was begun on a day, until a last day where that was told, or taken for the last time on one."""

    version: int
    step: Step
    course: str
    day: str
    section: str | None
    session: str | None
    organisation: str | None
    last_day: str | None = None

    def covers(self, day: str) -> bool:
        """Say whether a course begun by it may be taken on a day."""
        return self.day <= day and (self.last_day is None or day <= self.last_day)

    def ends(self, begun: "CourseEntry") -> bool:
        """Say whether it ends what another entry began."""
        return (
            self.step != "begun"
            and self.course == begun.course
            and begun.day <= self.day
            and _same(self.session, begun.session)
            and _same(self.organisation, begun.organisation)
        )


class Belonging(Struct, array_like=True):
    """All that is on record of a learner's schools, grades and courses, each in the order recorded."""

    enrolments: list[EnrolmentEntry] = field(default_factory=list)
    grades: list[GradeEntry] = field(default_factory=list)
    courses: list[CourseEntry] = field(default_factory=list)

    def apply(self, version: int, payload: Payload) -> None:
        """Step over an event; raise `LedgerDamaged` where it retracts what is not there."""
        STEPS[type(payload)](self, version, payload)

    def holds(self, version: int) -> bool:
        """Say whether an entry of this version is on record and was not retracted."""
        lists: tuple[Sequence[EnrolmentEntry | GradeEntry | CourseEntry], ...] = (
            self.enrolments,
            self.grades,
            self.courses,
        )
        return any(one.version == version for entries in lists for one in entries)

    def says(self, payload: Payload) -> bool:
        """Say whether an enrolment is on record already; one without a last day says nothing of when it ended."""
        if isinstance(payload, events.LearnerEnrolled):
            return self._says_enrolled(payload)
        return isinstance(payload, events.CourseEnrolled) and any(
            (one.course, one.session, one.organisation, one.day, one.section)
            == (payload.course, payload.session, payload.organisation, payload.first_day, payload.section)
            and payload.last_day in (None, one.last_day)
            for one in self.terms()
        )

    def _says_enrolled(self, payload: events.LearnerEnrolled) -> bool:
        begun = self.grade_on(payload.first_day)
        graded = payload.grade is None or (
            begun is not None and (begun.grade, begun.first_day) == (payload.grade, payload.first_day)
        )
        return graded and any(
            (one.organisation, one.first_day) == (payload.organisation, payload.first_day)
            and payload.last_day in (None, one.last_day)
            for one in self.spans()
        )

    def enrolment_on(self, day: str) -> EnrolmentEntry | None:
        """Return the enrolment of a day: of those that cover it the one recorded last, nothing where there is none."""
        found = next((one for one in self.spans() if one.covers(day)), None)
        return found if found is not None and found.organisation is not None else None

    def spans(self) -> Iterator[EnrolmentEntry]:
        """Yield what holds of the enrolments, the one recorded last first; what was replaced is left out."""
        seen: set[tuple[str | None, str]] = set()
        for one in reversed(self.enrolments):
            if (key := (one.organisation, one.first_day)) not in seen:
                seen.add(key)
                yield one

    def grade_on(self, day: str) -> GradeEntry | None:
        """Return the grade with the last first day not after a day; of equal days the one recorded last."""
        begun = (one for one in self.grades if one.first_day <= day)
        return max(begun, key=lambda one: (one.first_day, one.version), default=None)

    def course_on(self, course: str, day: str) -> CourseEntry | None:
        """Return the entry that began a course taken on a day, the one recorded last, nothing where there is none."""
        taken = (one for one in self.terms() if one.course == course and one.covers(day) and not self._over(one, day))
        return next(taken, None)

    def terms(self) -> Iterator[CourseEntry]:
        """Yield what holds of the courses begun, the one recorded last first; what was replaced is left out."""
        seen: set[tuple[str | None, ...]] = set()
        for one in reversed(self.courses):
            key = (one.course, one.session, one.organisation, one.day)
            if one.step == "begun" and key not in seen:
                seen.add(key)
                yield one

    def course_begun(self, course: str) -> CourseEntry | None:
        """Return the entry with the first day on which a course was begun, nothing where it never was."""
        begun = (one for one in self.courses if one.step == "begun" and one.course == course)
        return min(begun, key=lambda one: (one.day, one.version), default=None)

    def _over(self, begun: CourseEntry, day: str) -> bool:
        return any(one.day < day and one.ends(begun) for one in self.courses)

    def _enrolled(self, version: int, payload: events.LearnerEnrolled) -> None:
        self.enrolments.append(EnrolmentEntry(version, payload.organisation, payload.first_day, payload.last_day))
        if payload.grade is not None:
            self.grades.append(GradeEntry(version, payload.grade, payload.first_day))

    def _transferred(self, version: int, payload: events.LearnerTransferred) -> None:
        self.enrolments.append(EnrolmentEntry(version, None, payload.day))
        self.enrolments.append(EnrolmentEntry(version, payload.destination, payload.day))

    def _graded(self, version: int, payload: events.GradeOfRecordSet) -> None:
        self.grades.append(GradeEntry(version, payload.grade, payload.first_day))

    def _course_begun(self, version: int, payload: events.CourseEnrolled) -> None:
        self.courses.append(
            CourseEntry(
                version,
                "begun",
                payload.course,
                payload.first_day,
                payload.section,
                payload.session,
                payload.organisation,
                payload.last_day,
            )
        )

    def _course_ended(self, version: int, payload: events.CourseCompleted | events.CourseLeft) -> None:
        step: Step = "left" if isinstance(payload, events.CourseLeft) else "completed"
        self.courses.append(
            CourseEntry(version, step, payload.course, payload.day, None, payload.session, payload.organisation)
        )

    def _retracted(self, version: int, payload: events.BelongingRetracted) -> None:
        if not self.holds(payload.entry):
            raise LedgerDamaged(
                f"version {version} retracts version {payload.entry}, which says nothing of where the learner belongs"
            )
        self.enrolments = [one for one in self.enrolments if one.version != payload.entry]
        self.grades = [one for one in self.grades if one.version != payload.entry]
        self.courses = [one for one in self.courses if one.version != payload.entry]


class Belongs:
    """What is asked of a record that holds a learner's belonging."""

    belonging: Belonging

    def organisation_on(self, day: str) -> str | None:
        """Return the organisation the learner is enrolled in on a day, nothing where there is none."""
        found = self.belonging.enrolment_on(day)
        return found.organisation if found else None

    def grade_on(self, day: str) -> str | None:
        """Return the grade of record on a day, nothing where none was set by then."""
        found = self.belonging.grade_on(day)
        return found.grade if found else None

    def course_begun(self, course: str) -> str | None:
        """Return the first day of the first enrolment in a course, nothing where there is none."""
        found = self.belonging.course_begun(course)
        return found.day if found else None

    def in_course(self, course: str, day: str) -> bool:
        """Say whether the learner takes a course on a day."""
        return self.belonging.course_on(course, day) is not None


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


STEPS: Mapping[type[Payload], Callable[[Belonging, int, Any], None]] = MappingProxyType(
    {
        events.LearnerEnrolled: Belonging._enrolled,
        events.LearnerTransferred: Belonging._transferred,
        events.GradeOfRecordSet: Belonging._graded,
        events.CourseEnrolled: Belonging._course_begun,
        events.CourseCompleted: Belonging._course_ended,
        events.CourseLeft: Belonging._course_ended,
        events.BelongingRetracted: Belonging._retracted,
    }
)
"""How each event of belonging is stepped over."""
