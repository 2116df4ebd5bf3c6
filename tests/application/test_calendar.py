"""What holds on some days only is asked again when the calendar moves on."""

from datetime import date
from pathlib import Path

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import designate
from ledger.application.learning import record as record_payload
from ledger.application.records import folded_record
from ledger.application.ticking import tick
from ledger.domain.learner import StatusSet
from ledger.domain.shapes import Subject
from ledger.policy import Citation, Confidence, FactDefinition, FactType, Policy, Question, Reads, clause, fact
from tests.support.ledgers import AUTHORITY, LONG_AGO, Clock, author, classroom, opened, outcomes, record

LAW = Citation("Invented law", confidence=Confidence.SECONDARY)
OPEN = FactDefinition(
    "open",
    "the course is open to the learner",
    "status.1",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-xx/open"),),
    when_none=False,
)
RULE = Policy(
    "us-xx/open",
    LONG_AGO,
    Question.MASTERY,
    "Open on the day",
    LAW,
    clause("open", "The course is open.", fact.open.is_(True), LAW),
    jurisdiction="us-xx",
    subject="course",
    sheet=(OPEN,),
)
COURSE = Subject(kind="course", id="algebra-1")


def outcome(ledger: Ledger, learner: str, question: str, subject: str) -> str:
    """Return the outcome that stands."""
    standing = folded_record(ledger, f"learner/{learner}").standing(question, subject, "standard")
    return standing.outcome if standing else "none"


def test_a_status_that_ends_is_asked_about_again(tmp_path: Path) -> None:
    """The day after the status ends, the rule that reads it says so, though nothing was recorded."""
    clock = Clock()
    ledger = opened(tmp_path, clock=clock)
    learner = ledger.vault.learner_id("S-1")
    adopt(ledger, author(ledger), Adoption(RULE, "us-xx", LONG_AGO, AUTHORITY, "for the test"))
    status = StatusSet(code="us-xx/open", holds=True, subject=COURSE, last_day="2026-06-30")
    written = record_payload(ledger, author(ledger), learner, status)
    clock.instant = "2026-07-01T17:00:00.000000Z"
    decisions = tick(ledger, author(ledger), date(2026, 7, 1))

    assert outcomes(written) == [("MASTERY", "algebra-1", "met")]
    assert (decisions, outcome(ledger, learner, "MASTERY", COURSE.key)) == (1, "not_yet")


def test_a_designation_that_ends_is_asked_about_again(tmp_path: Path) -> None:
    """From the day a standard leaves the course on, credit no longer waits for it."""
    clock = Clock()
    ledger = classroom(tmp_path, clock=clock)
    learner = ledger.vault.learner_id("S-1")
    designate(
        ledger, author(ledger), ["C.3"], "algebra", first_day=LONG_AGO, last_day=date(2026, 6, 30), authority=AUTHORITY
    )
    for number, competency in enumerate(("C.0", "C.0", "C.1", "C.1")):
        record(ledger, learner, f"e{number}", competency, "3", kind=("task", "exam")[number % 2])
    before = outcome(ledger, learner, "CREDIT", "course/algebra")
    clock.instant = "2026-07-01T17:00:00.000000Z"
    tick(ledger, author(ledger), date(2026, 7, 1))

    assert (before, outcome(ledger, learner, "CREDIT", "course/algebra")) == ("not_yet", "met")
