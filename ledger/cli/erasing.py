"""`mastery erase`."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import click

from ledger.application import Ledger
from ledger.application.erasing import LearnerErased, Order, erase
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, learner_of, pass_session
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class LedgerErasure:
    """One ledger: how many events of the learner are without a payload now, and the last position that says so."""

    ledger: str
    payloads: int
    position: int


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased: whether the key was still there, how many documents were deleted, and each ledger's events."""

    learner: str
    key: bool
    documents: int
    ledgers: tuple[LedgerErasure, ...]


@click.command("erase")
@click.argument("learner")
@click.option("--basis", type=text, required=True, help="The law, rule or order it rests on; it stays on record.")
@click.option("--payloads", is_flag=True, help="Also what the events say, but for decisions.")
@click.option("--decisions", is_flag=True, help="With --payloads: the decisions too.")
@click.option("--yes", is_flag=True, help="Do not ask whether this is really meant.")
@prints(Erasure)
@pass_session
def erase_command(
    session: Session, learner: str, basis: str, payloads: bool, decisions: bool, yes: bool, as_json: bool
) -> None:
    """Erase LEARNER for good: the key in the vault, with names, contacts, texts and documents.

    Leaves and proofs of the log stay valid, and the events stay under the pseudonym, unless --payloads
    is given. Giving the same command again finishes what was interrupted or came back from a backup;
    name the learner by the UUID then. Backups and exports are outside its reach.

    Example: mastery erase S-1001 --basis "retention schedule 12, order 2026-114" --yes
    """
    if decisions and not payloads:
        raise click.UsageError("--decisions goes with --payloads: what decisions rest on goes first")
    with ExitStack() as opened:
        here = opened.enter_context(session.open())
        identity = learner_of(here, learner)
        if not yes:
            click.confirm(f"Erase learner {identity} for good?", abort=True, err=True)
        ledgers = [here, *_others(session, here, opened)]
        authors = [session.author(ledger) for ledger in ledgers]
        found = erase(ledgers, authors, identity, Order(basis, payloads, decisions), _catch_up)
    show(_answer(found), as_json, _lines)


def _others(session: Session, here: Ledger, opened: ExitStack) -> Iterator[Ledger]:
    """Open the other ledgers of the folder: they share the vault, so the key is theirs too."""
    for name in here.home.jurisdictions():
        if name != here.jurisdiction:
            yield opened.enter_context(Session(session.home, name, session.who).open())


def _catch_up(ledger: Ledger) -> None:
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    try:
        catch_up(ledger.log, models)
    finally:
        models.close()


def _answer(found: LearnerErased) -> Erasure:
    ledgers = tuple(LedgerErasure(one.ledger, one.versions, one.position) for one in found.ledgers)
    return Erasure(found.learner, found.key, found.documents, ledgers)


def _lines(answer: Erasure) -> Iterator[str]:
    key = "key destroyed" if answer.key else "the key was destroyed before"
    yield f"Learner {answer.learner}: {key}, {counted(answer.documents, 'document')} deleted."
    for one in answer.ledgers:
        yield f"  {one.ledger}: {counted(one.payloads, 'payload')} erased, said at position {one.position:,}"
    yield "Backups and files handed out are not reached by this; see docs/privacy.md."
