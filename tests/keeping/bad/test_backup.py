"""Backups that cannot be made, and that cannot be put back."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.backing_up import BackedUp, back_up
from ledger.application.restoring import pins_by_ledger, restore
from ledger.errors import LedgerError, Refused, Unavailable
from ledger.storage.backup import copy_together


@pytest.fixture
def kept(ledger: Ledger, home: Path, tmp_path: Path) -> BackedUp:
    """Return a backup."""
    return back_up(home, tmp_path / "first")


def refused(what: Callable[[], object]) -> str:
    """Return what is said where something is refused."""
    with pytest.raises(LedgerError) as found:
        what()
    return str(found.value)


def test_where_no_backup_goes(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """Not into a folder that is there, not into the home itself, and not of a folder without a ledger."""
    (tmp_path / "old").mkdir()
    (tmp_path / "empty").mkdir()

    assert f"{tmp_path}/old exists already; a backup gets a new folder of its own" == refused(
        lambda: back_up(home, tmp_path / "old")
    )
    assert f"{home}/b lies inside of {home}; put a backup elsewhere, on another disk" == refused(
        lambda: back_up(home, home / "b")
    )
    assert f"there is no ledger in {tmp_path}/empty; make one with `mastery init`" == refused(
        lambda: back_up(tmp_path / "empty", tmp_path / "b")
    )


def test_nothing_is_overwritten(kept: BackedUp, home: Path, tmp_path: Path) -> None:
    """A folder that holds anything stays as it is; an empty one will do."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")

    for place in (home, tmp_path / "file"):
        assert f"{place} is not empty; a backup is put into a new folder, and replaces nothing" == refused(
            partial(restore, kept.folder, place)
        )
    assert restore(kept.folder, tmp_path / "empty", environment={}).sound


def altered(folder: Path) -> None:
    """Change a byte of a ledger."""
    path = folder / "ledgers" / "us-xx.db"
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(bytes(data))


def removed(folder: Path) -> None:
    """Take the vault away."""
    (folder / "vault.db").unlink()


def added(folder: Path) -> None:
    """Put a file in."""
    (folder / "ledgers" / "us-yy.db").write_bytes(b"")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (altered, "ledgers/us-xx.db has "),
        (removed, "vault.db is missing. "),
        (added, "ledgers/us-yy.db is not in the manifest. "),
    ],
)
def test_a_file_that_is_not_what_the_manifest_says(
    kept: BackedUp, tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    """The file is named, and nothing is put back."""
    change(kept.folder)
    found = refused(lambda: restore(kept.folder, tmp_path / "back", environment={}))

    assert found.startswith(f"{kept.folder} is not what its manifest says: {said}")
    assert found.endswith("Nothing was put back: use another copy of the backup")
    assert not (tmp_path / "back").exists()


def test_many_wrong_files_are_counted(kept: BackedUp, tmp_path: Path) -> None:
    """Five are named, the others counted."""
    for number in range(7):
        (kept.folder / f"more-{number}").write_bytes(b"")

    assert "; and 2 more. Nothing was put back" in refused(lambda: restore(kept.folder, tmp_path / "back"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("format", 2, "manifest.json has format 2; this version reads format 1"),
        ("format", "x", "manifest.json is not the manifest of a backup: Expected `int`, got `str` - at `$.format`"),
        ("path", "../../etc/passwd", "manifest.json names '../../etc/passwd', which is no place inside of a backup"),
        ("path", "/etc/passwd", "manifest.json names '/etc/passwd', which is no place inside of a backup"),
    ],
)
def test_a_manifest_that_is_none(kept: BackedUp, tmp_path: Path, field: str, value: object, said: str) -> None:
    """A manifest of another format, of another shape, or that leads out of its folder, is refused."""
    path = kept.folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    (manifest if field == "format" else manifest["files"][0])[field] = value
    path.write_text(json.dumps(manifest))

    assert f"{kept.folder}/{said}" == refused(lambda: restore(kept.folder, tmp_path / "back"))


def test_a_folder_that_is_no_backup(tmp_path: Path) -> None:
    """Without a manifest it is none."""
    assert f"there is no manifest.json in {tmp_path}, so that it is no backup" == refused(
        lambda: restore(tmp_path, tmp_path / "back")
    )


def test_keys_are_not_given_twice(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """Where the keys are in the backup, no other ones are put in their place."""
    made = back_up(home, tmp_path / "whole", with_keys=True)

    assert "the keys are in this backup; put it back without --keys" == refused(
        lambda: restore(made.folder, tmp_path / "back", keys=home / "keys")
    )


def test_a_pin_of_no_ledger_of_the_backup(kept: BackedUp, tmp_path: Path) -> None:
    """A checkpoint of another log, and a second one of the same, are refused."""
    log = kept.manifest.ledgers[0].log
    one, two, other = (tmp_path / name for name in ("one", "two", "other"))
    for path, name in ((one, log), (two, log), (other, "elsewhere")):
        path.write_text(f"{name}\n1\n{'A' * 43}=\n")

    assert f"{other} is about the log 'elsewhere', of which no ledger is in this backup" == refused(
        lambda: pins_by_ledger(kept.folder, [other])
    )
    assert f"{two} is a second checkpoint of us-xx; name the larger of the two alone" == refused(
        lambda: pins_by_ledger(kept.folder, [one, two])
    )


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is not copied, and why is said."""
    (tmp_path / "one.db").write_bytes(b"not a database, and long enough to be looked at as one" * 100)

    with pytest.raises(Unavailable, match="the databases could not be copied: file is not a database"):
        copy_together({tmp_path / "one.db": tmp_path / "two.db"})


def test_a_leaf_that_is_none_is_told(ledger: Ledger, home: Path, tmp_path: Path) -> None:
    """A ledger without a sound leaf for each event has no root, and is not backed up as if it had."""
    import sqlite3

    with sqlite3.connect(ledger.log.path) as connection:
        connection.execute("UPDATE leaves SET leaf = 'x' WHERE leaf_index = 2")
    altered_leaf = refused(lambda: back_up(home, tmp_path / "b"))
    with sqlite3.connect(ledger.log.path) as connection:
        connection.execute("DELETE FROM leaves WHERE leaf_index = 2")
    missing = refused(lambda: back_up(home, tmp_path / "b"))

    assert altered_leaf.endswith("holds a leaf that is none; `mastery verify` tells which")
    assert missing.endswith("events; `mastery verify` tells more")
    assert not (tmp_path / "b").exists()
    assert issubclass(Refused, LedgerError)
