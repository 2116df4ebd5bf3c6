"""The recorder: the only code that inserts events, and the readers of what it inserted."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

from ledger.errors import CommandReused, LedgerError, StreamConflict, Unavailable, UsageError, VersionGap
from ledger.storage.append import Append, Appended, Command, EvidenceEntry
from ledger.storage.datastore import LedgerDatastore
from ledger.storage.envelope import actor_of, instant_of, stamped
from ledger.storage.erasing import erase
from ledger.storage.group_commit import GroupCommit
from ledger.storage.leaves import leaf_hash, leaf_record, sealer
from ledger.storage.parts import write_parts
from ledger.storage.tables import NOT_A_LEARNER

Row = tuple[int, str, int, str, bytes]
"""Position, stream, version, topic, stored bytes."""

_COLUMNS = "position, originator_id, originator_version, topic, state"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the recorder adds to each event: the log's name, the clock, and the key that seals leaves."""

    log: str
    clock: Callable[[], str]
    seal_key: bytes
    seal_key_name: str


class LedgerRecorder(SQLiteApplicationRecorder):
    """Appends in one transaction: events, leaf rows, command, evidence index, snapshot parts."""

    datastore: LedgerDatastore

    def __init__(self, datastore: LedgerDatastore, stamp: Stamp) -> None:
        super().__init__(datastore)
        self.stamp = stamp
        self._seal = sealer(stamp.seal_key)
        self._commits: GroupCommit[Append, Appended] = GroupCommit(self._commit)

    def construct_create_table_statements(self) -> list[str]:
        """Return nothing: tables are made once, by `ledger.storage.tables.create`."""
        return []

    def append(self, append: Append) -> Appended:
        """Store an append, together with whatever other threads hand over meanwhile.

        Raises `StreamConflict`, `VersionGap`, `CommandReused` or `Unavailable`; nothing is half-stored.
        """
        return self._commits.submit(append)

    def append_all(self, appends: Sequence[Append]) -> list[Appended | LedgerError]:
        """Store several appends in one transaction; each is answered for itself."""
        return self._commit(appends)

    def known_command(self, client: str, command: str) -> Appended | None:
        """Return what a command came to, or nothing where it is new."""
        statement = "SELECT first, last FROM commands WHERE client = ? AND command = ?"
        rows = self.datastore.query(statement, (client, command))
        return Appended(rows[0][0], rows[0][1], repeated=True) if rows else None

    def earlier(self, command: Command) -> Appended | None:
        """Return what a command came to; raise `CommandReused` where its id stands for something else."""
        return _judged(
            command,
            self.datastore.query(_COMMAND, (command.client, command.command)),
        )

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Store events as one append, as the library asks for it; return their positions."""
        done = self.append(Append(stored_events))
        return range(done.first, done.last + 1)

    def _commit(self, appends: Sequence[Append]) -> list[Appended | LedgerError]:
        try:
            if len(appends) == 1:
                return [self._commit_alone(appends[0])]
            with self.datastore.write() as cursor:
                return self._write_all(cursor, appends)
        except sqlite3.Error as error:
            raise Unavailable(f"the ledger could not be written ({error}); nothing was stored") from error

    def _commit_alone(self, append: Append) -> Appended | LedgerError:
        """Store one append; the transaction is undone with it, so no savepoint is needed."""
        try:
            with self.datastore.write() as cursor:
                position, instant = self._now(cursor)
                return self._write(cursor, append, position, instant)
        except Exception as error:
            return _refusal(append, error)

    def _now(self, cursor: sqlite3.Cursor) -> tuple[int, bytes]:
        """Return the last position, and the instant of what is written now: never before that of the last event."""
        last = cursor.execute("SELECT position, state FROM stored_events ORDER BY position DESC LIMIT 1").fetchone()
        position, instant = (last[0], instant_of(last[1])) if last else (0, "")
        return position, max(self.stamp.clock(), instant).encode()

    def _write_all(self, cursor: sqlite3.Cursor, appends: Sequence[Append]) -> list[Appended | LedgerError]:
        position, instant = self._now(cursor)
        answers: list[Appended | LedgerError] = []
        for append in appends:
            cursor.execute("SAVEPOINT one")
            try:
                answer = self._write(cursor, append, position, instant)
            except Exception as error:
                refusal = _refusal(append, error)
                cursor.execute("ROLLBACK TO one")
                answers.append(refusal)
            else:
                position = max(position, 0 if answer.repeated else answer.last)
                answers.append(answer)
            cursor.execute("RELEASE one")
        return answers

    def _write(self, cursor: sqlite3.Cursor, append: Append, position: int, instant: bytes) -> Appended:
        first, last = (position + 1, position + len(append.events)) if append.events else (0, 0)
        if append.command and (earlier := _earlier(cursor, append.command, first, last)):
            return earlier
        if append.governed_to is not None:
            _require_nothing_governing_after(cursor, append.governed_to)
        _require_next_versions(cursor, append.events)
        self._insert(cursor, append.events, position, instant)
        if append.evidence:
            _index(cursor, append.evidence)
        if append.parts:
            write_parts(cursor, append.parts)
        if append.erasure:
            erase(cursor, append.erasure)
        return Appended(first, last)

    def _insert(self, cursor: sqlite3.Cursor, events: Sequence[StoredEvent], position: int, instant: bytes) -> None:
        salts = os.urandom(16 * len(events)).hex().encode()
        log, seal, key_name = self.stamp.log, self._seal, self.stamp.seal_key_name
        rows, leaves = [], []
        for offset, event in enumerate(events):
            stream, version, topic = str(event.originator_id), event.originator_version, event.topic
            actor = actor_of(event.state)
            state = stamped(event.state, actor, instant, salts[32 * offset : 32 * offset + 32])
            leaf = leaf_hash(
                leaf_record(
                    log=log,
                    stream=stream,
                    version=version,
                    topic=topic,
                    instant=instant,
                    actor=actor,
                    state=state,
                )
            )
            index = position + offset
            rows.append((index + 1, stream, version, topic, state))
            leaves.append((index, leaf, key_name, seal(leaf)))
        cursor.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?)", rows)
        cursor.executemany("INSERT INTO leaves VALUES (?,?,?,?)", leaves)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Read events by position, at most `limit`, in order."""
        after = (start or 0) - (1 if start is not None and inclusive_of_start else 0)
        found = self.scan(after, stop, topics=topics, limit=limit)
        return [Notification(stream, version, topic, state, id=place) for place, stream, version, topic, state in found]

    def scan(
        self, after: int = 0, upto: int | None = None, *, topics: Sequence[str] = (), limit: int = -1
    ) -> Iterator[Row]:
        """Read rows of the log in order, without an object per row; memory stays constant."""
        where, values = "position > ?", [after]
        if upto is not None:
            where += " AND position <= ?"
            values.append(upto)
        if topics:
            where += f" AND topic IN ({','.join('?' * len(topics))})"
        yield from self._rows(f"WHERE {where} ORDER BY position LIMIT ?", (*values, *topics, limit))

    def governing(self, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """Read the rows that are not about one learner: adoptions, frameworks, the ledger itself."""
        if after >= self.last_governing():
            return iter(())
        most = (1 << 62) if upto is None else upto
        return self._rows(f"WHERE {NOT_A_LEARNER} AND position > ? AND position <= ? ORDER BY position", (after, most))

    def stream_rows(self, stream: str, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """Read the rows of one stream in the order of versions."""
        most = (1 << 62) if upto is None else upto
        return self._rows(
            "WHERE originator_id = ? AND originator_version > ? AND originator_version <= ? "
            "ORDER BY originator_version",
            (stream, after, most),
        )

    def versions(self, stream: str, wanted: Sequence[int]) -> list[Row]:
        """Read some versions of one stream, in the order of versions."""
        rows: list[Row] = []
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            tail = f"WHERE originator_id = ? AND originator_version IN ({marks}) ORDER BY originator_version"
            rows += self._rows(tail, (stream, *some))
        return rows

    def at(self, position: int) -> Row | None:
        """Read the row at a position."""
        return next(self._rows("WHERE position = ?", (position,)), None)

    def _rows(self, tail: str, values: Sequence[Any]) -> Iterator[Row]:
        statement = f"SELECT {_COLUMNS} FROM stored_events {tail}"  # noqa: S608
        with self.datastore.reading() as connection, closing(connection.execute(statement, values)) as found:
            yield from found

    def evidence(self, wanted: Sequence[str]) -> dict[str, EvidenceEntry]:
        """Find where pieces of evidence stand; those not known are left out."""
        return {row[0]: EvidenceEntry(*row) for row in self._among("SELECT * FROM evidence WHERE evidence", wanted)}

    def leaves(self, wanted: Sequence[int]) -> dict[int, bytes]:
        """Return the leaf hashes at some indices."""
        return dict(self._among("SELECT leaf_index, leaf FROM leaves WHERE leaf_index", wanted))

    def _among(self, statement: str, wanted: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            yield from self.datastore.query(f"{statement} IN ({','.join('?' * len(some))})", some)

    def max_notification_id(self) -> int:
        """Return the last position, 0 for an empty ledger."""
        return int(self._one("SELECT MAX(position) FROM stored_events") or 0)

    def last_governing(self) -> int:
        """Return the position of the last event that is not about one learner."""
        return int(self._one(_LAST_GOVERNING) or 0)

    def streams(self, prefix: str) -> list[str]:
        """Name every stream that begins with a prefix, sorted."""
        rows = self.datastore.query(
            "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id >= ? AND originator_id < ?",
            (prefix, f"{prefix}\U0010ffff"),
        )
        return [row[0] for row in rows]

    def last_version(self, stream: str) -> int:
        """Return the last version of a stream, 0 for none."""
        statement = "SELECT MAX(originator_version) FROM stored_events WHERE originator_id = ?"
        return int(self._one(statement, stream) or 0)

    def _one(self, statement: str, *values: Any) -> Any:
        return self.datastore.query(statement, values)[0][0]


_LAST_GOVERNING = f"SELECT MAX(position) FROM stored_events WHERE {NOT_A_LEARNER}"  # noqa: S608


_COMMAND = "SELECT body, first, last FROM commands WHERE client = ? AND command = ?"


_REMEMBER = "INSERT INTO commands VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING"


def _earlier(cursor: sqlite3.Cursor, command: Command, first: int, last: int) -> Appended | None:
    """Remember what a command comes to; where its id is known already, return what it came to."""
    if cursor.execute(_REMEMBER, (command.client, command.command, command.body, first, last)).rowcount:
        return None
    return _judged(command, cursor.execute(_COMMAND, (command.client, command.command)).fetchall())


def _judged(command: Command, rows: Sequence[Any]) -> Appended | None:
    if not rows:
        return None
    body, first, last = rows[0]
    if body != command.body:
        raise CommandReused(
            f"the command id {command.command} was used before for something else; "
            "send the same body again, or a new id"
        )
    return Appended(first, last, repeated=True)


def _require_nothing_governing_after(cursor: sqlite3.Cursor, position: int) -> None:
    last = cursor.execute(_LAST_GOVERNING).fetchone()[0] or 0
    if last > position:
        raise StreamConflict(f"what governs changed at position {last}, after it was read: read again and retry")


def _require_next_versions(cursor: sqlite3.Cursor, events: Sequence[StoredEvent]) -> None:
    heads: dict[str, int] = {}
    for event in events:
        stream = str(event.originator_id)
        if stream not in heads:
            heads[stream] = (
                cursor.execute(
                    "SELECT MAX(originator_version) FROM stored_events WHERE originator_id = ?", (stream,)
                ).fetchone()[0]
                or 0
            )
        expected = heads[stream] + 1
        if event.originator_version < expected:
            raise StreamConflict(
                f"{stream} is at version {expected - 1}; version {event.originator_version} is taken: "
                "read again and retry"
            )
        if event.originator_version > expected:
            raise VersionGap(
                f"{stream} is at version {expected - 1}; the next is {expected}, not {event.originator_version}"
            )
        heads[stream] = expected


def _index(cursor: sqlite3.Cursor, entries: Sequence[EvidenceEntry]) -> None:
    for verb, replaces in (("INSERT", False), ("INSERT OR REPLACE", True)):
        rows = [(e.evidence, e.stream, e.entry, e.version, e.content) for e in entries if e.replaces is replaces]
        if rows:
            cursor.executemany(f"{verb} INTO evidence VALUES (?,?,?,?,?)", rows)


_ABOUT_ONE_APPEND = (sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""What the database raises about values; anything else it raises is about the file, and concerns all."""


def _refusal(append: Append, error: Exception) -> LedgerError:
    """Return what one append is told; raise an error that concerns the others of the transaction too."""
    if isinstance(error, LedgerError):
        return error
    streams = ", ".join(sorted({str(event.originator_id) for event in append.events}))
    if isinstance(error, sqlite3.IntegrityError):
        return StreamConflict(f"{streams}: some of this evidence was recorded meanwhile; read again and retry")
    if isinstance(error, sqlite3.Error) and not isinstance(error, _ABOUT_ONE_APPEND):
        raise error
    refusal = UsageError(f"{streams}: this cannot be stored, and nothing of it was: {error}")
    refusal.__cause__ = error
    return refusal
