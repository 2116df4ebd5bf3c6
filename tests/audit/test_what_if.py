"""What another rule would have said of decisions made: asked as it was then, of what is sound alone."""

import dataclasses
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.governing import define_scale
from ledger.audit import parallel
from ledger.audit.parallel import Choice
from ledger.audit.verdicts import Verdict
from ledger.audit.what_if import ReplayedAs, replay_as
from ledger.domain.framework import Level
from ledger.domain.scales import scale_defined
from ledger.errors import UsageError
from ledger.policy.model import Outcome
from ledger.simulation import Effect, Grouping
from ledger.simulation.reading import Tried
from tests.audit.erasing import erase, versions
from tests.audit.support import alter, positions
from tests.support.ledgers import LONG_AGO, Clock, author, catalogue, classroom, record

MASTERY = "competency-based/mastery"
RECORDED = "learner.evidence-recorded.1"


def tried(policy: str = MASTERY, **values: int) -> Tried:
    """Name a rule with values of its own."""
    return Tried(catalogue().find(policy, LONG_AGO), values)


def asked(ledger: Ledger, rule: Tried, choice: Choice | None = None, **more: int) -> ReplayedAs:
    """Ask a rule about the decisions of a ledger."""
    return replay_as(ledger.log, ledger.jurisdiction, rule, choice or Choice(), **more)  # type: ignore[arg-type]


def counts(found: ReplayedAs) -> dict[tuple[str, str], int]:
    """Return how many decisions have each pair of outcomes."""
    return {(one.baseline.value, one.candidate.value): one.answers for one in found.pairs}


def test_the_rule_that_decided_changes_nothing(ledger: Ledger) -> None:
    """Asked about its own decisions a rule says what it said, day by day."""
    found = asked(ledger, tried())

    assert {("met", "met"): 6, ("not_yet", "not_yet"): 10} == counts(found)
    assert () == found.changed
    assert {} == found.left_out
    assert (16, 2) == (found.decisions, found.learners)


def test_a_stricter_rule_is_told_decision_by_decision(ledger: Ledger) -> None:
    """Who would have lost what, when, and what either answer rests on; the ledger is as it was."""
    before = ledger.log.recorder.max_notification_id()
    found = asked(ledger, tried(kinds=3))
    first = found.changed[0]

    assert {("met", "not_yet"): 6, ("not_yet", "not_yet"): 10} == counts(found)
    assert {Outcome.MET} == {one.baseline for one in found.changed}
    assert ("us-xx", "2026-06-15", f"{MASTERY}@2000-01-01") == (first.ledger, first.on, first.policy)
    assert ("kinds",) == first.candidate_rests_on
    assert "kinds" in first.baseline_rests_on
    assert first.position in positions(ledger, "learner.decided.1")
    assert 2 == found.effects[Effect.LOSES]
    assert before == found.position == ledger.log.recorder.max_notification_id()


def test_only_decisions_of_its_question_are_asked_about(ledger: Ledger) -> None:
    """A rule for course credit is asked about courses, with the decisions on competencies as they were made."""
    found = asked(ledger, tried("competency-based/course"))

    assert {"course/algebra"} == {one.subject for one in asked(ledger, tried("traditional/course")).changed}
    assert {("met", "met"), ("not_yet", "not_yet")} >= set(counts(found))
    assert found.decisions


def test_a_decision_is_asked_about_as_of_its_day(tmp_path: Path) -> None:
    """What was recorded after a decision is not known to the other rule either."""
    clock = Clock()
    ledger = classroom(tmp_path, course=False, clock=clock)
    learner = ledger.vault.learner_id("S-1")
    record(ledger, learner, "e1", "C.2", "3")
    clock.instant = "2026-06-20T17:00:00.000000Z"
    record(ledger, learner, "e2", "C.2", "4", kind="exam")
    found = asked(ledger, tried(kinds=1))

    assert [("2026-06-15", "not_yet", "met")] == [
        (one.on, one.baseline.value, one.candidate.value) for one in found.changed
    ]
    assert {("not_yet", "met"): 1, ("met", "met"): 1} == counts(found)


def test_what_is_not_identical_is_left_out_and_counted(ledger: Ledger) -> None:
    """Of decisions whose evidence was altered or erased nothing is said but how many there are."""
    alter(ledger, RECORDED, '"task":"S-1-0"', '"task":"S-1-X"')
    other = ledger.vault.learner_id("S-2")
    erase(ledger, other, versions(ledger, other, RECORDED))
    found = asked(ledger, tried(kinds=3))

    assert {Verdict.EVIDENCE_ALTERED: 8, Verdict.EVIDENCE_ERASED: 8} == found.left_out
    assert 0 == found.decisions


def test_an_erased_decision_is_left_out_whatever_it_was_about(ledger: Ledger) -> None:
    """Nobody can say what question it answered."""
    learner = ledger.vault.learner_id("S-1")
    erase(ledger, learner, versions(ledger, learner, "learner.decided.1"), decisions=True)
    found = asked(ledger, tried("competency-based/course"), Choice(learners=(learner,)))

    assert {Verdict.EVIDENCE_ERASED: len(versions(ledger, learner, "learner.decided.1"))} == found.left_out


def test_since_a_position_and_of_one_learner(ledger: Ledger) -> None:
    """A part of the history may be asked about alone."""
    learner = ledger.vault.learner_id("S-2")
    last = positions(ledger, "learner.decided.1")[-1]

    assert 8 == asked(ledger, tried(), Choice(learners=(learner,))).decisions
    assert 1 >= asked(ledger, tried(), Choice(last - 1)).decisions


def test_processes_find_what_one_finds(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule travels to the processes, and the answers come back in order."""
    monkeypatch.setattr(parallel, "EVENTS", 1)
    monkeypatch.setattr(parallel, "LARGE", 1)

    assert asked(ledger, tried(kinds=3)) == asked(ledger, tried(kinds=3), processes=2)


def test_groups_are_told_as_a_what_if_tells_them(ledger: Ledger) -> None:
    """By group there are ranges, and fewer than ten are hidden."""
    learners = {ledger.vault.learner_id(name): ("band",) for name in ("S-1", "S-2")}
    grouping = Grouping(learners, ledger.vault.draw)
    found = replay_as(ledger.log, "us-xx", tried(kinds=3), Choice(), grouping=grouping)

    assert ["band"] == [one.group for one in found.groups]
    assert {"hidden"} == {str(cell) for one in found.groups for cell in (one.learners, *one.effects.values())}


def test_a_rule_that_reads_levels_needs_one_scale(ledger: Ledger) -> None:
    """Where several scales are held and none was used for the question, one is named."""
    define_scale(ledger, author(ledger), scale_defined("two", "Two", (Level(label="A", value="1"),)))
    rule = dataclasses.replace(catalogue().find(MASTERY, LONG_AGO), award="honours")

    with pytest.raises(UsageError, match="reads levels, and there are several scales: name one of Four levels, Two"):
        asked(ledger, Tried(rule))
