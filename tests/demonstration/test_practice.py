"""The small district to practise on, and the pilot of the demonstration."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger, open_ledger
from ledger.application.pilot_comparing import compare_pilot
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.catalogue import load
from ledger.demonstration.piloted import PILOT
from ledger.demonstration.practice import DRY_CREEK, FIRST_GRADER, GONE, edit_a_row, may_be_edited
from ledger.errors import Refused
from ledger.inquiry import learner_view
from tests.demonstration.support import Built


@pytest.fixture
def practice(built: Built, tmp_path: Path) -> Iterator[Ledger]:
    """Open a copy of the small district, which may be written to."""
    home = tmp_path / "home"
    shutil.copytree(built.home, home)
    with open_ledger(home, DRY_CREEK.jurisdiction) as ledger:
        yield ledger


def verdicts(ledger: Ledger) -> Counter[Verdict]:
    """Make every decision of a ledger again."""
    replay = Replay(ledger.log)
    return Counter(one.verdict for one in replay.replay(replay.learners()))


def test_a_first_grader_averages_84_5_and_cannot_subtract(practice: Ledger) -> None:
    """Credit is decided by the average of four tests; subtraction is the one standard that is not yet mastered."""
    view = learner_view(practice, practice.vault.learner_id(FIRST_GRADER))
    answers = {
        one.subject.code or one.subject.id: {each.question: each for each in one.decisions} for one in view.targets
    }
    mastered = {code: each["MASTERY"].outcome for code, each in answers.items() if "MASTERY" in each}
    gives = dict(answers["MATH1"]["CREDIT"].grants)

    assert "84.5" == gives["final_average"]
    assert "1" == gives["standards_not_mastered"]
    assert {"N1.1": "met", "N1.2": "met", "N1.3": "not_yet", "N1.4": "met"} == mastered


def test_a_rule_that_no_plugin_brings_is_replayed(practice: Ledger) -> None:
    """Decisions were made by it, it is installed nowhere, and every decision is identical."""
    editions = {one.payload.edition for one in practice.governance().archived.values()}

    assert any(one.startswith(GONE) for one in editions)
    assert not any(one.id == GONE for one in load().policies)
    assert [Verdict.IDENTICAL] == list(verdicts(practice))


def test_an_edited_row_is_found_by_the_replay(practice: Ledger) -> None:
    """The event stays in its place, and what rests on it is told."""
    before = practice.log.recorder.max_notification_id()
    position = edit_a_row(practice)

    assert 0 < position <= before == practice.log.recorder.max_notification_id()
    assert verdicts(practice)[Verdict.EVIDENCE_ALTERED] > 0


def test_rows_to_edit_come_to_an_end(practice: Ledger) -> None:
    """Each time another row is edited, and in the end there is none."""
    edited = [edit_a_row(practice) for _ in range(23)]

    assert 23 == len(set(edited))
    with pytest.raises(Refused, match="every row that could be edited was edited already"):
        edit_a_row(practice)


def test_no_other_ledger_can_be_edited(built: Built, practice: Ledger, tmp_path: Path) -> None:
    """Neither another of the demonstration, nor one of the same name that is of none."""
    assert may_be_edited(practice.home.path, DRY_CREEK.jurisdiction)
    assert not may_be_edited(tmp_path, DRY_CREEK.jurisdiction)
    with built.districts() as (first, _), pytest.raises(Refused, match="only the practice ledger of a demonstration"):
        edit_a_row(first)


def test_both_districts_handed_in_their_figures(built: Built) -> None:
    """The state compares them; nothing is missing."""
    with open_ledger(built.home, "us-tx") as state:
        found = compare_pilot(state, PILOT, matrix=False)

    assert 2 == found.submitted
    assert ["us-tx/pine-valley", "us-tx/cedar-ridge"] == [one.organisation for one in found.arms]
