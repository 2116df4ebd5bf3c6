"""What else enters a learner's record: each by a command that can be repeated."""

from typing import Any

import pytest

from tests.api.support import Program, problem, said
from tests.web.support import Small

ENTRIES: dict[str, dict[str, Any]] = {
    "preparations": {"competency": "A1.2", "kind": "tutoring", "occurred": "2026-06-01", "note": "Twice a week."},
    "statuses": {"code": "us-tx/prior-instruction", "holds": True, "course": "SPAN2", "basis": "Transcript"},
    "approvals": {"kind": "recommendation", "by": "t.rivera", "capacity": "teacher", "course": "ALG1"},
    "cohorts": {"clock": "graduating-class", "year": 2028},
    "supports": {"kind": "tutoring", "stage": "provided", "hours": "1.50", "by": "t.rivera", "note": "In class."},
    "choices": {"choice": "us-tx/endorsement", "options": ["stem"], "occurred": "2026-02-10"},
    "panels": {
        "body": "review",
        "result": "carried",
        "members": [{"role": "teacher", "vote": "yes", "who": "t.rivera"}],
    },
    "enrolments": {"organisation": "us-tx/pine-valley/north-high", "first_day": "2025-08-18", "grade": "9"},
    "transfers": {"origin": "us-tx/a/b", "destination": "us-tx/pine-valley/north-high", "day": "2026-01-07"},
    "grades": {"grade": "10", "first_day": "2026-08-17"},
    "courses": {"course": "ALG1", "step": "began", "day": "2025-08-18", "section": "3"},
}


@pytest.mark.parametrize("noun", ENTRIES)
def test_entries_are_recorded_once(writer: Program, made: Small, noun: str) -> None:
    """Whatever else enters a record does so by a command that can be repeated."""
    address = f"/learners/{made.learners['S-3']}/{noun}"
    first = said(writer.post(address, ENTRIES[noun]))
    again = writer.again(address)

    assert said(again)["version"] == first["version"]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_other_ends_of_entries_are_recorded_too(writer: Program, made: Small) -> None:
    """What was offered, refused, completed, left, or set to a day is recorded as such."""
    learner = f"/learners/{made.learners['S-3']}"
    offered = said(writer.post(f"{learner}/supports", {"kind": "tutoring", "stage": "offered"}))
    refused = said(writer.post(f"{learner}/approvals", {"kind": "consent", "by": "g.abara", "refused": True}))
    ended = said(writer.post(f"{learner}/courses", {"course": "ALG1", "step": "completed", "day": "2026-05-29"}))
    left = said(writer.post(f"{learner}/courses", {"course": "SPAN2", "step": "left", "day": "2026-05-29"}))
    day = said(writer.post(f"{learner}/cohorts", {"clock": "grade-9-entry", "day": "2025-08-18"}))
    both = writer.post(f"{learner}/statuses", {**ENTRIES["statuses"], "competency": "A1.1"})

    assert [one["version"] - offered["version"] for one in (refused, ended, left, day)] == [1, 2, 3, 4]
    assert problem(both)[2] == "Name at most one of competency, course and requirement."


def test_an_enrolment_is_taken_back(writer: Program, made: Small) -> None:
    """What should not have been recorded is retracted by its version; anything else is refused."""
    learner = f"/learners/{made.learners['S-3']}"
    version = said(writer.post(f"{learner}/enrolments", ENTRIES["enrolments"]))["version"]
    gone = said(writer.post(f"{learner}/retractions", {"entry": version, "reason": "Another learner's."}))

    assert gone["version"] == version + 1
    assert problem(writer.post(f"{learner}/retractions", {"entry": 1, "reason": "No."}))[:2] == (409, "refused")


def test_a_new_learner_comes_by_an_enrolment(writer: Program) -> None:
    """Somebody new is brought onto the record, and found by the id in the other system."""
    new = said(writer.post("/learners", {**ENTRIES["enrolments"], "external_id": "S-77"}))

    assert [one["learner"] for one in said(writer.get("/learners?q=S-77"))["rows"]] == [new["learner"]]
