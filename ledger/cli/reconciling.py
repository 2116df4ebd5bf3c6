"""`mastery reconcile`: a transcript or a roster of another system, held against the ledger."""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from ledger.audit.reconciling.discrepancy import Discrepancy
from ledger.cli.framework_import import FILE
from ledger.cli.printing import counted, prints, safe_cell, show
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.inquiry.reconciled import Reconciled, roster_reconciled, transcript_reconciled

Command = TypeVar("Command", bound=Callable[..., Any])


def shared(command: Command) -> Command:
    """Add the options of both commands."""
    to = click.option(
        "--csv",
        "to",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        help="Write a line for each difference into this file; - for standard output.",
    )
    named = click.option("--named-only", is_flag=True, help="Only about learners the file names, as for one school's.")
    return named(to(command))


@click.group()
def reconcile() -> None:
    """Hold a file of another system against the ledger; exit status 1 where they differ.

    Nothing is stored, and no learner is made. A file with a fault is refused whole, with the line of each.
    """


@reconcile.command()
@click.argument("file", type=FILE)
@shared
@prints(Reconciled)
@pass_session
def transcript(session: Session, file: Path, to: Path | None, named_only: bool, as_json: bool) -> None:
    """Name the credits without a decision, and the decisions without a credit.

    FILE is a CSV with learner and course, and perhaps award, credit and earned. A row without an award stands for
    every award of the course.

    Example: mastery reconcile transcript transcript.csv
    """
    with session.open() as ledger:
        found = transcript_reconciled(ledger, file.name, file.read_bytes(), named_only=named_only)
    _finish(found, to, as_json)


@reconcile.command()
@click.argument("file", type=FILE)
@shared
@prints(Reconciled)
@pass_session
def roster(session: Session, file: Path, to: Path | None, named_only: bool, as_json: bool) -> None:
    """Name who is enrolled on a roster and not in the ledger, and the other way round.

    FILE is a CSV as `mastery import roster` reads it. What was over before its first day is left alone.

    Example: mastery reconcile roster roster.csv
    """
    with session.open() as ledger:
        found = roster_reconciled(ledger, file.name, file.read_bytes(), named_only=named_only)
    _finish(found, to, as_json)


def _finish(answer: Reconciled, to: Path | None, as_json: bool) -> None:
    if str(to) != "-":
        show(answer, as_json, _lines)
    if to is not None:
        _save(to, answer.discrepancies)
    if answer.discrepancies:
        sys.exit(FINDINGS)


def _lines(answer: Reconciled) -> Iterator[str]:
    for one in answer.discrepancies:
        places = [
            *([f"{answer.file}:{one.line}"] if one.line else []),
            *([f"position {one.position}"] if one.position else []),
            *([f"learner {one.learner}"] if one.learner else []),
        ]
        yield f"{', '.join(places)}: {one.kind}: {one.sentence}"
    rows = counted(answer.rows, "row")
    yield f"{counted(len(answer.discrepancies), 'difference')} over {rows}, as of position {answer.position}."


def _save(to: Path, discrepancies: Sequence[Discrepancy]) -> None:
    if str(to) == "-":
        _write(sys.stdout, discrepancies)
        return
    with to.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        _write(file, discrepancies)


def _write(file: Any, discrepancies: Sequence[Discrepancy]) -> None:
    names = [field.name for field in fields(Discrepancy)]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([safe_cell(getattr(one, name)) for name in names] for one in discrepancies)
