"""`mastery demo` and `mastery serve`: the pages, on this machine only."""

import os
import shutil
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.errors import Refused, Unavailable, UnknownName, UsageError
from ledger.home import Home

DEMO = Path("mastery-demo")
"""The folder of the demonstration where none is named."""

PLANTED_DEMO = Path("mastery-planted")
"""The folder of the one with planted wrongs, likewise."""

HOST, PORT, THREADS = "127.0.0.1", 8765, 8
"""There is no sign-in yet, so the pages are served to this machine alone."""

STORIES = 6
"""Stories told in text; all are in the JSON."""

STARTED = "demo-started.json"
"""Marks a folder as a demonstration's, so that nothing else is ever removed."""

SEED = 2026
"""The number the made-up schools follow from, unless another is named."""

port_option = click.option(
    "--port", type=click.IntRange(0, 65535), metavar="PORT", default=PORT, show_default=True, help="0 picks a free one."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Something worth a look: where, and whose decision."""

    title: str
    sentence: str
    ledger: str
    learner: str
    external_id: str
    decision: int | None


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What there is in a demonstration: where it is, counts over its ledgers, and what to look at."""

    home: str
    seed: int
    ledgers: tuple[str, ...]
    learners: int
    evidence: int
    decisions: int
    stories: tuple[Shown, ...]


@click.command()
@port_option
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31), metavar="NUMBER", help="Other made-up schools for another number."
)
@click.option(
    "--planted",
    type=click.IntRange(0, 2**31),
    metavar="SEED",
    help="Another one: a year with planted wrongs and innocent look-alikes, for `mastery audit`; planted.json "
    "says which.",
)
@click.option("--fresh", is_flag=True, help="Remove the demonstration there is, and build it anew.")
@click.option("--build-only", is_flag=True, help="Build it and stop.")
@prints(Demonstration)
@pass_session
def demo(
    session: Session,
    port: int,
    no_open: bool,
    seed: int | None,
    planted: int | None,
    fresh: bool,
    build_only: bool,
    as_json: bool,
) -> None:
    """Build a ledger of made-up schools in ./mastery-demo and show it in the browser; Ctrl-C stops.

    Example: mastery demo --port 0
    """
    if seed is not None and planted is not None:
        raise UsageError("--seed is for the ordinary demonstration and --planted for the other; give one of them")
    home = session.home or (DEMO if planted is None else PLANTED_DEMO)
    if fresh:
        remove(home)
    answer = _built(home, seed, planted)
    show(answer, as_json, _lines)
    if not build_only:
        serve_pages(home, port, opening=not no_open, aside=as_json)


@click.command()
@port_option
@pass_session
def serve(session: Session, port: int) -> None:
    """Show the ledgers of a folder in the browser, to this machine only; Ctrl-C stops.

    Example: mastery --home mastery-home serve
    """
    if not Home(session.folder).jurisdictions():
        raise UnknownName(
            f"there is no ledger in {session.folder}; make one with `mastery init`, or try `mastery demo`"
        )
    serve_pages(session.folder, port, opening=False)


def remove(home: Path) -> None:
    """Remove a demonstration; refuse a folder that is none."""
    if home.exists() and not (home / STARTED).is_file():
        raise Refused(f"{home} is not a demonstration, so it is not removed; name another folder with --home")
    if home.exists():
        shutil.rmtree(home)


def _built(home: Path, seed: int | None, planted: int | None) -> Demonstration:
    from ledger.demonstration import build_demo, finished
    from ledger.demonstration.planting import build_planted, is_planted

    kept = finished(home)
    if planted is None and seed is None and kept is not None and is_planted(home):
        planted = kept.seed
    number = seed if seed is not None else kept.seed if kept else SEED
    with progress({}) as tell:
        if planted is None:
            done = build_demo(home, progress=tell, seed=number)
        else:
            done = build_planted(home, progress=tell, seed=planted)
    stories = tuple(
        Shown(story.title, story.sentence, story.jurisdiction, story.learner, story.external_id, story.decision)
        for story in done.stories
    )
    return Demonstration(str(home), done.seed, done.ledgers, done.learners, done.evidence, done.decisions, stories)


def _lines(answer: Demonstration) -> Iterator[str]:
    yield (
        f"{', '.join(answer.ledgers)}: {counted(answer.learners, 'learner')}, {answer.evidence:,} pieces of "
        f"evidence, {counted(answer.decisions, 'decision')}; all of it is made up, from the number {answer.seed}."
    )
    if answer.stories:
        yield "What to look at:"
    for story in answer.stories[:STORIES]:
        yield f"  {story.title}: {story.sentence}"
        who = story.external_id
        what = f"learner {who}" if story.decision is None else f"explain {who} {story.decision}"
        yield f"    mastery --home {answer.home} --ledger {story.ledger} {what}"
    if len(answer.stories) > STORIES:
        yield f"  {len(answer.stories) - STORIES} more: mastery --home {answer.home} demo --build-only --json"


def _stop_when_asked() -> None:
    """Let Ctrl-C and a plain kill stop the server, also where whoever started it had both ignored."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def serve_pages(home: Path, port: int, *, opening: bool, aside: bool = False) -> None:
    """Serve the pages of a folder until somebody stops it; `aside` tells the address on standard error."""
    from waitress import create_server  # type: ignore[import-untyped]

    from web import create_app

    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise Unavailable(
            f"port {port} cannot be used ({error.strerror}); name another with --port, 0 for any"
        ) from error
    server = create_server(create_app(home), sockets=[listening], threads=THREADS)
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    click.echo(f"Open {address} in a browser; Ctrl-C stops.", err=aside)
    sys.stdout.flush()
    if opening and has_screen():
        webbrowser.open(address)
    _stop_when_asked()
    try:
        server.run()
    finally:
        server.close()
        click.echo("Stopped.", err=aside)


def has_screen() -> bool:
    """Say whether a browser can show a page here: opening one without a screen takes over the terminal."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
