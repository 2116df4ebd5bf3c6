"""The SQLite file of long work: who started what, how far it is, and where its result is read.

Nothing in it is a record: a row is forgotten some weeks after its work ended. A server that works says every
few seconds that it is still there, so that another may tell work that was broken off from work under way.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from ledger.errors import LedgerDamaged, Unavailable

JobState = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
STATES: tuple[JobState, ...] = get_args(JobState)

UNFINISHED: tuple[JobState, ...] = ("waiting", "running")

LONGEST_WAIT = 5
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One piece of long work: `person` is a vault id, `kind` its name, `words` what it is for a person.

    Instants are in UTC: `made` when it was asked for, `begun` and `ended` when it was; `alive` when its server
    last said that it works. `back` is the page it was started from, `address` the one on which its result is
    read, `file` the name of a result in the job's own folder. `total` is 0 as long as nobody knows it.
    """

    job: str
    ledger: str
    person: str
    kind: str
    words: str
    back: str
    server: str
    made: str
    alive: str
    state: JobState = "waiting"
    begun: str = ""
    ended: str = ""
    done: int = 0
    total: int = 0
    said: str = ""
    address: str = ""
    file: str = ""
    problem: str = ""
    to_end: int = 0


_NAMES = tuple(field.name for field in fields(JobRow))
_NUMBERS = ("done", "total", "to_end")
_COLUMNS = ", ".join(f"{name} {'INTEGER' if name in _NUMBERS else 'TEXT'} NOT NULL" for name in _NAMES[1:])
_STATEMENTS = (
    f"CREATE TABLE IF NOT EXISTS jobs (job TEXT PRIMARY KEY, {_COLUMNS}) STRICT, WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS jobs_of_ledger ON jobs (ledger, made)",
)
_ADD = f"INSERT OR IGNORE INTO jobs VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - our own names
_READ = f"SELECT {', '.join(_NAMES)} FROM jobs"  # noqa: S608


class JobStore:
    """The rows of one file, made when it is first written or read; safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def add(self, row: JobRow) -> JobRow:
        """Write a row, unless there is one of this id; return the one that stands."""
        with self._work() as connection:
            connection.execute(_ADD, [getattr(row, name) for name in _NAMES])
            return _rows(connection, "WHERE job = ?", [row.job])[0]

    def find(self, job: str) -> JobRow | None:
        """Return the row of an id, nothing where there is none."""
        with self._work() as connection:
            return next(iter(_rows(connection, "WHERE job = ?", [job])), None)

    def listed(self, ledger: str, person: str | None, limit: int) -> tuple[JobRow, ...]:
        """Return the rows of a ledger, of one person or of everybody, those asked for last first."""
        where, values = ("", []) if person is None else (" AND person = ?", [person])
        with self._work() as connection:
            return _rows(
                connection, f"WHERE ledger = ?{where} ORDER BY made DESC, job DESC LIMIT ?", [ledger, *values, limit]
            )

    def unfinished(self, person: str) -> int:
        """Return how much of what a person asked for waits or is under way."""
        with self._work() as connection:
            return len(_rows(connection, f"WHERE person = ? AND {_in(UNFINISHED)}", [person, *UNFINISHED]))

    def change(self, job: str, states: Sequence[JobState] = STATES, **values: Any) -> bool:
        """Write values into a row that is in one of these states; say whether it was."""
        named = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE jobs SET {named} WHERE job = ? AND {_in(states)}"  # noqa: S608
        with self._work() as connection:
            return connection.execute(statement, [*values.values(), job, *states]).rowcount == 1

    def keep_alive(self, server: str, instant: str) -> None:
        """Say of what a server has under way that it still works."""
        statement = f"UPDATE jobs SET alive = ? WHERE server = ? AND {_in(UNFINISHED)}"  # noqa: S608
        with self._work() as connection:
            connection.execute(statement, [instant, server, *UNFINISHED])

    def interrupt(self, before: str, now: str) -> None:
        """Write down that what no server has spoken for since an instant was broken off."""
        statement = f"UPDATE jobs SET state = 'interrupted', ended = ? WHERE alive < ? AND {_in(UNFINISHED)}"  # noqa: S608
        with self._work() as connection:
            connection.execute(statement, [now, before, *UNFINISHED])

    def forget(self, before: str) -> tuple[str, ...]:
        """Remove what was asked for before an instant and has ended; return the ids."""
        with self._work() as connection:
            rows = _rows(connection, f"WHERE made < ? AND NOT {_in(UNFINISHED)}", [before, *UNFINISHED])
            connection.executemany("DELETE FROM jobs WHERE job = ?", [(row.job,) for row in rows])
            return tuple(row.job for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _work(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _explained(self.path):
            if self._connection is None:
                self._connection = _opened(self.path)
            yield self._connection


def _rows(connection: sqlite3.Connection, where: str, values: Sequence[Any]) -> tuple[JobRow, ...]:
    found = connection.execute(f"{_READ} {where}", values).fetchall()
    return tuple(JobRow(**dict(zip(_NAMES, row, strict=True))) for row in found)


def _in(states: Sequence[JobState]) -> str:
    return f"state IN ({', '.join('?' * len(states))})"


def _opened(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=LONGEST_WAIT, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    for statement in _STATEMENTS:
        connection.execute(statement)
    return connection


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the database says into a sentence about the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
            raise Unavailable(f"{path} cannot be used now: {error}; nothing was started") from error
        raise LedgerDamaged(f"{path} is damaged: {error}; move it away, a new one is begun") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be opened: {error.strerror}; check who owns the folder") from error
