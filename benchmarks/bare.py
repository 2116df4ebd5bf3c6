"""SQLite by itself: ready-made rows into the ledger's own tables and indices, and plain reads out of them."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ledger.storage import tables

StoredRow = tuple[int, str, int, str, bytes]
LeafRow = tuple[int, bytes, str, bytes]


class Rows(NamedTuple):
    """The rows of one batch, as the ledger would have written them."""

    events: list[StoredRow]
    leaves: list[LeafRow]


def opened(path: Path) -> sqlite3.Connection:
    """Open a ledger file for writing the way the ledger does: WAL, synchronous FULL, the same page cache."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def made(path: Path) -> sqlite3.Connection:
    """Make a file with the ledger's tables and open it."""
    tables.create(path)
    return opened(path)


def insert(connection: sqlite3.Connection, batches: Sequence[Rows]) -> int:
    """Insert each batch in a transaction of its own; return how many events that was."""
    for batch in batches:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?)", batch.events)
        connection.executemany("INSERT INTO leaves VALUES (?,?,?,?)", batch.leaves)
        connection.execute("COMMIT")
    return sum(len(batch.events) for batch in batches)


def rows_of(path: Path, batch: int) -> list[Rows]:
    """Read all rows of a ledger file, in batches."""
    connection = sqlite3.connect(path)
    events = connection.execute("SELECT * FROM stored_events ORDER BY position").fetchall()
    leaves = connection.execute("SELECT * FROM leaves ORDER BY leaf_index").fetchall()
    connection.close()
    return [Rows(events[at : at + batch], leaves[at : at + batch]) for at in range(0, len(events), batch)]


def without_stamp(rows: Sequence[Rows]) -> Iterator[tuple[object, ...]]:
    """Yield events without what differs from one writing to the next: instant and salt, and so leaf and seal."""
    for batch in rows:
        for (position, stream, version, topic, state), leaf in zip(batch.events, batch.leaves, strict=True):
            told = msgspec.json.decode(state)
            del told["at"], told["salt"]
            yield position, stream, version, topic, told, len(state), leaf[0], len(leaf[1]), leaf[2], len(leaf[3])
