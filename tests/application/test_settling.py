"""A person settles what would now differ; nothing is decided again by itself."""

from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from ledger.application import Ledger
from ledger.application.learning import withdraw
from ledger.application.records import folded_record, snapshot_record
from ledger.application.settling import Unsettled, settle, settle_all
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.deciding.differing import Difference, differences
from ledger.domain.learner import Decided
from ledger.domain.settlement import DifferenceSettled
from ledger.errors import CommandReused, Refused, UnknownName
from ledger.inquiry import learner_view
from tests.support.ledgers import adopted, author, classroom, record
from tests.support.suppositions import ONE_KIND, THREE_KINDS

MASTERY, COURSE = "competency-based/mastery", "competency-based/course"
REASON = "The family was heard."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger with mastery and course credit adopted."""
    return classroom(tmp_path)


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner who has mastered both standards of algebra, holds the credit, and has one kind of task in another."""
    found = ledger.vault.learner_id("S-1")
    for code in ("C.0", "C.1"):
        for kind in ("task", "exam"):
            record(ledger, found, f"{code} {kind}", code, kind=kind)
    record(ledger, found, "C.2 task", "C.2")
    return found


def row(learner: str, subject: str = "competency/c0", question: str = "MASTERY") -> Unsettled:
    """Name a decision to be settled, as it is now."""
    return Unsettled(learner=learner, question=question, subject=subject)


def differing(ledger: Ledger, learner: str) -> list[str]:
    """Name what would now differ and was not settled."""
    held = snapshot_record(ledger, f"learner/{learner}")
    return [
        f"{one.standing.question} {one.standing.subject}"
        for one in differences(ledger.decider(), held)
        if not one.let_stand
    ]


def standing(ledger: Ledger, learner: str, subject: str = "competency/c0", question: str = "MASTERY") -> str | None:
    """Return the outcome that stands."""
    found = folded_record(ledger, f"learner/{learner}").standing(question, subject, "standard")
    return found.outcome if found else None


def verdicts(ledger: Ledger) -> set[Verdict]:
    """Replay everything."""
    replay = Replay(ledger.log)
    return {one.verdict for one in replay.replay(replay.learners(), whole=True)}


def test_a_decision_is_said_to_stand(ledger: Ledger, learner: str) -> None:
    """The ruling is on record with its reason in the vault; what stood stands, and the list is without it."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    before = differing(ledger, learner)
    written = settle(ledger, author(ledger), row(learner), "stands", REASON)
    event = list(ledger.log.stream(f"learner/{learner}"))[-1]

    assert ["MASTERY competency/c0", "MASTERY competency/c1"] == before
    assert (["MASTERY competency/c1"], "met", ()) == (
        differing(ledger, learner),
        standing(ledger, learner),
        written.decisions,
    )
    assert isinstance(event.data, DifferenceSettled)
    assert ("not_yet", "stands", "2026-06-15") == (event.data.offered, event.data.ruling, event.data.on)
    assert REASON == ledger.vault.text(event.data.reason)
    assert {Verdict.IDENTICAL} == verdicts(ledger)


def test_a_decision_is_made_anew_though_it_is_worse(ledger: Ledger, learner: str) -> None:
    """A person said so: the rule in force decides today, in one append with the ruling; other losses wait."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    written = settle(ledger, author(ledger), row(learner), "decided-anew", REASON)
    events = list(ledger.log.scan(written.appended.first - 1, written.appended.last))
    anew = events[1].data

    assert [DifferenceSettled, Decided] == [type(one.data) for one in events[:2]]
    assert events[0].data.adoption == anew.adoption == ledger.governance().adoptions[-1].position
    assert ("not_yet", "2026-06-15", f"learner/{learner}@{events[0].originator_version}") == (
        anew.outcome,
        anew.on,
        events[1].cause,
    )
    assert ("not_yet", {Verdict.IDENTICAL}) == (standing(ledger, learner), verdicts(ledger))
    assert (1, "met", ["MASTERY competency/c1"]) == (
        len(written.decisions),
        standing(ledger, learner, "competency/c1"),
        [one for one in differing(ledger, learner) if one.startswith("MASTERY")],
    )


def test_what_is_gained_anew_brings_what_builds_on_it(ledger: Ledger) -> None:
    """A standard mastered by the looser rule brings the one that builds on it, and the credit, in the same append."""
    learner = ledger.vault.learner_id("S-2")
    for code in ("C.0", "C.1"):
        record(ledger, learner, code, code)
    adopted(ledger, MASTERY, overrides=ONE_KIND)
    written = settle(ledger, author(ledger), row(learner), "decided-anew", REASON)

    assert [("MASTERY", "c0"), ("MASTERY", "c1"), ("CREDIT", "algebra"), ("ADVANCEMENT", "algebra")] == [
        (one.question, one.subject.id) for one in written.decisions
    ]
    assert {"met"} == {one.outcome for one in written.decisions}
    assert {Verdict.IDENTICAL} == verdicts(ledger)


def test_no_change_of_rules_takes_an_award_back(ledger: Ledger, learner: str) -> None:
    """Credit stands whatever the rule in force says; that it stands is all there is to be said."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    for subject in ("competency/c0", "competency/c1"):
        settle(ledger, author(ledger), row(learner, subject), "decided-anew", REASON)
    adopted(ledger, COURSE)
    credit = row(learner, "course/algebra", "CREDIT")
    with pytest.raises(Refused) as refused:
        settle(ledger, author(ledger), credit, "decided-anew", REASON)
    settle(ledger, author(ledger), credit, "stands", REASON)

    assert (
        "CREDIT of course/algebra was awarded, and a change of rules takes no award back; "
        "it can only be said to stand, or the evidence it rests on be corrected"
    ) == str(refused.value)
    assert "met" == standing(ledger, learner, "course/algebra", "CREDIT")
    assert {Verdict.IDENTICAL} == verdicts(ledger)


def test_an_award_that_gives_more_is_made_anew_and_one_that_gives_less_is_not(ledger: Ledger, learner: str) -> None:
    """An amount of credit may rise by a ruling, and never fall."""
    adopted(ledger, COURSE, overrides={"credit": "2"})
    credit = row(learner, "course/algebra", "CREDIT")
    settle(ledger, author(ledger), credit, "decided-anew", REASON)
    adopted(ledger, COURSE, overrides={"credit": "1"})
    with pytest.raises(Refused, match="takes no award back"):
        settle(ledger, author(ledger), credit, "decided-anew", REASON)
    held = folded_record(ledger, f"learner/{learner}").standing("CREDIT", "course/algebra", "standard")

    assert held is not None
    assert [("credit", '{"fraction":[2,1]}')] == [(one.key, one.value) for one in held.grants]


def test_a_ruling_holds_until_what_stands_or_what_governs_is_another(ledger: Ledger, learner: str) -> None:
    """Once let stand a decision is not listed again, until another rule would say otherwise."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    settle(ledger, author(ledger), row(learner), "stands", REASON)
    with pytest.raises(Refused) as again:
        settle(ledger, author(ledger), row(learner), "stands", REASON)
    adopted(ledger, MASTERY, overrides={"kinds": "4"})

    assert ("MASTERY of competency/c0 was said to stand against this rule already; there is nothing to settle") == str(
        again.value
    )
    assert "MASTERY competency/c0" in differing(ledger, learner)


def test_what_changed_since_it_was_seen_is_refused(ledger: Ledger, learner: str) -> None:
    """Another decision that stands, or another rule, is not what the person ruled on."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    held = snapshot_record(ledger, f"learner/{learner}")
    seen = next(differences(ledger.decider(), held))
    named = {"learner": learner, "question": "MASTERY", "subject": "competency/c0", "award": "standard"}
    other_rule = Unsettled(**named, standing=seen.standing.version, adoption=seen.adoption - 1)
    other_decision = Unsettled(**named, standing=seen.standing.version + 1, adoption=seen.adoption)
    with pytest.raises(Refused) as rule:
        settle(ledger, author(ledger), other_rule, "stands", REASON)
    with pytest.raises(Refused) as decision:
        settle(ledger, author(ledger), other_decision, "stands", REASON)

    assert (
        f"MASTERY of competency/c0: another rule governs since, adopted at position {seen.adoption}; look again"
    ) == str(rule.value)
    assert (
        f"MASTERY of competency/c0: another decision stands since, version {seen.standing.version}; look again"
    ) == str(decision.value)


def test_there_must_be_something_to_settle(ledger: Ledger, learner: str) -> None:
    """A decision the rule in force agrees with, and one never made, are refused."""
    half = Unsettled(learner=learner, question="CREDIT", subject="course/x", award="half")
    with pytest.raises(Refused) as agreed:
        settle(ledger, author(ledger), row(learner), "stands", REASON)
    with pytest.raises(UnknownName) as never:
        settle(ledger, author(ledger), half, "stands", REASON)

    assert "MASTERY of competency/c0: the rule in force says what stands; there is nothing to settle" == str(
        agreed.value
    )
    assert f"CREDIT (half) of course/x was never decided for the learner {learner}" == str(never.value)


def test_a_repeated_ruling_is_answered_as_the_first_time(ledger: Ledger, learner: str) -> None:
    """The same command id gives the same answer and writes nothing; with another ruling it is refused."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    by = author(ledger)
    first = settle(ledger, by, row(learner), "decided-anew", REASON)
    again = settle(ledger, by, row(learner), "decided-anew", REASON)
    with pytest.raises(CommandReused):
        settle(ledger, by, row(learner), "stands", REASON)

    assert (first.decisions, first.appended.last) == (again.decisions, again.appended.last)
    assert ledger.log.recorder.max_notification_id() == first.appended.last


def test_many_are_settled_with_one_reason_and_each_for_itself(ledger: Ledger, learner: str) -> None:
    """One that is refused keeps none of the others from being settled."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    rows = [row(learner, subject) for subject in ("competency/c0", "competency/c2", "competency/c1")]
    told: list[tuple[int, int]] = []
    found = settle_all(ledger, author(ledger), rows, "stands", REASON, lambda done, total: told.append((done, total)))

    assert ["", "MASTERY of competency/c2: the rule in force says what stands; there is nothing to settle", ""] == [
        one.refusal for one in found
    ]
    assert [(1, 3), (2, 3), (3, 3)] == told
    assert [] == differing(ledger, learner)


def test_a_snapshot_remembers_rulings(ledger: Ledger, learner: str) -> None:
    """A record opened from its snapshot holds the rulings that the events do."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    settle(ledger, author(ledger), row(learner), "stands", REASON)
    stream = f"learner/{learner}"

    assert 1 == len(folded_record(ledger, stream).settlements)
    assert folded_record(ledger, stream).settlements == snapshot_record(ledger, stream).settlements


def test_the_learners_page_tells_the_ruling(ledger: Ledger, learner: str) -> None:
    """What a person ruled stands among the entries, and what was let stand is no longer listed as differing."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    before = learner_view(ledger, learner)
    settle(ledger, author(ledger), row(learner), "stands", REASON)
    after = learner_view(ledger, learner)

    assert (2, 1) == (len(before.differences), len(after.differences))
    assert [("settled", "MASTERY of version 7 stands, where the rule in force says not yet", "2026-06-15")] == [
        (one.what, one.words, one.day) for one in after.entries
    ]


def test_evidence_corrected_later_decides_whatever_was_ruled(ledger: Ledger, learner: str) -> None:
    """A ruling lets a decision stand against a rule, not against the evidence."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    settle(ledger, author(ledger), row(learner), "stands", REASON)
    withdraw(ledger, author(ledger), learner, "C.0 exam", "It was another learner's.")

    assert "not_yet" == standing(ledger, learner)
    assert {Verdict.IDENTICAL} == verdicts(ledger)
    assert ["ADVANCEMENT course/algebra", "CREDIT course/algebra"] == sorted(differing(ledger, learner))


def test_less_of_an_award_is_told_by_level_and_by_what_is_given(ledger: Ledger, learner: str) -> None:
    """A lower level, another word in place of a number, and a grant that is gone are less; more is not."""
    adopted(ledger, COURSE, overrides={"credit": "2"})
    found = next(differences(ledger.decider(), folded_record(ledger, f"learner/{learner}")))

    def takes_back(**stands: object) -> bool:
        return Difference(with_fields(found.standing, **stands), found.answer, let_stand=False).takes_back

    grant = found.standing.grants[0]

    def given(value: str, key: str = "credit") -> tuple[object, ...]:
        return (type(grant)(key=key, value=value),)

    assert not takes_back()
    assert takes_back(level="3")
    assert takes_back(grants=given('"a word"'))
    assert takes_back(grants=given("true"))
    assert takes_back(grants=given("1", key="hours"))
    assert takes_back(grants=given("5/2"))
    assert not takes_back(grants=given("3/2"))
    assert not takes_back(grants=given('"a word"'), standing="current")
