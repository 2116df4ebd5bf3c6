"""A log of a few rows with its signer, and ways to change what lies on the disk behind the back of both."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.merkle import Tree
from ledger.audit.note import opened
from ledger.audit.rereading import Rereading
from ledger.audit.signing import Secret, Signed, Signer
from ledger.audit.verifying.rows import leaf_of
from ledger.audit.verifying.work import Log
from ledger.keys import Key
from ledger.storage.append import Append
from ledger.storage.factory import wall_clock
from ledger.storage.leaves import sealer
from ledger.storage.recorder import LedgerRecorder
from ledger.storage.survey import Survey
from tests.storage.support import SETTINGS, open_recorder, stored

ORIGIN = SETTINGS["LEDGER_LOG"]
SEAL = Key(bytes.fromhex(SETTINGS["LEDGER_SEAL_KEY"]), "test")
KEY = Key(bytes(range(32)), "test")
OTHER_KEY = Key(bytes(range(1, 33)), "test")
STREAM = "learner/00000000-0000-4000-8000-000000000009"


@dataclass(slots=True)
class SignedLog:
    """A ledger file, the folder where its log is published, and the signer's memory."""

    home: Path
    recorder: LedgerRecorder = field(init=False)
    now: str = ""
    tolerance: int = 300

    def __post_init__(self) -> None:
        self.recorder = open_recorder(self.path)

    @property
    def path(self) -> Path:
        """Return the ledger file."""
        return self.home / "ledger.db"

    @property
    def folder(self) -> Path:
        """Return the folder in which the log is published."""
        return self.home / "log"

    @property
    def memory(self) -> Path:
        """Return the file in which the signer remembers this log."""
        return self.home / "signed" / ORIGIN.replace("/", "~")

    @property
    def store(self) -> CheckpointStore:
        """Return the checkpoints published."""
        return CheckpointStore(self.folder)

    @property
    def log(self) -> Log:
        """Return the log as a signer opens it."""
        return Log(self.path, ORIGIN, SEAL.secret, SEAL.id)

    def append(self, count: int = 1) -> None:
        """Append some events."""
        first = self.recorder.last_version(STREAM) + 1
        self.recorder.append(Append(stored(STREAM, first, count)))

    def sign(self, key: Key = KEY) -> Signed:
        """Make one pass of the signer, as a process of its own would."""
        survey = Survey(self.path)
        secret = Secret(key, self.home / "signed")
        try:
            rows = Rereading(self.log, survey)
            clock = (lambda: self.now) if self.now else wall_clock
            return Signer(self.log, rows, secret, self.folder, clock, self.tolerance).sign()
        finally:
            survey.close()

    def leaves(self) -> list[bytes]:
        """Return the leaves that stand in the database, as it is."""
        return [row[0] for row in self.execute("SELECT leaf FROM leaves ORDER BY leaf_index")]

    def execute(self, statement: str, *values: object) -> list[tuple[bytes, ...]]:
        """Run a statement behind the ledger's back."""
        with sqlite3.connect(self.path) as database:
            return database.execute(statement, values).fetchall()

    def rewrite(self, position: int) -> None:
        """Change an event, and its leaf and seal so that they fit: what takes the key that seals."""
        row = self.execute("SELECT position, originator_id, originator_version, topic, state FROM stored_events")
        place, stream, version, topic, state = row[position - 1]
        state = state.replace(b'"level":"3"', b'"level":"4"') if b'"level":"3"' in state else state.replace(b"4", b"3")
        leaf = leaf_of(ORIGIN, (position, stream, version, topic, state))
        assert leaf is not None
        self.execute("UPDATE stored_events SET state = ? WHERE position = ?", state, place)
        self.execute(
            "UPDATE leaves SET leaf = ?, seal = ? WHERE leaf_index = ?", leaf, sealer(SEAL.secret)(leaf), position - 1
        )

    def cut(self, count: int = 1) -> None:
        """Remove the last events with their leaves."""
        self.execute("DELETE FROM stored_events WHERE position > (SELECT MAX(position) FROM stored_events) - ?", count)
        self.execute("DELETE FROM leaves WHERE leaf_index >= (SELECT IFNULL(MAX(position), 0) FROM stored_events)")

    def lose_tiles(self) -> None:
        """Remove the tiles."""
        shutil.rmtree(self.folder / "tile", ignore_errors=True)

    def spoil_tiles(self) -> None:
        """Change a byte of every tile."""
        for file in self.tiles():
            data = file.read_bytes()
            file.write_bytes(bytes([data[0] ^ 1]) + data[1:])

    def tiles(self) -> list[Path]:
        """Return the files of the tree."""
        return sorted(path for path in (self.folder / "tile").rglob("*") if path.is_file())

    def lose_checkpoints(self) -> None:
        """Remove every checkpoint that was published."""
        shutil.rmtree(self.folder / "checkpoints", ignore_errors=True)
        (self.folder / "checkpoint").unlink(missing_ok=True)


def root_of(leaves: list[bytes]) -> bytes:
    """Return the root of a tree over leaves."""
    return Tree(leaves).root()


def said(note: str, key: Key = KEY) -> tuple[str, int, bytes]:
    """Return what a note says once its signature was found to hold."""
    verifier = Secret(key, Path()).signing_key(ORIGIN).verifier
    assert verifier in opened(note, [verifier]).verified
    checkpoint = stated(note)
    return checkpoint.origin, checkpoint.size, checkpoint.root
