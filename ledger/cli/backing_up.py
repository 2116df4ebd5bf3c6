"""`mastery backup` and `mastery restore`: a copy of everything that cannot be made again, and putting it back."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.inquiry.verified import ChangeFound

FOLDER = click.Path(file_okay=False, path_type=Path)
HERE = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class BackedUpLedger:
    """A ledger in a backup: its last position, the root there in base64, and the last signed checkpoint's size."""

    ledger: str
    log: str
    position: int
    root: str
    checkpoint: int | None


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup: where it lies, the SHA-256 of its manifest, files and bytes counted, whether keys are in it."""

    folder: str
    manifest: str
    made: str
    files: int
    bytes: int
    keys: bool
    ledgers: tuple[BackedUpLedger, ...]


@dataclass(frozen=True, slots=True)
class RestoredLedgerReport:
    """A ledger put back: whether it ends where the backup says, with which root, and every change found.

    `against` is the checkpoint held elsewhere, null for none; `more` changes are not told one by one.
    """

    ledger: str
    position: int
    same: bool
    against: str | None
    changes: tuple[ChangeFound, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back and where; `keys` says whether the keys are there now."""

    home: str
    made: str
    files: int
    keys: bool
    ledgers: tuple[RestoredLedgerReport, ...]


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--with-keys", is_flag=True, help="Put the secret keys into it too; keep such a backup locked away.")
@prints(BackupReport)
@pass_session
def backup(session: Session, folder: Path, with_keys: bool, as_json: bool) -> None:
    """Copy every ledger, the vault, documents and signed logs into a new FOLDER, as of one instant.

    Others may go on working meanwhile. The keys stay apart: copy the folder `keys` to another place once,
    and whenever a key is made; without them nobody can read a name in the backup, you included. A manifest
    with the SHA-256 of every file says what is in it.

    Example: mastery backup /mnt/backups/2026-05-30
    """
    from ledger.application.backing_up import back_up

    with progress({}) as tell:
        done = back_up(session.folder, folder, with_keys=with_keys, progress=tell)
    manifest = done.manifest
    ledgers = tuple(
        BackedUpLedger(one.jurisdiction, one.log, one.position, one.root, one.checkpoint) for one in manifest.ledgers
    )
    size = sum(one.bytes for one in manifest.files)
    answer = BackupReport(str(folder), done.digest, manifest.made, len(manifest.files), size, manifest.keys, ledgers)
    show(answer, as_json, _backed_up)


def _backed_up(answer: BackupReport) -> Iterator[str]:
    yield f"{answer.folder} holds {counted(answer.files, 'file')}, {answer.bytes:,} bytes, as of {answer.made}."
    yield f"  SHA-256 of its manifest: {answer.manifest}"
    for one in answer.ledgers:
        signed = f"signed up to {one.checkpoint:,}" if one.checkpoint is not None else "not signed"
        yield f"  {one.ledger}: {counted(one.position, 'event')}, {signed}, root {one.root}"
    if answer.keys:
        yield "  The keys are in it: whoever has this backup can read everything and write as this installation."
    else:
        yield "  The keys are not in it: keep a copy of the folder `keys` in another place."


@click.command()
@click.argument("folder", type=HERE)
@click.option("--keys", type=HERE, help="The folder in which the keys were kept apart.")
@click.option("--against", "pins", type=FILE, metavar="PIN", multiple=True, help="A checkpoint held elsewhere.")
@prints(RestoreReport)
@pass_session
def restore(session: Session, folder: Path, keys: Path | None, pins: tuple[Path, ...], as_json: bool) -> None:
    """Put the backup in FOLDER into a new folder, named with --home, and verify every ledger.

    Nothing is ever overwritten. Exit status 1 where a ledger is not what was backed up, or is older than a
    checkpoint held elsewhere: then what was recorded in between is missing.

    Example: mastery --home mastery-home restore /mnt/backups/2026-05-30 --keys /mnt/safe/keys
    """
    from ledger.application.restoring import pins_by_ledger, restore

    with progress({"verify": "rows verified"}) as tell:
        done = restore(folder, session.folder, keys=keys, pins=pins_by_ledger(folder, pins), progress=tell)
    ledgers = tuple(
        RestoredLedgerReport(
            one.kept.jurisdiction,
            one.kept.position,
            one.same,
            one.verified.against,
            tuple(
                ChangeFound(each.place, each.kind.value, each.what, each.follows, each.position)
                for each in one.findings
            ),
            one.verified.more,
        )
        for one in done.ledgers
    )
    there = done.manifest.keys or keys is not None
    answer = RestoreReport(str(done.home), done.manifest.made, len(done.manifest.files), there, ledgers)
    show(answer, as_json, _restored)
    if not done.sound:
        sys.exit(FINDINGS)


def _restored(answer: RestoreReport) -> Iterator[str]:
    yield f"{answer.home} holds what was backed up at {answer.made}: {counted(answer.files, 'file')}."
    for one in answer.ledgers:
        for change in one.changes:
            yield f"  {one.ledger}: {change.place}: {change.kind}: {change.what}; {change.follows}"
        if one.more:
            yield f"  {one.ledger}: and {counted(one.more, 'finding')} more"
        if not one.same:
            yield f"  {one.ledger}: it is NOT what was backed up"
        sound = one.same and not one.changes and not one.more
        held = f", held against {one.against}" if one.against else ""
        yield f"  {one.ledger}: {counted(one.position, 'event')}{held}: " + ("verified." if sound else "see above.")
    if not answer.keys:
        yield f"  Put the keys into {answer.home}/keys before anything is opened."
    yield "  Erasures made since are undone by it: carry them out again."
