"""Readiness through the commands: taken back, entered late, brought in with an earlier history."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.learning import withdraw
from tests.support.ledgers import Clock, adopted, author, classroom, outcomes, record


@pytest.fixture
def clock() -> Clock:
    """A clock that shows what a test sets."""
    return Clock("2026-05-01T17:00:00.000000Z")


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    """A ledger in which an assessment counts only where readiness was there on its day."""
    ledger = classroom(tmp_path, course=False, clock=clock)
    adopted(ledger, "competency-based/readiness")
    adopted(ledger, "competency-based/mastery", overrides={"readiness_required": "yes"})
    return ledger


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner the vault knows."""
    return ledger.vault.learner_id("S-1")


def test_readiness_gates_assessments_where_a_district_asks_for_it(ledger: Ledger, learner: str) -> None:
    """With readiness required, an assessment counts only where readiness was met on or before its day."""
    early = record(ledger, learner, "early", "C.2", "3", occurred="2026-05-01")
    ready = record(ledger, learner, "practice", "C.2", "3", purpose="practice", occurred="2026-05-01")
    met = record(ledger, learner, "other", "C.2", "3", kind="exam", occurred="2026-05-01")

    assert set(outcomes(early)) == {("READINESS", "c2", "not_yet"), ("MASTERY", "c2", "not_yet")}
    assert ("READINESS", "c2", "met") in outcomes(ready)
    assert outcomes(met) == [("MASTERY", "c2", "met")]


def test_readiness_taken_back_lets_nothing_count_from_then_on(ledger: Ledger, learner: str, clock: Clock) -> None:
    """Practice that was another learner's makes nobody ready once it is withdrawn."""
    record(ledger, learner, "practice", "C.2", "3", purpose="practice", occurred="2026-05-01")
    withdrawn = withdraw(ledger, author(ledger), learner, "practice", "another learner's")
    clock.instant = "2026-06-15T17:00:00.000000Z"
    record(ledger, learner, "a", "C.2", "3", occurred="2026-06-10")
    written = record(ledger, learner, "b", "C.2", "3", kind="exam", occurred="2026-06-11")

    assert ("READINESS", "c2", "not_yet") in outcomes(withdrawn)
    assert outcomes(written) == []


def test_practice_entered_late_shows_readiness_from_its_own_day(ledger: Ledger, learner: str, clock: Clock) -> None:
    """Readiness is decided in June, but the practice of May lets the work of May and June count."""
    clock.instant = "2026-06-15T17:00:00.000000Z"
    record(ledger, learner, "a", "C.2", "3", occurred="2026-05-20")
    record(ledger, learner, "b", "C.2", "3", kind="exam", occurred="2026-06-02")
    written = record(ledger, learner, "practice", "C.2", "2", purpose="practice", occurred="2026-05-20")

    assert set(outcomes(written)) == {("READINESS", "c2", "met"), ("MASTERY", "c2", "met")}


def test_practice_below_the_readiness_level_shows_nothing(ledger: Ledger, learner: str, clock: Clock) -> None:
    """The level of readiness is a parameter of its own, lower than that of mastery."""
    clock.instant = "2026-06-15T17:00:00.000000Z"
    record(ledger, learner, "practice", "C.2", "1", purpose="practice", occurred="2026-05-01")
    record(ledger, learner, "a", "C.2", "3", occurred="2026-06-01")
    written = record(ledger, learner, "b", "C.2", "3", kind="exam", occurred="2026-06-02")

    assert outcomes(written) == []
