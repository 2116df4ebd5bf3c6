"""Reading rows just as they are, whatever somebody put into them: what an audit reads.

SQLite holds a value of any type in any column, and text that is not UTF-8; here all of it arrives.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from ledger.storage.datastore import LedgerDatastore
from ledger.storage.tables import NOT_A_LEARNER

HIGHEST = (1 << 63) - 1
"""No position is beyond it."""

_ROWS = """SELECT position, originator_id, originator_version, topic, state, leaf, seal_key, seal
    FROM stored_events LEFT JOIN leaves ON leaf_index = position - 1"""
_BEGINNING = 160
"""Bytes in which the actor and the instant of an event stand."""
_A_LEARNER = "originator_id >= 'learner/' AND originator_id < 'learner0'"


class Stored(NamedTuple):
    """The row of an event beside that of its leaf, null where there is none; only `position` is sure to have its type.

    Text that is not UTF-8 arrives as bytes.
    """

    position: int
    stream: Any
    version: Any
    topic: Any
    state: Any
    leaf: Any
    seal_key: Any
    seal: Any


class Inspection:
    """Reads the two tables of the log; each read is one query."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        self._datastore = datastore

    def last(self) -> int:
        """Return the last position for which there is an event or a leaf, 0 for none."""
        statement = """SELECT MAX((SELECT IFNULL(MAX(position), 0) FROM stored_events),
            (SELECT IFNULL(MAX(leaf_index) + 1, 0) FROM leaves), 0)"""
        return min(next(int(row[0]) for row in self._read(statement)), HIGHEST)

    def learner_streams(self) -> list[str | bytes]:
        """Name every learner's stream, sorted; a name that is not UTF-8 as bytes."""
        statement = f"SELECT DISTINCT originator_id FROM stored_events WHERE {_A_LEARNER} ORDER BY originator_id"  # noqa: S608
        return [row[0] for row in self._read(statement)]

    def learner_sizes(self, after: int, upto: int) -> list[tuple[str | bytes, int]]:
        """Name every learner's stream that goes on after a position, sorted, with how many events it holds."""
        statement = f"""SELECT originator_id, COUNT(*) FROM stored_events WHERE {_A_LEARNER} AND position <= ?
            GROUP BY originator_id HAVING MAX(position) > ? ORDER BY originator_id"""  # noqa: S608
        return [(row[0], int(row[1])) for row in self._read(statement, (upto, after))]

    def of_topic(self, topic: str, after: int, upto: int) -> Iterator[tuple[int, Any]]:
        """Read position and bytes of learners' events of a topic after a position, in the order of the log."""
        statement = f"""SELECT position, state FROM stored_events
            WHERE {_A_LEARNER} AND topic = ? AND position > ? AND position <= ? ORDER BY position"""  # noqa: S608
        return self._read(statement, (topic, after, upto))

    def named(self, position: int) -> tuple[Any, Any]:
        """Return stream and version of the event that stands at a position."""
        statement = "SELECT originator_id, originator_version FROM stored_events WHERE position = ?"
        stream, version = next(self._read(statement, (position,)))
        return stream, version

    def beginnings(self, upto: int) -> Iterator[tuple[int, Any]]:
        """Read the position of each event and how its bytes begin, with actor and instant, in the order of the log."""
        statement = f"SELECT position, substr(state, 1, {_BEGINNING}) FROM stored_events WHERE position <= ? ORDER BY 1"  # noqa: S608
        return self._read(statement, (upto,))

    def at(self, position: int) -> Stored | None:
        """Read the row that stands at a position, nothing where none does."""
        return next(map(Stored._make, self._read(f"{_ROWS} WHERE position = ?", (position,))), None)

    def stream(self, name: str | bytes, upto: int) -> Iterator[Stored]:
        """Read the rows of a stream up to a position, in the order of versions."""
        where = "originator_id = CAST(? AS TEXT) AND position <= ? ORDER BY originator_version"
        statement, values = f"{_ROWS} WHERE {where}", (name, upto)
        try:
            with self._datastore.reading() as connection:
                rows = connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError:  # some text is not UTF-8: rare, and to allow for it costs time
            rows = list(self._read(statement, values))
        return map(Stored._make, rows)

    def governing(self, upto: int) -> Iterator[Stored]:
        """Read the rows that are not about one learner, in the order of the log."""
        where = f"{NOT_A_LEARNER} AND position <= ? ORDER BY position"
        return map(Stored._make, self._read(f"{_ROWS} WHERE {where}", (upto,)))

    def nameless(self) -> list[int]:
        """Name the positions of events whose stream is the empty BLOB: no stream and no span of names holds them."""
        statement = "SELECT position FROM stored_events WHERE originator_id = X'' ORDER BY position"
        return [row[0] for row in self._read(statement)]

    def events(self, first: int, last: int) -> Iterator[int]:
        """Name the positions of events in a span, rising; both ends are inclusive."""
        statement = "SELECT position FROM stored_events WHERE position BETWEEN ? AND ? ORDER BY position"
        return (row[0] for row in self._read(statement, (first, last)))

    def leaves(self, first: int, last: int) -> Iterator[int]:
        """Name the positions of leaves in a span, rising: each is one more than its index."""
        statement = "SELECT leaf_index FROM leaves WHERE leaf_index BETWEEN ? AND ? ORDER BY leaf_index"
        return (row[0] + 1 for row in self._read(statement, (max(first, 1 - HIGHEST) - 1, last - 1)))

    def _read(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        with _as_it_is(self._datastore) as connection, closing(connection.execute(statement, values)) as rows:
            yield from rows


@contextmanager
def _as_it_is(datastore: LedgerDatastore) -> Iterator[sqlite3.Connection]:
    with datastore.reading() as connection:
        connection.text_factory = as_text
        try:
            yield connection
        finally:
            connection.text_factory = str


def as_text(stored: bytes) -> str | bytes:
    """Return stored text as it is: as bytes where it is not UTF-8."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored
