"""Copies of several database files as they were at one and the same instant, while others go on writing.

Every file is locked for writing for as long as it takes to begin a reading of each; the readings see that
instant from then on, and are copied with SQLite's own backup at leisure. A write-ahead log needs no care:
what is in it is part of what a reading sees.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ledger.durable import flush
from ledger.errors import Unavailable

LONGEST_WAIT = 30.0
"""Seconds to wait for whoever is writing."""

PAGES = 4096
"""Pages copied between two tellings."""

Told = Callable[[Path, int, int], None]
"""Told the file, how many pages of it are copied, and how many there are."""


def copy_together(files: Mapping[Path, Path], told: Told | None = None) -> None:
    """Copy database files, each to its place, as of one instant; a place holds one whole file without a log beside it.

    Raises `Unavailable` where a file is held or cannot be read or written.
    """
    try:
        with ExitStack() as stack:
            readings = _readings(list(files), stack)
            for source, target in files.items():
                _copy(readings[source], source, target, told)
    except sqlite3.Error as error:
        raise Unavailable(f"the databases could not be copied: {error}; nothing in them was changed") from error


def _readings(files: Sequence[Path], stack: ExitStack) -> dict[Path, sqlite3.Connection]:
    """Return a connection for each file that sees it as of one instant."""
    found = {}
    with ExitStack() as writing:
        for file in sorted(files):
            writing.enter_context(_nobody_writing(file))
        for file in files:
            connection = stack.enter_context(closing(_connected(file, "ro")))
            connection.execute("BEGIN")
            connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            found[file] = connection
    return found


@contextmanager
def _nobody_writing(file: Path) -> Iterator[None]:
    with closing(_connected(file, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


def _connected(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=LONGEST_WAIT
    )


def _copy(reading: sqlite3.Connection, source: Path, target: Path, told: Told | None) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def progress(_: int, remaining: int, total: int) -> None:
        if told is not None:
            told(source, total - remaining, total)

    with closing(sqlite3.connect(target, isolation_level=None)) as writing:
        reading.backup(writing, pages=PAGES, progress=progress)
        writing.execute("PRAGMA journal_mode=DELETE")
    flush(target)
