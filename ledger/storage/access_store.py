"""The SQLite file of those who may sign in: sessions, accounts, identities elsewhere, failed tries, tokens.

Nothing in it names anybody: people are vault ids, whatever is looked up by a name or an address is an HMAC, and
every secret is there as its digest alone.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from ledger.errors import LedgerDamaged, Unavailable

LONGEST_WAIT = 5.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row; its fields are the columns of its table."""

    table: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow(Row):
    """Somebody who is signed in at a browser: `digest` is the SHA-256 of what the cookie holds.

    Instants are in UTC: `begun` at first, `seen` about now, `proved` when the person last showed who they are.
    """

    table: ClassVar[str] = "sessions"
    digest: bytes
    session: str
    person: str
    how: str
    browser: str
    begun: str
    seen: str
    proved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow(Row):
    """A person who signs in with a password: its argon2 hash, since when, and since when no more."""

    table: ClassVar[str] = "accounts"
    person: str
    password: str
    changed: str
    closed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow(Row):
    """A person as an identity provider knows them; `lookup` is an HMAC of what the provider says."""

    table: ClassVar[str] = "identities"
    lookup: bytes
    person: str
    provider: str
    linked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow(Row):
    """How often signing in failed of late, for an account or from an address, by an HMAC of either."""

    table: ClassVar[str] = "failures"
    lookup: bytes
    times: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow(Row):
    """A sign-in on its way to an identity provider and back: `digest` is the SHA-256 of its state.

    `again` is 1 where the provider was told to ask anew who somebody is, else 0.
    """

    table: ClassVar[str] = "attempts"
    digest: bytes
    provider: str
    nonce: str
    verifier: str
    back: str
    again: int
    begun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow(Row):
    """A token by which a program acts for a person: `digest` is the SHA-256 of its secret.

    `purpose` is sealed under the key of the person; `actions` are the names of what it may be used for.
    """

    table: ClassVar[str] = "tokens"
    token: str
    digest: bytes
    person: str
    purpose: bytes
    actions: str
    made: str
    expires: str
    used: str | None = None
    revoked: str | None = None


_STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS sessions (digest BLOB PRIMARY KEY, session TEXT NOT NULL UNIQUE,
        person TEXT NOT NULL, how TEXT NOT NULL, browser TEXT NOT NULL, begun TEXT NOT NULL, seen TEXT NOT NULL,
        proved TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS sessions_of_person ON sessions (person)",
    """CREATE TABLE IF NOT EXISTS accounts (person TEXT PRIMARY KEY, password TEXT NOT NULL, changed TEXT NOT NULL,
        closed TEXT) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS identities (lookup BLOB PRIMARY KEY, person TEXT NOT NULL, provider TEXT NOT NULL,
        linked TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS failures (lookup BLOB PRIMARY KEY, times INTEGER NOT NULL, last TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS attempts (digest BLOB PRIMARY KEY, provider TEXT NOT NULL, nonce TEXT NOT NULL,
        verifier TEXT NOT NULL, back TEXT NOT NULL, again INTEGER NOT NULL, begun TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, digest BLOB NOT NULL, person TEXT NOT NULL,
        purpose BLOB NOT NULL, actions TEXT NOT NULL, made TEXT NOT NULL, expires TEXT NOT NULL, used TEXT,
        revoked TEXT) STRICT, WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS tokens_of_person ON tokens (person)",
)

PASSING = (SessionRow, FailureRow, AttemptRow, TokenRow)
"""What no copy of the file may hold: whoever puts a copy back lets nobody in by it."""

OneRow = TypeVar("OneRow", bound=Row)


class AccessStore:
    """The rows of one file, made when it is first written or read; safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def find(self, kind: type[OneRow], **where: Any) -> tuple[OneRow, ...]:
        """Return the rows that have these values, in the order of their key."""
        columns = [field.name for field in fields(kind)]
        query = f"SELECT {', '.join(columns)} FROM {kind.table}{_where(where)}"  # noqa: S608 - our own names
        with self._work() as connection:
            rows = connection.execute(query, list(where.values())).fetchall()
        return tuple(kind(**dict(zip(columns, row, strict=True))) for row in rows)

    def one(self, kind: type[OneRow], **where: Any) -> OneRow | None:
        """Return the row that has these values, nothing where there is none."""
        return next(iter(self.find(kind, **where)), None)

    def put(self, row: Row) -> None:
        """Write a row, in the place of the one with the same key where there is one."""
        columns = [field.name for field in fields(row)]
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT OR REPLACE INTO {row.table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        with self._work() as connection:
            connection.execute(statement, [getattr(row, name) for name in columns])

    def change(self, kind: type[Row], where: dict[str, Any], **values: Any) -> int:
        """Write values into the rows that have others; return how many there were."""
        named = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE {kind.table} SET {named}{_where(where)}"  # noqa: S608
        with self._work() as connection:
            return connection.execute(statement, [*values.values(), *where.values()]).rowcount

    def remove(self, kind: type[Row], **where: Any) -> int:
        """Remove the rows that have these values; return how many there were."""
        with self._work() as connection:
            statement = f"DELETE FROM {kind.table}{_where(where)}"  # noqa: S608
            return connection.execute(statement, list(where.values())).rowcount

    def remove_before(self, kind: type[Row], column: str, instant: str) -> int:
        """Remove the rows whose instant lies before another."""
        with self._work() as connection:
            return connection.execute(f"DELETE FROM {kind.table} WHERE {column} < ?", [instant]).rowcount  # noqa: S608

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do several things as one, while no other process writes."""
        with self._work() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

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


def strip(path: Path) -> None:
    """Take out of a copy of the file what may not be in one, and write it anew without."""
    with _explained(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for kind in PASSING:
            connection.execute(f"DELETE FROM {kind.table}")  # noqa: S608
        connection.execute("VACUUM")


def _where(values: dict[str, Any]) -> str:
    return f" WHERE {' AND '.join(f'{name} IS ?' for name in values)}" if values else ""


def _opened(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=LONGEST_WAIT, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
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
            raise Unavailable(f"{path} cannot be used now: {error}; nobody was signed in or out") from error
        raise LedgerDamaged(f"{path} is damaged: {error}; restore it from a backup") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be opened: {error.strerror}; check who owns the folder") from error
