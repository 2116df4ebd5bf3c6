"""How long commits wait for the disk, set on the connections of a benchmark and nowhere else."""

import sqlite3
from typing import Any, cast

from benchmarks.textbook import School
from ledger.application import Ledger


def of_ledger(ledger: Ledger, level: str) -> None:
    """Set `synchronous` on the writing connection of a ledger; nothing but a benchmark does."""
    datastore = ledger.log.recorder.datastore
    with datastore.writing:
        _set(datastore._connection(), level)


def of_textbook(school: School, level: str) -> None:
    """Set `synchronous` on the one connection the textbook's application uses in one thread."""
    datastore = cast("Any", school.factory).datastore
    with datastore.get_connection(commit=True) as connection:
        _set(connection.cursor(), level)


def _set(connection: "sqlite3.Connection | Any", level: str) -> None:
    connection.execute(f"PRAGMA synchronous={level}")
