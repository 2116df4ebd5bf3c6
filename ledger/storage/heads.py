"""The last event of every stream, as the log stood at a position."""

from typing import NamedTuple

from ledger.storage.datastore import LedgerDatastore


class Head(NamedTuple):
    """A stream, its last version and the leaf of that event."""

    stream: str
    version: int
    leaf: bytes


_HEADS = """SELECT originator_id, MAX(originator_version), leaf
    FROM stored_events JOIN leaves ON leaf_index = position - 1
    WHERE position <= ? GROUP BY originator_id"""


def heads_at(datastore: LedgerDatastore, position: int) -> list[Head]:
    """Return the head of every stream that had an event up to a position; one pass over the log.

    SQLite takes a column that is not aggregated from the row with the maximum.
    """
    with datastore.reading() as connection:
        return [Head._make(row) for row in connection.execute(_HEADS, (position,))]
