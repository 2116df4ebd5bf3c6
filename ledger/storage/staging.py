"""The staging file of one import: checked rows wait here, pseudonymous already, until they are appended.

The faults found are kept here too, so that an import that was killed and resumed tells each of them once.
"""

import fcntl
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.errors import Fault, Refused

STATEMENTS = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE learners (ordinal INTEGER PRIMARY KEY, learner TEXT NOT NULL UNIQUE)",
    "CREATE TABLE rows (number INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, line INTEGER NOT NULL, evidence BLOB)",
    """CREATE TABLE faults (
        ordinal INTEGER, number INTEGER, file TEXT, line INTEGER, pointer TEXT, field TEXT, why TEXT,
        PRIMARY KEY (ordinal, number)) WITHOUT ROWID""",
    "CREATE TABLE brought (evidence BLOB, ordinal INTEGER, line INTEGER)",
)

_KEEP = "INSERT INTO faults VALUES (?,?,?,?,?,?,?)"
_COUNTS = {name: f"SELECT COUNT(*) FROM {name}" for name in ("rows", "learners", "faults")}  # noqa: S608
_CLAIMED_TWICE = """SELECT brought.ordinal, line FROM brought JOIN (
        SELECT evidence, MIN(ordinal) AS first FROM brought GROUP BY evidence HAVING MIN(ordinal) < MAX(ordinal)
    ) AS twice USING (evidence) WHERE brought.ordinal > first ORDER BY line"""

StagedRow = tuple[int, bytes]
"""The line of the file, and the evidence without its id."""


@dataclass(frozen=True, slots=True)
class StagedLearner:
    """One learner's rows, in the order of the file."""

    ordinal: int
    learner: str
    rows: tuple[StagedRow, ...]


class Staging:
    """One staging file; complete once `finish` was called, and deleted when the import is done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        self._lock = path.with_suffix(".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise Refused("this import is running in another process; wait for it, or stop it first") from None
        self._connection = sqlite3.connect(path.absolute(), isolation_level=None)
        path.chmod(0o600)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._ordinals: dict[str, int] = {}
        self._refused = 0

    @property
    def complete(self) -> bool:
        """Say whether every row of the file is here."""
        tables = self._connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'facts'").fetchone()[0]
        return bool(tables) and self.fact("complete") == 1

    def begin(self) -> None:
        """Empty the file and make its tables."""
        for name in ("facts", "learners", "rows", "faults", "brought"):
            self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in STATEMENTS:
            self._connection.execute(statement)
        self._ordinals = {}
        self._refused = 0

    def add(self, rows: Sequence[tuple[int, str, bytes]]) -> None:
        """Stage rows (line, learner, evidence) in the order of the file."""
        new: list[tuple[int, str]] = []
        staged = []
        for line, learner, evidence in rows:
            ordinal = self._ordinals.get(learner)
            if ordinal is None:
                ordinal = self._ordinals[learner] = len(self._ordinals) + 1
                new.append((ordinal, learner))
            staged.append((ordinal, line, evidence))
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO learners VALUES (?,?)", new)
        self._connection.executemany("INSERT INTO rows (ordinal, line, evidence) VALUES (?,?,?)", staged)
        self._connection.execute("COMMIT")

    def finish(self) -> None:
        """Mark the file complete: from here on an interrupted import is resumed, not begun again."""
        self._connection.execute("CREATE INDEX by_learner ON rows (ordinal, number)")
        self.remember("complete", 1)

    def fact(self, name: str) -> int:
        """Return a number remembered about the import, 0 without one."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def remember(self, name: str, value: int) -> None:
        """Remember a number about the import."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?,?)", (name, value))

    def count(self, table: str) -> int:
        """Count the staged `rows` or `learners`, or the `faults`."""
        return int(self._connection.execute(_COUNTS[table]).fetchone()[0])

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Keep faults of rows that could not be staged."""
        self._connection.execute("BEGIN")
        self._keep([(0, number, fault) for number, fault in enumerate(faults, self._refused)])
        self._connection.execute("COMMIT")
        self._refused += len(faults)

    def judge(self, faults: Mapping[int, Sequence[Fault]]) -> None:
        """Keep the faults of staged rows by the ordinals of their learners, in place of those kept before."""
        self._connection.execute("BEGIN")
        self._connection.executemany("DELETE FROM faults WHERE ordinal = ?", [(ordinal,) for ordinal in faults])
        numbered = [(ordinal, number, fault) for ordinal, of in faults.items() for number, fault in enumerate(of)]
        self._keep(numbered)
        self._connection.execute("COMMIT")

    def _keep(self, numbered: Sequence[tuple[int, int, Fault]]) -> None:
        rows = [
            (ordinal, number, _storable(f.file), f.line, f.pointer, _storable(f.field), _storable(f.why))
            for ordinal, number, f in numbered
        ]
        self._connection.executemany(_KEEP, rows)

    def faults(self, most: int = -1) -> Iterator[Fault]:
        """Yield every fault, or the first ones, in the order of the file."""
        found = self._connection.execute(
            "SELECT file, line, pointer, field, why FROM faults ORDER BY line, ordinal, number LIMIT ?", (most,)
        )
        yield from (Fault(*row) for row in found)

    def bring(self, brought: Sequence[tuple[bytes, int, int]]) -> None:
        """Note evidence ids that are new here: 16 bytes, with ordinal and line."""
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO brought VALUES (?,?,?)", brought)
        self._connection.execute("COMMIT")

    def claimed_twice(self) -> list[tuple[int, int]]:
        """Return ordinal and line of each row whose noted id a learner before brings too, in the order of the file."""
        return self._connection.execute(_CLAIMED_TWICE).fetchall()

    def learners(self, after: int = 0) -> Iterator[StagedLearner]:
        """Yield learners in order of first appearance, each with all rows in the order of the file."""
        cursor = self._connection.execute(
            "SELECT ordinal, line, evidence FROM rows WHERE ordinal > ? ORDER BY ordinal, number", (after,)
        )
        names = dict(self._connection.execute("SELECT ordinal, learner FROM learners WHERE ordinal > ?", (after,)))
        here, rows = 0, list[StagedRow]()
        for ordinal, line, evidence in cursor:
            if ordinal != here and rows:
                yield StagedLearner(here, names[here], tuple(rows))
                rows = []
            here = ordinal
            rows.append((line, evidence))
        if rows:
            yield StagedLearner(here, names[here], tuple(rows))

    def close(self, *, delete: bool = False) -> None:
        """Close the file, and remove it where the import is done."""
        self._connection.close()
        if delete:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self.path.with_suffix(".lock").unlink(missing_ok=True)
        self._lock.close()


def clear(folder: Path) -> str:
    """Remove what interrupted imports left; return the name of one that is under way, nothing where none is.

    An import that finds nothing left of it begins anew.
    """
    for lock in sorted(folder.glob("*.lock")):
        with lock.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.stem
            for suffix in (".db", ".db-wal", ".db-shm", ".lock"):
                lock.with_suffix(suffix).unlink(missing_ok=True)
    return ""


def _storable(text: str) -> str:
    """Write out bytes of a name that are no UTF-8; the database takes no others."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()
