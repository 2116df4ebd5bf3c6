"""One SQLite file per ledger: readers beside one writer, and a bounded wait for other processes."""

import random
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any

from eventsourcing.persistence import ConnectionPoolClosedError
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore

from ledger.errors import Unavailable

LONGEST_WAIT = 30.0
"""Seconds a writer waits for writers of other processes before it gives up."""

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.0002, 0.004
"""Seconds between two tries. SQLite's own busy handler backs off to 100 ms and starves one process."""

_WRITER = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "cache_size=-65536",
    "temp_store=MEMORY",
    "wal_autocheckpoint=4000",
)
"""How the writing connection is set.

What a savepoint may have to undo stays in memory, not in a temporary file. Four times the usual number of
pages (16 MB) are gathered before they are moved, for most of them are written again soon.
"""


class LedgerDatastore(SQLiteDatastore):
    """Connections of our own: as many for readers as read at once, and one, under a lock, for the writer.

    The library begins write transactions with a plain BEGIN, which lets two processes read the same
    last position; ours begins with BEGIN IMMEDIATE, which is the arbiter between processes. The
    library's readers keep one statement prepared, ours all; only the library itself uses its pool.
    """

    def __init__(self, db_name: str, *, longest_wait: float = LONGEST_WAIT) -> None:
        super().__init__(db_name, originator_id_type="text", pool_size=8, lock_timeout=int(longest_wait))
        self.longest_wait = longest_wait
        self.writing = threading.RLock()
        self._readers: deque[sqlite3.Connection] = deque()
        self._writer: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Run a read on a pooled connection, or a write on the only writing one."""
        if commit:
            with self.write() as cursor:
                yield SQLiteCursor(cursor)
        else:
            with super().transaction(commit=False) as reading:
                yield reading

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading; each statement sees all that is committed when it begins."""
        connection = self._lent()
        try:
            yield connection
        finally:
            self._given_back(connection)

    def _lent(self) -> sqlite3.Connection:
        try:
            return self._readers.pop()
        except IndexError:
            return self._connected(self.longest_wait)

    def _given_back(self, connection: sqlite3.Connection) -> None:
        if self.pool.closed:
            connection.close()
        else:
            self._readers.append(connection)

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Read a few rows at once, on the writing connection where nobody writes.

        A commit empties the page cache of every other connection; the one that wrote keeps its pages.
        """
        if self._writer is not None and self.writing.acquire(blocking=False):
            try:
                if self._writer is not None and not self._writer.in_transaction:
                    return self._writer.execute(statement, values).fetchall()
            except sqlite3.OperationalError:
                pass  # held by another process, for which a reader's connection waits
            finally:
                self.writing.release()
        connection = self._lent()
        try:
            rows: list[Any] = connection.execute(statement, values).fetchall()
        finally:
            self._given_back(connection)
        return rows

    @contextmanager
    def write(self) -> Iterator[sqlite3.Cursor]:
        """Hold the ledger for writing; commit at the end, roll back on any error."""
        with self.writing:
            cursor = self._connection().cursor()
            try:
                self._begin(cursor)
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if cursor.connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()

    def _connection(self) -> sqlite3.Connection:
        if self._writer is None:
            with ExitStack() as opened:
                made = opened.enter_context(closing(self._connected(0)))
                for pragma in _WRITER:
                    self._patiently(made.cursor(), f"PRAGMA {pragma}")
                opened.pop_all()
                self._writer = made
        return self._writer

    def _connected(self, timeout: float) -> sqlite3.Connection:
        if self.pool.closed:
            raise ConnectionPoolClosedError
        return sqlite3.connect(
            self.pool.db_name, uri=True, check_same_thread=False, isolation_level=None, timeout=timeout
        )

    def _begin(self, cursor: sqlite3.Cursor) -> None:
        self._patiently(cursor, "BEGIN IMMEDIATE")

    def _patiently(self, cursor: sqlite3.Cursor, statement: str) -> None:
        until = time.monotonic() + self.longest_wait
        pause = _SHORTEST_PAUSE
        while True:
            try:
                cursor.execute(statement)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                if time.monotonic() > until:
                    raise Unavailable(
                        f"the ledger was held by another process for {self.longest_wait:g} seconds; "
                        "nothing was stored; try again"
                    ) from error
            else:
                return
            time.sleep(random.uniform(_SHORTEST_PAUSE, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE)

    def close(self) -> None:
        """Close every connection."""
        super().close()
        while self._readers:
            self._readers.pop().close()
        with self.writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def __del__(self) -> None:
        if hasattr(self, "_readers"):
            self.close()
