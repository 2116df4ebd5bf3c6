"""Backups made while others write, put back, and held against what somebody else keeps."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.application import Ledger, open_ledger, restoring
from ledger.application.backing_up import BackedUp, back_up, kept_ledger
from ledger.application.documenting import keep_document
from ledger.application.restoring import pins_by_ledger, restore
from ledger.errors import Unavailable
from ledger.home import Home
from ledger.storage import backup
from ledger.storage.backup import copy_together
from tests.keeping.conftest import who
from tests.support.ledgers import Clock, record
from tests.support.signing import signed, signed_on


@pytest.fixture
def kept(ledger: Ledger, home: Path, tmp_path: Path) -> BackedUp:
    """Return a backup of a signed ledger with a document."""
    keep_document(ledger, who(ledger, "one"), b"a letter", "application/pdf")
    signed(ledger)
    return back_up(home, tmp_path / "backups" / "first")


def test_the_manifest_names_every_file(kept: BackedUp) -> None:
    """Every file below the folder is in the manifest, with its bytes counted, and no key is among them."""
    found = {one.relative_to(kept.folder).as_posix() for one in kept.folder.rglob("*") if one.is_file()}
    named = {one.path for one in kept.manifest.files}

    assert found - {"manifest.json"} == named
    assert {"ledgers/us-xx.db", "vault.db", "log/us-xx/checkpoint"} <= named
    assert [] == [name for name in named if name.startswith(("keys", "read")) or name.endswith(("-wal", "-shm"))]
    assert 1 == sum(name.startswith("documents/") for name in named)


def test_the_manifest_says_how_far_each_ledger_goes(kept: BackedUp, ledger: Ledger) -> None:
    """Last position and last signed checkpoint are those of the ledger."""
    last = ledger.log.recorder.max_notification_id()

    assert [(last, last)] == [(one.position, one.checkpoint) for one in kept.manifest.ledgers]


def test_what_was_put_back_is_the_same(kept: BackedUp, ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """Events stand at their positions with their very bytes, names and documents can be read, and all is verified."""
    learner = who(ledger, "one")
    document = ledger.documents.kept(learner)[0]
    done = restore(kept.folder, tmp_path / "back", keys=home / "keys", environment={})
    with open_ledger(tmp_path / "back", environment={}) as back:
        assert list(ledger.log.recorder.scan(0)) == list(back.log.recorder.scan(0))
        assert learner == back.vault.learner_id("one")
        assert b"a letter" == back.documents.open(learner, document).data
    assert (True, True) == (done.sound, done.ledgers[0].same)


def test_work_goes_on_where_it_was_put_back(kept: BackedUp, home: Path, tmp_path: Path) -> None:
    """The next event gets the next position."""
    restore(kept.folder, tmp_path / "back", keys=home / "keys", environment={})
    with open_ledger(tmp_path / "back", clock=Clock(), environment={}) as back:
        last = back.log.recorder.max_notification_id()
        record(back, who(back, "two"), "e9", "C.3", "3")

        assert last + 1 == next(iter(back.log.scan(last))).position
    assert last == kept.manifest.ledgers[0].position


def test_without_keys_nothing_is_opened_and_all_is_verified(kept: BackedUp, tmp_path: Path) -> None:
    """Leaves, tree and checkpoints need no key; the seals are not checked, and are counted."""
    done = restore(kept.folder, tmp_path / "back", environment={})

    assert done.sound
    assert done.ledgers[0].verified.unchecked == done.ledgers[0].kept.position


def test_with_keys_it_opens_by_itself(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """A backup with the keys holds them all, and says so."""
    made = back_up(home, tmp_path / "whole", with_keys=True)
    restore(made.folder, tmp_path / "back", environment={})

    assert made.manifest.keys
    with open_ledger(tmp_path / "back", environment={}) as back:
        assert who(ledger, "one") == who(back, "one")


def test_an_older_copy_is_recognised(kept: BackedUp, ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """Held against a checkpoint of later, the copy says how many events are missing; it opens all the same."""
    record(ledger, who(ledger, "two"), "e9", "C.3", "3")
    signed_on(ledger)
    pin = home / "log" / "us-xx" / "checkpoint"
    done = restore(kept.folder, tmp_path / "older", pins={"us-xx": pin}, environment={})
    last, old = ledger.log.recorder.max_notification_id(), kept.manifest.ledgers[0].position

    told = f"it speaks of {last} events, and {old} stand here: the last {last - old} were removed, or an older copy"
    assert [f"{told} was put back"] == [one.what for one in done.ledgers[0].findings]
    assert not done.sound


def test_an_older_copy_in_which_work_went_on_is_recognised(
    kept: BackedUp, ledger: Ledger, home: Path, tmp_path: Path
) -> None:
    """As many other events do not hide it: the root is another one."""
    record(ledger, who(ledger, "two"), "e9", "C.3", "3")
    signed_on(ledger)
    restore(kept.folder, tmp_path / "older", keys=home / "keys", environment={})
    with open_ledger(tmp_path / "older", clock=Clock(), environment={}) as older:
        record(older, who(older, "two"), "e10", "C.4", "3")
        record(older, who(older, "two"), "e11", "C.4", "2")
    again = back_up(tmp_path / "older", tmp_path / "second")
    pin = home / "log" / "us-xx" / "checkpoint"
    found = restore(again.folder, tmp_path / "oldest", pins=pins_by_ledger(again.folder, [pin]), environment={})

    assert ["pin_differs"] == [one.kind.value for one in found.ledgers[0].findings]
    assert f"between position {kept.manifest.ledgers[0].position + 1} and" in found.ledgers[0].findings[0].what


def test_a_damaged_ledger_is_put_back_and_told(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """What was wrong when it was backed up is found after it was put back."""
    with sqlite3.connect(ledger.log.path) as connection:
        connection.execute("UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = 3")
    made = back_up(home, tmp_path / "first")
    done = restore(made.folder, tmp_path / "back", environment={})

    assert (False, True) == (done.sound, (tmp_path / "back").is_dir())
    assert 3 in {one.position for one in done.ledgers[0].findings}


@pytest.fixture
def two_files(tmp_path: Path) -> tuple[Path, Path]:
    """Return two database files with a write-ahead log, and a row in each."""
    files = tmp_path / "one.db", tmp_path / "two.db"
    for file in files:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE rows (number INTEGER)")
        add_row(file)
    return files


def add_row(file: Path) -> None:
    """Add a row."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO rows VALUES (1)")


def rows(file: Path) -> int:
    """Count rows."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM rows").fetchone()[0])


def test_files_are_copied_as_of_one_instant(two_files: tuple[Path, Path], tmp_path: Path) -> None:
    """What is written into any of them while the first is copied is in none of the copies, and not lost."""
    copies = {file: tmp_path / f"copy-{file.name}" for file in two_files}

    def told(*_: object) -> None:
        for file in two_files:
            add_row(file)

    copy_together(copies, told)

    assert [1, 1] == [rows(copy) for copy in copies.values()]
    assert [3, 3] == [rows(file) for file in two_files]
    assert [] == list(tmp_path.glob("copy-*-*"))


def test_a_copy_begins_between_two_writers(
    two_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody is writing into one of them it waits, and gives up after a while with nothing copied."""
    monkeypatch.setattr(backup, "LONGEST_WAIT", 0.05)
    with closing(sqlite3.connect(two_files[1], isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="the databases could not be copied: database is locked"):
            copy_together({file: tmp_path / f"copy-{file.name}" for file in two_files})

    assert [] == list(tmp_path.glob("copy-*"))


def test_an_interrupted_backup_leaves_nothing(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """Whatever ends it, neither the folder nor a half of it is there."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(home, tmp_path / "backups" / "first", progress=stop)

    assert [] == list((tmp_path / "backups").iterdir())


def test_an_interrupted_restore_leaves_nothing(kept: BackedUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends it while files are copied, the new folder is not there, nor half of it."""

    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "flush", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(kept.folder, tmp_path / "new" / "back", environment={})

    assert [] == list((tmp_path / "new").iterdir())


def test_a_pin_belongs_to_the_ledger_of_its_log(kept: BackedUp, home: Path) -> None:
    """The first line of a checkpoint names the log, and so the ledger."""
    pin = home / "log" / "us-xx" / "checkpoint"

    assert {"us-xx": pin} == pins_by_ledger(kept.folder, [pin])


def test_an_unsigned_ledger_has_no_checkpoint(ledger: Ledger, home: Path) -> None:
    """Where nothing was signed, the manifest says so."""
    assert kept_ledger(Home(home), "us-xx").checkpoint is None
