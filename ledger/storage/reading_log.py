"""The log of what was read: who looked at whose record, in which role, when; a SQLite file of its own.

It holds ids and no names, and is only added to: triggers refuse every change and every removal. Reading a
record so never writes to the record.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from ledger.errors import LedgerDamaged, Unavailable, UsageError

LONGEST_WAIT = 5.0
"""Seconds to wait for another process that writes."""

MOST_ROWS = 100

_STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS reads (position INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL,
        ledger TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, what TEXT NOT NULL, learner TEXT,
        learners INTEGER NOT NULL, through TEXT NOT NULL) STRICT""",
    "CREATE INDEX IF NOT EXISTS reads_of_learner ON reads (learner, position)",
    "CREATE INDEX IF NOT EXISTS reads_by_person ON reads (person, position)",
    """CREATE TRIGGER IF NOT EXISTS reads_stay BEFORE UPDATE ON reads
        BEGIN SELECT RAISE(ABORT, 'what was read is only added to'); END""",
    """CREATE TRIGGER IF NOT EXISTS reads_are_kept BEFORE DELETE ON reads
        BEGIN SELECT RAISE(ABORT, 'what was read is only added to'); END""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody looked at something: `person` is a vault id, `role` the one that allowed it, `what` the action.

    `learner` is null for a list, of which `learners` says how many were on it; `through` is page or API.
    """

    at: str
    ledger: str
    person: str
    role: str
    what: str
    learner: str | None
    learners: int
    through: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedReading(Reading):
    """A reading in its place of the log, counted from 1."""

    position: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What the log is searched for; each value that is not null must be met, days in UTC and inclusive."""

    ledger: str | None = None
    person: str | None = None
    learner: str | None = None
    what: str | None = None
    first_day: str | None = None
    last_day: str | None = None


_CONDITIONS = {
    "ledger": "ledger = ?",
    "person": "person = ?",
    "learner": "learner = ?",
    "what": "what = ?",
    "first_day": "at >= ?",
    "last_day": "substr(at, 1, 10) <= ?",
}

_NAMES = tuple(field.name for field in fields(Reading))
_ADD = f"INSERT INTO reads ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - our own names


class ReadingLog:
    """The log of one home; safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def add(self, reading: Reading) -> None:
        """Write down a reading; raise `Unavailable` where it cannot be, so that nothing is shown unlogged."""
        with self._lock, _explained(self.path):
            self._opened().execute(_ADD, [getattr(reading, name) for name in _NAMES])

    def find(self, sought: Sought, *, limit: int = MOST_ROWS, before: int | None = None) -> tuple[LoggedReading, ...]:
        """Return readings, the latest first: at most so many, and only those before a position where one is given."""
        if not 1 <= limit <= MOST_ROWS + 1:
            raise UsageError(f"{limit} rows a page: ask for 1 to {MOST_ROWS}")
        if self._connection is None and not self.path.exists():
            return ()
        wanted = {name: getattr(sought, name) for name in _CONDITIONS if getattr(sought, name) is not None}
        conditions = [_CONDITIONS[name] for name in wanted] + (["position < ?"] if before is not None else [])
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        columns = ("position", *_NAMES)
        query = f"SELECT {', '.join(columns)} FROM reads {where} ORDER BY position DESC LIMIT ?"  # noqa: S608
        asked = [*wanted.values(), *([before] if before is not None else []), limit]
        with self._lock, _explained(self.path):
            rows = self._opened().execute(query, asked).fetchall()
        return tuple(LoggedReading(**dict(zip(columns, row, strict=True))) for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(self.path, timeout=LONGEST_WAIT, isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
                connection.execute(f"PRAGMA {pragma}")
            for statement in _STATEMENTS:
                connection.execute(statement)
            self._connection = connection
        return self._connection


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the database says into a sentence about the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
            raise Unavailable(f"{path} cannot be written to now: {error}; nothing was shown") from error
        raise LedgerDamaged(f"{path} is damaged: {error}; move it away, a new one is begun") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be made: {error.strerror}; check who owns the folder") from error
