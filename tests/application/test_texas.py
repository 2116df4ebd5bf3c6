"""Texas credit by examination through the ledger: attempts, windows, dates of law, and awards that stand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.learning import Written, record_evidence
from ledger.application.learning import record as record_payload
from ledger.application.ticking import tick
from ledger.domain.learner import StatusSet
from ledger.domain.shapes import Subject
from tests.support.ledgers import Clock, adopted, author, catalogue, exam, opened, outcomes

COURSE = Subject(kind="course", id="algebra-1")
POLICY = "us-tx/credit-by-examination"
APPROVED = "approved"
Sit = Callable[..., Written]


@pytest.fixture
def clock() -> Clock:
    """A clock the test moves."""
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    """A Texas ledger that lets learners with prior instruction use the route of 70 percent."""
    ledger = opened(tmp_path, "us-tx", clock=clock)
    adopted(ledger, POLICY, overrides={"instruction_route": "yes"})
    return ledger


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner."""
    return ledger.vault.learner_id("S-1")


@pytest.fixture
def sit(ledger: Ledger, learner: str) -> Sit:
    """Let the learner sit a district examination."""
    instrument = next(
        name
        for definition in catalogue().find(POLICY, date(2026, 1, 1)).parameters
        if definition.name == "approved"
        for name in definition.values[0].value  # type: ignore[union-attr]
        if name not in ("ap", "clep")
    )

    def sits(name: str, percent: str, day: str, **more: str) -> Written:
        return record_evidence(
            ledger, author(ledger), learner, exam("algebra-1", name, percent, day, more.get("instrument", instrument))
        )

    return sits


def instructed(ledger: Ledger, learner: str, *, holds: bool) -> Written:
    """Put on record whether the learner had prior instruction."""
    status = StatusSet(code="us-tx/prior-instruction", holds=holds, subject=COURSE, basis="transcript")
    return record_payload(ledger, author(ledger), learner, status)


def test_eighty_percent_is_credit(sit: Sit) -> None:
    """80 on an approved examination earns the credit, whatever else is not known."""
    assert [("CREDIT", "algebra-1", "met")] == outcomes(sit("one", "80", "2026-02-01"))


def test_a_third_try_does_not_undo_an_award_of_the_first(sit: Sit, ledger: Ledger, learner: str) -> None:
    """An award once met stands, whatever the learner does afterwards."""
    sit("one", "85", "2026-01-10")
    later = [sit("two", "30", "2026-04-10"), sit("three", "10", "2026-05-10")]

    assert [[], []] == [outcomes(one) for one in later]


def test_between_seventy_and_eighty_a_person_must_say(sit: Sit, ledger: Ledger, learner: str) -> None:
    """75 with the route open is undetermined until somebody says whether there was prior instruction."""
    asked = sit("one", "75", "2026-02-01")
    told = instructed(ledger, learner, holds=True)

    assert [("CREDIT", "algebra-1", "undetermined")] == outcomes(asked)
    assert any("prior_instruction" in need for need in asked.decisions[0].needs)
    assert [("CREDIT", "algebra-1", "met")] == outcomes(told)


def test_without_prior_instruction_seventy_five_is_not_enough(sit: Sit, ledger: Ledger, learner: str) -> None:
    """The route of 70 percent is for those who were taught the course before."""
    instructed(ledger, learner, holds=False)

    assert [("CREDIT", "algebra-1", "not_yet")] == outcomes(sit("one", "75", "2026-02-01"))


def test_two_failed_tries_are_final(sit: Sit, ledger: Ledger, learner: str) -> None:
    """After the second failed try there is no credit by examination for this course."""
    instructed(ledger, learner, holds=False)
    sit("one", "60", "2026-02-01")

    assert [("CREDIT", "algebra-1", "denied")] == outcomes(sit("two", "79.5", "2026-05-01"))


def test_no_advanced_placement_score_leaves_nothing_open(sit: Sit, ledger: Ledger, learner: str) -> None:
    """A learner without an AP score is decided on the examination taken, not left undetermined."""
    instructed(ledger, learner, holds=False)
    written = sit("one", "20", "2026-02-01")

    assert "not_yet" == written.decisions[0].outcome


def test_the_cut_of_the_day_of_the_sitting_holds(sit: Sit, ledger: Ledger, learner: str) -> None:
    """85 did not earn credit on 13 June 2013, when the cut was 90; it does the day after."""
    instructed(ledger, learner, holds=False)
    before = sit("one", "85", "2013-06-13")
    after = sit("two", "85", "2013-07-14")

    assert [("CREDIT", "algebra-1", "not_yet")] == outcomes(before)
    assert [("CREDIT", "algebra-1", "met")] == outcomes(after)


def test_the_calendar_alone_can_close_the_way(sit: Sit, ledger: Ledger, learner: str, clock: Clock) -> None:
    """Once the year of the course begins, not yet becomes no credit by examination, by a tick; again is a no-op."""
    instructed(ledger, learner, holds=False)
    start = StatusSet(code="us-tx/ordinary-course-start", holds=True, subject=COURSE, first_day="2026-08-15")
    record_payload(ledger, author(ledger), learner, start)
    sit("one", "60", "2026-02-01")
    before = tick(ledger, author(ledger), date(2026, 6, 15))
    clock.instant = "2026-08-15T17:00:00.000000Z"
    written = tick(ledger, author(ledger), date(2026, 8, 15))
    again = tick(ledger, author(ledger), date(2026, 8, 15))
    last = list(ledger.log.stream(f"learner/{learner}"))[-1].data

    assert (0, 1, 0) == (before, written, again)
    assert ("denied", "2026-08-15") == (last.outcome, last.on)
