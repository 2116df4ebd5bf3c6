"""T1 and T3 under cover: seals of a key nobody has, triggers that hide behind a name, indices that lie."""

import sqlite3
from contextlib import closing

from ledger.application import Ledger
from ledger.audit.verifying.findings import Kind
from tests.audit.attacks.support import RECORDED, positions, reseal, rewrite, tamper
from tests.audit.verifying.support import changes, verified

STRANGE = "UPDATE leaves SET seal_key = 'aaaaaaaaaaaaaaaa', seal = zeroblob(32) WHERE leaf_index = ?"


def connected(ledger: Ledger) -> closing[sqlite3.Connection]:
    """Open the file of a ledger behind its back."""
    return closing(sqlite3.connect(ledger.log.path, isolation_level=None))


def test_t1_a_seal_of_a_key_nobody_has_hides_no_edit(ledger: Ledger) -> None:
    """A key is replaced once and for all: what comes after the key at hand is sealed with that."""
    position = positions(ledger, RECORDED)[2]
    rewrite(ledger, position, '"level":"3"', '"level":"4"')
    reseal(ledger, position)
    tamper(ledger, STRANGE, position - 1)
    (told,) = (one for one in changes(ledger) if one.position == position)

    assert Kind.EVENT_FORGED is told.kind
    assert (
        "its leaf is sealed with another key than the one at hand, with which those from position 1 on are" == told.what
    )


def test_seals_before_the_first_of_the_key_at_hand_are_counted_alone(ledger: Ledger) -> None:
    """A key that was replaced is no finding: its seals are said not to have been checked."""
    tamper(ledger, STRANGE, 0)
    tamper(ledger, STRANGE, 1)
    found = verified(ledger)

    assert ((), 2) == (found.findings, found.unchecked)


def test_a_trigger_with_the_name_of_a_table_is_named(ledger: Ledger) -> None:
    """Kinds are told apart: of a trigger and a table made after it under one name both are seen."""
    with connected(ledger) as database:
        statement = database.execute("SELECT sql FROM sqlite_master WHERE name = 'parts'").fetchone()[0]
        rows = database.execute("SELECT * FROM parts").fetchall()
        database.execute("DROP TABLE parts")
        database.execute("CREATE TRIGGER parts AFTER INSERT ON stored_events BEGIN SELECT 1; END")
        database.execute(statement)
        database.executemany("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", rows)
    (told,) = changes(ledger)

    assert (Kind.TABLES, "parts") == (told.kind, told.place)
    assert told.what.startswith("a ledger has no such trigger: CREATE TRIGGER parts")


def test_a_trigger_with_a_name_of_sqlite_s_own_is_named(ledger: Ledger) -> None:
    """Only what has no statement was made by SQLite itself."""
    with connected(ledger) as database:
        database.execute("CREATE TRIGGER quiet AFTER INSERT ON leaves BEGIN SELECT 1; END")
        database.execute("PRAGMA writable_schema = 1")
        renamed = "name = 'sqlite_autoindex_q', sql = replace(sql, 'quiet', 'sqlite_autoindex_q')"
        database.execute(f"UPDATE sqlite_master SET {renamed} WHERE name = 'quiet'")

    assert [(Kind.TABLES, "sqlite_autoindex_q")] == [(one.kind, one.place) for one in changes(ledger)]


def test_an_index_that_gives_versions_to_other_rows_is_named(ledger: Ledger) -> None:
    """The table alone shows no change, and everybody reads a stream by its index: each is held against the other."""
    first, second = positions(ledger, RECORDED)[:2]
    with connected(ledger) as database:
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'streams'").fetchone()[0]
        database.execute("PRAGMA writable_schema = 1")
        made = "CREATE TABLE inside (a TEXT, b INTEGER, c INTEGER, PRIMARY KEY (a, b, c)) WITHOUT ROWID"
        database.execute("INSERT INTO sqlite_master VALUES ('table', 'inside', 'inside', ?, ?)", (page, made))
    with connected(ledger) as database:
        names = {
            one: database.execute("SELECT a, b FROM inside WHERE c = ?", (one,)).fetchone() for one in (first, second)
        }
        database.execute("DELETE FROM inside WHERE c IN (?, ?)", (first, second))
        database.executemany("INSERT INTO inside VALUES (?, ?, ?)", [(*names[first], second), (*names[second], first)])
        database.execute("PRAGMA writable_schema = 1")
        database.execute("DELETE FROM sqlite_master WHERE name = 'inside'")
    told = [one.what for one in changes(ledger) if one.kind is Kind.TABLES]

    assert [f"row {first} missing from index streams", f"row {second} missing from index streams"] == told
