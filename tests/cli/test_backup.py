"""`mastery backup` and `mastery restore`."""

from pathlib import Path

from tests.cli.support import Terminal


def test_a_backup_is_made_and_put_back(class_: Terminal, tmp_path: Path) -> None:
    """What a backup holds is told; what was put back is verified, and answers as before."""
    made = class_.json("backup", tmp_path / "first")
    back = Terminal(tmp_path / "back")
    said = back.ok("restore", tmp_path / "first", "--keys", class_.home / "keys")

    assert (False, "us-tx/pine-valley") == (made["keys"], made["ledgers"][0]["ledger"])
    assert f"us-tx/pine-valley: {made['ledgers'][0]['position']:,} events: verified." in said
    assert class_.ok("learners") == back.ok("learners")


def test_where_the_keys_are_is_told(class_: Terminal, tmp_path: Path) -> None:
    """A backup with keys says what that means; one put back without them, what to do first."""
    with_keys = class_.ok("backup", tmp_path / "whole", "--with-keys")
    without = class_.ok("backup", tmp_path / "first")
    back = Terminal(tmp_path / "back")

    assert "The keys are in it: whoever has this backup can read everything" in with_keys
    assert "The keys are not in it" in without
    assert f"Put the keys into {back.home}/keys before anything is opened." in back.ok("restore", tmp_path / "first")
    assert Terminal(tmp_path / "other").json("restore", tmp_path / "whole")["keys"]


def test_an_older_copy_is_a_finding(class_: Terminal, tmp_path: Path) -> None:
    """Held against a checkpoint over more events, the restore ends with exit status 1, and says what is missing."""
    made = class_.json("backup", tmp_path / "first")["ledgers"][0]
    pin = tmp_path / "pin"
    pin.write_text(f"{made['log']}\n{made['position'] + 2}\n{'A' * 43}=\n")
    result = Terminal(tmp_path / "back").run("restore", tmp_path / "first", "--against", pin)

    assert 1 == result.exit_code
    assert "the last 2 were removed, or an older copy was put back" in result.stdout
    assert f"held against {pin}: see above." in result.stdout


def test_a_backup_of_a_damaged_ledger_is_told(class_: Terminal, tmp_path: Path) -> None:
    """Damage that was there when it was backed up is told line by line, the rest counted."""
    import sqlite3

    with class_.open() as ledger, sqlite3.connect(ledger.log.path) as connection:
        connection.execute("UPDATE stored_events SET originator_version = originator_version + 1000")
    class_.ok("backup", tmp_path / "first")
    result = Terminal(tmp_path / "back").run("restore", tmp_path / "first")

    assert 1 == result.exit_code
    assert "event_altered" in result.stdout
