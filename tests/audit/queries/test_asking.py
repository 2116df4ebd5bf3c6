"""Queries asked of a whole ledger, made through the real commands."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.learning import correct
from ledger.audit.queries.asking import Auditing, outcomes_under
from ledger.audit.queries.finding import AuditFinding
from ledger.audit.queries.life import lives
from ledger.audit.queries.registry import QUERIES
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.errors import LedgerDamaged
from tests.support.ledgers import Clock, adopted, author, classroom, evidence, record


@pytest.fixture
def clock() -> Clock:
    """A clock that begins in March."""
    return Clock("2026-03-02T17:00:00.000000Z")


@pytest.fixture
def lowered(tmp_path: Path, clock: Clock) -> Ledger:
    """A ledger whose rule for mastery was lowered on 4 May and restored on 1 June, with work before and between.

    Learner late gains by it; learner solid would not have needed it.
    """
    ledger = classroom(tmp_path, clock=clock, course=False)
    solid, late = ledger.vault.learner_id("solid"), ledger.vault.learner_id("late")
    record(ledger, solid, "solid-1", "C.0", occurred="2026-03-01")
    clock.instant = "2026-05-04T17:00:00.000000Z"
    adopted(ledger, "competency-based/mastery", date(2026, 5, 4), {"kinds": "1"})
    record(ledger, late, "late-1", "C.0", occurred="2026-05-04")
    record(ledger, solid, "solid-2", "C.0", kind="exam", occurred="2026-05-04")
    clock.instant = "2026-06-01T17:00:00.000000Z"
    adopted(ledger, "competency-based/mastery", date(2026, 6, 1))
    return ledger


def found(ledger: Ledger, name: str, since: int | date | None = None) -> tuple[AuditFinding, ...]:
    """Ask one query of a ledger."""
    last = ledger.log.recorder.max_notification_id()
    query = QUERIES[name]
    (answer,) = Auditing(ledger.log, ledger.governance(), last).ask([(query, query.defaults())], since)
    return answer.findings


def test_decisions_are_made_again_by_the_rule_before(lowered: Ledger) -> None:
    """Of the two that became met in May, the one that two kinds of task had shown is left alone."""
    adoption, award = found(lowered, "short-lived-rules")
    learner = lowered.vault.learner_id("late")

    assert (None, learner) == (adoption.learner, award.learner)
    assert "would have been not_yet." in award.sentence
    assert "governed for 28 days, from 2026-05-04 to 2026-05-31" in adoption.sentence


def test_a_rule_that_is_not_there_answers_nothing(lowered: Ledger) -> None:
    """No adoption at a position, or none that can be read, gives no outcome."""
    event = next(one for one in lowered.log.scan() if isinstance(one.data, Decided))
    learner, governance = event.originator_id.removeprefix("learner/"), lowered.governance()
    empty = Governance(adoptions=governance.adoptions)

    assert None is outcomes_under(lowered.log, governance)(learner, event.data, 999)
    assert None is outcomes_under(lowered.log, empty)(learner, event.data, event.data.adoption)


def test_findings_can_be_those_since(lowered: Ledger, clock: Clock) -> None:
    """A position and a day each leave out what was recorded before."""
    learner = lowered.vault.learner_id("late")
    for day in (3, 5):
        clock.instant = f"2026-06-{day:02}T17:00:00.000000Z"
        said = evidence(lowered, "late-1", "C.0", str(day - 2), occurred="2026-05-04")
        correct(lowered, author(lowered), learner, said, "for the test")
    every = [one.position for one in found(lowered, "undocumented")]

    assert 2 == len(every)
    assert every[1:] == [one.position for one in found(lowered, "undocumented", every[0])]
    assert every[1:] == [one.position for one in found(lowered, "undocumented", date(2026, 6, 4))]
    assert every == [one.position for one in found(lowered, "undocumented", date(2026, 6, 3))]


def test_every_learner_is_told_of_once(lowered: Ledger) -> None:
    """Progress begins with none done and ends with all."""
    told: list[tuple[int, int]] = []
    auditing = Auditing(lowered.log, lowered.governance(), lowered.log.recorder.max_notification_id())
    auditing.ask([(query, query.defaults()) for query in QUERIES.values()], None, lambda *said: told.append(said))

    assert [(0, 2), (1, 2), (2, 2)] == told


def test_what_comes_later_is_not_read(lowered: Ledger) -> None:
    """A ledger is asked as it stood at a position."""
    query = QUERIES["entry-bursts"]
    (answer,) = Auditing(lowered.log, lowered.governance(), 0).ask([(query, query.defaults())])

    assert ("0 entries by hand of 0 people read.",) == answer.notes


def test_a_ledger_without_its_opening_is_damaged(lowered: Ledger) -> None:
    """Without it nobody knows what day it was."""
    with pytest.raises(LedgerDamaged, match="does not begin with its opening; `mastery verify` tells more"):
        Auditing(lowered.log, Governance(), 0).ask([(QUERIES["heaping"], {})])


def test_what_governs_is_no_life(lowered: Ledger) -> None:
    """Of a whole log, in whatever order, only the events of learners are gathered, learner by learner."""
    found = list(lives(lowered.log.scan()))

    assert {lowered.vault.learner_id(name) for name in ("solid", "late")} == {one.learner for one in found}
    assert all(event.originator_id == f"learner/{one.learner}" for one in found for _, event in one.events())


def test_every_query_says_what_it_asks() -> None:
    """Twelve queries: a question each, what counts, what is left alone, and thresholds with a name of their own."""
    assert 12 == len(QUERIES)
    for name, query in QUERIES.items():
        assert name == query.name
        assert query.asks.endswith("?")
        assert query.finds.endswith(".")
        assert query.innocent.endswith(".")
        assert len(query.thresholds) == len(query.defaults())
        assert all(one.says and one.default > 0 for one in query.thresholds)
