"""`mastery pilots submit`, `certify`, `export`, `receive` and `compare`: what comes of a pilot."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.application import open_ledger
from ledger.application import pilot_figures as commands
from ledger.application import pilot_handing as handing
from ledger.application.pilot_comparing import compare_pilot
from ledger.cli.options import text
from ledger.cli.pilot_text import comparison_lines
from ledger.cli.printing import prints, show, show_csv
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.errors import UsageError
from ledger.pilots.comparing import MeasureRow, PilotComparison, matrix_rows
from ledger.pilots.figures import PilotFigures

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class FiguresSent:
    """Figures as submitted, and the position of the event; they wait for somebody to certify them."""

    position: int
    figures: PilotFigures


@dataclass(frozen=True, slots=True)
class FiguresAnswered:
    """What became of figures: by which ledger they are, and the position of the event here; null where held already."""

    position: int | None
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class FiguresFile:
    """The file in which certified figures were written down."""

    file: str
    jurisdiction: str


@click.command()
@click.argument("pilot")
@click.option(
    "--at", "position", type=click.IntRange(min=1), metavar="POSITION", help="Up to this position; the last at first."
)
@click.option("--with", "beside", multiple=True, metavar="ORGANISATION", help="One to compare with; may be repeated.")
@prints(FiguresSent)
@pass_session
def submit(session: Session, pilot: str, position: int | None, beside: tuple[str, ...], as_json: bool) -> None:
    """Work out what came of a pilot among the learners of this ledger, and submit it to be certified.

    Small groups are hidden in what is submitted. Without an organisation that takes part, the ledger's own is one
    to compare with.

    Example: mastery --ledger us-tx/pine-valley --as analyst pilots submit "Two kinds of task"
    """
    with session.open() as ledger, progress({"learners": "learners"}) as tell:
        done, figures = commands.submit_figures(
            ledger,
            session.author(ledger),
            pilot,
            position=position,
            beside=beside,
            progress=lambda count, total: tell("learners", count, total),
        )
    show(FiguresSent(done.last, figures), as_json, _sent)


def _sent(answer: FiguresSent) -> Iterator[str]:
    figures = answer.figures
    asked = f"{figures.question} ({figures.award})"
    yield f"Submitted at position {answer.position}: {asked}, up to position {figures.position}:"
    for arm in figures.arms:
        part = "" if arm.takes_part else " (to compare with)"
        yield f"  {arm.organisation}{part}, {arm.first_day} to {arm.last_day}"
        for name, number in (
            ("learners", arm.learners),
            ("with evidence", arm.with_evidence),
            ("answers", arm.answers),
            ("met", arm.met.count),
        ):
            yield f"    {name}: {'hidden' if number is None else number}"
    yield "Another person certifies them: mastery pilots certify"


@click.command()
@click.argument("pilot")
@click.option("--capacity", type=text, required=True, help="In what capacity, such as superintendent.")
@click.option("--statement", type=text, required=True, help="What is answered for; public, it stands in the log.")
@prints(FiguresAnswered)
@pass_session
def certify(session: Session, pilot: str, capacity: str, statement: str, as_json: bool) -> None:
    """Answer for the figures submitted last, as another person than the one who submitted them.

    Example: mastery --ledger us-tx/pine-valley --as superintendent pilots certify "Two kinds of task"
    --capacity superintendent --statement "Complete and correct to the best of my knowledge"
    """
    with session.open() as ledger:
        done = commands.certify_figures(ledger, session.author(ledger), pilot, capacity, statement)
        answer = FiguresAnswered(done.last, ledger.jurisdiction)
    show(answer, as_json, lambda one: [f"The figures of {one.jurisdiction} are certified (position {one.position})."])


@click.command()
@click.argument("pilot")
@click.argument("file", type=NEW_FILE)
@prints(FiguresFile)
@pass_session
def export(session: Session, pilot: str, file: Path, as_json: bool) -> None:
    """Write the figures certified last into a file, for the ledger in which the pilot stands.

    Example: mastery --ledger us-tx/pine-valley pilots export "Two kinds of task" pine-valley.figures.json
    """
    with session.open() as ledger:
        data = handing.figures_document(ledger, pilot)
        answer = FiguresFile(str(file), ledger.jurisdiction)
    file.write_bytes(data)
    show(answer, as_json, lambda one: [f"The certified figures of {one.jurisdiction} are in {one.file}."])


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--from", "origin", metavar="JURISDICTION", help="Straight from a ledger in the same folder, not a file.")
@click.option("--pilot", help="Which pilot, with --from.")
@prints(FiguresAnswered)
@pass_session
def receive(session: Session, file: Path | None, origin: str | None, pilot: str | None, as_json: bool) -> None:
    """Take certified figures into the ledger in which the pilot stands; safe to repeat.

    Example: mastery --ledger us-tx pilots receive pine-valley.figures.json
    """
    with session.open() as ledger:
        data = _document(session, file, origin, pilot)
        done = handing.receive_figures(ledger, session.author(ledger), data)
    answer = FiguresAnswered(done.last if done else None, handing.read_document(data).submitted.jurisdiction)
    show(answer, as_json, _received)


def _document(session: Session, file: Path | None, origin: str | None, pilot: str | None) -> bytes:
    if file is not None and origin is None and pilot is None:
        return file.read_bytes()
    if file is not None or origin is None or pilot is None:
        raise UsageError("name a file, or a ledger of this folder and a pilot with --from and --pilot")
    with open_ledger(session.folder, origin) as below:
        return handing.figures_document(below, pilot)


def _received(answer: FiguresAnswered) -> Iterator[str]:
    if answer.position is None:
        yield f"These figures of {answer.jurisdiction} are held already."
    else:
        yield f"The figures of {answer.jurisdiction} are received (position {answer.position})."


@click.command()
@click.argument("pilot")
@click.option("--with", "beside", multiple=True, metavar="ORGANISATION", help="One to compare with; may be repeated.")
@click.option("--no-matrix", is_flag=True, help="Leave out who would be met under whose rule.")
@click.option("--csv", "as_csv", is_flag=True, help="Print every number as a row of CSV.")
@prints(PilotComparison)
@pass_session
def compare(
    session: Session, pilot: str, beside: tuple[str, ...], no_matrix: bool, as_csv: bool, as_json: bool
) -> None:
    """Put the organisations of a pilot side by side: every measure with its interval, and each rule tried on all.

    Measures are those that were certified and received. Where nothing was, it says so: that is no zero.

    Example: mastery --ledger us-tx pilots compare "Two kinds of task" --with us-tx/cedar-ridge
    """
    with session.open() as ledger, progress({}) as tell:
        answer = compare_pilot(ledger, pilot, beside=beside, matrix=not no_matrix, progress=tell)
    if as_csv:
        show_csv((*answer.rows, *matrix_rows(answer.arms, answer.matrix)), MeasureRow)
    else:
        show(answer, as_json, comparison_lines)
