"""Rules that look beyond their own subject are asked when what they look at changes."""

from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ledger
from ledger.application.adopting import Adoption
from ledger.application.learning import Written, record_evidence, withdraw
from ledger.domain.learner import Decided, Evidence
from ledger.domain.shapes import Result, Score, Source, Subject
from ledger.errors import LedgerDamaged
from ledger.policy import (
    Citation,
    Confidence,
    DatedValue,
    FactDefinition,
    FactType,
    ParameterDefinition,
    Policy,
    Question,
    Reads,
    clause,
    count_of,
    each,
    fact,
    grant,
    param,
    table,
)
from ledger.policy.parameters import ParameterType
from ledger.policy.rules import Rule
from tests.support.ledgers import AUTHORITY, LONG_AGO, adopted_anyway, author, opened, outcomes

LAW = Citation("Invented law", confidence=Confidence.VERBATIM)
EXAMS = ("requirement/us-xx/reading", "requirement/us-xx/writing")


def scored(name: str, subject: Subject, value: str, day: str = "2026-05-01") -> Evidence:
    """Build an examination result about a subject."""
    result = Result(subject=subject, score=Score(value=value, minimum="0", maximum="100"))
    source = Source(system="test", record=name)
    return Evidence(evidence_id=name, source=source, kind="exam", purpose="summative", results=(result,), occurred=day)


def rule(identity: str, question: Question, requires: Rule, *sheet: FactDefinition, **more: Any) -> Policy:
    """Write a policy of the invented state."""
    settings: dict[str, Any] = {"jurisdiction": "us-xx", "subject": "learner", **more}
    return Policy(f"us-xx/{identity}", LONG_AGO, question, identity, LAW, requires, sheet=sheet, **settings)


SCORE = FactDefinition("score", "best score", "best.1", FactType.FRACTION, Reads.EVIDENCE, measure="value")
DIPLOMA = rule(
    "diploma",
    Question.GRADUATION,
    each(fact.exams, clause("exam", "70 on each.", fact.score >= 70, LAW), name="exam"),
    FactDefinition(
        "exams",
        "required examinations",
        "subjects.1",
        FactType.LIST,
        Reads.EVIDENCE,
        arguments=(("of", EXAMS),),
        members=(FactDefinition("exam", "its name", "item.id", FactType.TEXT, Reads.EVIDENCE), SCORE),
    ),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger without any policy."""
    return opened(tmp_path)


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner the vault knows."""
    return ledger.vault.learner_id("S-1")


def adopts(ledger: Ledger, policy: Policy, ids: tuple[str, ...] | None = None) -> None:
    """Adopt a policy from long ago on."""
    adopted_anyway(ledger, Adoption(policy, "us-xx", LONG_AGO, AUTHORITY, "for the test", subjects=ids))


def sits(ledger: Ledger, learner: str, name: str, key: str, value: str) -> Written:
    """Record a result about the subject of a key."""
    kind, _, identity = key.partition("/")
    subject = Subject(kind=kind, id=identity)  # type: ignore[arg-type]
    return record_evidence(ledger, author(ledger), learner, scored(name, subject, value))


def test_a_diploma_is_asked_when_an_examination_it_names_is_taken(ledger: Ledger, learner: str) -> None:
    """It is decided with each of them, and met with the last."""
    adopts(ledger, DIPLOMA)
    first = sits(ledger, learner, "e1", EXAMS[0], "75")
    other = sits(ledger, learner, "e2", "requirement/us-xx/music", "75")
    last = sits(ledger, learner, "e3", EXAMS[1], "70")

    assert [("GRADUATION", learner, "not_yet")] == outcomes(first)
    assert [] == outcomes(other)
    assert [("GRADUATION", learner, "met")] == outcomes(last)
    assert ("exam[us-xx/writing]",) == first.decisions[0].decisive


def test_a_withdrawn_result_asks_the_rules_that_looked_at_it(ledger: Ledger, learner: str) -> None:
    """A diploma not yet met is decided anew when the result it rested on is withdrawn."""
    adopts(ledger, DIPLOMA)
    sits(ledger, learner, "e1", EXAMS[0], "75")
    written = withdraw(ledger, author(ledger), learner, "e1", "wrong learner")

    assert [("exam[us-xx/reading]", "exam[us-xx/writing]")] == [one.decisive for one in written.decisions]


CREDIT = rule(
    "credit",
    Question.CREDIT,
    clause("pass", "70.", fact.score >= 70, LAW),
    SCORE,
    subject="course",
    grants=(grant("credit", 1),),
)
TOTAL = rule(
    "total",
    Question.GRADUATION,
    clause("credits", "Two credits.", fact.credits >= 2, LAW),
    FactDefinition(
        "credits",
        "credits earned",
        "awarded.1",
        FactType.FRACTION,
        Reads.DECISION,
        arguments=(("question", "CREDIT"), ("key", "credit")),
    ),
)


def test_a_total_of_credits_is_asked_with_every_credit(ledger: Ledger, learner: str) -> None:
    """The diploma is decided in the append that brings the second credit."""
    adopts(ledger, CREDIT)
    adopts(ledger, TOTAL)
    written = [
        sits(ledger, learner, name, f"course/{course}", value)
        for name, course, value in (("e1", "art", "80"), ("e2", "music", "60"), ("e3", "music", "71"))
    ]

    assert [
        [("CREDIT", "art", "met"), ("GRADUATION", learner, "not_yet")],
        [("CREDIT", "music", "not_yet")],
        [("CREDIT", "music", "met"), ("GRADUATION", learner, "met")],
    ] == [outcomes(one) for one in written]


def sequence(name: str, lines: dict[str, Any], entries: ParameterType) -> ParameterDefinition:
    """Give a table of the course sequence."""
    value = DatedValue(None, None, table(lines), LONG_AGO, LAW, Confidence.VERBATIM)
    return ParameterDefinition(name, name, ParameterType.TABLE, entries=entries, values=(value,))


OWN = FactDefinition("course", "the course", "subject.1", FactType.TEXT, Reads.FRAMEWORK)
RECOVERY = rule(
    "recovery",
    Question.CREDIT,
    clause("next", "70 in the next course of the sequence.", fact.next_score >= 70, LAW),
    OWN,
    FactDefinition(
        "next_score",
        "best score in the next course",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        about=param.next.by(fact.course),
    ),
    subject="course",
    parameters=(sequence("next", {"algebra-1": "course/algebra-2"}, ParameterType.TEXT),),
)


def test_success_in_the_next_course_credits_the_earlier_one(ledger: Ledger, learner: str) -> None:
    """The rule about the earlier course is asked when the next one's result comes, though nothing names the earlier."""
    adopts(ledger, RECOVERY)
    written = sits(ledger, learner, "e1", "course/algebra-2", "72")

    assert ("CREDIT", "algebra-1", "met") in outcomes(written)


BARRED = rule(
    "barred",
    Question.CREDIT,
    clause("pass", "70.", fact.score >= 70, LAW),
    SCORE,
    OWN,
    FactDefinition(
        "credited",
        "courses credited before",
        "awards.1",
        FactType.LIST,
        Reads.DECISION,
        arguments=(("question", "CREDIT"),),
        members=(FactDefinition("other", "the other course", "item.id", FactType.TEXT, Reads.DECISION),),
    ),
    subject="course",
    parameters=(sequence("above", {"algebra-1": ("algebra-2", "calculus")}, ParameterType.NAMES),),
    eligible=clause(
        "lower",
        "No credit for a course below one already credited.",
        count_of(fact.credited, fact.other.in_(param.above.by(fact.course))) <= 0,
        LAW,
    ),
)


def test_no_credit_for_a_course_below_one_already_credited(ledger: Ledger, learner: str) -> None:
    """After calculus, algebra 1 is ineligible; the other way round both are credited."""
    adopts(ledger, BARRED)
    other = ledger.vault.learner_id("S-2")
    courses = ["course/calculus", "course/algebra-1"]
    down = [sits(ledger, learner, f"d{course}", course, "90") for course in courses]
    up = [sits(ledger, other, f"u{course}", course, "90") for course in reversed(courses)]

    assert ["met", "ineligible"] == [one.decisions[0].outcome for one in down]
    assert ["met", "met"] == [one.decisions[0].outcome for one in up]


def test_the_order_of_results_moves_no_total(ledger: Ledger, learner: str) -> None:
    """Every order of three results ends with the same standing diploma."""
    adopts(ledger, DIPLOMA)
    others = [ledger.vault.learner_id(f"S-{number}") for number in range(2, 4)]
    orders = [(0, 1), (1, 0)]
    for identity, order in zip(others, orders, strict=True):
        for place in order:
            sits(ledger, identity, f"{identity[:8]}{place}", EXAMS[place], "70")
    ends = [
        [event.data.outcome for event in ledger.log.stream(f"learner/{identity}") if isinstance(event.data, Decided)]
        for identity in others
    ]

    assert ["met", "met"] == [end[-1] for end in ends]


def test_a_course_of_several_subjects_is_gathered_from_its_selector(ledger: Ledger, learner: str) -> None:
    """A requirement adopted by name is decided though no evidence names it, once what it looks at changes."""
    general = rule(
        "service",
        Question.CERTIFICATION,
        clause("enlisted", "Enlisted.", fact.enlisted, LAW),
        FactDefinition(
            "enlisted",
            "signed enlistment form",
            "latest.1",
            FactType.BOOLEAN,
            Reads.EVIDENCE,
            measure="passed",
            about="requirement/us-xx/enlistment",
        ),
        subject="requirement",
    )
    adopts(ledger, general, ids=("us-xx/mathematics", "us-xx/english"))
    subject = Subject(kind="requirement", id="us-xx/enlistment")
    form = Evidence(
        evidence_id="e1",
        source=Source(system="test", record="e1"),
        kind="credential",
        purpose="summative",
        results=(Result(subject=subject, passed=True),),
        occurred="2026-05-01",
    )
    written = record_evidence(ledger, author(ledger), learner, form)

    assert [("CERTIFICATION", "us-xx/english", "met"), ("CERTIFICATION", "us-xx/mathematics", "met")] == outcomes(
        written
    )


DEMONSTRATION = rule(
    "demonstration",
    Question.CERTIFICATION,
    clause("pass", "70.", fact.score >= 70, LAW),
    SCORE,
    subject="requirement",
    award="demonstration",
)
COMPETENCY = rule(
    "competency",
    Question.CERTIFICATION,
    clause("shown", "A demonstration.", fact.shown, LAW),
    FactDefinition(
        "shown",
        "the demonstration is met",
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        arguments=(("question", "CERTIFICATION"), ("award", "demonstration")),
        when_none=False,
        about="requirement/us-xx/welding",
    ),
    subject="requirement",
    award="competency",
)


def test_a_rule_is_asked_after_the_rules_it_reads(ledger: Ledger, learner: str) -> None:
    """Of one question too, whatever their names: the demonstration first, then what rests on it, each once."""
    adopts(ledger, COMPETENCY, ids=("us-xx/algebra",))
    adopts(ledger, DEMONSTRATION, ids=("us-xx/welding",))
    before = sits(ledger, learner, "e1", "requirement/us-xx/welding", "60")
    after = sits(ledger, learner, "e2", "requirement/us-xx/welding", "70")

    assert [("CERTIFICATION", "us-xx/welding", "not_yet"), ("CERTIFICATION", "us-xx/algebra", "not_yet")] == outcomes(
        before
    )
    assert [("CERTIFICATION", "us-xx/welding", "met"), ("CERTIFICATION", "us-xx/algebra", "met")] == outcomes(after)


CHAIN = rule(
    "chain",
    Question.CREDIT,
    clause("next", "Credit for the next course.", fact.next_credit, LAW),
    OWN,
    FactDefinition(
        "next_credit",
        "credit for the next course",
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        arguments=(("question", "CREDIT"),),
        when_none=False,
        about=param.next.by(fact.course),
    ),
    subject="course",
    parameters=(sequence("next", {"a": "course/b", "b": "course/c"}, ParameterType.TEXT),),
)


def test_an_answer_that_comes_too_late_is_asked_for_again(ledger: Ledger, learner: str) -> None:
    """A rule that reads its own question about other courses follows a chain of them, within one append."""
    adopts(ledger, CHAIN)
    adopts(ledger, CREDIT, ids=("c",))
    written = sits(ledger, learner, "e1", "course/c", "70")

    assert [("CREDIT", "c", "met"), ("CREDIT", "b", "met"), ("CREDIT", "a", "met")] == outcomes(written)


def test_a_decision_that_follows_the_evidence_follows_in_what_it_gives(ledger: Ledger, learner: str) -> None:
    """Met as before and for the same reason, it is written anew where it gives something else."""
    follows = rule(
        "points",
        Question.MASTERY,
        clause("pass", "70.", fact.score >= 70, LAW),
        SCORE,
        subject="requirement",
        grants=(grant("points", fact.score),),
    )
    adopts(ledger, follows)
    written = [
        sits(ledger, learner, name, EXAMS[0], value) for name, value in (("e1", "70"), ("e2", "80"), ("e3", "75"))
    ]

    assert [["met"], ["met"], []] == [[one.outcome for one in each.decisions] for each in written]


def test_a_policy_that_cannot_be_read_stops_only_what_it_governs(ledger: Ledger, learner: str) -> None:
    """A rule adopted for other subjects and lost since leaves every other question answered."""
    adopts(ledger, DIPLOMA)
    adopts(ledger, DEMONSTRATION, ids=("us-xx/welding",))
    archived = ledger.governance().archived
    lost = next(digest for digest, placed in archived.items() if placed.payload.policy == "us-xx/demonstration")
    del archived[lost]

    assert [("GRADUATION", learner, "not_yet")] == outcomes(sits(ledger, learner, "e1", EXAMS[0], "75"))
    with pytest.raises(LedgerDamaged, match="is archived in this ledger"):
        sits(ledger, learner, "e2", "requirement/us-xx/welding", "75")
