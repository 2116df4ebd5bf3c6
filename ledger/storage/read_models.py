"""The SQLite file of a ledger's read models: its connections, transactions and tracking positions.

The file holds nothing that the log does not: it may be deleted at any time and is made anew. Hence
synchronous NORMAL: what a power cut takes back, tracking position included, is folded again.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from eventsourcing.persistence import IntegrityError, Tracking
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore, SQLiteTrackingRecorder
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ledger.errors import LedgerDamaged, LedgerError, Refused, Unavailable

APPLICATION = 0x4D4C5244
"""Written into the file's header, so that another SQLite file is not taken for read models."""

FORMAT = 1
"""The version of what surrounds the projections' own tables, which have versions of their own."""

LONGEST_WAIT = 30.0
"""Seconds a writer waits for another before it gives up."""

_PAUSE = 0.01
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PASSING = _BUSY | {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
"""Primary result codes that speak of the machine, not of the bytes in the file."""


class _OnOurConnection(SQLiteTrackingRecorder):
    """The library's tracking, run inside a transaction of ours; its own pool stays unused.

    Its statement accepts jumps upward and refuses repeats, so a page needs one row.
    """

    def create(self, connection: Connection) -> None:
        """Make the table of tracking positions."""
        self._create_table(_cursor(connection))

    def insert(self, connection: Connection, name: str, position: int) -> None:
        """Move a name to a higher position; raise the library's `IntegrityError` for any other."""
        self._insert_tracking(_cursor(connection), Tracking(name, position))

    def position(self, connection: Connection, name: str) -> int | None:
        """Return where a name stands."""
        return self._max_tracking_id(name, _cursor(connection))


class ReadModels:
    """One file of read models; safe for threads and processes, which each get their own connection.

    `catching_up` keeps threads of one process from folding the same page beside each other.
    """

    def __init__(self, path: Path, *, longest_wait: float = LONGEST_WAIT) -> None:
        self.path = path
        self.catching_up = threading.Lock()
        self._longest_wait = longest_wait
        self._tracking = _OnOurConnection(SQLiteDatastore(str(path)))
        self._engine = create_engine("sqlite+pysqlite://", creator=self._connect, poolclass=NullPool)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """Give a connection for several transactions, making an empty file where there is none."""
        with _explained(self.path, OSError, sqlite3.Error):
            self._make_file()
        with _explained(self.path, DBAPIError), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def reading(self, connection: Connection) -> Iterator[bool]:
        """See one state of the file, whatever others write meanwhile; give whether anything is in it."""
        with _begun(connection, "DEFERRED"):
            yield self._is_made(connection)

    @contextmanager
    def writing(self, connection: Connection) -> Iterator[None]:
        """Hold the file for writing; commit at the end, undo on any error."""
        with _begun(connection, "IMMEDIATE"):
            if not self._is_made(connection):
                with _explained(self.path, sqlite3.Error):
                    self._tracking.create(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
                connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
            yield

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the file; raise `Unavailable` where nothing is in it."""
        with _explained(self.path, DBAPIError), self._engine.connect() as connection, self.reading(connection) as made:
            if not made:
                raise Unavailable(f"{self.path} is empty; ask again, or run `mastery rebuild`")
            yield connection

    @contextmanager
    def private(self) -> Iterator[Connection]:
        """Give an empty database nobody else sees, in a file that vanishes with the connection, even after a kill."""
        engine = create_engine("sqlite+pysqlite://", creator=_connect_private, poolclass=NullPool)
        with _explained(self.path, DBAPIError), engine.connect() as connection:
            yield connection

    def position(self, connection: Connection, name: str) -> int | None:
        """Return the position up to which a projection is folded, nothing where it was never made."""
        with _explained(self.path, sqlite3.Error):
            return self._tracking.position(connection, name)

    def advance(self, connection: Connection, name: str, position: int) -> None:
        """Track a higher position; raise `Refused` for a position reached before."""
        try:
            with _explained(self.path, sqlite3.Error):
                self._tracking.insert(connection, name, position)
        except IntegrityError:
            stands = self.position(connection, name)
            raise Refused(f"{name} is at position {stands} already; {position} is not above it") from None

    def forget(self, connection: Connection, projection: str) -> None:
        """Remove the positions of every version of a projection, given its name without version."""
        connection.exec_driver_sql("DELETE FROM tracking WHERE application_name LIKE ? || '.%'", (projection,))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        self._tracking.datastore.close()

    def _is_made(self, connection: Connection) -> bool:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        written = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if application == written == tables == 0:
            return False
        if application != APPLICATION:
            raise LedgerDamaged(f"{self.path} is a database, but not one of read models; move it away")
        if written != FORMAT:
            raise LedgerDamaged(
                f"{self.path} has format {written}; this version reads format {FORMAT}: "
                "delete the file, it is made anew from the ledger"
            )
        return True

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=self._longest_wait,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in ("synchronous=NORMAL", "cache_size=-65536", "wal_autocheckpoint=10000"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _make_file(self) -> None:
        if self.path.exists() and self.path.stat().st_size:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        until = time.monotonic() + self._longest_wait
        connection = self._connect()
        try:
            while not _in_wal(connection, until):
                time.sleep(_PAUSE)
        finally:
            connection.close()


def _connect_private() -> sqlite3.Connection:
    connection = sqlite3.connect("")
    for pragma in ("journal_mode=OFF", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _begun(connection: Connection, kind: str) -> Iterator[None]:
    connection.execution_options(begin=kind)
    with connection.begin():
        yield


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def _in_wal(connection: sqlite3.Connection, until: float) -> bool:
    """Switch to a write-ahead log; say no where another process does the same, which SQLite does not wait for."""
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if _primary_code(error) not in _BUSY or time.monotonic() > until:
            raise
        return False
    return True


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _cursor(connection: Connection) -> SQLiteCursor:
    return SQLiteCursor(_driver(connection).cursor())


@contextmanager
def _explained(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Turn these kinds of errors into sentences about the file."""
    try:
        yield
    except kinds as error:
        raise _sentence(path, cast("Exception", error.orig) if isinstance(error, DBAPIError) else error) from error


def _sentence(path: Path, error: Exception) -> LedgerError:
    if isinstance(error, OSError):
        return Unavailable(f"{path} cannot be made: {error.strerror}; check who owns the folder")
    code = _primary_code(error)
    if code in _BUSY:
        return Unavailable(f"{path} is held by another process; nothing was changed; try again")
    if code in _PASSING:
        return Unavailable(f"{path} cannot be used now: {error}; nothing was changed")
    return LedgerDamaged(f"{path} is damaged: {error}; delete the file, it is made anew from the ledger")


def _primary_code(error: Exception) -> int:
    """Return SQLite's result code without its extension, 0 where Python itself raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
