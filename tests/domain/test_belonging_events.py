"""What may be said of where a learner belongs, and how it is stored."""

from typing import Any

import msgspec
import pytest

from ledger.domain.belonging import (
    BelongingRetracted,
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.shapes import VaultText
from ledger.domain.topics import TOPIC_OF, TOPICS

NORTH, SOUTH = "us-xx/pine/north", "us-xx/pine/south"


@pytest.mark.parametrize(
    ("payload", "topic", "data"),
    [
        (
            LearnerEnrolled(organisation=NORTH, first_day="2026-01-05"),
            "learner.enrolled.1",
            {"organisation": NORTH, "first_day": "2026-01-05", "last_day": None, "grade": None, "source": None},
        ),
        (
            LearnerTransferred(origin=NORTH, destination=SOUTH, day="2026-01-05"),
            "learner.transferred.1",
            {"origin": NORTH, "destination": SOUTH, "day": "2026-01-05", "source": None},
        ),
        (
            GradeOfRecordSet(grade="9", first_day="2026-01-05"),
            "learner.grade-of-record-set.1",
            {"grade": "9", "first_day": "2026-01-05", "basis": None},
        ),
        (
            CourseEnrolled(course="ALG1", first_day="2026-01-05"),
            "learner.course-enrolled.1",
            {
                "course": "ALG1",
                "first_day": "2026-01-05",
                "last_day": None,
                "section": None,
                "session": None,
                "organisation": None,
                "source": None,
            },
        ),
        (
            CourseCompleted(course="ALG1", day="2026-01-05"),
            "learner.course-completed.1",
            {"course": "ALG1", "day": "2026-01-05", "session": None, "organisation": None},
        ),
        (
            CourseLeft(course="ALG1", day="2026-01-05"),
            "learner.course-left.1",
            {"course": "ALG1", "day": "2026-01-05", "session": None, "organisation": None},
        ),
        (
            BelongingRetracted(entry=3, reason=VaultText(text="t", digest="d")),
            "learner.belonging-retracted.1",
            {"entry": 3, "reason": {"text": "t", "digest": "d"}, "document": None},
        ),
    ],
)
def test_a_payload_is_stored_under_its_topic(payload: Any, topic: str, data: dict[str, Any]) -> None:
    """Each payload has one topic and these fields for ever, and comes back from its bytes."""
    assert topic == TOPIC_OF[type(payload)]
    assert data == msgspec.json.decode(msgspec.json.encode(payload))
    assert payload == msgspec.convert(data, TOPICS[topic])
