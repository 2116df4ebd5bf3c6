"""The SQLite file of the vault: its tables and transactions, and nothing that can be read in clear.

Whatever says something about a person arrives here sealed; this module knows rows and bytes. One
connection reads and one writes, each under its own lock, so that a write waiting for another process
keeps no reader of its own process waiting.
"""

import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from ledger.errors import EvidenceErased, LedgerDamaged, Unavailable, UsageError
from ledger.storage.erasing import swept

APPLICATION = 0x4D4C5641
"""Written into the file's header, so that another SQLite file is not taken for a vault."""

FORMAT = 1
"""The version of the tables."""

DESTROYED = 32
"""Bytes in what stands in the place of a destroyed key; a wrapped key is longer."""

LONGEST_WAIT = 30.0
"""Seconds a writer waits for writers of other processes before it gives up."""

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.0002, 0.004
"""Seconds between two tries. SQLite's own busy handler backs off to 100 ms and starves one process."""

_STATEMENTS = (
    "CREATE TABLE vault (key TEXT NOT NULL)",
    "CREATE TABLE people (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE lookups (lookup BLOB PRIMARY KEY, person TEXT NOT NULL, tag BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE documents (person TEXT NOT NULL, kind TEXT NOT NULL, sealed BLOB NOT NULL,
        PRIMARY KEY (person, kind)) WITHOUT ROWID""",
    "CREATE TABLE texts (text TEXT PRIMARY KEY, owner TEXT NOT NULL, sealed BLOB NOT NULL)",
)

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PASSING = _BUSY | {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
}
"""Primary result codes that speak of the machine, not of the bytes in the file."""

Column = TypeVar("Column", str, bytes)


class Lookup(NamedTuple):
    """Whom an external id belongs to: its HMAC, the person's id, and a tag over both."""

    lookup: bytes
    person: str
    tag: bytes


class NewPerson(NamedTuple):
    """The rows a person begins with: how they are found, their wrapped key, their first document."""

    found_by: Lookup
    wrapped: bytes
    kind: str
    sealed: bytes


class SealedText(NamedTuple):
    """A free text as stored, with the person whose key seals it."""

    text: str
    owner: str
    sealed: bytes


class VaultStore:
    """The rows of one vault file, made when it is not there; safe for threads and for processes.

    `key` is the id of the key the vault was made with. Not to be carried over a fork. Raises
    `LedgerDamaged` where the file does not read as a vault, `Unavailable` where it is held for
    `longest_wait` seconds, full or not writable.
    """

    def __init__(self, path: Path, key: str, *, longest_wait: float = LONGEST_WAIT) -> None:
        self.path = path
        self._longest_wait = longest_wait
        self._process = os.getpid()
        self._writing, self._reading = threading.Lock(), threading.Lock()
        with _explained(path), ExitStack() as opened:
            _make_file(path)
            self._writer = opened.enter_context(closing(_connect(path, 0)))
            self._prepare(key)
            self._reader = opened.enter_context(closing(_connect(path, longest_wait)))
            self._reader.execute("PRAGMA query_only=ON")
            row = self._reader.execute("SELECT key FROM vault").fetchone()
            self.key = _column(row[0] if row else None, str, f"{path}: the id of its key")
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close both connections."""
        with self._writing, self._reading:
            self._opened.close()

    def lookups(self, wanted: Iterable[bytes]) -> dict[bytes, Lookup]:
        """Return those of the lookups that are there."""
        with self._read() as reading:
            return {key: found for key in wanted if (found := self._lookup(reading, key))}

    def add_people(self, people: Iterable[NewPerson]) -> dict[bytes, Lookup]:
        """Store people in one transaction; whoever another writer stored first is returned instead."""
        standing = {}
        with self._write() as writing:
            for new in people:
                if found := self._lookup(writing, new.found_by.lookup):
                    standing[found.lookup] = found
                    continue
                standing[new.found_by.lookup] = new.found_by
                writing.execute("INSERT INTO lookups VALUES (?, ?, ?)", new.found_by)
                writing.execute("INSERT INTO people VALUES (?, ?)", (new.found_by.person, new.wrapped))
                writing.execute("INSERT INTO documents VALUES (?, ?, ?)", (new.found_by.person, new.kind, new.sealed))
        return standing

    def _lookup(self, connection: sqlite3.Connection, key: bytes) -> Lookup | None:
        row = connection.execute("SELECT person, tag FROM lookups WHERE lookup = ?", (key,)).fetchone()
        if row is None:
            return None
        what = f"{self.path}: the lookup {key.hex()[:16]}"
        return Lookup(key, _column(row[0], str, what), _column(row[1], bytes, what))

    def wrapped_key(self, person: str) -> bytes | None:
        """Return a person's wrapped key, or what stands in its place; none where the person is not there."""
        with self._read() as reading:
            row = reading.execute("SELECT wrapped FROM people WHERE person = ?", (person,)).fetchone()
        return None if row is None else _column(row[0], bytes, f"{self.path}: the key of {person}")

    def documents(self, people: Iterable[str], kind: str) -> dict[str, bytes]:
        """Return the sealed documents of a kind, of those people who have one."""
        with self._read() as reading:
            return {who: found for who in people if (found := self._document(reading, who, kind)) is not None}

    def change_documents(self, kind: str, changes: Sequence[tuple[str, Callable[[bytes], bytes]]]) -> None:
        """Replace documents by what each change makes of the stored one, all in one transaction.

        Raises `LedgerDamaged` where one is not there. Whatever a change raises undoes them all.
        """
        with self._write() as writing:
            for person, change in changes:
                _refuse_destroyed(writing, person)
                stored = self._document(writing, person, kind)
                if stored is None:
                    raise LedgerDamaged(f"{self.path}: the {kind} of {person} is gone; restore the file from a backup")
                writing.execute(
                    "UPDATE documents SET sealed = ? WHERE person = ? AND kind = ?",
                    (change(stored), person, kind),
                )

    def _document(self, connection: sqlite3.Connection, person: str, kind: str) -> bytes | None:
        row = connection.execute(
            "SELECT sealed FROM documents WHERE person = ? AND kind = ?", (person, kind)
        ).fetchone()
        return None if row is None else _column(row[0], bytes, f"{self.path}: the {kind} of {person}")

    def add_texts(self, texts: Iterable[SealedText]) -> None:
        """Store free texts in one transaction."""
        with self._write() as writing:
            for text in texts:
                _refuse_destroyed(writing, text.owner)
                writing.execute("INSERT INTO texts VALUES (?, ?, ?)", text)

    def destroy(self, person: str, mark: bytes) -> bool:
        """Remove key, lookups, documents and texts of a person for good; say whether the key was there.

        `mark`, of `DESTROYED` bytes, stands in the key's place. The ids of the person and of the texts
        stay, so that what is gone is told from what is missing.
        """
        with self._write() as writing:
            change = "UPDATE people SET wrapped = ? WHERE person = ? AND wrapped <> ?"
            found = writing.execute(change, (mark, person, mark))
            writing.execute("DELETE FROM lookups WHERE person = ?", (person,))
            writing.execute("DELETE FROM documents WHERE person = ?", (person,))
            writing.execute("UPDATE texts SET sealed = X'' WHERE owner = ?", (person,))
            return found.rowcount > 0

    def sweep(self) -> None:
        """Write the file anew without what was removed, and empty its write-ahead log."""
        swept(self.path)

    def text(self, text: str) -> SealedText | None:
        """Return a free text by its id, none where it is not there."""
        with self._read() as reading:
            row = reading.execute("SELECT owner, sealed FROM texts WHERE text = ?", (text,)).fetchone()
        if row is None:
            return None
        what = f"{self.path}: the text {text}"
        return SealedText(text, _column(row[0], str, what), _column(row[1], bytes, what))

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        self._refuse_a_fork()
        with self._reading, _explained(self.path), _transaction(self._reader):
            self._reader.execute("BEGIN")
            yield self._reader

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        self._refuse_a_fork()
        with self._writing, _explained(self.path), _transaction(self._writer):
            self._patiently("BEGIN IMMEDIATE")
            yield self._writer

    def _refuse_a_fork(self) -> None:
        if os.getpid() != self._process:
            raise UsageError(f"{self.path} was opened before this process was forked; open it anew here")

    def _prepare(self, key: str) -> None:
        if self._header() == (0, 0, 0):
            self._patiently("PRAGMA journal_mode=WAL")  # before it, a commit can fail because others read
            with _transaction(self._writer):
                self._patiently("BEGIN IMMEDIATE")
                if self._header() == (0, 0, 0):
                    self._make_tables(key)
        application, written, _ = self._header()
        if application != APPLICATION:
            raise LedgerDamaged(f"{self.path} is a database, but not a vault")
        if written != FORMAT:
            raise LedgerDamaged(f"{self.path} has table format {written}; this version reads format {FORMAT}")
        self._patiently("PRAGMA journal_mode=WAL")  # a copy made by VACUUM INTO has lost it
        self._patiently("PRAGMA synchronous=FULL")

    def _make_tables(self, key: str) -> None:
        for statement in _STATEMENTS:
            self._writer.execute(statement)
        self._writer.execute("INSERT INTO vault VALUES (?)", (key,))
        self._writer.execute(f"PRAGMA application_id={APPLICATION}")
        self._writer.execute(f"PRAGMA user_version={FORMAT}")

    def _header(self) -> tuple[int, int, int]:
        """Read application id, format and number of tables; all three are 0 in a new file."""
        rows = [
            self._patiently(statement).fetchone()
            for statement in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_master",
            )
        ]
        return rows[0][0], rows[1][0], rows[2][0]

    def _patiently(self, statement: str) -> sqlite3.Cursor:
        """Run a statement as soon as other processes let it run, and give up after the longest wait."""
        until = time.monotonic() + self._longest_wait
        pause = _SHORTEST_PAUSE
        while True:
            try:
                return self._writer.execute(statement)
            except sqlite3.OperationalError as error:
                if _primary_code(error) not in _BUSY or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(_SHORTEST_PAUSE, pause))  # noqa: S311 - jitter, not a secret
            pause = min(pause * 2, _LONGEST_PAUSE)


def _refuse_destroyed(connection: sqlite3.Connection, person: str) -> None:
    row = connection.execute("SELECT wrapped FROM people WHERE person = ?", (person,)).fetchone()
    if row is not None and isinstance(row[0], bytes) and len(row[0]) == DESTROYED:
        raise EvidenceErased(f"the key of {person} was destroyed; the vault keeps nothing about that person any more")


def _make_file(path: Path) -> None:
    """Make an empty file only its owner can read; SQLite gives its side files the same mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _connect(path: Path, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(path.absolute(), timeout=wait, isolation_level=None, check_same_thread=False)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit the transaction that is begun inside, or roll it back on any error, also one while it begins."""
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the database or the system raises into sentences."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        raise UsageError(f"{path} was closed: {error}") from error
    except sqlite3.Error as error:
        code = _primary_code(error)
        if code in _BUSY:
            raise Unavailable(f"{path} is held by another process; nothing was stored; try again") from error
        if code in _PASSING:
            raise Unavailable(f"{path} cannot be used now: {error}; nothing was stored") from error
        raise LedgerDamaged(f"{path} cannot be read as a vault: {error}; restore it from a backup") from error
    except UnicodeDecodeError as error:  # SQLite quotes the damaged bytes in its sentence, and Python cannot read that
        raise LedgerDamaged(f"{path} cannot be read as a vault; restore it from a backup") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be opened: {error.strerror}; check who owns the folder") from error


def _primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's result code without its extension, 0 where Python itself raised the error."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _column(value: object, kind: type[Column], what: str) -> Column:
    """Return a column of the type it was written with; a damaged file may hold any other."""
    if not isinstance(value, kind):
        raise LedgerDamaged(f"{what} is not what was stored; restore the file from a backup")
    return value
