"""`mastery signing-key`: the key that signs checkpoints made, introduced, replaced, and its memory put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click

from ledger.application import open_ledger
from ledger.application.checkpointing import introduce_key, key_events
from ledger.audit.replacing import remember as remember_checkpoint
from ledger.audit.replacing import replace_key
from ledger.audit.signing import Secret, memory_folder
from ledger.audit.verifying.opening import log_of
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.signing import KEY
from ledger.domain.checkpoints import KeyReason
from ledger.home import Home
from ledger.keys import make_key, signer_key

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class LogKey:
    """The verifier key of one log, by which anybody checks its checkpoints; it is no secret."""

    ledger: str
    log: str
    key: str


@dataclass(frozen=True, slots=True)
class KeyMade:
    """A key that was made: the file that holds its secret, and its verifier key for each log."""

    file: str
    keys: tuple[LogKey, ...]


@dataclass(frozen=True, slots=True)
class KeyKnown:
    """A key the ledger knows: since which position, in whose place, why, and whether that one vouches for it."""

    ledger: str
    key: str
    position: int
    replaces: str | None
    reason: str
    endorsed: bool


@dataclass(frozen=True, slots=True)
class KeysKnown:
    """The keys that were introduced, the oldest of each ledger first."""

    keys: tuple[KeyKnown, ...]


@dataclass(frozen=True, slots=True)
class KeyReplaced:
    """The last checkpoint of each log is signed by both keys, and the verifier key that signs from here on."""

    keys: tuple[LogKey, ...]


@dataclass(frozen=True, slots=True)
class CheckpointRemembered:
    """The checkpoint a signer goes on from."""

    ledger: str
    log: str
    size: int


@click.group("signing-key")
def signing_key() -> None:
    """Make, introduce and replace the key that signs.

    The secret may lie in a file that nobody who administers the database can read: name it with --key.
    """


@signing_key.command()
@KEY
@prints(KeyMade)
@pass_session
def make(session: Session, file: Path | None, as_json: bool) -> None:
    """Make the secret of a key in a file that is not there yet, and print its verifier keys.

    Example: mastery signing-key make --key signer.key
    """
    path = file or session.folder / "keys" / "signer.key"
    secret = Secret(make_key(path), memory_folder(session.folder, path))
    show(KeyMade(str(path), tuple(_keys(session, secret))), as_json, _made)


def _made(answer: KeyMade) -> Iterator[str]:
    yield f"{answer.file} holds the secret of a new key. Its verifier key, to be given to whoever checks:"
    yield from (f"  {one.key}" for one in answer.keys)
    yield "Next: mastery signing-key introduce"


def _keys(session: Session, secret: Secret) -> Iterator[LogKey]:
    home = Home(session.folder)
    for jurisdiction in [home.the_one(session.ledger)] if session.ledger else home.jurisdictions():
        origin = log_of(home, jurisdiction).origin
        yield LogKey(jurisdiction, origin, secret.signing_key(origin).verifier_key)


@signing_key.command("show")
@prints(KeysKnown)
@pass_session
def show_command(session: Session, as_json: bool) -> None:
    """Show the keys that were introduced: what an auditor holds a checkpoint against.

    Example: mastery --ledger us-tx signing-key show
    """
    found = []
    for jurisdiction in _ledgers(session):
        with open_ledger(session.folder, jurisdiction) as ledger:
            for event in key_events(ledger):
                one = event.data
                both = one.endorsement is not None
                found.append(KeyKnown(jurisdiction, one.key, event.position, one.replaces, one.reason, both))
    show(KeysKnown(tuple(found)), as_json, _known)


def _known(answer: KeysKnown) -> Iterator[str]:
    for one in answer.keys:
        yield f"{one.ledger}: {one.key}"
        instead = f", in the place of {one.replaces}" if one.replaces else ""
        yield f"  {one.reason}, introduced at position {one.position}{instead}"
    if not answer.keys:
        yield "No key was introduced; `mastery signing-key make` makes one."


def _ledgers(session: Session) -> tuple[str, ...]:
    home = Home(session.folder)
    return (home.the_one(session.ledger),) if session.ledger else home.jurisdictions()


@signing_key.command()
@KEY
@click.option("--verifier-key", metavar="KEY", help="The verifier key itself, where its secret is kept elsewhere.")
@click.option("--reason", type=click.Choice(get_args(KeyReason)), help="Why, where it replaces one that cannot sign.")
@prints(KeysKnown)
@pass_session
def introduce(
    session: Session, file: Path | None, verifier_key: str | None, reason: KeyReason | None, as_json: bool
) -> None:
    """Write down in each ledger under which key its log is signed from here on; nothing where that is known.

    Example: mastery signing-key introduce
    """
    secret = None if verifier_key else Secret(signer_key(session.folder, file), Path())
    found = []
    for jurisdiction in _ledgers(session):
        with open_ledger(session.folder, jurisdiction) as ledger:
            key = secret.signing_key(ledger.opened.ledger).verifier_key if secret else str(verifier_key)
            done = introduce_key(ledger, session.author(ledger), key, reason)
            if done is not None:
                one = next(event.data for event in key_events(ledger) if event.position == done.last)
                both = one.endorsement is not None
                found.append(KeyKnown(jurisdiction, one.key, done.last, one.replaces, one.reason, both))
    show(KeysKnown(tuple(found)), as_json, _introduced)


def _introduced(answer: KeysKnown) -> Iterator[str]:
    yield from _known(answer) if answer.keys else iter(("This key is known already.",))


@signing_key.command()
@KEY
@click.option("--with", "other", type=FILE, required=True, help="The file of the key that is to sign from here on.")
@click.option("--lost", is_flag=True, help="The key in use is lost: the new one signs alone.")
@prints(KeyReplaced)
@pass_session
def replace(session: Session, file: Path | None, other: Path, lost: bool, as_json: bool) -> None:
    """Sign the last checkpoint with the key in use and a new one; from here on the signer takes the new one alone.

    Stop the signer first, and start it with the new key.

    Example: mastery signing-key replace --with keys/signer-2027.key
    """
    home = Home(session.folder)
    new = Secret(signer_key(session.folder, other), memory_folder(session.folder, other))
    old = None if lost else Secret(signer_key(session.folder, file), memory_folder(session.folder, file))
    found = []
    for one in _keys(session, new):
        replace_key(home, one.ledger, one.log, old, new)
        found.append(one)
    show(KeyReplaced(tuple(found)), as_json, lambda answer: _replaced(answer, other, lost))


def _replaced(answer: KeyReplaced, other: Path, lost: bool) -> Iterator[str]:
    how = "signed by the new key" if lost else "signed by both keys"
    yield f"The last checkpoint of {counted(len(answer.keys), 'log')} is {how}. From here on it is:"
    yield from (f"  {one.key}" for one in answer.keys)
    yield f"Next: mastery signing-key introduce --key {other}" + (" --reason lost" if lost else "")


@signing_key.command()
@click.argument("checkpoint", type=FILE)
@KEY
@prints(CheckpointRemembered)
@pass_session
def remember(session: Session, checkpoint: Path, file: Path | None, as_json: bool) -> None:
    """Go on from a checkpoint held elsewhere, where what the signer remembered is lost; read every event again.

    Take the last one that anybody holds: an older one would let the signer sign a second history.

    Example: mastery --ledger us-tx signing-key remember from-the-auditor.txt
    """
    home = Home(session.folder)
    jurisdiction = home.the_one(session.ledger)
    secret = Secret(signer_key(session.folder, file), memory_folder(session.folder, file))
    log = log_of(home, jurisdiction)
    with progress({"read": "events read"}) as tell:
        found = remember_checkpoint(
            log, secret, checkpoint.read_text(encoding="utf-8"), lambda done, total: tell("read", done, total)
        )
    answer = CheckpointRemembered(jurisdiction, log.origin, found.size)
    show(answer, as_json, lambda one: [f"{one.ledger}: the signer goes on from {counted(one.size, 'event')}."])
