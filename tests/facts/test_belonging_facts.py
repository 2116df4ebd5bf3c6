"""What rules read of where a learner belongs, and since when there is evidence."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from ledger.domain.belonging import (
    CourseLeft,
)
from ledger.domain.learner import EvidenceRecorded
from ledger.domain.shapes import Payload, Subject
from ledger.facts.record import LearnerRecord
from ledger.policy import ABSENT, UNKNOWN, FactType, Reads
from tests.facts.belongings import FIRST, NORTH, SOUTH, begun, day, enrolled, moved
from tests.facts.strategies import streams as evidence_streams
from tests.facts.strategies import without_removed
from tests.facts.support import (
    COMPETENCY,
    COURSE,
    LEARNER,
    OTHER,
    Store,
    backing_of,
    corrected,
    fact,
    prepared,
    record_of,
    shown,
    value_of,
    withdrawn,
)

GRADE = fact("grade.1", FactType.TEXT, reads=Reads.ENROLMENT)
SCHOOL = fact("organisation.1", FactType.TEXT, reads=Reads.ENROLMENT)


@pytest.mark.parametrize(
    ("payloads", "expected"),
    [
        pytest.param([], None, id="no evidence"),
        pytest.param([prepared(day(0))], None, id="a preparation is no evidence"),
        pytest.param([shown("a", "3", day(1), subjects=(OTHER,))], None, id="another subject"),
        pytest.param([shown("a", absent="excused", occurred=day(1))], None, id="no result"),
        pytest.param([shown("a", "3", day(4)), shown("b", "3", f"{day(2)}T09:30")], day(2), id="the earliest"),
        pytest.param([shown("a", "3", day(4)), shown("b", "3")], "", id="undated is the oldest"),
        pytest.param([shown("a", "3"), shown("b", "3", day(4)), withdrawn("a")], day(4), id="withdrawn"),
        pytest.param([shown("a", "3", day(4)), corrected("a", "3", day(6))], day(6), id="corrected"),
    ],
)
def test_the_first_evidence_has_a_day(payloads: list[Payload], expected: str | None) -> None:
    """The first evidence about a subject is the earliest that counts now, whatever was asked before."""
    record = LearnerRecord(LEARNER)
    for version, payload in enumerate(payloads, 1):
        record.apply(version, payload)
        record.first_evidence_day(COMPETENCY.key)

    assert expected == record_of(*payloads).first_evidence_day(COMPETENCY.key)
    assert expected == record.first_evidence_day(COMPETENCY.key)


@given(evidence_streams())
def test_the_first_evidence_is_that_of_what_counts_now(stream: list[Payload]) -> None:
    """Asked after every event, from a snapshot, the first day is the earliest of the evidence that is left."""
    store = Store()
    for payload in stream:
        store.happen(payload).first_evidence_day(COMPETENCY.key)
    left = [
        payload.evidence.occurred
        for payload in without_removed(stream)
        if isinstance(payload, EvidenceRecorded)
        for result in payload.evidence.results
        if result.subject == COMPETENCY and result.absent_reason is None
    ]

    assert min(((one or "")[:10] for one in left), default=None) == store.record().first_evidence_day(COMPETENCY.key)


@pytest.mark.parametrize(
    ("payloads", "on", "grade", "school"),
    [
        pytest.param([], 3, ABSENT, ABSENT, id="nothing on record"),
        pytest.param([enrolled(NORTH, 2, 4, "9")], 1, ABSENT, ABSENT, id="before"),
        pytest.param([enrolled(NORTH, 2, 4, "9")], 3, "9", NORTH, id="enrolled"),
        pytest.param([enrolled(NORTH, 2, 4, "9")], 5, "9", ABSENT, id="after"),
    ],
)
def test_grade_and_school_are_facts_of_the_day(payloads: list[Payload], on: int, grade: Any, school: Any) -> None:
    """A rule reads the grade of record and the school of the day of decision."""
    record = record_of(*payloads)
    found = [value_of(record, each, on=FIRST + timedelta(on)) for each in (GRADE, SCHOOL)]

    assert [grade, school] == found


@pytest.mark.parametrize(
    ("arguments", "subject", "taken"),
    [
        pytest.param((), COURSE, [UNKNOWN, False, True, False], id="the subject"),
        pytest.param((("course", "ALG1"),), COMPETENCY, [UNKNOWN, False, True, False], id="a course"),
        pytest.param((("course", "ALG2"),), COURSE, [UNKNOWN] * 4, id="another course"),
        pytest.param((), COMPETENCY, [UNKNOWN] * 4, id="the subject is no course"),
    ],
)
def test_being_enrolled_in_a_course_is_a_fact_of_the_day(arguments: Any, subject: Subject, taken: list[Any]) -> None:
    """A rule reads whether a course is taken, and nothing is known of a course that was never begun."""
    definition = fact("enrolled.1", FactType.BOOLEAN, reads=Reads.ENROLMENT, arguments=arguments, when_none=UNKNOWN)
    record = record_of(begun("ALG1", 2), CourseLeft(course="ALG1", day=day(4)))
    found = [
        value_of(each, definition, subject=subject.key, on=FIRST + timedelta(place))
        for each, place in ((record_of(), 3), (record, 1), (record, 3), (record, 5))
    ]

    assert taken == found


def test_the_entry_that_says_so_stands_behind_a_fact() -> None:
    """Grade, school and course name the entries they were read from."""
    course = fact("enrolled.1", FactType.BOOLEAN, reads=Reads.ENROLMENT)
    record = record_of(
        enrolled(NORTH, 0, None, "9"), begun("ALG1", 0), moved(NORTH, SOUTH, 4), begun("ALG1", 6), shown("a", "3")
    )

    assert [(1,), (3,)] == [backing_of(record, each).versions for each in (GRADE, SCHOOL)]
    assert (4,) == backing_of(record, course, subject=COURSE.key).versions
