"""Which log the read models were made from, and up to which event: a restored log is noticed.

A ledger put back from a backup has fewer events, and later others at the same positions. Positions
alone would hide both, so the bytes of the last event folded are remembered by digest.
"""

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, delete, insert, select

from ledger.storage.log import Log
from ledger.storage.tombstone import state_digest as digest_of_state

TABLE = Table(
    "source",
    MetaData(),
    Column("origin", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_strict=True,
)


def is_of(connection: Connection, log: Log) -> bool:
    """Say whether everything folded so far is in this log."""
    row = connection.execute(select(TABLE)).one_or_none()
    if row is None:
        return True
    return bool(row.origin == log.origin and row.digest == state_digest(log, row.position))


def remember(connection: Connection, log: Log, position: int, state: str) -> None:
    """Set the last event folded, by position and digest of its stored bytes."""
    connection.execute(delete(TABLE))
    connection.execute(insert(TABLE), [{"origin": log.origin, "position": position, "digest": state}])


def state_digest(log: Log, position: int) -> str:
    """Return the SHA-256 of the bytes stored at a position, or erased there; empty where there are none."""
    row = log.recorder.at(position)
    return digest_of_state(row[4]) if row else ""
