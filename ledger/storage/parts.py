"""Snapshot parts: each with its own digest, so that a flipped byte is noticed and nothing rests on it."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

from ledger.storage.append import Part
from ledger.storage.datastore import LedgerDatastore

_WRITE = """INSERT INTO parts (stream, name, state, digest) VALUES (?,?,?,?)
    ON CONFLICT (stream, name) DO UPDATE SET state = excluded.state, digest = excluded.digest"""


def part_digest(stream: str, name: str, state: bytes) -> bytes:
    """Digest a part with its place, so that a part moved elsewhere is noticed too."""
    return hashlib.sha256(f"{stream}\n{name}\n".encode() + state).digest()


def write_parts(cursor: sqlite3.Cursor, parts: Sequence[Part]) -> None:
    """Write changed parts and remove those without a state, inside the append transaction."""
    kept = [(p.stream, p.name, p.state, part_digest(p.stream, p.name, p.state)) for p in parts if p.state is not None]
    gone = [(p.stream, p.name) for p in parts if p.state is None]
    cursor.executemany(_WRITE, kept)
    cursor.executemany("DELETE FROM parts WHERE stream = ? AND name = ?", gone)


class PartReader:
    """Reads the parts of one stream; `damaged` names those whose digest did not fit."""

    def __init__(self, datastore: LedgerDatastore, stream: str) -> None:
        self._datastore = datastore
        self._stream = stream
        self.damaged: list[str] = []

    def part(self, name: str) -> bytes | None:
        """Return a part, or nothing where it is missing or damaged."""
        rows = self._datastore.query(
            "SELECT state, digest FROM parts WHERE stream = ? AND name = ?", (self._stream, name)
        )
        if not rows:
            return None
        state, written = rows[0]
        if not isinstance(state, bytes) or part_digest(self._stream, name, state) != written:
            self.damaged.append(name)
            return None
        return state

    def names(self) -> Iterator[str]:
        """Name every part of the stream."""
        rows = self._datastore.query("SELECT name FROM parts WHERE stream = ? ORDER BY name", (self._stream,))
        yield from (row[0] for row in rows)
