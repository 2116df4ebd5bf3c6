"""Snapshot parts: each with its own digest, so that a flipped byte is noticed and nothing rests on it.

The number of a row follows from stream and name, so no index is needed and the parts of a stream lie
together. Should two parts ever share a number, the one written last stays and the other counts as missing.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ledger.storage.append import Part
from ledger.storage.datastore import LedgerDatastore

_NAME_BITS = 33
"""How many of the 63 bits of a row's number come from the name of the part; the others come from the stream."""

_WRITE = "INSERT OR REPLACE INTO parts (part, stream, name, state, digest) VALUES (?,?,?,?,?)"
_READ = "SELECT state, digest FROM parts WHERE part = ? AND stream = ? AND name = ?"
_READ_FIRST = """SELECT state, digest, last FROM
    (SELECT MAX(originator_version) AS last FROM stored_events WHERE originator_id = ?)
    LEFT JOIN parts ON part = ? AND stream = ? AND name = ?"""


def part_number(stream: str, name: str) -> int:
    """Return the number of the row of a part: that of its stream, then that of its name."""
    return _first(stream) + (_short_hash(name) >> (64 - _NAME_BITS))


def numbers_of(stream: str) -> tuple[int, int]:
    """Return the lowest and the highest number a part of a stream can have."""
    first = _first(stream)
    return first, first + (1 << _NAME_BITS) - 1


def _first(stream: str) -> int:
    return _short_hash(stream) >> (1 + _NAME_BITS) << _NAME_BITS


@lru_cache(maxsize=4096)
def _short_hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def part_digest(stream: str, name: str, state: bytes) -> bytes:
    """Digest a part with its place, so that a part moved elsewhere is noticed too."""
    return hashlib.sha256(f"{stream}\n{name}\n".encode() + state).digest()


def write_parts(cursor: sqlite3.Cursor, parts: Sequence[Part]) -> None:
    """Write changed parts and remove those without a state, inside the append transaction."""
    kept = [
        (part_number(p.stream, p.name), p.stream, p.name, p.state, part_digest(p.stream, p.name, p.state))
        for p in parts
        if p.state is not None
    ]
    gone = [(part_number(p.stream, p.name), p.stream, p.name) for p in parts if p.state is None]
    cursor.executemany(_WRITE, kept)
    if gone:
        cursor.executemany("DELETE FROM parts WHERE part = ? AND stream = ? AND name = ?", gone)


class PartReader:
    """Reads the parts of one stream; `damaged` names those whose digest did not fit.

    `last` is the last version of the stream, 0 for none, as it was when the first part was read.
    """

    def __init__(self, datastore: LedgerDatastore, stream: str) -> None:
        self._datastore = datastore
        self._stream = stream
        self.last: int | None = None
        self.damaged: list[str] = []

    def part(self, name: str) -> bytes | None:
        """Return a part, or nothing where it is missing or damaged."""
        place = (part_number(self._stream, name), self._stream, name)
        if self.last is None:
            state, written, last = self._datastore.query(_READ_FIRST, (self._stream, *place))[0]
            self.last = last or 0
        else:
            rows = self._datastore.query(_READ, place)
            state, written = rows[0] if rows else (None, None)
        if state is None:
            return None
        if not isinstance(state, bytes) or part_digest(self._stream, name, state) != written:
            self.damaged.append(name)
            return None
        return state

    def names(self) -> Iterator[str]:
        """Name every part of the stream."""
        rows = self._datastore.query(
            "SELECT name FROM parts WHERE part BETWEEN ? AND ? AND stream = ? ORDER BY name",
            (*numbers_of(self._stream), self._stream),
        )
        yield from (row[0] for row in rows)
