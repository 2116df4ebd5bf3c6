"""A ledger file read whole and just as it is, by somebody who opens nothing but the file: what verification reads.

The file is opened for reading only; neither keys nor the library are needed. SQLite holds a value of
any type in any column, and text that is not UTF-8: here all of it arrives, such text as bytes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.errors import LedgerDamaged
from ledger.storage import tables
from ledger.storage.inspection import as_text
from ledger.storage.parts import numbers_of

EventRow = tuple[int, Any, Any, Any, Any]
"""Position, stream, version, topic and stored bytes; only the position is sure to have its type."""

LeafRow = tuple[int, Any, Any, Any]
"""Index, leaf, name of the key and seal; only the index is sure to have its type."""

_AT_ONCE = 500
_HIGHEST = (1 << 63) - 1
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE type <> 'index' OR sql IS NOT NULL"
"""All but the indices that SQLite makes for primary keys of its own accord."""


class Survey:
    """One connection to one file; each method is one or a few queries, each answer as it is stored."""

    def __init__(self, path: Path) -> None:
        tables.require(path)
        self.path = path
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._connection.text_factory = as_text
        with self._explained():
            self._connection.execute("PRAGMA cache_size=-65536")

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """See one state of the file, whatever others append meanwhile; raise `LedgerDamaged` where it cannot be read.

        A page that is not what SQLite wrote is no row any more: nothing better than the file can be named.
        """
        with self._explained():
            try:
                self._connection.execute("BEGIN")
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the second where SQLite quotes what it read
            raise LedgerDamaged(f"{self.path} cannot be read: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def schema(self) -> dict[tuple[str, str], str]:
        """Return what the file is made of: the statement behind every table, index, trigger and view, by kind and name.

        By the name alone a trigger could stand behind a table.
        """
        return {(str(kind), str(name)): str(statement) for kind, name, statement in self._read(_SCHEMA)}

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with pages, and with indices against tables, in at most twenty sentences."""
        found = [str(row[0]) for row in self._read("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self._one(f"SELECT COUNT(*) FROM {table} NOT INDEXED"))  # noqa: S608 - a name of ours

    def first_from(self, position: int) -> int | None:
        """Return the lowest position, from this one on, at which an event or a leaf stands."""
        event = self._one("SELECT MIN(position) FROM stored_events WHERE position >= ?", position)
        leaf = self._one("SELECT MIN(leaf_index) FROM leaves WHERE leaf_index >= ?", position - 1)
        found = [*([] if event is None else [event]), *([] if leaf is None else [leaf + 1])]
        return min(found, default=None)

    def last(self) -> int:
        """Return the highest position at which an event or a leaf stands, 0 for none."""
        event = self._one("SELECT MAX(position) FROM stored_events") or 0
        leaf = self._one("SELECT MAX(leaf_index) FROM leaves")
        return min(max(int(event), 0 if leaf is None else int(leaf) + 1), _HIGHEST)

    def before_the_first(self) -> tuple[list[int], list[int]]:
        """Return the positions of events below 1, and the indices of leaves below 0."""
        events = self._all("SELECT position FROM stored_events WHERE position < 1 ORDER BY position", ())
        leaves = self._all("SELECT leaf_index FROM leaves WHERE leaf_index < 0 ORDER BY leaf_index", ())
        return [row[0] for row in events], [row[0] for row in leaves]

    def events(self, first: int, last: int) -> list[EventRow]:
        """Read the events of a span of positions, in order, off the table itself."""
        statement = "SELECT position, originator_id, originator_version, topic, state FROM stored_events NOT INDEXED"
        return self._all(f"{statement} WHERE position BETWEEN ? AND ? ORDER BY position", (first, last))

    def leaves(self, first: int, last: int) -> list[LeafRow]:
        """Read the leaves of a span of positions, in order; each index is one less than its position."""
        statement = "SELECT leaf_index, leaf, seal_key, seal FROM leaves WHERE leaf_index BETWEEN ? AND ?"
        return self._all(f"{statement} ORDER BY leaf_index", (first - 1, last - 1))

    def streams(self) -> Iterator[tuple[Any, int]]:
        """Name every stream, in SQLite's order, with the number of its events."""
        statement = "SELECT originator_id, COUNT(*) FROM stored_events GROUP BY originator_id ORDER BY originator_id"
        return self._read(statement)

    def span_of_streams(self, above: str | None, upto: str | None) -> Iterator[EventRow]:
        """Read the events of the streams after one name and up to another, stream by stream, by version.

        Names that are no text come after every other.
        """
        where, values = ["1"], []
        for condition, name in (("originator_id > ?", above), ("originator_id <= ?", upto)):
            if name is not None:
                where.append(condition)
                values.append(name)
        statement = "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
        order = "ORDER BY originator_id, originator_version"
        return self._read(f"{statement} WHERE {' AND '.join(where)} {order}", values)

    def governing(self) -> Iterator[EventRow]:
        """Read the events that are not about one learner, in the order of the log."""
        statement = "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
        return self._read(f"{statement} WHERE {tables.NOT_A_LEARNER} ORDER BY position")

    def ends(self, after: int, upto: int) -> list[tuple[str, int, bytes]]:
        """Read the last version, and its leaf, of each stream between two positions; odd rows are passed over."""
        statement = """SELECT originator_id, MAX(originator_version), leaf FROM stored_events NOT INDEXED
            JOIN leaves ON leaf_index = position - 1 WHERE position > ? AND position <= ? AND typeof(leaf) = 'blob'
            AND typeof(originator_id) = 'text' AND typeof(originator_version) = 'integer' GROUP BY originator_id"""
        with self.one_state():
            rows = self._all(statement, (after, upto))
        return [row for row in rows if isinstance(row[0], str)]

    def states(self, positions: Sequence[int]) -> dict[int, Any]:
        """Return the stored bytes at some positions; those where no event stands are left out."""
        return dict(self._among("SELECT position, state FROM stored_events WHERE position", positions))

    def evidence(self, wanted: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Read what the index of evidence says of some ids: id, stream, entry, version, content."""
        return self._among("SELECT evidence, stream, entry, version, content FROM evidence WHERE evidence", wanted)

    def all_evidence(self) -> Iterator[tuple[Any, ...]]:
        """Read the index of evidence: id, stream, entry, version."""
        return self._read("SELECT evidence, stream, entry, version FROM evidence ORDER BY evidence")

    def at_version(self, stream: Any, version: Any) -> EventRow | None:
        """Read the event at a version of a stream, nothing where there is none."""
        statement = "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
        found: EventRow | None = self._connection.execute(
            f"{statement} WHERE originator_id = ? AND originator_version = ?", (stream, version)
        ).fetchone()
        return found

    def commands(self) -> Iterator[tuple[Any, ...]]:
        """Read the commands in the order of what they wrote: client, command, digest of what was asked, first, last."""
        return self._read("SELECT client, command, body, first, last FROM commands ORDER BY first, last")

    def parts(self, stream: str) -> list[tuple[Any, Any, Any, Any]]:
        """Read the snapshot parts of a stream: number, name, state, digest."""
        statement = "SELECT part, name, state, digest FROM parts WHERE part BETWEEN ? AND ? AND stream = ?"
        return self._all(statement, (*numbers_of(stream), stream))

    def taken(self, part: int) -> bool:
        """Say whether a part stands under a number."""
        return self._one("SELECT 1 FROM parts WHERE part = ?", part) is not None

    def all_parts(self) -> Iterator[tuple[Any, Any, Any]]:
        """Read number, stream and name of every snapshot part."""
        return self._read("SELECT part, stream, name FROM parts ORDER BY part")

    def _among(self, statement: str, wanted: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            yield from self._connection.execute(f"{statement} IN ({','.join('?' * len(some))})", some).fetchall()

    def _all(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _read(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        return self._connection.execute(statement, values)

    def _one(self, statement: str, *values: Any) -> Any:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]


def as_made() -> dict[tuple[str, str], str]:
    """Return what a ledger file is made of when it is new, as `Survey.schema` gives it."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in tables.STATEMENTS:
            connection.execute(statement)
        return {(kind, name): statement for kind, name, statement in connection.execute(_SCHEMA)}
    finally:
        connection.close()
