"""The tables of a ledger file, made once when the ledger is opened for the first time."""

import os
import sqlite3
from pathlib import Path

from ledger.errors import LedgerDamaged, Refused, UnknownName

APPLICATION = 0x4D4C4547
"""Written into the file's header, so that another SQLite file is not taken for a ledger."""

FORMAT = 1
"""The version of the tables."""

NOT_A_LEARNER = "substr(originator_id, 1, 8) <> 'learner/'"
"""What marks the few events that govern all others: adoptions, frameworks, the ledger itself."""

STATEMENTS = (
    """CREATE TABLE stored_events (
        position INTEGER PRIMARY KEY,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX streams ON stored_events (originator_id, originator_version)",
    f"CREATE INDEX governing ON stored_events (position) WHERE {NOT_A_LEARNER}",
    """CREATE TABLE leaves (
        leaf_index INTEGER PRIMARY KEY,
        leaf BLOB NOT NULL,
        seal_key TEXT NOT NULL,
        seal BLOB NOT NULL)""",
    """CREATE TABLE commands (
        client TEXT NOT NULL,
        command TEXT NOT NULL,
        body BLOB NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (client, command)) WITHOUT ROWID""",
    """CREATE TABLE evidence (
        evidence TEXT PRIMARY KEY,
        stream TEXT NOT NULL,
        entry INTEGER NOT NULL,
        version INTEGER NOT NULL,
        content BLOB NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE parts (
        part INTEGER PRIMARY KEY,
        stream TEXT NOT NULL,
        name TEXT NOT NULL,
        state BLOB NOT NULL,
        digest BLOB NOT NULL)""",
)


def create(path: Path) -> None:
    """Make a new, empty ledger file; refuse one that exists."""
    if path.exists():
        raise Refused(f"{path} exists already; a ledger is opened for the first time only once")
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path.absolute(), isolation_level=None)
    try:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"application_id={APPLICATION}",
            f"user_version={FORMAT}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


def require(path: Path) -> None:
    """Refuse a path that is not a ledger file of a format this version reads."""
    if not path.is_file():
        raise UnknownName(f"there is no ledger at {path}; make one with `mastery init`")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        written = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise LedgerDamaged(f"{path} cannot be read as a database: {error}") from error
    finally:
        connection.close()
    if application != APPLICATION:
        raise LedgerDamaged(f"{path} is a database, but not a ledger")
    if written != FORMAT:
        raise LedgerDamaged(f"{path} has table format {written}; this version reads format {FORMAT}")
