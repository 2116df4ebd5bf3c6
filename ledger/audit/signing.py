"""One pass of the signer over one log: rows read again, the tree extended, a checkpoint signed and published.

The signer believes neither the database nor the tiles. What it signed last is remembered beside its key;
the next checkpoint is signed only with a proof that it extends that one (RFC 9162, section 2.1.4).
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.audit.checkpoint_store import CheckpointStore
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.memory import FOLDER, Memory, Remembered
from ledger.audit.merkle import EMPTY_ROOT
from ledger.audit.note import SigningKey, sign
from ledger.audit.rereading import Rereading, shifted
from ledger.audit.tiles import Tiles
from ledger.audit.verifying.opening import log_of
from ledger.audit.verifying.work import Log
from ledger.errors import LedgerError, SigningRefused
from ledger.home import Home
from ledger.keys import Key
from ledger.storage.factory import wall_clock
from ledger.storage.survey import Survey

TOLERANCE = 300
"""Seconds by which the clocks of the signer and of those who write may differ."""

Told = Callable[[int, int], None]
"""Told how many events were read, and how many there are."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The key that signs, and the folder in which what was signed with it is remembered."""

    key: Key = field(repr=False)
    memory: Path

    def signing_key(self, origin: str) -> SigningKey:
        """Return the key of one log; no two logs share one, for a trust policy may name each key once."""
        return SigningKey(origin, self.key.derived(f"checkpoints of {origin}"))


@dataclass(frozen=True, slots=True)
class Signed:
    """What a pass came to: the size signed, how many events that adds, and the note that is published."""

    origin: str
    size: int
    added: int
    note: str


def memory_folder(home: Path, file: Path | None = None) -> Path:
    """Return where a signer remembers: beside the file of its key, in the home where none is named."""
    return (file.parent if file else home / "keys") / FOLDER


def sign_log(
    home: Home,
    jurisdiction: str,
    secret: Secret,
    *,
    clock: Callable[[], str] = wall_clock,
    tolerance: int = TOLERANCE,
    environment: Mapping[str, str] = os.environ,
    progress: Told | None = None,
) -> Signed:
    """Sign what was added to a jurisdiction's ledger, and publish the checkpoint; nothing is written to the ledger.

    Raises `SigningRefused` with the row where the log is not what was written, or not what was signed before.
    """
    log = log_of(home, jurisdiction, environment)
    survey = Survey(log.path)
    try:
        signer = Signer(log, Rereading(log, survey), secret, home.log_folder(jurisdiction), clock, tolerance)
        return signer.sign(progress)
    finally:
        survey.close()


@dataclass(slots=True)
class Signer:
    """Signs one log; each pass begins with what is remembered, so that several may take turns."""

    log: Log
    rows: Rereading
    secret: Secret
    folder: Path
    clock: Callable[[], str] = wall_clock
    tolerance: int = TOLERANCE
    store: CheckpointStore = field(init=False)
    memory: Memory = field(init=False)
    _key: SigningKey = field(init=False)

    def __post_init__(self) -> None:
        self.store = CheckpointStore(self.folder)
        self.memory = Memory(self.secret.memory, self.log.origin)
        self._key = self.secret.signing_key(self.log.origin)

    def sign(self, progress: Told | None = None) -> Signed:
        """Make one pass."""
        with self.memory.alone():
            before = self._remembered()
            last = self.rows.last()
            if last < before.size:
                raise SigningRefused(
                    f"{self.log.origin}: {before.size} events were signed and {last} stand in the ledger: the last "
                    f"{before.size - last} were removed, or an older copy was put back; nothing is signed from here on"
                )
            after, proof = self._extended(before, last, progress)
            self.memory.extend(before, after, proof)
            return self._published(before, after)

    def _remembered(self) -> Remembered:
        found = self.memory.recall()
        if found is None and self.store.latest() is not None:
            raise SigningRefused(
                f"{self.memory.path} is not there, and checkpoints of {self.log.origin} are kept: put back what the "
                "signer remembers, or name the last checkpoint that anybody holds with `mastery signing-key remember`"
            )
        if found is not None and found.key != self._key.verifier_key:
            raise SigningRefused(
                f"{self.log.origin} was signed with the key {found.key} so far, and this one is "
                f"{self._key.verifier_key}: `mastery signing-key replace` puts one in the place of the other"
            )
        return found or Remembered()

    def _extended(self, before: Remembered, last: int, progress: Told | None) -> tuple[Remembered, Sequence[bytes]]:
        now = self.clock()
        leaves, event = self._new(before, last, now, progress)
        tiles = Tiles(self.folder)
        if not self._holds(tiles, before, leaves):
            tiles = self._made_anew(before, leaves, progress)
        tiles.append(leaves[tiles.size - before.size :])
        after = Remembered(last, tiles.root(last), event, now, self._key.verifier_key)
        return after, tiles.consistency(before.size, last) if before.size else ()

    def _new(self, before: Remembered, last: int, now: str, progress: Told | None) -> tuple[list[bytes], str]:
        """Return the leaves that were added, and the instant of the last."""
        leaves: list[bytes] = []
        earliest = shifted(before.signed, -self.tolerance) if before.signed else ""
        instant, latest = before.event, shifted(now, self.tolerance)
        for found in self.rows.leaves(before.size + 1, last, instant):
            for leaf, instant in found:
                leaves.append(leaf)
                if not earliest <= instant <= latest:
                    raise self._untimely(before.size + len(leaves), instant, before.signed, now)
            if progress is not None:
                progress(before.size + len(leaves), last)
        return leaves, instant

    def _untimely(self, position: int, instant: str, signed: str, now: str) -> SigningRefused:
        between = f"between the last signing at {signed} and now, {now}" if signed else f"before now, {now}"
        return SigningRefused(
            f"{self.log.origin}, position {position}: it says that it was recorded at {instant}, which is not "
            f"{between}, by more than {self.tolerance} seconds; nothing is signed from here on. Where a clock was "
            "wrong and the event is right, sign once with a larger --tolerance"
        )

    def _holds(self, tiles: Tiles, before: Remembered, leaves: Sequence[bytes]) -> bool:
        """Say whether the tiles are those of what was signed, and of nothing but what stands since."""
        if not before.size <= tiles.size <= before.size + len(leaves):
            return False
        try:
            written = [tiles.hash_at(0, index) for index in range(before.size, tiles.size)]
            same = (tiles.root(before.size) if before.size else EMPTY_ROOT) == before.root
        except (LedgerError, OSError, LookupError, ValueError):
            return False
        return same and written == list(leaves[: len(written)])

    def _made_anew(self, before: Remembered, leaves: Sequence[bytes], progress: Told | None) -> Tiles:
        """Make the tiles again from every row of the ledger; the rows that were signed are read again too."""
        beside = self.folder / ".anew"
        shutil.rmtree(beside, ignore_errors=True)
        made = Tiles(beside)
        for found in self.rows.leaves(1, before.size):
            made.append([leaf for leaf, _ in found])
            if progress is not None:
                progress(made.size, before.size + len(leaves))
        if before.size and made.root(before.size) != before.root:  # the tiles there are stay: they may be evidence
            shutil.rmtree(beside)
            raise self.memory.contradicted(before)
        made.append(leaves)
        shutil.rmtree(self.folder / "tile", ignore_errors=True)
        (beside / "tile").replace(self.folder / "tile")
        shutil.rmtree(beside)
        return Tiles(self.folder)

    def _published(self, before: Remembered, after: Remembered) -> Signed:
        """Publish what is remembered as signed; where that was done, nothing changes."""
        checkpoint = Checkpoint(self.log.origin, after.size, after.root)
        note = sign(checkpoint.text(), self._key)
        self.store.add(note)
        return Signed(self.log.origin, after.size, after.size - before.size, note)
