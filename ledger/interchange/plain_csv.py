"""A small CSV whose columns bear fixed names, read whole: every row as cells by column, every fault collected."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.report import Report


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row: the number of its first line, and its cells by the name of their column."""

    line: int
    cells: dict[str, str]

    def text(self, name: str) -> str | None:
        """Return a cell, null where it is empty or the file has no such column."""
        return self.cells.get(name) or None


def plain_rows(data: bytes, columns: Sequence[str], needed: Sequence[str], report: Report) -> list[PlainRow]:
    """Return the rows of a file with these columns, in any order; none where the first line has a fault."""
    found = csv_text.records(csv_text.text_of(data), report.file)
    first = csv_text.first_record(found, report.file)
    if isinstance(first, Fault):
        report.faults.append(first)
        return []
    names = csv_text.column_names(first)
    report.faults.extend(_column_faults(names, columns, needed, report.file, first.line))
    rows = [] if report.faults else [_row(record, names, report) for record in found]
    return [row for row in rows if row]


def require_values(row: PlainRow, needed: Sequence[str], report: Report) -> None:
    """Note a fault for each cell that is needed and empty."""
    for name in needed:
        if not row.text(name):
            report.fault(sentences.MISSING_VALUE.format(field=name), line=row.line, name=name)


def _column_faults(
    names: tuple[str, ...], columns: Sequence[str], needed: Sequence[str], file: str, line: int
) -> list[Fault]:
    faults = csv_text.column_faults(names, file, line)
    if faults:
        return faults
    unknown = [name for name in names if name not in columns]
    return [
        *(csv_text.missing_column(name, names, file, line) for name in needed if name not in names),
        *(csv_text.unknown_column(name, columns, file, sentences.NOT_A_COLUMN, line) for name in unknown),
    ]


def _row(record: csv_text.Record | Fault, names: tuple[str, ...], report: Report) -> PlainRow | None:
    if isinstance(record, Fault):
        report.faults.append(record)
        return None
    if len(record.cells) != len(names):
        report.faults.append(csv_text.wrong_width(record, len(names), report.file))
        return None
    return PlainRow(record.line, dict(zip(names, map(csv_text.clean, record.cells), strict=True)))
