"""Predicted against actual, once a change governs."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.preview_rows import Preview
from ledger.application.previewing import preview
from ledger.application.settling import Unsettled, settle
from ledger.deciding.supposing import Supposition
from ledger.domain.settlement import Ruling
from ledger.inquiry.predicting import Comparison, Fate, compared
from tests.support.ledgers import adopted, author, classroom, record
from tests.support.suppositions import ONE_KIND, THREE_KINDS, ending, made, supposing

MASTERY, COURSE = "competency-based/mastery", "competency-based/course"
TODAY = date(2026, 6, 15)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a learner who holds credit for algebra."""
    found = classroom(tmp_path)
    mastered(found, "S-1", "C.0")
    mastered(found, "S-1", "C.1")
    return found


def mastered(ledger: Ledger, name: str, code: str) -> None:
    """Let a learner master a standard in two kinds of task."""
    for kind in ("task", "exam"):
        record(ledger, ledger.vault.learner_id(name), f"{name} {code} {kind}", code, kind=kind)


def rule(ledger: Ledger, ruling: Ruling, subject: str = "competency/c0") -> None:
    """Let a person rule on a decision about the first learner's mastery."""
    learner = ledger.vault.learner_id("S-1")
    row = Unsettled(learner=learner, question="MASTERY", subject=subject)
    settle(ledger, author(ledger), row, ruling, "The family was heard.")


def now(ledger: Ledger, change: Supposition, predicted: Preview) -> Comparison:
    """Compare what was predicted with what there is."""
    present = preview(ledger, change, TODAY, read_to=predicted.read_to)
    return compared(predicted, present)


def fates(found: Comparison) -> dict[str, Fate]:
    """Return what came of each answer, by question and subject."""
    return {f"{one.row.question} {one.row.subject}": one.fate for one in found.rows}


def begun(ledger: Ledger, change: Supposition) -> Preview:
    """Preview a change and make it; return the preview."""
    predicted = preview(ledger, change, TODAY)
    made(ledger, change)
    return predicted


def test_nothing_has_come_yet(ledger: Ledger) -> None:
    """Right after the activation every loss is open, and what was awarded stands."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    found = now(ledger, change, begun(ledger, change))

    assert {
        "ADVANCEMENT course/algebra": Fate.AWARD_STANDS,
        "CREDIT course/algebra": Fate.AWARD_STANDS,
        "MASTERY competency/c0": Fate.OPEN,
        "MASTERY competency/c1": Fate.OPEN,
    } == fates(found)
    assert (2, 2, 0) == (found.counts()[Fate.OPEN], found.counts()[Fate.AWARD_STANDS], found.counts()[Fate.NO_LONGER])


def test_what_a_person_ruled_is_told(ledger: Ledger) -> None:
    """What is decided anew came true; what was let stand was settled otherwise."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    predicted = begun(ledger, change)
    rule(ledger, "decided-anew")
    rule(ledger, "stands", "competency/c1")
    found = now(ledger, change, predicted)

    assert Fate.CAME_TRUE == fates(found)["MASTERY competency/c0"]
    assert Fate.SETTLED_OTHERWISE == fates(found)["MASTERY competency/c1"]
    assert ["not_yet", "met"] == [one.standing for one in found.rows if one.row.question == "MASTERY"]


def test_what_evidence_has_changed_is_told(ledger: Ledger) -> None:
    """A third kind of task makes a predicted loss no loss; work nobody had seen brings what was not predicted."""
    change = supposing(ledger, MASTERY, THREE_KINDS)
    predicted = begun(ledger, change)
    record(ledger, ledger.vault.learner_id("S-1"), "third", "C.0", kind="performance")
    mastered(ledger, "S-2", "C.2")
    found = now(ledger, change, predicted)

    assert Fate.NO_LONGER == fates(found)["MASTERY competency/c0"]
    assert Fate.UNPREDICTED == fates(found)["MASTERY competency/c2"]


def test_a_ruling_on_an_earlier_rule_does_not_count(ledger: Ledger) -> None:
    """Only what was settled about the change is settled: a ruling against the rule before it leaves its rows open."""
    made(ledger, supposing(ledger, MASTERY, {"kinds": "4"}))
    rule(ledger, "stands")
    change = supposing(ledger, MASTERY, ONE_KIND | {"level": "4"})
    adopted(ledger, MASTERY)
    found = now(ledger, change, begun(ledger, change))

    assert Fate.OPEN == fates(found)["MASTERY competency/c0"]


def test_a_ruling_after_a_rule_was_ended_counts(ledger: Ledger) -> None:
    """Where the rule before governs again, what is let stand against it is settled."""
    made(ledger, supposing(ledger, MASTERY, THREE_KINDS))
    adopted(ledger, MASTERY)
    change = ending(ledger, MASTERY)
    predicted = begun(ledger, change)
    rule(ledger, "stands")

    assert Fate.SETTLED_OTHERWISE == fates(now(ledger, change, predicted))["MASTERY competency/c0"]


def test_a_question_no_rule_answers_any_more(ledger: Ledger) -> None:
    """Where a rule ended without another, nobody is asked: what stood stands, an award as an award."""
    change = ending(ledger, MASTERY)
    found = now(ledger, change, begun(ledger, change))

    assert Fate.NOT_ASKED == fates(found)["MASTERY competency/c0"]
