"""Whatever SQLite can hold in whatever cell: verification neither crashes nor says that all is well."""

import shutil
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.application import Ledger, open_ledger
from tests.audit.test_any_damage import VALUES
from tests.audit.verifying.support import amended, changes
from tests.support.ledgers import Clock

TABLES = {
    "stored_events": ("position", "originator_id", "originator_version", "topic", "state"),
    "leaves": ("leaf_index", "leaf", "seal_key", "seal"),
    "evidence": ("evidence", "stream", "entry", "version", "content"),
    "parts": ("part", "stream", "name", "state", "digest"),
    "commands": ("command", "first", "last"),
}
"""Who sent a command and what it asked for is not in its events, so those two cells are not among them."""

CELLS = tuple((table, column) for table, columns in TABLES.items() for column in columns)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger; each change is made in it and undone."""
    home = tmp_path_factory.mktemp("verified") / "home"
    amended(home).close()
    shutil.rmtree(home / "read", ignore_errors=True)
    with open_ledger(home, clock=Clock(), environment={}) as ledger:
        yield ledger


def contents(database: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Read every cell with its type."""
    database.text_factory = bytes
    columns = {name: ", ".join(f"typeof({one}), {one}" for one in TABLES[name]) for name in TABLES}
    return {name: database.execute(f"SELECT {columns[name]} FROM {name} ORDER BY 2, 4").fetchall() for name in TABLES}


def change(database: sqlite3.Connection, cell: tuple[str, str], row: int, value: object) -> bool:
    """Write a value into a cell; say whether anything is other than before."""
    table, column = cell
    key = TABLES[table][0]
    count = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    where = f"{key} = (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {row % count})"
    mark, given = ("CAST(? AS TEXT)", value[1]) if isinstance(value, tuple) else ("?", value)
    before = contents(database)
    try:
        database.execute(f"UPDATE {table} SET {column} = {mark} WHERE {where}", (given,))
    except (sqlite3.IntegrityError, UnicodeEncodeError):
        return False
    return contents(database) != before


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CELLS), st.integers(0, 200), VALUES)
@example(("stored_events", "originator_id"), 60, ("text", b"learner/\xff"))
@example(("stored_events", "originator_id"), 0, b"learner/x")
@example(("stored_events", "originator_id"), 53, b"")
@example(("stored_events", "position"), 3, (1 << 63) - 1)
@example(("stored_events", "position"), 3, -(1 << 63))
@example(("leaves", "leaf_index"), 3, (1 << 63) - 1)
@example(("leaves", "leaf_index"), 3, -(1 << 63))
@example(("leaves", "seal_key"), 3, ("text", b"\xff"))
@example(("parts", "stream"), 3, "learner/x")
@example(("parts", "name"), 3, b"x")
@example(("parts", "part"), 3, 7)
@example(("evidence", "evidence"), 3, ("text", b"\xff"))
@example(("evidence", "stream"), 3, 7)
@example(("commands", "first"), 3, 1.5)
@example(("commands", "last"), 3, 126)
def test_no_change_of_a_cell_goes_unnoticed(copied: Ledger, cell: tuple[str, str], row: int, value: object) -> None:
    """A value of any type in any cell of any table is told, unless it is the one that stood there."""
    path = copied.log.path
    with sqlite3.connect(path) as database:
        kept = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with sqlite3.connect(path) as database:
        changed = change(database, cell, row, value)
    try:
        found = changes(copied)
    finally:
        with sqlite3.connect(path) as database:
            for table, rows in kept.items():
                database.execute(f"DELETE FROM {table}")
                database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    assert changed == bool(found), [str(one) for one in found]
