"""Which school, grade and courses a record gives a learner on a day."""

import pytest

from ledger.domain.belonging import (
    CourseCompleted,
    CourseLeft,
    GradeOfRecordSet,
)
from ledger.domain.shapes import Payload
from tests.facts.belongings import DAYS, NORTH, SOUTH, begun, day, enrolled, moved, retracted
from tests.facts.support import record_of


def schools(*payloads: Payload) -> str:
    """Return the school of each day looked at as a letter, a dot where there is none."""
    record = record_of(*payloads)
    found = [record.organisation_on(each) for each in DAYS]
    return "".join("." if one is None else one.rpartition("/")[2][0] for one in found)


@pytest.mark.parametrize(
    ("payloads", "expected"),
    [
        pytest.param([], "............", id="never enrolled"),
        pytest.param([enrolled(NORTH, 2)], "..nnnnnnnnnn", id="open"),
        pytest.param([enrolled(NORTH, 2, 4)], "..nnn.......", id="both ends count"),
        pytest.param([enrolled(NORTH, 2), enrolled(SOUTH, 5, 6)], "..nnnssnnnnn", id="for a while"),
        pytest.param([enrolled(SOUTH, 5), enrolled(NORTH, 2)], "..nnnnnnnnnn", id="the last recorded wins"),
        pytest.param([enrolled(SOUTH, 5), enrolled(NORTH, 2, 4)], "..nnnsssssss", id="an earlier time told later"),
        pytest.param([enrolled(NORTH, 2), enrolled(NORTH, 2, 4)], "..nnn.......", id="given a last day"),
        pytest.param([enrolled(NORTH, 2, 4), enrolled(NORTH, 2)], "..nnnnnnnnnn", id="open again"),
        pytest.param([enrolled(NORTH, 0), moved(NORTH, SOUTH, 4)], "nnnnssssssss", id="transferred"),
        pytest.param([moved(NORTH, SOUTH, 4)], "....ssssssss", id="transferred from nowhere known"),
        pytest.param(
            [enrolled(NORTH, 0), moved(NORTH, SOUTH, 4), enrolled(SOUTH, 4, 6)], "nnnnsss.....", id="left for good"
        ),
        pytest.param(
            [enrolled(NORTH, 0), moved(NORTH, SOUTH, 4), moved(SOUTH, NORTH, 8)], "nnnnssssnnnn", id="came back"
        ),
        pytest.param([enrolled(NORTH, 0), enrolled(SOUTH, 0), retracted(2)], "nnnnnnnnnnnn", id="retracted"),
        pytest.param([enrolled(NORTH, 0), moved(NORTH, SOUTH, 4), retracted(2)], "nnnnnnnnnnnn", id="never moved"),
        pytest.param([enrolled(NORTH, 2, 4), enrolled(NORTH, 2), retracted(2)], "..nnn.......", id="as before"),
        pytest.param([enrolled(NORTH, 2), retracted(1)], "............", id="nothing left"),
    ],
)
def test_the_school_of_a_day_is_the_last_one_recorded_for_it(payloads: list[Payload], expected: str) -> None:
    """Of the enrolments that cover a day the one recorded last says the school."""
    assert expected == schools(*payloads)


@pytest.mark.parametrize(
    ("payloads", "grades"),
    [
        pytest.param([], [None, None, None], id="never set"),
        pytest.param([enrolled(NORTH, 2)], [None, None, None], id="enrolled without a grade"),
        pytest.param([enrolled(NORTH, 2, 4, "9")], [None, "9", "9"], id="it outlasts the enrolment"),
        pytest.param(
            [GradeOfRecordSet(grade="10", first_day=day(8)), GradeOfRecordSet(grade="9", first_day=day(2))],
            [None, "9", "10"],
            id="an earlier time told later",
        ),
        pytest.param(
            [enrolled(NORTH, 2, None, "9"), GradeOfRecordSet(grade="8", first_day=day(2))],
            [None, "8", "8"],
            id="of one day the later recorded",
        ),
        pytest.param([enrolled(NORTH, 2, None, "9"), enrolled(NORTH, 2, 4)], [None, "9", "9"], id="it stays"),
        pytest.param([enrolled(NORTH, 2, None, "9"), retracted(1)], [None, None, None], id="retracted"),
    ],
)
def test_the_grade_of_a_day_is_the_last_one_begun(payloads: list[Payload], grades: list[str | None]) -> None:
    """A grade of record holds from its first day until that of another."""
    record = record_of(*payloads)

    assert grades == [record.grade_on(day(place)) for place in (1, 3, 9)]


@pytest.mark.parametrize(
    ("payloads", "first", "expected"),
    [
        pytest.param([], None, "............", id="never taken"),
        pytest.param([begun("ALG2", 0)], None, "............", id="another course"),
        pytest.param([begun("ALG1", 2)], 2, "..++++++++++", id="open"),
        pytest.param([begun("ALG1", 2), CourseCompleted(course="ALG1", day=day(4))], 2, "..+++.......", id="completed"),
        pytest.param([begun("ALG1", 2), CourseLeft(course="ALG1", day=day(4))], 2, "..+++.......", id="left"),
        pytest.param([begun("ALG1", 2), CourseLeft(course="ALG2", day=day(4))], 2, "..++++++++++", id="another left"),
        pytest.param([CourseLeft(course="ALG1", day=day(4)), begun("ALG1", 2)], 2, "..+++.......", id="told late"),
        pytest.param(
            [begun("ALG1", 2), CourseLeft(course="ALG1", day=day(4)), begun("ALG1", 7)], 2, "..+++..+++++", id="again"
        ),
        pytest.param(
            [begun("ALG1", 2, "fall"), CourseCompleted(course="ALG1", day=day(4), session="spring")],
            2,
            "..++++++++++",
            id="another session",
        ),
        pytest.param(
            [begun("ALG1", 2, organisation=NORTH), CourseLeft(course="ALG1", day=day(4), organisation=SOUTH)],
            2,
            "..++++++++++",
            id="another organisation",
        ),
        pytest.param([begun("ALG1", 2, last_day=day(4))], 2, "..+++.......", id="until a day"),
        pytest.param([begun("ALG1", 2, last_day=day(4)), begun("ALG1", 2)], 2, "..++++++++++", id="open again"),
        pytest.param([begun("ALG1", 2), begun("ALG1", 2, last_day=day(4))], 2, "..+++.......", id="given a last day"),
        pytest.param(
            [begun("ALG1", 2, "fall", last_day=day(3)), begun("ALG1", 6, "spring")],
            2,
            "..++..++++++",
            id="two sessions",
        ),
        pytest.param([begun("ALG1", 5), begun("ALG1", 2), retracted(2)], 5, ".....+++++++", id="retracted"),
        pytest.param(
            [begun("ALG1", 2), CourseLeft(course="ALG1", day=day(4)), retracted(2)], 2, "..++++++++++", id="never left"
        ),
    ],
)
def test_a_course_is_taken_until_it_ends(payloads: list[Payload], first: int | None, expected: str) -> None:
    """A course is taken from its first day to that of its completion or of leaving, both of them included."""
    record = record_of(*payloads)
    taken = "".join("+" if record.in_course("ALG1", each) else "." for each in DAYS)

    assert expected == taken
    assert (None if first is None else day(first)) == record.course_begun("ALG1")
