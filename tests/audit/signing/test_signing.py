"""One pass of the signer."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.signing import Signed
from ledger.audit.tiles import Tiles
from ledger.errors import LedgerError
from tests.audit.signing.support import ORIGIN, SignedLog, root_of, said


def test_what_stands_is_signed(log: SignedLog) -> None:
    """A checkpoint has the number of events and the root over their leaves, and its signature holds."""
    done = log.sign()

    assert Signed(ORIGIN, 5, 5, done.note) == done
    assert (ORIGIN, 5, root_of(log.leaves())) == said(done.note)
    assert done.note == log.store.latest() == log.store.at(5)


def test_what_is_added_is_signed_on_top(log: SignedLog) -> None:
    """Each checkpoint covers what was added since the one before, across several tiles."""
    sizes = []
    for count in (0, 1, 260, 300):
        if count:
            log.append(count)
        done = log.sign()
        sizes.append((done.size, done.added))

        assert (ORIGIN, done.size, root_of(log.leaves())) == said(done.note)
    assert [(5, 5), (6, 1), (266, 260), (566, 300)] == sizes
    assert [5, 6, 266, 566] == log.store.sizes()


def test_nothing_new_changes_nothing(log: SignedLog) -> None:
    """A pass over a log that is signed already writes no file."""
    log.sign()
    before = {path: path.stat().st_mtime_ns for path in log.home.rglob("*") if path.is_file() and path.suffix != ".db"}
    done = log.sign()
    after = {path: path.stat().st_mtime_ns for path in log.home.rglob("*") if path.is_file() and path.suffix != ".db"}

    assert 0 == done.added
    changed = {path.name for path in after if before.get(path) != after[path]}
    assert changed <= {"ledger.db-shm", "ledger.db-wal", ".adding", f".{log.memory.name}.lock"}


def test_a_signer_killed_before_it_published_publishes_the_same(log: SignedLog) -> None:
    """Where the checkpoint was remembered and not published, the next pass publishes that very note."""
    note = log.sign().note
    log.lose_checkpoints()
    done = log.sign()

    assert note == done.note == log.store.latest()


def test_a_signer_killed_before_it_remembered_takes_up_the_tiles(log: SignedLog) -> None:
    """Tiles that were written and never signed are taken as they are where the ledger still holds their leaves."""
    log.sign()
    log.append(3)
    Tiles(log.folder).append(log.leaves()[5:])
    done = log.sign()

    assert (ORIGIN, 8, root_of(log.leaves())) == said(done.note)


def test_tiles_of_what_never_was_signed_are_made_anew(log: SignedLog) -> None:
    """Tiles that hold another event than the ledger after the last checkpoint give way to the ledger."""
    log.sign()
    log.append(3)
    Tiles(log.folder).append([bytes(32), *log.leaves()[6:]])
    done = log.sign()

    assert (ORIGIN, 8, root_of(log.leaves())) == said(done.note)
    assert log.leaves() == [Tiles(log.folder).hash_at(0, index) for index in range(8)]


@pytest.mark.parametrize("how", ["lose_tiles", "spoil_tiles"])
def test_tiles_are_made_anew_from_the_ledger(log: SignedLog, how: str) -> None:
    """Tiles that are gone or changed are made again, for the root they give has to be the one signed."""
    log.append(300)
    log.sign()
    getattr(log, how)()
    log.append()
    done = log.sign()

    assert (ORIGIN, 306, root_of(log.leaves())) == said(done.note)
    assert log.leaves() == [Tiles(log.folder).hash_at(0, index) for index in range(306)]


STEPS = st.sampled_from(
    ["append", "sign", "rewrite_signed", "rewrite_last", "cut", "lose_tiles", "spoil_tiles", "lose_checkpoints"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_no_two_histories_are_ever_signed(steps: list[str]) -> None:
    """Whatever is done to database, tiles and checkpoints, even with the key of the seals, each root extends the last.

    What an event below the last checkpoint is changed to never enters a root: the change stays visible.
    """
    with tempfile.TemporaryDirectory() as folder:
        log = SignedLog(Path(folder))
        log.append(2)
        history: list[bytes] = []
        for step in (*steps, "sign"):
            history = _taken(log, step, history)
        log.recorder.datastore.close()


def _taken(log: SignedLog, step: str, history: list[bytes]) -> list[bytes]:
    """Take a step; return the leaves that were signed so far."""
    standing = log.leaves()
    if step == "append":
        log.append(3)
    elif step in ("rewrite_signed", "rewrite_last"):
        if standing:
            log.rewrite(1 if step == "rewrite_signed" else len(standing))
    elif step != "sign":
        getattr(log, step)()
    else:
        try:
            done = log.sign()
        except LedgerError:
            return history
        signed = history + standing[len(history) :]
        assert (ORIGIN, len(signed), root_of(signed)) == said(done.note)
        return signed
    return history
