"""What people say of a learner decides at once what the rules that read it answer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.learning import record as record_payload
from ledger.application.records import folded_record, snapshot_record
from ledger.deciding.agenda import Touched, touched_by
from ledger.domain.learner import (
    ChoiceMade,
    CohortSet,
    PanelMember,
    PanelVoted,
    PreparationRecorded,
    SupportOffered,
    SupportProvided,
)
from ledger.domain.shapes import Payload, Subject
from ledger.policy import Citation, Confidence, FactDefinition, FactType, Policy, Question, Reads, clause, fact
from ledger.policy.rules import Rule
from tests.support.ledgers import AUTHORITY, LONG_AGO, author, opened, outcomes

LAW = Citation("Invented law", confidence=Confidence.SECONDARY)
COURSE = Subject(kind="course", id="algebra-1")
MEMBERS = (PanelMember(role="teacher", vote="yes"),)


def asks(ledger: Ledger, method: str, kind: FactType, reads: Reads, test: Rule, *arguments: tuple[str, Any]) -> None:
    """Adopt a rule of courses that reads one fact."""
    sheet = (FactDefinition("it", "it", method, kind, reads, measure="presence", arguments=arguments),)
    policy = Policy(
        "us-xx/rule",
        LONG_AGO,
        Question.ADVANCEMENT,
        "A rule",
        LAW,
        test,
        jurisdiction="us-xx",
        subject="course",
        sheet=sheet,
    )
    adopt(ledger, author(ledger), Adoption(policy, "us-xx", LONG_AGO, AUTHORITY, "for the test"))


def is_met(condition: Any) -> Rule:
    """Write a rule with one condition."""
    return clause("it", "It is so.", condition, LAW)


ASKED = [
    pytest.param(
        ("cohort.1", FactType.INTEGER, Reads.COHORT, is_met(fact.it >= 2027), ("clock", "class")),
        CohortSet(clock="class", year=2026, day=None),
        CohortSet(clock="class", year=2027, day=None),
        id="cohort",
    ),
    pytest.param(
        ("count.1", FactType.INTEGER, Reads.SUPPORT, is_met(fact.it >= 2)),
        SupportOffered(subject=COURSE, kind="tutoring", occurred="2026-01-05"),
        SupportProvided(subject=COURSE, kind="tutoring", occurred="2026-01-05", hours="2"),
        id="support",
    ),
    pytest.param(
        ("panel_result.1", FactType.CHOICE, Reads.PANEL, is_met(fact.it.is_("carried")), ("body", "review")),
        PanelVoted(body="review", subject=COURSE, occurred="2026-01-05", result="sent_back", members=MEMBERS),
        PanelVoted(body="review", subject=None, occurred="2026-01-06", result="carried", members=MEMBERS),
        id="panel",
    ),
    pytest.param(
        ("chose.1", FactType.BOOLEAN, Reads.CHOICE, is_met(fact.it), ("choice", "path"), ("option", "stem")),
        ChoiceMade(choice="path", options=("arts",), subject=COURSE, occurred="2026-01-05"),
        ChoiceMade(choice="path", options=("arts", "stem"), subject=None, occurred="2026-01-06"),
        id="choice",
    ),
]


@pytest.mark.parametrize(("rule", "first", "second"), ASKED)
def test_what_is_said_is_decided_in_the_same_append(tmp_path: Path, rule: Any, first: Payload, second: Payload) -> None:
    """A rule that reads cohorts, support, votes or choices is asked with each, about a subject or about all."""
    ledger = opened(tmp_path)
    asks(ledger, *rule)
    learner = ledger.vault.learner_id("S-1")
    known = PreparationRecorded(subject=COURSE, kind="practice", occurred=None)
    found = [record_payload(ledger, author(ledger), learner, each) for each in (known, first, second)]

    assert [("ADVANCEMENT", "algebra-1", "met")] == outcomes(found[2])
    assert "not_yet" == [*found[0].decisions, *found[1].decisions][-1].outcome


@pytest.mark.parametrize(("rule", "first", "second"), ASKED)
def test_what_is_said_does_not_touch_rules_that_do_not_read_it(
    tmp_path: Path, rule: Any, first: Payload, second: Payload
) -> None:
    """A rule that reads preparations alone is asked about a course once, because it never was, and not again."""
    ledger = opened(tmp_path)
    asks(ledger, "count.1", FactType.INTEGER, Reads.PREPARATION, is_met(fact.it >= 1))
    learner = ledger.vault.learner_id("S-1")
    known = PreparationRecorded(subject=COURSE, kind="practice", occurred=None)
    found = [record_payload(ledger, author(ledger), learner, each) for each in (known, first, second)]

    assert [1, 0, 0] == [len(each.decisions) for each in found]


@pytest.mark.parametrize(
    ("payload", "reads", "subject"),
    [
        (CohortSet(clock="class", year=2027, day=None), Reads.COHORT, None),
        (SupportOffered(subject=None, kind="k", occurred=None), Reads.SUPPORT, None),
        (SupportProvided(subject=COURSE, kind="k", occurred=None), Reads.SUPPORT, COURSE.key),
        (
            PanelVoted(body="b", subject=COURSE, occurred=None, result="carried", members=MEMBERS),
            Reads.PANEL,
            COURSE.key,
        ),
        (ChoiceMade(choice="c", options=(), subject=None, occurred=None), Reads.CHOICE, None),
    ],
)
def test_a_payload_touches_its_kind_and_subject(payload: Payload, reads: Reads, subject: str | None) -> None:
    """What names no subject is about the learner as a whole, a cohort always."""
    assert frozenset({Touched(reads, subject)}) == touched_by(payload)


def test_a_repeated_command_is_answered_as_the_first_time(tmp_path: Path) -> None:
    """The same command under the same id writes a vote once."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    vote = PanelVoted(body="b", subject=None, occurred=None, result="carried", members=MEMBERS)
    one, again = (record_payload(ledger, author(ledger, "c-1"), learner, vote) for _ in range(2))

    assert (one.appended.first, one.version) == (again.appended.first, again.version)
    assert again.appended.repeated
    assert 1 == len(list(ledger.log.stream(f"learner/{learner}")))


def test_the_record_is_the_same_from_its_snapshot(tmp_path: Path) -> None:
    """Cohort, vote, choice and support are found alike in the snapshot and in the events."""
    ledger = opened(tmp_path)
    learner = ledger.vault.learner_id("S-1")
    for case in ASKED:
        for payload in case.values[1:]:
            assert isinstance(payload, Payload)
            record_payload(ledger, author(ledger), learner, payload)
    records = [read(ledger, f"learner/{learner}") for read in (folded_record, snapshot_record)]
    day = date(2026, 6, 1).isoformat()

    assert [2027, 2027] == [one.cohort_of("class").year for one in records if one]  # type: ignore[union-attr]
    assert ["carried"] * 2 == [one.panel_on("review", COURSE.key, day).result for one in records if one]  # type: ignore[union-attr]
    assert [("arts", "stem")] * 2 == [
        one.choice_on("path", COURSE.key, day).options  # type: ignore[union-attr]
        for one in records
        if one
    ]
