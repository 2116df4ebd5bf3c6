"""A backup of a whole folder: ledgers, vault, documents and signed logs as of one instant, with a manifest.

Keys stay apart: whoever finds a backup without them can read no name and no text, and seal nothing.
What can be made again (read models, previews, staging files) is left out.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ledger.audit.base64_text import encoded
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.merkle import Frontier
from ledger.audit.verifying.opening import log_of
from ledger.durable import flush
from ledger.errors import LedgerDamaged, Refused, UnknownName, UsageError
from ledger.home import Home
from ledger.keys import LENGTH
from ledger.storage.access_store import strip
from ledger.storage.backup import copy_together
from ledger.storage.factory import wall_clock
from ledger.storage.survey import Survey

MANIFEST = "manifest.json"
FORMAT = 1
"""The version of the manifest."""

VAULT, KEYS, LOGS, DOCUMENTS = "vault.db", "keys", "log", "documents"
CHUNK = 1 << 20
LEAVES = 10_000
"""Leaves read at once."""

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done and how much there is."""


class KeptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a backup: its place under the folder, its bytes counted, and their SHA-256."""

    path: str
    bytes: int
    sha256: str


class KeptLedger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ledger of a backup as it stood: last position, root of the tree there, size of the last signed checkpoint."""

    jurisdiction: str
    log: str
    position: int
    root: str
    checkpoint: int | None


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in a backup; `made` is the instant it was begun, `keys` whether the secret keys are in it."""

    format: int
    made: str
    keys: bool
    ledgers: tuple[KeptLedger, ...]
    files: tuple[KeptFile, ...]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that is whole: where it lies, its manifest, and the SHA-256 of the manifest."""

    folder: Path
    manifest: Manifest
    digest: str


def back_up(home: Path, folder: Path, *, with_keys: bool = False, progress: Progress | None = None) -> BackedUp:
    """Copy everything of a home that cannot be made again into a new folder.

    The folder gets its name once it is whole. Raises `Refused` where it exists, `UsageError` where it lies
    inside of the home, `UnknownName` where the home holds no ledger.
    """
    layout = Home(home)
    if not layout.jurisdictions():
        raise UnknownName(f"there is no ledger in {home}; make one with `mastery init`")
    if folder.exists():
        raise Refused(f"{folder} exists already; a backup gets a new folder of its own")
    if folder.resolve().is_relative_to(home.resolve()):
        raise UsageError(f"{folder} lies inside of {home}; put a backup elsewhere, on another disk")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    beside.mkdir(mode=0o700)
    try:
        manifest = _copied(layout, beside, progress or _nobody, with_keys=with_keys)
        data = msgspec.json.format(msgspec.json.encode(manifest)) + b"\n"
        _write(beside / MANIFEST, data)
        beside.rename(folder)
        flush(folder.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return BackedUp(folder, manifest, hashlib.sha256(data).hexdigest())


def _nobody(stage: str, done: int, there: int) -> None:
    """Tell nobody."""


def _copied(layout: Home, to: Path, progress: Progress, *, with_keys: bool) -> Manifest:
    """Copy the signed logs first, so that none is ahead of its ledger, and documents last, so that none is behind."""
    made, home = wall_clock(), layout.path
    _copy_tree(home / LOGS, to / LOGS, first=("checkpoint", "checkpoints"))
    databases = [layout.ledger_file(name) for name in layout.jurisdictions()]
    kept = (*databases, home / VAULT, layout.reads_file, layout.access_file)
    places = {path: to / path.relative_to(home) for path in kept if path.is_file()}
    (to / "ledgers").mkdir(mode=0o700)
    copy_together(places, lambda path, done, there: progress(path.stem, done, there))
    if layout.access_file in places:
        strip(places[layout.access_file])
    _copy_tree(layout.documents, to / DOCUMENTS)
    if with_keys:
        _copy_tree(home / KEYS, to / KEYS)
    ledgers = tuple(kept_ledger(Home(to), name) for name in layout.jurisdictions())
    return Manifest(FORMAT, made, with_keys, ledgers, tuple(kept_files(to)))


def kept_ledger(layout: Home, jurisdiction: str) -> KeptLedger:
    """Say how far a ledger's file goes; nothing of it is opened for writing and no key is needed."""
    log = log_of(layout, jurisdiction, {})
    survey, tree = Survey(log.path), Frontier()
    try:
        with survey.one_state():
            last = survey.last()
            for first in range(1, last + 1, LEAVES):
                tree.extend(_sound(row[1], log.path) for row in survey.leaves(first, min(first + LEAVES - 1, last)))
    finally:
        survey.close()
    if tree.size != last:
        raise LedgerDamaged(f"{log.path} holds {tree.size} leaves for {last} events; `mastery verify` tells more")
    note = CheckpointStore(layout.log_folder(jurisdiction)).latest()
    return KeptLedger(jurisdiction, log.origin, last, encoded(tree.root()), stated(note).size if note else None)


def _sound(leaf: object, path: Path) -> bytes:
    if not isinstance(leaf, bytes) or len(leaf) != LENGTH:
        raise LedgerDamaged(f"{path} holds a leaf that is none; `mastery verify` tells which")
    return leaf


def kept_files(folder: Path) -> Iterator[KeptFile]:
    """Describe every file below a folder but its manifest, sorted by path."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            yield KeptFile(name, path.stat().st_size, found)


def _copy_tree(source: Path, target: Path, first: tuple[str, ...] = ()) -> None:
    """Copy files below a folder; those whose path names one of `first` before all others.

    What another process replaces meanwhile, or is still writing under a passing name, may vanish: then it is left out.
    """
    if not source.is_dir():
        return
    paths = [one for one in source.rglob("*") if not one.name.startswith(".")]
    for path in sorted(paths, key=lambda one: (not set(first) & set(one.relative_to(source).parts), one)):
        place = target / path.relative_to(source)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            if path.is_file():
                _write(place, path.read_bytes())
        except FileNotFoundError:
            continue


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
