"""`mastery checkpoint` and `mastery checkpoints`: what outsiders hold a log against, printed, delivered, received."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click

from ledger.application import Ledger, open_ledger
from ledger.application import delivering as commands
from ledger.application.checkpointing import hand_out, introduced, latest_checkpoint, store_of
from ledger.audit.checkpoint_store import stated
from ledger.audit.exposed import exposure_of
from ledger.audit.exposure import Exposure
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.domain.checkpoints import Means
from ledger.errors import UsageError
from ledger.inquiry.integrity import exposed_words

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
DASH = "\N{EM DASH} "


@dataclass(frozen=True, slots=True)
class PrintedCheckpoint:
    """A checkpoint as signed; `note` is the file that others keep, `position` that of its handing out, null for none.

    `exposed` events are covered by no checkpoint that somebody outside is known to hold.
    """

    ledger: str
    log: str
    size: int
    root: str
    note: str
    position: int | None
    exposed: int


@dataclass(frozen=True, slots=True)
class ListedCheckpoint:
    """A checkpoint that is kept, and the names under which it is signed, unchecked."""

    size: int
    root: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedCheckpoints:
    """The checkpoints kept of a log; `held` is the size up to which it is held outside, `how` by what that is known."""

    ledger: str
    log: str
    checkpoints: tuple[ListedCheckpoint, ...]
    events: int
    held: int
    how: str | None
    exposed: int


@dataclass(frozen=True, slots=True)
class DeliveredCheckpoint:
    """The file that holds a checkpoint and the proof that it only adds to the one over `since` events."""

    file: str
    ledger: str
    size: int
    since: int


@dataclass(frozen=True, slots=True)
class ReceivedCheckpoint:
    """A checkpoint that is held here from now on; `position` is null where it was held already."""

    ledger: str
    log: str
    size: int
    position: int | None


@click.command()
@click.option("--to", "who", type=text, help="Hand it out to somebody, by their id; written down in the ledger.")
@click.option("--by", "means", type=click.Choice(get_args(Means)), help="How it is handed out; by mail at first.")
@prints(PrintedCheckpoint)
@pass_session
def checkpoint(session: Session, who: str | None, means: Means | None, as_json: bool) -> None:
    """Print the last checkpoint: three lines, then the signatures; with --to as a letter, and written down.

    Whoever keeps it can tell later whether anything before it was changed: mastery verify --against FILE.
    With --by published it is for everybody, and needs no --to.

    Example: mastery checkpoint --to auditor@example.org --by mail
    """
    if (who is None and means not in (None, "published")) or (who is not None and means == "published"):
        raise UsageError("name with --to who is given the checkpoint, or say that it is --by published")
    with session.open() as ledger:
        if who is None and means is None:
            note, position = latest_checkpoint(ledger), None
        else:
            done = hand_out(ledger, session.author(ledger), who, means or "mail")
            note, position = done.note, done.appended.last
        said, found = stated(note), exposure_of(ledger.home, ledger.jurisdiction, ledger.opened.ledger)
    answer = PrintedCheckpoint(
        ledger.jurisdiction, said.origin, said.size, note.split("\n")[2], note, position, found.exposed
    )
    letter = who if means in (None, "mail") else None
    show(answer, as_json, lambda one: _letter(one, letter) if letter else one.note.rstrip("\n").split("\n"))


def _letter(answer: PrintedCheckpoint, who: str) -> Iterator[str]:
    yield f"To: {who}"
    yield f"Subject: Checkpoint of {answer.log} over {counted(answer.size, 'event')}"
    yield ""
    yield f"Please keep these lines. They fix the first {counted(answer.size, 'event')} of the ledger of"
    yield f"{answer.ledger}: nothing among them can be changed or removed without it showing."
    yield "Saved as a file, from the first of the three lines on: mastery verify --against FILE"
    yield ""
    yield from answer.note.rstrip("\n").split("\n")


@click.group()
def checkpoints() -> None:
    """List the checkpoints of a log; deliver them to the ledger above and receive those from below."""


@checkpoints.command("list")
@prints(ListedCheckpoints)
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """List the checkpoints kept, and say how many events nobody outside could miss.

    Example: mastery checkpoints list
    """
    with session.open() as ledger:
        answer = _listed(ledger)
    show(answer, as_json, _list_lines)


def _listed(ledger: Ledger) -> ListedCheckpoints:
    found = exposure_of(ledger.home, ledger.jurisdiction, ledger.opened.ledger)
    kept = tuple(
        ListedCheckpoint(stated(note).size, note.split("\n")[2], _signers(note)) for note in store_of(ledger).all()
    )
    return ListedCheckpoints(
        ledger.jurisdiction, ledger.opened.ledger, kept, found.events, found.held, found.how, found.exposed
    )


def _signers(note: str) -> tuple[str, ...]:
    lines = [line for line in note.split("\n") if line.startswith(DASH)]
    return tuple(line.removeprefix(DASH).partition(" ")[0] for line in lines)


def _list_lines(answer: ListedCheckpoints) -> Iterator[str]:
    rows = [(f"{one.size:,}", one.root, ", ".join(one.signers)) for one in answer.checkpoints]
    yield from table(("events", "root", "signed by"), rows)
    yield exposed_words(Exposure(answer.events, answer.held, answer.how))  # type: ignore[arg-type]


@checkpoints.command()
@click.argument("file", type=NEW_FILE)
@click.option("--since", type=click.IntRange(min=0), metavar="EVENTS", default=0, help="What the ledger above holds.")
@prints(DeliveredCheckpoint)
@pass_session
def deliver(session: Session, file: Path, since: int, as_json: bool) -> None:
    """Write the last checkpoint into a file for the ledger above, with the proof that events were only added.

    Example: mastery --ledger us-tx/pine-valley checkpoints deliver pine-valley.checkpoint.json
    """
    with session.open() as ledger:
        data = commands.delivery(ledger, since)
        note = commands.read_delivery(data).note
        answer = DeliveredCheckpoint(str(file), ledger.jurisdiction, stated(note).size, since)
    file.write_bytes(data)
    show(answer, as_json, _delivered)


def _delivered(answer: DeliveredCheckpoint) -> Iterator[str]:
    since = f", with the proof since {answer.since:,}" if answer.since else ""
    yield f"{answer.file} holds the checkpoint of {answer.ledger} over {counted(answer.size, 'event')}{since}."


@checkpoints.command()
@click.argument("file", type=FILE, required=False)
@click.option("--from", "origin", metavar="JURISDICTION", help="Straight from a ledger in the same folder, not a file.")
@click.option("--key", metavar="KEY", help="The verifier key of the district's log, learnt by another way.")
@prints(ReceivedCheckpoint)
@pass_session
def receive(session: Session, file: Path | None, origin: str | None, key: str | None, as_json: bool) -> None:
    """Take the checkpoint of a district into this ledger; refused where its history is not the one held so far.

    Example: mastery --ledger us-tx checkpoints receive pine-valley.checkpoint.json --key KEY
    """
    with session.open() as ledger:
        data, known = _data(session, ledger, file, origin)
        done = commands.receive_checkpoint(ledger, session.author(ledger), data, key or known)
    document = commands.read_delivery(data)
    said = stated(document.note)
    answer = ReceivedCheckpoint(document.jurisdiction, said.origin, said.size, done.last if done else None)
    show(answer, as_json, _received)


def _data(session: Session, ledger: Ledger, file: Path | None, origin: str | None) -> tuple[bytes, str | None]:
    """Return the delivery, and for a first one out of the same folder the key that is known there."""
    if file is not None and origin is None:
        return file.read_bytes(), None
    if file is not None or origin is None:
        raise UsageError("name a file, or a ledger of this folder with --from")
    held = commands.held_of(ledger, origin)
    with open_ledger(session.folder, origin) as below:
        data = commands.delivery(below, held.size if held else 0)
        return data, None if held else introduced(below)[-1].key


def _received(answer: ReceivedCheckpoint) -> Iterator[str]:
    if answer.position is None:
        yield f"The checkpoint of {answer.ledger} over {counted(answer.size, 'event')} is held already."
    else:
        yield (
            f"The checkpoint of {answer.ledger} over {counted(answer.size, 'event')} is received (position "
            f"{answer.position})."
        )
