"""A look at a ledger file before it is opened: its name stands in its first event."""

import sqlite3
from pathlib import Path


def first_event(path: Path) -> tuple[str, int, str, bytes] | None:
    """Return stream, version, topic and stored bytes of the first event, or nothing."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        row = connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM stored_events WHERE position = 1"
        ).fetchone()
    finally:
        connection.close()
    return row if row is None else (row[0], row[1], row[2], row[3])
