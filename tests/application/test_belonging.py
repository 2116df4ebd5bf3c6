"""Where a learner belongs decides at once what the rules that read it answer, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from ledger.application.learning import record as record_payload
from ledger.application.learning import retract
from ledger.application.records import folded_record, snapshot_record
from ledger.deciding.agenda import Touched, touched_by
from ledger.domain.belonging import (
    BelongingRetracted,
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.learner import PreparationRecorded
from ledger.domain.shapes import Payload
from ledger.policy import FactType, Reads, fact
from tests.application.test_people import COURSE, asks, is_met
from tests.support.ledgers import author, opened, outcomes

NORTH, SOUTH = "us-xx/pine/north", "us-xx/pine/south"
KNOWN = PreparationRecorded(subject=COURSE, kind="practice", occurred=None)

ASKED = [
    pytest.param(
        ("grade.1", FactType.TEXT, Reads.ENROLMENT, is_met(fact.it.is_("10"))),
        LearnerEnrolled(organisation=NORTH, first_day="2025-08-18", grade="9"),
        GradeOfRecordSet(grade="10", first_day="2026-01-05"),
        id="grade",
    ),
    pytest.param(
        ("organisation.1", FactType.TEXT, Reads.ENROLMENT, is_met(fact.it.is_(SOUTH))),
        LearnerEnrolled(organisation=NORTH, first_day="2025-08-18"),
        LearnerTransferred(origin=NORTH, destination=SOUTH, day="2026-01-05"),
        id="organisation",
    ),
    pytest.param(
        ("enrolled.1", FactType.BOOLEAN, Reads.ENROLMENT, is_met(fact.it)),
        CourseEnrolled(course="algebra-1", first_day="2025-08-18", last_day="2026-01-05"),
        CourseEnrolled(course="algebra-1", first_day="2026-01-06"),
        id="course",
    ),
]


@pytest.mark.parametrize(("rule", "first", "second"), ASKED)
def test_belonging_is_decided_on_in_the_same_append(tmp_path: Path, rule: Any, first: Payload, second: Payload) -> None:
    """A rule that reads grade, school or course is asked with each entry."""
    ledger = opened(tmp_path)
    asks(ledger, *rule)
    learner = ledger.vault.learner_id("S-1")
    found = [record_payload(ledger, author(ledger), learner, each) for each in (KNOWN, first, second)]

    assert "not_yet" == [*found[0].decisions, *found[1].decisions][-1].outcome
    assert [("ADVANCEMENT", "algebra-1", "met")] == outcomes(found[2])


@pytest.mark.parametrize(("rule", "first", "second"), ASKED)
def test_belonging_does_not_touch_rules_that_do_not_read_it(
    tmp_path: Path, rule: Any, first: Payload, second: Payload
) -> None:
    """A rule that reads preparations alone is not asked again by any entry about where a learner belongs."""
    ledger = opened(tmp_path)
    asks(ledger, "count.1", FactType.INTEGER, Reads.PREPARATION, is_met(fact.it >= 1))
    learner = ledger.vault.learner_id("S-1")
    found = [record_payload(ledger, author(ledger), learner, each) for each in (KNOWN, first, second)]

    assert [1, 0, 0] == [len(each.decisions) for each in found]


def test_a_retraction_is_decided_on_in_the_same_append(tmp_path: Path) -> None:
    """Once an enrolment is taken back, a rule answers by the one it had replaced."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    asks(ledger, "organisation.1", FactType.TEXT, Reads.ENROLMENT, is_met(fact.it.is_(SOUTH)))
    for organisation in (SOUTH, NORTH):
        enrolled = LearnerEnrolled(organisation=organisation, first_day="2025-08-18")
        record_payload(ledger, author(ledger), learner, enrolled)
    wrong = record_payload(ledger, author(ledger), learner, KNOWN)
    right = retract(ledger, author(ledger), learner, 2, "Another learner's")

    assert [("ADVANCEMENT", "algebra-1", "not_yet")] == outcomes(wrong)
    assert [("ADVANCEMENT", "algebra-1", "met")] == outcomes(right)


def test_an_enrolment_asks_what_was_never_asked(tmp_path: Path) -> None:
    """A rule adopted since the learner's last entry answers with an enrolment, whatever it reads."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    before = record_payload(ledger, author(ledger), learner, KNOWN)
    asks(ledger, "count.1", FactType.INTEGER, Reads.PREPARATION, is_met(fact.it >= 1))
    after = record_payload(ledger, author(ledger), learner, LearnerEnrolled(organisation=NORTH, first_day="2025-08-18"))

    assert [] == outcomes(before)
    assert [("ADVANCEMENT", "algebra-1", "met")] == outcomes(after)


@pytest.mark.parametrize(
    "payload",
    [
        LearnerEnrolled(organisation=NORTH, first_day="2026-01-05"),
        LearnerTransferred(origin=NORTH, destination=SOUTH, day="2026-01-05"),
        GradeOfRecordSet(grade="9", first_day="2026-01-05"),
        CourseEnrolled(course="ALG1", first_day="2026-01-05"),
        CourseCompleted(course="ALG1", day="2026-01-05"),
        CourseLeft(course="ALG1", day="2026-01-05"),
        BelongingRetracted(entry=1, reason=None),  # type: ignore[arg-type]
    ],
)
def test_where_a_learner_belongs_is_about_the_learner_as_a_whole(payload: Payload) -> None:
    """Every entry of this kind touches all subjects of the learner."""
    assert frozenset({Touched(Reads.ENROLMENT, None)}) == touched_by(payload)


def test_an_enrolment_may_lie_ahead(tmp_path: Path) -> None:
    """School, grade and course of next year may be on record today, and the snapshot holds them too."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    for payload in (
        LearnerEnrolled(organisation=NORTH, first_day="2026-08-17", last_day="2027-05-28", grade="9"),
        CourseEnrolled(course="ALG1", first_day="2026-08-17"),
    ):
        record_payload(ledger, author(ledger), learner, payload)
    records = [read(ledger, f"learner/{learner}") for read in (folded_record, snapshot_record)]

    assert [[None, NORTH]] * 2 == [
        [one.organisation_on(day) for day in ("2026-08-16", "2026-08-17")] for one in records
    ]
    assert [("9", True)] * 2 == [(one.grade_on("2027-01-04"), one.in_course("ALG1", "2027-01-04")) for one in records]
