"""Whatever SQLite can hold in whatever cell: replay neither crashes nor says that all is well."""

import hmac
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.application import Ledger, open_ledger
from ledger.audit.verdicts import Verdict
from ledger.storage.leaves import sealer
from tests.audit.support import decided, verdicts
from tests.support.ledgers import Clock

CELLS = (
    *(("stored_events", "position", name) for name in ("position", "originator_id", "originator_version")),
    *(("stored_events", "position", name) for name in ("topic", "state")),
    *(("leaves", "leaf_index", name) for name in ("leaf_index", "leaf", "seal_key", "seal")),
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    ("learner/", "learner/x", "ledger", "learner.decided.1", "jurisdiction.policy-adopted.1", '{"actor":"a","at":"b"}')
)
VALUES = st.one_of(
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.integers(-2, 70),
    st.floats(allow_nan=False),
    TEXTS,
    st.binary(max_size=30),
    TEXTS.map(str.encode),
    st.binary(max_size=10).map(lambda raw: ("text", b"learner/" + raw)),
    st.binary(max_size=10).map(lambda raw: ("text", raw)),
)
"""A pair is bytes stored as text, UTF-8 or not."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's folder that nobody writes into."""
    home = tmp_path_factory.mktemp("sound")
    decided(home).close()
    return home


@pytest.fixture(scope="module")
def copied(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A copy of the ledger, opened; each change is made in it and undone."""
    home = tmp_path_factory.mktemp("copied") / "home"
    shutil.copytree(sound, home)
    with open_ledger(home, clock=Clock(), environment={}) as ledger:
        yield ledger


def change(database: sqlite3.Connection, cell: tuple[str, str, str], row: int, value: object) -> bool:
    """Write a value into a cell; say whether anything is other than before."""
    table, key, column = cell
    count = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    place = database.execute(f"SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET ?", (row % count,)).fetchone()
    mark, given = ("CAST(? AS TEXT)", value[1]) if isinstance(value, tuple) else ("?", value)
    before = contents(database)
    try:
        database.execute(f"UPDATE {table} SET {column} = {mark} WHERE {key} = ?", (given, place[0]))
    except (sqlite3.IntegrityError, UnicodeEncodeError):
        return False
    return contents(database) != before


def contents(database: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Read all cells with their types."""
    database.text_factory = bytes
    return [
        row
        for table, _, column in CELLS
        for row in database.execute(f"SELECT typeof({column}), {column} FROM {table} ORDER BY rowid")
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CELLS), st.integers(0, 200), VALUES)
@example(CELLS[1], 60, ("text", b"learner/\xff"))
@example(CELLS[1], 60, ("text", b"learner/\xf4\x8f\xbf\xbf"))
@example(CELLS[1], 0, b"learner/x")
@example(CELLS[1], 53, b"")
@example(CELLS[3], 0, ("text", b"\xff"))
@example(CELLS[0], 3, (1 << 63) - 1)
@example(CELLS[0], 3, -(1 << 63))
@example(CELLS[5], 3, (1 << 63) - 1)
@example(CELLS[5], 3, -(1 << 63))
@example(CELLS[7], 3, ("text", b"\xff"))
def test_no_change_of_a_cell_goes_unnoticed(
    copied: Ledger, cell: tuple[str, str, str], row: int, value: object
) -> None:
    """A value of any type in any cell of the log is told, unless it is the one that stood there."""
    path = copied.log.path
    with sqlite3.connect(path) as database:
        database.execute("BEGIN")
        kept = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in ("stored_events", "leaves")}
        changed = change(database, cell, row, value)
    try:
        found = set(verdicts(copied))
    finally:
        with sqlite3.connect(path) as database:
            for table, rows in kept.items():
                database.execute(f"DELETE FROM {table}")
                database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    assert changed == (found != {Verdict.IDENTICAL})


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_seals_are_those_of_the_standard(key: bytes, leaf: bytes) -> None:
    """A seal is the HMAC that anybody computes with the standard library alone."""
    assert hmac.digest(key, leaf, "sha256") == sealer(key)(leaf)
