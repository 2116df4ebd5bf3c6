"""What a learner's record knows after corrections, withdrawals, decisions, statuses and approvals."""

from datetime import date
from typing import Any

import pytest

from ledger.domain.erasure import Erased
from ledger.domain.shapes import Subject
from ledger.domain.topics import TOPICS
from ledger.facts import record as module
from ledger.policy import ABSENT, UNKNOWN, FactType, Reads
from tests.facts.support import (
    COMPETENCY,
    COURSE,
    LEARNER,
    OTHER,
    approval,
    backing_of,
    corrected,
    decided,
    fact,
    record_of,
    shown,
    status,
    value_of,
    withdrawn,
)

LATEST = fact("latest.1")
COUNT = fact("count.1", FactType.INTEGER, when_none=0)


def test_every_event_of_a_learner_is_folded() -> None:
    """The record has a step for every payload a learner's stream can hold."""
    of_a_learner = {kind for topic, kind in TOPICS.items() if topic.startswith("learner.")}

    assert set(module._STEPS) == of_a_learner | {Erased}


def test_a_correction_replaces_the_value_and_keeps_the_place() -> None:
    """The corrected evidence is still the first of its day, with the new value, at the new version."""
    record = record_of(shown("a", "2", "2026-01-05"), shown("b", "3", "2026-01-05"), corrected("a", "4", "2026-01-05"))

    assert value_of(record, LATEST) == 3
    assert backing_of(record, fact("best.1")).versions == (3,)


def test_a_correction_of_the_date_moves_the_evidence() -> None:
    """Evidence corrected to a later day becomes the latest."""
    record = record_of(shown("a", "2", "2026-01-05"), shown("b", "3", "2026-01-06"), corrected("a", "2", "2026-01-07"))

    assert value_of(record, LATEST) == 2


def test_a_correction_may_change_what_the_evidence_is_about() -> None:
    """Evidence corrected to another competency leaves the first and is entered, in its place, in the other."""
    record = record_of(
        shown("a", "2", "2026-01-05"),
        shown("b", "3", "2026-01-05", subjects=(OTHER,)),
        corrected("a", "4", "2026-01-05", subjects=(OTHER,)),
    )

    assert value_of(record, COUNT) == 0
    assert value_of(record, LATEST, subject=OTHER.key) == 3


def test_a_corrected_correction_is_corrected_again() -> None:
    """Only the last replacement counts."""
    record = record_of(shown("a", "2"), corrected("a", "3"), corrected("a", "4"))

    assert (value_of(record, LATEST), value_of(record, COUNT)) == (4, 1)


def test_withdrawn_evidence_counts_for_nothing() -> None:
    """A withdrawal takes the evidence out of every subject it was about."""
    record = record_of(shown("a", "4", subjects=(COMPETENCY, OTHER)), shown("b", "2"), withdrawn("a"))

    assert [value_of(record, COUNT, subject=each.key) for each in (COMPETENCY, OTHER)] == [1, 0]


def test_a_correction_after_a_withdrawal_puts_the_evidence_back() -> None:
    """The replacement of withdrawn evidence counts, in the place of the first recording."""
    record = record_of(shown("a", "4"), shown("b", "2"), withdrawn("a"), corrected("a", "3"))

    assert (value_of(record, LATEST), value_of(record, fact("best.1"))) == (2, 3)


def test_as_known_at_an_earlier_version_the_old_value_answers() -> None:
    """Folded to the version before a correction the record holds what was known then."""
    stream = [shown("a", "2", "2026-01-05"), corrected("a", "4", "2026-01-05"), withdrawn("a")]

    assert [value_of(record_of(*stream[:to]), LATEST) for to in (1, 2, 3)] == [2, 4, ABSENT]


def test_facts_folded_before_a_correction_are_folded_anew() -> None:
    """A record that was already asked answers the same as one folded from scratch."""
    record = record_of(shown("a", "2"), shown("b", "3"))
    seen = [value_of(record, fact("best.1"))]
    for payload in (corrected("b", "1"), withdrawn("a")):
        record.apply(record.version + 1, payload)
        seen.append(value_of(record, fact("best.1")))

    assert seen == [3, 2, 1]


def test_late_evidence_takes_its_place() -> None:
    """Evidence that enters after later evidence was folded does not become the latest."""
    record = record_of(shown("a", "3", "2026-03-01"))
    before = value_of(record, LATEST)
    record.apply(2, shown("b", "1", "2026-02-01"))

    assert (before, value_of(record, LATEST), value_of(record, COUNT)) == (3, 3, 2)


def decision(**more: Any) -> Any:
    """Ask whether mastery of the subject stands as met."""
    return fact("decision.1", FactType.BOOLEAN, reads=Reads.DECISION, arguments=(("question", "MASTERY"),), **more)


@pytest.mark.parametrize(
    ("outcome", "value"),
    [("met", True), ("not_yet", False), ("denied", False), ("needs_panel", False), ("undetermined", UNKNOWN)],
)
def test_the_standing_decision_is_read(outcome: str, value: Any) -> None:
    """A fact sees whether the last decision of a key is met, and does not know where it is undetermined."""
    record = record_of(decided("MASTERY", "met", "2026-01-01"), decided("MASTERY", outcome, "2026-02-01"))

    assert value_of(record, decision(when_none=False)) is value
    assert backing_of(record, decision()).versions == (2,)


def test_a_decision_that_was_never_made_is_when_none() -> None:
    """No decision is what the definition declares; another award or subject is no decision of this key."""
    record = record_of(decided("MASTERY", "met", award="verified"), decided("MASTERY", "met", subject=OTHER))

    assert value_of(record, decision(when_none=False)) is False


def test_a_proposed_decision_is_not_met() -> None:
    """A met decision that a person still has to confirm is not in force."""
    assert value_of(record_of(decided("MASTERY", "met", effect="proposed")), decision()) is False


def test_days_on_which_a_decision_was_met_are_kept() -> None:
    """The record remembers from when to when a key was met in force; what is only proposed changes nothing."""
    record = record_of(
        decided("MASTERY", "met", "2026-02-01"),
        decided("MASTERY", "met", "2026-02-10"),
        decided("MASTERY", "not_yet", "2026-03-02"),
        decided("MASTERY", "met", "2026-04-01"),
        decided("MASTERY", "not_yet", "2026-05-01", effect="proposed"),
    )
    standing = record.standing("MASTERY", COMPETENCY.key, "standard")

    assert standing is not None
    assert (standing.met_spans, standing.version, standing.key) == (
        (("2026-02-01", "2026-03-02"), ("2026-04-01", None)),
        5,
        f"MASTERY/{COMPETENCY.key}/standard",
    )
    assert record.decision_keys == (standing.key,)


STATUS = fact(
    "status.1", FactType.BOOLEAN, reads=Reads.STATUS, arguments=(("code", "us-tx/homeless"),), when_none=UNKNOWN
)


HOLDS = status("us-tx/homeless")


@pytest.mark.parametrize(
    ("entries", "value"),
    [
        pytest.param([], UNKNOWN, id="never set"),
        pytest.param([HOLDS], True, id="open at both ends"),
        pytest.param([status("us-tx/homeless", first="2026-06-01")], True, id="from today"),
        pytest.param([status("us-tx/homeless", first="2026-06-02")], UNKNOWN, id="from tomorrow"),
        pytest.param([status("us-tx/homeless", last="2026-06-01")], True, id="until today"),
        pytest.param([status("us-tx/homeless", last="2026-05-31")], UNKNOWN, id="until yesterday"),
        pytest.param([HOLDS, status("us-tx/homeless", False)], False, id="the last set wins"),
        pytest.param([HOLDS, status("us-tx/homeless", False, last="2026-01-01")], True, id="not today"),
        pytest.param([status("us-tx/other")], UNKNOWN, id="another code"),
        pytest.param([status("us-tx/homeless", subject=OTHER)], UNKNOWN, id="another subject"),
        pytest.param([status("us-tx/homeless", subject=COMPETENCY)], True, id="this subject"),
    ],
)
def test_a_status_holds_on_a_day(entries: list[Any], value: Any) -> None:
    """Of the settings that cover the day, about the subject or the learner, the last one says."""
    assert value_of(record_of(*entries), STATUS) is value


JANUARY = status("course", first="2026-01-05")


@pytest.mark.parametrize(
    ("entries", "edge", "value"),
    [
        pytest.param([], "first", ABSENT, id="never set"),
        pytest.param([JANUARY], "first", date(2026, 1, 5), id="first day"),
        pytest.param([status("course", last="2026-01-05T12:00")], "last", date(2026, 1, 5), id="last day"),
        pytest.param([status("course")], "first", ABSENT, id="open"),
        pytest.param([JANUARY, status("course", first="2026-02-05")], "first", date(2026, 2, 5), id="set anew"),
        pytest.param([JANUARY, status("course", False)], "first", ABSENT, id="taken back"),
    ],
)
def test_a_status_has_ends(entries: list[Any], edge: str, value: Any) -> None:
    """The ends of a status are those of its last setting, where that says that it holds."""
    definition = fact("status_day.1", FactType.DATE, reads=Reads.STATUS, arguments=(("code", "course"), ("edge", edge)))

    assert value_of(record_of(*entries), definition) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        pytest.param([], ABSENT, id="no word"),
        pytest.param([approval(True, "2026-01-05")], True, id="yes"),
        pytest.param([approval(True, "2026-01-05"), approval(False, "2026-01-06")], False, id="then no"),
        pytest.param([approval(False, "2026-01-06"), approval(True, "2026-01-05")], False, id="recorded late"),
        pytest.param([approval(False, "2026-01-05"), approval(True, None)], False, id="undated is the oldest"),
        pytest.param([approval(True, "2026-01-05"), approval(False, "2026-06-02")], True, id="dated after today"),
        pytest.param([approval(True, "2026-01-05", OTHER)], ABSENT, id="about another subject"),
        pytest.param([approval(True, "2026-01-05", COMPETENCY)], True, id="about this subject"),
        pytest.param([approval(True, "2026-01-05", kind="consent")], ABSENT, id="another kind"),
    ],
)
def test_the_last_word_is_read(words: list[Any], value: Any) -> None:
    """Of the words of a kind dated by the day of decision the last one says yes or no."""
    definition = fact("approved.1", FactType.BOOLEAN, reads=Reads.APPROVAL, arguments=(("kind", "board"),))

    assert value_of(record_of(*words), definition) is value


def test_a_word_about_the_learner_is_filed_under_the_learner() -> None:
    """Approvals that name no subject are items of the learner's own subject."""
    record = record_of(approval(True, "2026-01-05"))
    counted = fact("count.1", FactType.INTEGER, reads=Reads.APPROVAL, measure="presence", when_none=0)

    assert record.subjects == (f"learner/{LEARNER}",)
    assert value_of(record, counted, subject=f"learner/{LEARNER}") == 1


def test_subjects_of_every_kind_are_kept_apart() -> None:
    """A course and a competency have facts of their own."""
    record = record_of(shown("a", "3", subjects=(COURSE,)), shown("b", "2"))

    assert record.subjects == (COMPETENCY.key, COURSE.key, f"learner/{LEARNER}")
    assert value_of(record, LATEST, subject=COURSE.key) == 3


def test_subjects_are_those_something_is_said_about() -> None:
    """Evidence, decisions, statuses and approvals name subjects, and so does what was withdrawn; asking does not."""
    requirement = Subject(kind="requirement", id="hours")
    record = record_of(
        shown("a", "3"),
        withdrawn("a"),
        decided("CREDIT", "not_yet", subject=COURSE),
        status("s", subject=OTHER),
        status("whole"),
        approval(True, None, subject=requirement),
    )
    value_of(record, fact("latest.1"), subject="competency/asked")

    assert record.subjects == (OTHER.key, COMPETENCY.key, COURSE.key, f"learner/{LEARNER}", requirement.key)
