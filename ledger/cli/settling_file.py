"""The decisions to be settled in a file: what `mastery differing --csv` prints, lines left out or not."""

from dataclasses import fields
from pathlib import Path
from typing import get_args

from ledger.application.settling import Unsettled
from ledger.cli.differing import ListedDifference
from ledger.domain.learner import Question
from ledger.errors import InputFaults
from ledger.interchange.plain_csv import PlainRow, plain_rows, require_values
from ledger.interchange.report import Report
from ledger.values import is_identifier

NEEDED = ("learner", "question", "subject", "award", "version", "adoption")
"""The columns that say what was seen; the others are for people."""

COLUMNS = tuple(field.name for field in fields(ListedDifference))


def rows_of(file: Path) -> list[Unsettled]:
    """Read what is to be settled; raise `InputFaults` with every fault."""
    report = Report(str(file))
    found = [_unsettled(row, report) for row in plain_rows(file.read_bytes(), COLUMNS, NEEDED, report)]
    if report.faults:
        raise InputFaults(report.faults)
    return [row for row in found if row is not None]


def _unsettled(row: PlainRow, report: Report) -> Unsettled | None:
    before = len(report.faults)
    require_values(row, NEEDED, report)
    if len(report.faults) == before:
        _require_forms(row, report)
    if len(report.faults) > before:
        return None
    return Unsettled(
        learner=row.cells["learner"],
        question=row.cells["question"],
        subject=row.cells["subject"],
        award=row.cells["award"],
        standing=int(row.cells["version"]),
        adoption=int(row.cells["adoption"]),
    )


def _require_forms(row: PlainRow, report: Report) -> None:
    if not is_identifier(row.cells["learner"]):
        report.fault("it is the UUID of a learner, as the list prints it", line=row.line, name="learner")
    if row.cells["question"] not in get_args(Question):
        report.fault(f"it is one of {', '.join(get_args(Question))}", line=row.line, name="question")
    for name in ("version", "adoption"):
        if not (row.cells[name].isascii() and row.cells[name].isdigit() and len(row.cells[name]) < 16):
            report.fault("it is a whole number, as the list prints it", line=row.line, name=name)
