"""Two rules at once, each for those it binds: decided, found in the lists of what governs, and replayed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ledger
from ledger.application.learning import record
from ledger.audit.replay import Replay
from ledger.bounds import in_force
from ledger.domain.belonging import LearnerEnrolled, LearnerTransferred
from ledger.domain.jurisdiction import Binding
from ledger.errors import PolicyProblems
from ledger.inquiry.ruling import rules_in_force
from ledger.values import random_identifier
from tests.support.changes import TODAY, activated, proposed
from tests.support.ledgers import adopted, author, classroom, evidence, record_evidence

NORTH = "us-xx/north"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a rule for mastery that wants two kinds of task."""
    return classroom(tmp_path, course=False)


def shows(ledger: Ledger, learner: str, *kinds: str, occurred: str = "2026-06-10") -> list[str]:
    """Record one piece of each kind about one competency; return the outcomes decided."""
    found: list[str] = []
    for kind in kinds:
        given = evidence(ledger, random_identifier(), "C.2", "3", kind=kind, occurred=occurred)
        found += [one.outcome for one in record_evidence(ledger, author(ledger), learner, given).decisions]
    return found


def enrolled(ledger: Ledger, school: str) -> str:
    """Enrol a new learner in a school."""
    learner = random_identifier()
    record(ledger, author(ledger), learner, LearnerEnrolled(organisation=school, first_day="2025-08-15"))
    return learner


def all_identical(ledger: Ledger) -> bool:
    """Say whether every decision is made again as it was."""
    learners = [stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")]
    return {"identical"} == {one.verdict.value for one in Replay(ledger.log).replay(learners)}


def test_work_begun_before_a_change_is_decided_by_the_former_rule(ledger: Ledger) -> None:
    """A change that binds first evidence from a day on leaves those who began before it."""
    activated(ledger, proposed(ledger, overrides={"kinds": "1"}, binding=Binding(clock="evidence", since="2026-06-01")))
    before, after = random_identifier(), random_identifier()

    assert ["not_yet"] == shows(ledger, before, "task", occurred="2026-05-31")
    assert ["met"] == shows(ledger, before, "exam", occurred="2026-06-05")
    assert ["met"] == shows(ledger, after, "task", occurred="2026-06-01")
    assert all_identical(ledger)


def test_a_schools_own_rule_governs_its_learners_alone(ledger: Ledger) -> None:
    """It goes before the district's; a learner who changes school is decided by the rule of the new one."""
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, jurisdiction=NORTH)
    north, south = enrolled(ledger, NORTH), enrolled(ledger, "us-xx/south")

    assert ["met"] == shows(ledger, north, "task")
    assert ["not_yet"] == shows(ledger, south, "task")
    assert ["not_yet"] == shows(ledger, random_identifier(), "task")
    moved = LearnerTransferred(origin="us-xx/south", destination=NORTH, day="2026-06-01")
    record(ledger, author(ledger), south, moved)
    assert ["met"] == shows(ledger, south, "task")
    assert all_identical(ledger)


def test_what_is_in_force_leaves_out_what_nobody_is_bound_by(ledger: Ledger) -> None:
    """A rule for all that came later hides one for all; a rule for some hides none, nor does one school another."""
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, jurisdiction=NORTH)
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "3"}, subjects=("c2",))
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "3"}, binding=Binding(grades=("09",)))
    before = len(rules_in_force(ledger, TODAY))
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "4"})
    found = in_force(ledger.governance(), TODAY, ledger.governance().position)

    assert (4, 3) == (before, len(found))
    assert [NORTH, "us-xx", "us-xx"] == [one.jurisdiction for one in rules_in_force(ledger, TODAY)]


@pytest.mark.parametrize(
    ("binding", "said"),
    [
        (Binding(clock="course", since="2026-06-01"), "it binds by the day a course began; name the courses"),
        (Binding(clock="evidence"), "it binds by the evidence; name the day since when, or until when"),
        (Binding(clock="evidence", since="2026-06-02", until="2026-06-01"), "2026-06-01 is before 2026-06-02"),
        (Binding(cohort="graduating-class"), "an entering class is a cohort clock, such as graduating-class, with a"),
        (Binding(first_class=2029), "an entering class is a cohort clock, such as graduating-class, with a first or"),
    ],
)
def test_a_binding_that_means_nothing_is_refused(ledger: Ledger, binding: Binding, said: str) -> None:
    """Each says what is missing."""
    with pytest.raises(PolicyProblems, match=said):
        proposed(ledger, binding=binding)


def test_another_districts_rule_is_refused(ledger: Ledger) -> None:
    """A ledger adopts for its own jurisdiction and for the schools below it."""
    options: dict[str, Any] = {"jurisdiction": "us-yy"}
    with pytest.raises(PolicyProblems, match="this is the ledger of us-xx; adopt in its own ledger"):
        proposed(ledger, first_day=date(2026, 7, 1), **options)
