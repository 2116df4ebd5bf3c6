"""Taking payloads out of a ledger file: tombstones in their place, and nothing of them beside or behind.

What SQLite frees it leaves where it was, in pages, in the gaps of pages and in the write-ahead log;
`swept` writes the file anew and empties the log, so that no copy stays in either.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from ledger.errors import LedgerDamaged, Unavailable
from ledger.storage.append import Erasure
from ledger.storage.parts import numbers_of
from ledger.storage.tombstone import erased_digest, tombstone

LONGEST_WAIT = 30.0
"""Seconds to wait for those who read or write the file meanwhile."""

_PAUSE = 0.05


def erase(cursor: sqlite3.Cursor, erasure: Erasure) -> None:
    """Put tombstones in the place of payloads, and drop what else tells of them; one erased already stays so.

    The index of evidence and the snapshot parts of the stream go whole: they follow from the events.
    Raises `LedgerDamaged` where a version is not there.
    """
    for version in erasure.versions:
        place = (erasure.stream, version)
        row = cursor.execute(
            "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = ?", place
        ).fetchone()
        if row is None or not isinstance(row[0], bytes):
            raise LedgerDamaged(
                f"{erasure.stream}: version {version} is not there as it was written; nothing is erased"
            )
        if erased_digest(row[0]) is None:
            cursor.execute(
                "UPDATE stored_events SET state = ? WHERE originator_id = ? AND originator_version = ?",
                (tombstone(row[0]), *place),
            )
    cursor.execute("DELETE FROM evidence WHERE stream = ?", (erasure.stream,))
    first, last = numbers_of(erasure.stream)
    cursor.execute("DELETE FROM parts WHERE part BETWEEN ? AND ? AND stream = ?", (first, last, erasure.stream))


def swept(path: Path, *, longest_wait: float = LONGEST_WAIT) -> None:
    """Write a SQLite file, where there is one, anew without anything that was deleted; empty its write-ahead log.

    Raises `Unavailable` where others read from it or write to it for longer than can be waited for: the
    file is as it was, and what was deleted may still be found in it by whoever reads it byte by byte.
    """
    until = time.monotonic() + longest_wait
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path.absolute(), timeout=longest_wait, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    raise _held(path)
                time.sleep(_PAUSE)
    except sqlite3.OperationalError as error:
        raise Unavailable(f"{path} cannot be written anew: {error}; {_LATER}") from error


_LATER = "what was erased may still be found in it byte by byte: give the same command again later"


def _held(path: Path) -> Unavailable:
    return Unavailable(f"{path} is being read by another process; {_LATER}")
