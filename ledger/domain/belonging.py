"""Where a learner belongs, and from when to when: school, grade of record, courses. Stream `learner/<uuid>`.

An organisation is named like a jurisdiction, as in `us-tx/pine-valley/north-high`; courses, sections,
sessions and grades by their local codes. Nothing here holds a free text. Of entries that disagree
about a day the one recorded last is believed, so that whoever records an earlier time later gives its
last day. An entry that should never have been recorded is retracted.
"""

from ledger.domain.shapes import Artefact, Payload, Source, VaultText


class LearnerEnrolled(Payload, frozen=True, kw_only=True):
    """The learner is enrolled in an organisation on every day from `first_day` to `last_day`.

    It replaces what was recorded of the same organisation from the same first day, which is how an
    enrolment gets its last day, or another one. `grade` is the grade of record from `first_day` on;
    null says nothing of it.
    """

    organisation: str
    first_day: str
    last_day: str | None = None
    grade: str | None = None
    source: Source | None = None


class LearnerTransferred(Payload, frozen=True, kw_only=True):
    """The learner left `origin` the day before `day` and is enrolled in `destination` from `day` on.

    The last day there, once known, is recorded as an enrolment in `destination` from `day`.
    """

    origin: str
    destination: str
    day: str
    source: Source | None = None


class GradeOfRecordSet(Payload, frozen=True, kw_only=True):
    """The learner is of a grade from `first_day` on, until a later first day sets another.

    `basis` names the document or law it rests on.
    """

    grade: str
    first_day: str
    basis: str | None = None


class CourseEnrolled(Payload, frozen=True, kw_only=True):
    """The learner takes a course on every day from `first_day` to `last_day`, unless it ends before.

    It is in this section, session and organisation, where told. It replaces what was recorded of the
    same course, session and organisation from the same first day.
    """

    course: str
    first_day: str
    last_day: str | None = None
    section: str | None = None
    session: str | None = None
    organisation: str | None = None
    source: Source | None = None


class CourseCompleted(Payload, frozen=True, kw_only=True):
    """The learner finished a course; `day` is the last on which it was taken.

    It ends what began by then in the same session and organisation, in any where they are null. It
    says nothing of credit.
    """

    course: str
    day: str
    session: str | None = None
    organisation: str | None = None


class CourseLeft(Payload, frozen=True, kw_only=True):
    """The learner left a course before its end; `day` is the last on which it was taken.

    It ends what began by then in the same session and organisation, in any where they are null.
    """

    course: str
    day: str
    session: str | None = None
    organisation: str | None = None


class BelongingRetracted(Payload, frozen=True, kw_only=True):
    """An entry of this kind should not have been recorded: from here on it is as if it had not been.

    `entry` is its version in the learner's stream. An enrolment it had replaced counts again.
    """

    entry: int
    reason: VaultText
    document: Artefact | None = None
