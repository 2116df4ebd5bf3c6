"""`mastery witness`: signing, for somebody outside, that a log only grew; and asking such a one."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import click

from ledger.audit.base64_text import encoded
from ledger.audit.note import KeyType, SigningKey, VerifierKey
from ledger.audit.witnessing import Request, Witness, receive, request_for, request_of
from ledger.cli.printing import prints, show
from ledger.cli.session import Session, pass_session
from ledger.errors import UsageError
from ledger.home import Home
from ledger.keys import make_key, read_key

SECRET, NAME, SEEN = "witness.key", "witness.name", "logs"
folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("witness"),
    show_default=True,
    help="The folder of the witness: its key, and what it saw.",
)


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The verifier key of a witness, to be given to everybody who is to believe it."""

    folder: str
    key: str


@dataclass(frozen=True, slots=True)
class WitnessedLog:
    """A log a witness signs for: its key, and the size and root it saw last."""

    log: str
    key: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class WitnessedLogs:
    """The logs a witness signs for, by name."""

    logs: tuple[WitnessedLog, ...]


@dataclass(frozen=True, slots=True)
class Cosignature:
    """The line by which a witness signs a checkpoint."""

    line: str


@dataclass(frozen=True, slots=True)
class AskedOfWitness:
    """What a witness is asked, as the text it is sent; `size` events are in the checkpoint, `since` it saw last."""

    ledger: str
    since: int
    request: str


@dataclass(frozen=True, slots=True)
class CosignedCheckpoint:
    """The checkpoint that was kept with the signature of a witness."""

    ledger: str
    size: int
    root: str
    witness: str


@click.group()
def witness() -> None:
    """Sign, for somebody outside, that a log only grew; and ask such a one.

    A witness keeps a folder of its own, on a machine of its own. It learns names, sizes and roots of logs.
    """


@witness.command()
@click.argument("name")
@folder_option
@prints(WitnessKey)
def make(name: str, folder: Path, as_json: bool) -> None:
    """Make the key of a witness called NAME, such as audit.example.org, and print its verifier key.

    Example: mastery witness make audit.example.org
    """
    SigningKey(name, bytes(32), KeyType.WITNESS)
    make_key(folder / SECRET)
    (folder / NAME).write_text(f"{name}\n", encoding="utf-8")
    show(WitnessKey(str(folder), _witness(folder).key.verifier_key), as_json, lambda made: [made.key])


def _witness(folder: Path) -> Witness:
    if not (folder / NAME).is_file():
        raise UsageError(f"{folder} is not the folder of a witness; make one with `mastery witness make NAME`")
    name = (folder / NAME).read_text(encoding="utf-8").strip()
    key = SigningKey(name, read_key(folder / SECRET).secret, KeyType.WITNESS)
    return Witness(folder / SEEN, key, lambda: int(time.time()))


@witness.command()
@click.argument("key")
@folder_option
@prints(WitnessedLogs)
def know(key: str, folder: Path, as_json: bool) -> None:
    """Sign for a log from now on; KEY is its verifier key, got from those who run it.

    Example: mastery witness know "$(cat district.key)"
    """
    log = VerifierKey.parse(key)
    if log.type is not KeyType.LOG:
        raise UsageError(f"{key} is the key of a witness, not of a log")
    _witness(folder).know(log)
    show(_logs(folder), as_json, _log_lines)


@witness.command()
@folder_option
@prints(WitnessedLogs)
def logs(folder: Path, as_json: bool) -> None:
    """List the logs signed for, each with the last checkpoint seen.

    Example: mastery witness logs
    """
    show(_logs(folder), as_json, _log_lines)


def _logs(folder: Path) -> WitnessedLogs:
    found = _witness(folder).logs()
    return WitnessedLogs(tuple(WitnessedLog(key.name, str(key), seen.size, encoded(seen.root)) for key, seen in found))


def _log_lines(found: WitnessedLogs) -> Iterator[str]:
    for one in found.logs:
        yield f"{one.log}: {one.size} events seen, root {one.root}"
        yield f"  {one.key}"


@witness.command()
@click.argument("request", type=click.File("r", encoding="utf-8"), default="-")
@folder_option
@prints(Cosignature)
def cosign(request: TextIO, folder: Path, as_json: bool) -> None:
    """Sign the checkpoint in a REQUEST, a file or what comes in, if the log only grew since the last one seen.

    Example: mastery witness cosign request.txt
    """
    asked = request_of(request.read())
    show(Cosignature(_witness(folder).cosign(asked).strip()), as_json, lambda made: [made.line])


@witness.command()
@click.option(
    "--since", type=click.IntRange(min=0), default=0, show_default=True, help="The size the witness saw last."
)
@prints(AskedOfWitness)
@pass_session
def request(session: Session, since: int, as_json: bool) -> None:
    """Write what a witness is asked about the last checkpoint of a ledger.

    Example: mastery witness request --since 0
    """
    home = Home(session.folder)
    jurisdiction = home.the_one(session.ledger)
    asked: Request = request_for(home, jurisdiction, since)
    answer = AskedOfWitness(jurisdiction, since, asked.text())
    show(answer, as_json, lambda made: made.request.removesuffix("\n").split("\n"))


@witness.command("receive")
@click.argument("line", default="-")
@click.option("--key", required=True, help="The verifier key of the witness.")
@prints(CosignedCheckpoint)
@pass_session
def receive_command(session: Session, line: str, key: str, as_json: bool) -> None:
    """Keep the signature of a witness, LINE or what comes in, with the checkpoint it is for.

    Example: mastery witness receive --key "$(cat witness.key)"
    """
    home = Home(session.folder)
    jurisdiction = home.the_one(session.ledger)
    signer = VerifierKey.parse(key)
    found = receive(home, jurisdiction, sys.stdin.read() if line == "-" else line, signer)
    kept = CosignedCheckpoint(jurisdiction, found.size, encoded(found.root), signer.name)
    show(kept, as_json, _kept_lines)


def _kept_lines(kept: CosignedCheckpoint) -> Iterator[str]:
    yield f"The checkpoint of {kept.ledger} over {kept.size} events carries the signature of {kept.witness}."
