"""Replaying in several processes: the same answer in the same order, whoever dies on the way."""

import dataclasses
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.audit import parallel
from ledger.audit.parallel import Choice, Piece, Place, replay_all, worked
from ledger.audit.verdicts import Verdict
from ledger.errors import Unavailable
from ledger.simulation import Processes
from tests.audit.support import alter, positions, replayed, tamper

RECORDED = "learner.evidence-recorded.1"


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut every ledger into pieces of one learner, and find every ledger large."""
    monkeypatch.setattr(parallel, "EVENTS", 1)
    monkeypatch.setattr(parallel, "LARGE", 1)


@pytest.mark.usefixtures("cut")
def test_processes_find_what_one_finds_in_the_same_order(ledger: Ledger) -> None:
    """Damage to a rule and to evidence is told alike, once, and seals of another key are counted once."""
    alter(ledger, RECORDED, '"task":"S-1-0"', '"task":"S-1-X"')
    alter(ledger, "jurisdiction.policy-archived.1", "course-advancement", "course-advancemend")
    tamper(ledger, "UPDATE leaves SET seal_key = '0123456789abcdef' WHERE leaf_index IN (0, 50)")
    told: list[tuple[int, int]] = []
    several = replay_all(ledger.log, Choice(), processes=2, progress=lambda done, total: told.append((done, total)))

    assert replay_all(ledger.log, Choice()) == several
    assert [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL] == list(several.kept)
    assert 2 == several.seals_unchecked
    assert [(1, 2), (2, 2)] == told


def test_damage_that_no_decision_tells_is_told_once(ledger: Ledger) -> None:
    """What one learner's decisions told of what governs is not told again for the log."""
    alter(ledger, "ledger.opened.1", "America/Chicago", "America/Chicagu")
    found = replay_all(ledger.log, Choice())

    assert all(one.is_decision for one in found.kept)
    assert {Verdict.EVIDENCE_ALTERED} == set(found.verdicts)


def test_only_what_stands_after_a_position_is_made_again(ledger: Ledger) -> None:
    """Learners without events since are left out, earlier decisions are only read."""
    all_there_are = positions(ledger, "learner.decided.1")
    after = all_there_are[-3]
    found = replay_all(ledger.log, Choice(after), all_kept=True)

    assert all_there_are[-2:] == [one.position for one in found.kept]
    assert {Verdict.IDENTICAL: 2} == found.verdicts
    assert 1 == found.learners


def test_the_shape_of_the_log_is_told_unless_learners_are_named(ledger: Ledger) -> None:
    """Whoever asks about one learner is not told of the others."""
    (learner, _) = (one.removeprefix("learner/") for one in ledger.log.recorder.streams("learner/"))
    tamper(ledger, "DELETE FROM stored_events WHERE position = ?", ledger.log.recorder.max_notification_id())

    assert 1 == len(replay_all(ledger.log, Choice()).kept)
    assert () == replay_all(ledger.log, Choice(learners=(learner,))).kept


def test_a_place_keeps_its_key_to_itself() -> None:
    """The key that seals leaves is in no text about a place."""
    assert "secret" not in repr(Place(Path("ledger.db"), "us-xx", b"secret", 7))


@dataclasses.dataclass(frozen=True)
class Dying:
    """Kills the process that works on the second piece, for as long as there are tokens to take."""

    tokens: Path
    again: bool

    def __call__(self, piece: Piece) -> str:
        """Name the learner, or die."""
        token = self.tokens / "token"
        if piece.learners == ("b",) and token.exists():
            if not self.again:
                token.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return piece.learners[0]


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy this process for each worker: one started afresh cannot import a test."""
    monkeypatch.setattr(parallel, "Processes", partial(Processes, start="fork"))


PIECES = [Piece((name,), parallel.LARGE) for name in "abc"]


@pytest.mark.usefixtures("forked")
def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    """What a killed process had not answered is asked again, and the order is that of the pieces."""
    (tmp_path / "token").touch()

    assert ["a", "b", "c"] == worked(Dying(tmp_path, again=False), PIECES, 2)


@pytest.mark.usefixtures("forked")
def test_workers_that_keep_dying_are_told(tmp_path: Path) -> None:
    """A piece that no process survives is not left out in silence."""
    (tmp_path / "token").touch()

    with pytest.raises(Unavailable, match="a worker process died 3 times, with . of 3 partitions undone"):
        worked(Dying(tmp_path, again=True), PIECES, 2)
