"""One district of the demonstration changes its rule of mastery and changes it back, through every step."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger, open_ledger
from ledger.application.proposing import Proposal, propose, roll_back
from ledger.application.records import folded_record
from ledger.application.settling import settle_all
from ledger.audit.replay import Replay
from ledger.demonstration.content import PINE_VALLEY
from ledger.domain.change_fold import ChangeStatus
from ledger.domain.learner import Decided
from ledger.inquiry.differing import Differing, differing
from ledger.inquiry.outcome import what_came_of
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from tests.demonstration.support import Built
from tests.support.changes import BOARD, activated, adoption, person

Key = tuple[str, str, str, str]


@pytest.fixture
def district(built: Built, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of one district of the demonstration, to be changed."""
    home = tmp_path / "home"
    shutil.copytree(built.home, home)
    with open_ledger(home, PINE_VALLEY.jurisdiction) as ledger:
        yield ledger


def learners(ledger: Ledger) -> list[str]:
    """Return every learner on record."""
    return [stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")]


def now_differing(ledger: Ledger) -> Differing:
    """Return what would now be decided otherwise."""
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    catch_up(ledger.log, models)
    return differing(ledger, models)


def asked_one_by_one(ledger: Ledger) -> set[Key]:
    """Ask every standing decision again and return those that another rule answers otherwise."""
    found, decider = set(), ledger.decider()
    for learner in learners(ledger):
        record = folded_record(ledger, f"learner/{learner}")
        for key in record.decision_keys:
            question, _, rest = key.partition("/")
            subject, _, award = rest.rpartition("/")
            standing, answer = (
                record.standing(question, subject, award),
                decider.answer(record, question, subject, award),
            )
            if standing is None or answer is None or standing.adoption == answer.ruling.governing.position:
                continue
            said = (answer.finding.outcome.value, answer.conclusion.level, answer.conclusion.grants)
            if said != (standing.outcome, standing.level, standing.grants):
                found.add((learner, question, subject, award))
    return found


def decisions(ledger: Ledger) -> list[Decided]:
    """Return every decision ever made."""
    return [event.data for event in ledger.log.scan() if isinstance(event.data, Decided)]


def awards(ledger: Ledger) -> set[Key]:
    """Return every credit and advancement that stands."""
    return {
        (learner, one.question, one.subject, one.award)
        for learner in learners(ledger)
        for question in ("CREDIT", "ADVANCEMENT")
        for one in folded_record(ledger, f"learner/{learner}").awards_of(question, "standard")
    }


def listed(found: Differing) -> set[Key]:
    """Return what a list names, awards that stand included."""
    return {(row.learner, row.question, row.subject, row.award) for row in (*found.rows, *found.awards)}


def identical(ledger: Ledger) -> bool:
    """Say whether every decision ever made is made again as it was."""
    return {"identical"} == {one.verdict.value for one in Replay(ledger.log).replay(learners(ledger))}


def test_a_swap_and_back_rewrites_nothing_and_loses_no_award(district: Ledger) -> None:
    """Two people take each step; the lists are those of asking one by one, and every decision stays as it was."""
    before, held, today = decisions(district), awards(district), district.today()
    stricter = adoption(district, "competency-based/mastery", today, {"kinds": "3"})
    change = propose(district, person(district, "m.ortiz"), Proposal(BOARD, "three kinds", today, adoption=stricter))
    activated(district, change)
    swapped = now_differing(district)

    assert swapped.rows
    assert asked_one_by_one(district) == listed(swapped)
    assert before == decisions(district)

    wanted = [row.unsettled for row in swapped.rows]
    settled = settle_all(district, person(district, "c.reyes"), wanted[:4], "decided-anew", "the board asked for it")
    let_stand = settle_all(district, person(district, "c.reyes"), wanted[4:8], "stands", "earned before the change")
    fates = {one.fate.value for one in what_came_of(district, "1").rows}

    assert [""] * 8 == [one.refusal for one in (*settled, *let_stand)]
    assert {"came_true", "settled_otherwise"} <= fates
    assert not {(row.learner, row.question, row.subject, row.award) for row in wanted[:8]} & listed(
        now_differing(district)
    )

    undo = activated(district, roll_back(district, person(district, "m.ortiz"), "1", today, BOARD, "too soon"))
    back = now_differing(district)

    assert ChangeStatus.ACTIVE is undo.status
    assert asked_one_by_one(district) == listed(back)
    assert {row.unsettled.learner for row in back.rows} <= {row.learner for row in wanted[:4]}
    assert held <= awards(district)
    assert before == decisions(district)[: len(before)]
    assert identical(district)
