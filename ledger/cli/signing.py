"""`mastery signer`: the process that signs the logs of a home, and writes to none of its ledgers."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from ledger.audit.signing import TOLERANCE, Secret, Signed, memory_folder, sign_log
from ledger.audit.watching import Declined, Watching
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.errors import LedgerError, UnknownName
from ledger.home import Home
from ledger.keys import signer_key

LOOK = 100
"""Milliseconds between two looks."""

KEY = click.option(
    "--key",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of the key that signs; without it MASTERY_SIGNER_KEY, else keys/signer.key of the home.",
)
tolerance = click.option(
    "--tolerance",
    type=click.IntRange(min=0),
    metavar="SECONDS",
    default=TOLERANCE,
    show_default=True,
    help="By how much the clocks of those who write may differ from this one.",
)


@dataclass(frozen=True, slots=True)
class SignedLog:
    """A log that is signed: its name, the events covered, and how many of them are new since the time before."""

    ledger: str
    log: str
    size: int
    added: int


@dataclass(frozen=True, slots=True)
class RefusedLog:
    """A log that was not signed, and why."""

    ledger: str
    why: str


@dataclass(frozen=True, slots=True)
class SignerReport:
    """What became of one pass over every log."""

    signed: tuple[SignedLog, ...]
    refused: tuple[RefusedLog, ...]


@click.command()
@click.option("--once", is_flag=True, help="Sign what is there now, and stop.")
@KEY
@tolerance
@prints(SignerReport)
@pass_session
def signer(session: Session, once: bool, file: Path | None, tolerance: int, as_json: bool) -> None:
    """Sign the log of every ledger of the folder, or of one: each second, and at once after 256 events; Ctrl-C stops.

    Every event is read again from its stored bytes. Nothing is signed over one that does not fit its leaf and its
    seal, over a hole, over an instant that goes back, nor over another history than was signed before; exit status 1
    where that is so.

    Example: mastery signer --once
    """
    home = Home(session.folder)
    wanted = home.the_one(session.ledger) if session.ledger else None
    if not home.jurisdictions():
        raise UnknownName(f"there is no ledger in {session.folder}; make one with `mastery init`")
    secret = Secret(signer_key(session.folder, file), memory_folder(session.folder, file))
    if once:
        report = _once(home, wanted, secret, tolerance)
        show(report, as_json, _lines)
        if report.refused:
            sys.exit(FINDINGS)
    else:
        _keep_signing(Watching(home, wanted, partial(_sign, home, secret, tolerance)))


def _sign(home: Home, secret: Secret, tolerance: int, jurisdiction: str) -> Signed:
    return sign_log(home, jurisdiction, secret, tolerance=tolerance)


def _once(home: Home, wanted: str | None, secret: Secret, tolerance: int) -> SignerReport:
    signed, refused = [], []
    with progress({"sign": "events read"}) as tell:
        for jurisdiction in [wanted] if wanted else home.jurisdictions():
            try:
                done = sign_log(
                    home,
                    jurisdiction,
                    secret,
                    tolerance=tolerance,
                    progress=lambda count, total: tell("sign", count, total),
                )
            except LedgerError as error:
                refused.append(RefusedLog(jurisdiction, str(error)))
            else:
                signed.append(SignedLog(jurisdiction, done.origin, done.size, done.added))
    return SignerReport(tuple(signed), tuple(refused))


def _lines(report: SignerReport) -> Iterator[str]:
    for one in report.signed:
        yield f"{one.ledger}: signed over {counted(one.size, 'event')}, {one.added:,} of them new."
    yield from (f"{one.ledger}: NOT SIGNED: {one.why}" for one in report.refused)


def _keep_signing(watching: Watching) -> None:
    stop = threading.Event()
    _stop_when_asked(stop.set)
    click.echo("Signing; Ctrl-C stops.", err=True)
    while not stop.is_set():
        for one in watching.look():
            if isinstance(one, Declined):
                click.echo(f"{one.jurisdiction}: NOT SIGNED: {one.why}", err=True)
        stop.wait(LOOK / 1000)
    click.echo("Stopped.", err=True)
    if watching.declined():
        sys.exit(FINDINGS)


def _stop_when_asked(stop: Callable[[], None]) -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop())
