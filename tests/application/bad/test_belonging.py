"""Enrolments, transfers, grades and courses that cannot be."""

from pathlib import Path

import pytest

from ledger.application.learning import record, retract
from ledger.domain.belonging import (
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.learner import PreparationRecorded
from ledger.domain.shapes import Payload, Subject
from ledger.errors import UnknownName, UsageError
from tests.support.ledgers import author, opened

NORTH = "us-xx/pine/north"
NO_NAME = (
    " is not an organisation: name it below its district, in small letters, digits and hyphens, as in "
    "us-tx/pine-valley/north-high"
)
NO_CODE = " is not a code: a short word such as ALG1, of 64 characters at most"
PLANNED = (
    "; today is 2026-06-15 in this ledger's zone. A last day that is planned belongs to the enrolment in the course"
)


def enrolled(organisation: str = NORTH, first: str = "2026-01-05", last: str | None = None) -> LearnerEnrolled:
    """Enrol a learner."""
    return LearnerEnrolled(organisation=organisation, first_day=first, last_day=last)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        pytest.param(enrolled("North High"), f"organisation: 'North High'{NO_NAME}", id="a title"),
        pytest.param(enrolled("north"), f"organisation: 'north'{NO_NAME}", id="below nothing"),
        pytest.param(enrolled("us-xx/pine/"), f"organisation: 'us-xx/pine/'{NO_NAME}", id="no name at the end"),
        pytest.param(
            LearnerTransferred(origin="", destination="x/Y", day="2026-01-05"),
            f"origin: ''{NO_NAME}; destination: 'x/Y'{NO_NAME}",
            id="both ends of a transfer",
        ),
        pytest.param(
            LearnerTransferred(origin=NORTH, destination=NORTH, day="2026-01-05"),
            f"a transfer leads from one organisation to another; both are {NORTH}",
            id="nowhere else",
        ),
        pytest.param(
            enrolled(first="2026-02-30"), "first_day: '2026-02-30' is not a day such as 2026-05-30", id="no such day"
        ),
        pytest.param(
            enrolled(first="2026-01-05T08:00"),
            "first_day: '2026-01-05T08:00' is not a day such as 2026-05-30",
            id="with a time",
        ),
        pytest.param(
            enrolled(last="2201-01-05"), "last_day: 2201-01-05 is not in a year from 1900 to 2200", id="far ahead"
        ),
        pytest.param(
            enrolled(last="2026-01-04"),
            "the last day 2026-01-04 lies before the first day 2026-01-05; what should never have been recorded is "
            "taken back with `mastery record retraction`",
            id="it ends before it begins",
        ),
        pytest.param(
            CourseEnrolled(course="ALG1", first_day="2026-01-05", last_day="2025-01-05"),
            "the last day 2025-01-05 lies before the first day 2026-01-05; what should never have been recorded is "
            "taken back with `mastery record retraction`",
            id="a course too",
        ),
        pytest.param(GradeOfRecordSet(grade=" ", first_day="2026-01-05"), f"grade: ' '{NO_CODE}", id="no grade"),
        pytest.param(
            CourseLeft(course="A\nB", day="2026-01-05"), f"course: 'A\\nB'{NO_CODE}", id="a course of two lines"
        ),
        pytest.param(
            CourseEnrolled(course="ALG1", first_day="2026-01-05", section="s" * 65),
            f"section: '{'s' * 64}'{NO_CODE}",
            id="a long section",
        ),
        pytest.param(
            CourseCompleted(course="ALG1", day="2026-06-16"), f"day 2026-06-16 is in the future{PLANNED}", id="tomorrow"
        ),
        pytest.param(
            CourseLeft(course="ALG1", day="2026-06-16"), f"day 2026-06-16 is in the future{PLANNED}", id="left tomorrow"
        ),
    ],
)
def test_what_cannot_be_is_not_written(tmp_path: Path, payload: Payload, said: str) -> None:
    """A payload that cannot be is refused with a sentence, and nothing is stored."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    with pytest.raises(UsageError) as refused:
        record(ledger, author(ledger), learner, payload)

    assert said == str(refused.value)
    assert [] == list(ledger.log.stream(f"learner/{learner}"))


@pytest.mark.parametrize("entry", [1, 2, 3, 4])
def test_only_what_stands_is_retracted(tmp_path: Path, entry: int) -> None:
    """Neither a preparation nor what was retracted, the retraction or what is not there can be taken back."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    subject = Subject(kind="course", id="ALG1")
    for payload in (PreparationRecorded(subject=subject, kind="practice", occurred=None), enrolled()):
        record(ledger, author(ledger), learner, payload)
    retract(ledger, author(ledger), learner, 2, "Another learner's")
    with pytest.raises(UnknownName) as refused:
        retract(ledger, author(ledger), learner, entry, "Again")

    assert str(refused.value) == (
        f"version {entry} of learner {learner} is no enrolment, transfer, grade or course that stands; "
        f"`mastery learner {learner}` lists them with their versions"
    )
    assert 3 == len(list(ledger.log.stream(f"learner/{learner}")))
