"""What holds of every order in which it is recorded where a learner belongs."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.belonging import (
    BelongingRetracted,
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
)
from ledger.domain.shapes import Payload
from ledger.facts.record import LearnerRecord
from ledger.facts.snapshots import LearnerPart
from tests.facts.belongings import DAYS, NORTH, SOUTH, SPAN, WEST, day, enrolled, moved, retracted
from tests.facts.support import Store, record_of, shown

SESSIONS = st.sampled_from([None, "fall", "spring"])


places = st.integers(0, SPAN - 1)
spans = st.tuples(st.sampled_from([NORTH, SOUTH, WEST]), places, st.none() | places).filter(
    lambda one: one[2] is None or one[1] <= one[2]
)


@st.composite
def streams(draw: st.DrawFn) -> list[Payload]:
    """Draw any order of all that says where a learner belongs; what is retracted is there."""
    stream: list[Payload] = []
    standing: list[int] = []
    for version in range(1, draw(st.integers(0, 10)) + 1):
        if standing and draw(st.integers(0, 4)) == 0:
            stream.append(retracted(standing.pop(draw(st.integers(0, len(standing) - 1)))))
            continue
        standing.append(version)
        stream.append(draw(entries()))
    return stream


@st.composite
def entries(draw: st.DrawFn) -> Payload:
    """Draw something that says where a learner belongs."""
    organisation, first, last = draw(spans)
    course: dict[str, Any] = {"course": draw(st.sampled_from(["ALG1", "ALG2"])), "session": draw(SESSIONS)}
    return draw(
        st.sampled_from(
            [
                enrolled(organisation, first, last, draw(st.sampled_from([None, "9", "10"]))),
                moved(NORTH, organisation, first),
                GradeOfRecordSet(grade="11", first_day=day(first)),
                CourseEnrolled(first_day=day(first), last_day=None if last is None else day(last), **course),
                CourseCompleted(day=day(first), **course),
                CourseLeft(day=day(first), **course),
            ]
        )
    )


def answers(record: LearnerRecord) -> Any:
    """Return all a record says of every day looked at."""
    courses = ("ALG1", "ALG2")
    return (
        [(record.organisation_on(each), record.grade_on(each)) for each in DAYS],
        [[record.in_course(course, each) for each in DAYS] for course in courses],
        [record.course_begun(course) for course in courses],
    )


@given(st.lists(spans, max_size=8, unique_by=lambda one: (one[0], one[1])))
def test_in_any_order_the_last_recorded_that_covers_a_day_wins(order: list[Any]) -> None:
    """Enrolments that replace none another are painted over each other, whatever their days."""
    painted: list[str | None] = [None] * SPAN
    for organisation, first, last in order:
        for place in range(first, SPAN if last is None else last + 1):
            painted[place] = organisation
    record = record_of(*(enrolled(*one) for one in order))

    assert painted == [record.organisation_on(each) for each in DAYS]


@given(streams())
def test_a_snapshot_says_what_the_fold_of_all_events_says(stream: list[Payload]) -> None:
    """Stored after every event and opened again, a record says of every day what the events say."""
    store = Store()
    for payload in stream:
        store.happen(payload)

    assert answers(record_of(*stream)) == answers(store.record())
    assert store.parts == after_one_command(stream).parts


def after_one_command(stream: list[Payload]) -> Store:
    """Store a stream in one go."""
    store = Store()
    store.happen(*stream)
    return store


@given(streams())
def test_what_is_retracted_was_never_recorded(stream: list[Payload]) -> None:
    """A record with entries retracted says what one says in which they never were."""
    gone = {one.entry for one in stream if isinstance(one, BelongingRetracted)}
    left = [
        one for version, one in enumerate(stream, 1) if version not in gone and not isinstance(one, BelongingRetracted)
    ]

    assert answers(record_of(*left)) == answers(record_of(*stream))


def test_a_snapshot_from_before_enrolments_is_read() -> None:
    """A learner's part that ends with the awards of an earlier release opens with nothing on belonging."""
    store = Store()
    store.happen(shown("a", "3"))
    fields = json.loads(store.parts["learner"])
    store.parts["learner"] = json.dumps(fields[: LearnerPart.__struct_fields__.index("belonging")]).encode()
    record = store.record()

    assert (1, None) == (record.version, record.organisation_on(day(0)))
