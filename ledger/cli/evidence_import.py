"""`mastery import evidence`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.application import Ledger
from ledger.cli.framework_import import FILE
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS, MOST_LINES, Told, said
from ledger.errors import Fault, InputFaults
from ledger.importing import ImportOptions, ImportReport, import_evidence

INTERRUPTED = 130
"""The exit status of a command that somebody stopped, as shells give it."""

RESUME = "Interrupted. What is stored stays stored; the same command goes on with the rest."
STAGES = {"check": "rows checked", "append": "rows stored"}


@dataclass(frozen=True, slots=True)
class EvidenceBrought:
    """What became of a file of evidence.

    `rows` were well-formed, `refused` not; `imported` and `corrected` were stored, `same` were known
    with equal content; `faults` are the first ones, `fault_file` holds all. `governed` says that some
    policy is adopted, `resumed` that an interrupted import was continued.
    """

    file: str
    rows: int
    refused: int
    imported: int
    corrected: int
    same: int
    learners: int
    decisions: int
    resumed: bool
    dry_run: bool
    governed: bool
    fault_file: str | None
    faults: tuple[Fault, ...]


@click.command()
@click.argument("file", type=FILE)
@click.option("--map", "map_file", type=FILE, help="A map from the file's columns to fields (TOML).")
@click.option("--dry-run", is_flag=True, help="Check only; nothing is stored.")
@click.option("--all-or-nothing", is_flag=True, help="Store nothing where a single row has a fault.")
@click.option("--corrections", type=text, metavar="REASON", help="Replace known evidence that says otherwise.")
@click.option(
    "--faults",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where all faults are written; FILE.faults.csv beside the file where not given.",
)
@prints(EvidenceBrought)
@pass_session
def evidence(
    session: Session,
    file: Path,
    map_file: Path | None,
    dry_run: bool,
    all_or_nothing: bool,
    corrections: str | None,
    faults: Path | None,
    as_json: bool,
) -> None:
    """Bring in evidence from a CSV of any size; an interrupted import is resumed by the same command.

    Example: mastery import evidence results.csv --map results.map.toml
    """
    options = ImportOptions(map_file, dry_run, all_or_nothing, corrections, faults or _beside(file))
    with session.open() as ledger, progress(STAGES) as tell:
        try:
            report = import_evidence(ledger, session.author(ledger), file, options, tell)
        except InputFaults as error:
            raise Told(f"{said(error)}\nNothing was stored.", FINDINGS) from error
        except KeyboardInterrupt:
            raise Told(RESUME, INTERRUPTED) from None
        hint = "" if report.governed else adoption_hint(ledger)
    show(_brought(report), as_json, lambda answer: _lines(answer, hint))
    if report.refused:
        sys.exit(FINDINGS)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.stem}.faults.csv")


def adoption_hint(ledger: Ledger) -> str:
    """Return the sentence for a ledger in which no policy is adopted, with the command to run."""
    return (
        "No policy is adopted in this ledger, so nothing is decided; adopt one with: mastery adopt "
        f"competency-based/mastery --jurisdiction {ledger.jurisdiction} --from {ledger.today()} "
        '--authority "BODY" --reason "REASON"'
    )


def _brought(report: ImportReport) -> EvidenceBrought:
    names = [name for name in EvidenceBrought.__slots__ if name != "faults"]
    return EvidenceBrought(**{name: getattr(report, name) for name in names}, faults=tuple(report.faults))


def _lines(answer: EvidenceBrought, hint: str) -> Iterator[str]:
    for fault in answer.faults[:MOST_LINES]:
        yield str(fault)
    if answer.refused:
        told = min(len(answer.faults), MOST_LINES)
        rest = f"{counted(told, 'fault')} of {counted(answer.refused, 'refused row')} above; " if told else ""
        yield f"{rest}all faults are in {answer.fault_file}"
    yield _heading(answer)
    for name in ("rows", "refused", "imported", "corrected", "same", "learners", "decisions"):
        yield f"  {name:<10}{getattr(answer, name):>12,}"
    if hint:
        yield hint


def _heading(answer: EvidenceBrought) -> str:
    if answer.dry_run:
        return f"{answer.file}, checked only; nothing was stored:"
    return f"{answer.file}, continued where it was interrupted:" if answer.resumed else f"{answer.file}:"
