"""Methods that read where a learner belongs: the grade of record, the school, whether a course is taken.

They fold nothing. A record keeps all three by day, so each is read on the day of decision.
"""

from ledger.facts.backing import Backing
from ledger.facts.methods.base import ArgumentWanted, Raw, words
from ledger.facts.methods.tables import Asked, TableMethod
from ledger.policy.facts import FactType, Reads

OWN_COURSE = ""
"""The `course` that stands for the subject itself, where that is a course."""


def _grade(asked: Asked) -> tuple[Raw, Backing]:
    found = asked.record.belonging.grade_on(asked.on.isoformat())
    return (None, Backing()) if found is None else (found.grade, Backing((found.version,), 1))


def _organisation(asked: Asked) -> tuple[Raw, Backing]:
    found = asked.record.belonging.enrolment_on(asked.on.isoformat())
    return (None, Backing()) if found is None else (found.organisation, Backing((found.version,), 1))


def _enrolled(asked: Asked) -> tuple[Raw, Backing]:
    kind, _, identity = asked.subject.partition("/")
    course = words(asked.arguments, "course") or (identity if kind == "course" else OWN_COURSE)
    belonging = asked.record.belonging
    found, begun = belonging.course_on(course, asked.on.isoformat()), belonging.course_begun(course)
    if begun is None:
        return None, Backing()
    return found is not None, Backing(((found or begun).version,), 1)


_ENROLMENT = frozenset({Reads.ENROLMENT})

GRADE = TableMethod(
    "grade.1",
    "The grade of record on the day of decision: of those begun by then the last, and of several begun on one day the "
    "one recorded last; when_none where none was.",
    _grade,
    frozenset({FactType.TEXT, FactType.CHOICE}),
    _ENROLMENT,
    reads_day=True,
    title="grade of record",
)

ORGANISATION = TableMethod(
    "organisation.1",
    "The organisation the learner is enrolled in on the day of decision, of several the one recorded last; when_none "
    "where there is none.",
    _organisation,
    frozenset({FactType.TEXT}),
    _ENROLMENT,
    reads_day=True,
    title="organisation",
)

ENROLLED = TableMethod(
    "enrolled.1",
    "Whether the course `course` (the subject itself where empty) is taken on the day of decision, the first day and "
    "that of its completion or of leaving included; when_none where it was never begun, or the subject is no course.",
    _enrolled,
    frozenset({FactType.BOOLEAN}),
    _ENROLMENT,
    (ArgumentWanted("course", "the code of the course, empty for the subject", (str,), OWN_COURSE),),
    reads_day=True,
    title="enrolled in a course",
)
