"""Putting a backup back: every file held against the manifest first, then every ledger verified."""

import os
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from ledger.application.backing_up import FORMAT, KEYS, MANIFEST, KeptFile, KeptLedger, Manifest, kept_files
from ledger.audit.verifying.findings import Finding
from ledger.audit.verifying.whole import Asked, Whole, verified
from ledger.durable import flush
from ledger.errors import LedgerDamaged, Refused, UnknownName

MOST = 5
"""Wrong files named one by one."""

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class RestoredLedger:
    """A ledger put back: as the manifest has it, and what verifying it came to.

    `same` says whether last position and root are those of the manifest.
    """

    kept: KeptLedger
    verified: Whole
    same: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what verifying found."""
        return self.verified.findings


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup put back: the folder, the manifest, and each ledger as verified there."""

    home: Path
    manifest: Manifest
    ledgers: tuple[RestoredLedger, ...]

    @property
    def sound(self) -> bool:
        """Say whether every ledger is what was backed up, and nothing was found."""
        return all(one.same and not one.findings and not one.verified.more for one in self.ledgers)


def restore(
    folder: Path,
    home: Path,
    *,
    keys: Path | None = None,
    pins: Mapping[str, Path] | None = None,
    progress: Progress | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Restored:
    """Put a backup into a home that is not there yet or empty, and verify it.

    `keys` is the folder the keys were kept in where they are not in the backup; `pins` are checkpoints held
    elsewhere, by jurisdiction. Raises `Refused` where the home holds anything, `LedgerDamaged` where a file
    is not what the manifest says. What verifying finds is told, and the files stay where they were put.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused(f"{home} is not empty; a backup is put into a new folder, and replaces nothing")
    manifest = read_manifest(folder)
    _require_keys(manifest, keys)
    _require_whole(folder, manifest)
    _put(folder, home, manifest, keys)
    tell = progress or _nobody
    held = pins or {}
    ledgers = tuple(_verified(home, one, held.get(one.jurisdiction), tell, environment) for one in manifest.ledgers)
    return Restored(home, manifest, ledgers)


def read_manifest(folder: Path) -> Manifest:
    """Read what is in a backup; raise `UnknownName` where none lies there, `LedgerDamaged` where it says nothing."""
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise UnknownName(f"there is no {MANIFEST} in {folder}, so that it is no backup") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LedgerDamaged(f"{path} is not the manifest of a backup: {error}") from error
    if manifest.format != FORMAT:
        raise LedgerDamaged(f"{path} has format {manifest.format}; this version reads format {FORMAT}")
    for one in manifest.files:
        if not _is_inside(one.path):
            raise LedgerDamaged(f"{path} names {one.path[:100]!r}, which is no place inside of a backup")
    return manifest


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _nobody(stage: str, done: int, there: int) -> None:
    """Tell nobody."""


def _require_keys(manifest: Manifest, keys: Path | None) -> None:
    if manifest.keys and keys is not None:
        raise Refused("the keys are in this backup; put it back without --keys")


def _require_whole(folder: Path, manifest: Manifest) -> None:
    found = {one.path: one for one in kept_files(folder)}
    named = {one.path: one for one in manifest.files}
    wrong = [
        *(f"{name} is missing" for name in sorted(named.keys() - found.keys())),
        *(f"{name} is not in the manifest" for name in sorted(found.keys() - named.keys())),
        *(_differing(named[name], found[name]) for name in sorted(named.keys() & found.keys())),
    ]
    wrong = [one for one in wrong if one]
    if wrong:
        more = f"; and {len(wrong) - MOST} more" if len(wrong) > MOST else ""
        raise LedgerDamaged(
            f"{folder} is not what its manifest says: {'; '.join(wrong[:MOST])}{more}. Nothing was put back: "
            "use another copy of the backup"
        )


def _differing(named: KeptFile, found: KeptFile) -> str:
    if named == found:
        return ""
    return f"{named.path} has {found.bytes:,} bytes with SHA-256 {found.sha256[:16]}, not {named.sha256[:16]}"


def _put(folder: Path, home: Path, manifest: Manifest, keys: Path | None) -> None:
    """Copy the files beside the home and give them its name together, so that there is never half of it."""
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.with_name(f".{home.name}.{secrets.token_hex(8)}")
    beside.mkdir(mode=0o700)
    try:
        for one in manifest.files:
            _copy(folder / one.path, beside / one.path)
        if keys is not None:
            for path in sorted(one for one in keys.rglob("*") if one.is_file()):
                _copy(path, beside / KEYS / path.relative_to(keys))
        if home.exists():
            home.rmdir()
        beside.rename(home)
        flush(home.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)
    flush(target)


def _verified(
    home: Path, kept: KeptLedger, pin: Path | None, tell: Progress, environment: Mapping[str, str]
) -> RestoredLedger:
    found = verified(Asked(home, kept.jurisdiction, pin), tell, environment)
    return RestoredLedger(kept, found, (found.events, found.root) == (kept.position, kept.root))


def pins_by_ledger(folder: Path, pins: Sequence[Path]) -> dict[str, Path]:
    """Say which ledger of a backup each checkpoint is about; raise `UnknownName` where none is, `Refused` for two."""
    by_log = {one.log: one.jurisdiction for one in read_manifest(folder).ledgers}
    found: dict[str, Path] = {}
    for path in pins:
        origin = path.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
        if origin not in by_log:
            raise UnknownName(f"{path} is about the log {origin[:100]!r}, of which no ledger is in this backup")
        if by_log[origin] in found:
            raise Refused(f"{path} is a second checkpoint of {by_log[origin]}; name the larger of the two alone")
        found[by_log[origin]] = path
    return found
