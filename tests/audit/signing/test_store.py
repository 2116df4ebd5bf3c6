"""The checkpoints kept beside a log."""

from pathlib import Path

import pytest

from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.note import KeyType, SigningKey, cosigned, sign
from ledger.errors import LedgerDamaged, Refused

KEY = SigningKey("log.test", bytes(range(32)))
WITNESS = SigningKey("witness.test", bytes(range(1, 33)), KeyType.WITNESS)


def note(size: int, root: int = 0) -> str:
    """Return a signed checkpoint."""
    return sign(Checkpoint("log.test", size, bytes([root]) * 32).text(), KEY)


@pytest.fixture
def store(tmp_path: Path) -> CheckpointStore:
    """A store with checkpoints over 3, 20 and 100 events, added in another order."""
    made = CheckpointStore(tmp_path / "log")
    for size in (20, 100, 3):
        made.add(note(size))
    return made


def test_the_last_is_the_largest(store: CheckpointStore) -> None:
    """The last checkpoint is the one over most events, whenever it was added."""
    assert (note(100), [3, 20, 100]) == (store.latest(), store.sizes())
    assert [note(3), note(20), note(100)] == list(store.all())


def test_the_smallest_that_covers_is_found(store: CheckpointStore) -> None:
    """An event is covered by the smallest checkpoint over at least as many events."""
    assert [note(3), note(20), note(20), note(100), None] == [store.covering(size) for size in (1, 4, 20, 21, 101)]


def test_a_new_store_has_none(tmp_path: Path) -> None:
    """Where nothing was kept there is neither a last checkpoint nor any other."""
    store = CheckpointStore(tmp_path / "nowhere")

    assert (None, None, []) == (store.latest(), store.covering(1), list(store.all()))


def test_signatures_are_gathered(store: CheckpointStore) -> None:
    """A checkpoint that comes again with another signature keeps those it had, in their order and each once."""
    seen = cosigned(note(100), WITNESS, 7)
    store.add(seen)
    store.add(note(100))
    store.add(seen)

    assert seen == store.at(100) == store.latest()


def test_files_of_other_names_are_passed_over(store: CheckpointStore) -> None:
    """Whatever else lies in the folder is no checkpoint."""
    (store.folder / "checkpoints" / "notes.txt").write_text("mine")

    assert [3, 20, 100] == store.sizes()


def test_another_root_of_the_same_size_is_refused(store: CheckpointStore) -> None:
    """The second of two histories is not kept in the place of the first."""
    with pytest.raises(Refused, match=r"checkpoints/20 has another root than the checkpoint to be kept over 20 events"):
        store.add(note(20, 1))
    assert note(20) == store.at(20)


def test_what_is_no_checkpoint_is_refused() -> None:
    """A text of other than three lines says nothing."""
    with pytest.raises(LedgerDamaged, match="is not a checkpoint"):
        stated("one\n2\n")
