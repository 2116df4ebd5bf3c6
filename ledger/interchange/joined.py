"""The joined files of a map, held in memory: small tables of items, assessments, courses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.csv_text import Record
from ledger.interchange.evidence_map import Join

MOST_ROWS = 200_000
"""Rows a joined file may have."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A joined file: its columns, and its rows by the cell that finds them."""

    join: Join
    names: tuple[str, ...]
    rows: Mapping[str, list[str]]


def read_joined(join: Join, directory: Path, limit: int = MOST_ROWS) -> Joined | list[Fault]:
    """Read a joined file whole, or return its faults."""
    try:
        with csv_text.opened(directory / join.file) as text:
            return _joined(join, text, limit)
    except (OSError, ValueError) as error:
        return [Fault(join.file, 0, "", "", sentences.NO_FILE.format(reason=reason_of(error)))]


def reason_of(error: OSError | ValueError) -> str:
    """Say why a file cannot be opened, in the words of the system."""
    return getattr(error, "strerror", None) or str(error)


def _joined(join: Join, text: TextIO, limit: int) -> Joined | list[Fault]:
    found = csv_text.records(text, join.file)
    first = csv_text.first_record(found, join.file)
    if isinstance(first, Fault):
        return [first]
    names = csv_text.column_names(first)
    faults = csv_text.column_faults(names, join.file, first.line)
    if not faults and join.key not in names:
        faults.append(csv_text.missing_column(join.key, names, join.file, first.line))
    if faults:
        return faults
    rows = _Rows(join, names, limit)
    return rows.fill(found) or Joined(join, names, rows.by_key)


class _Rows:
    """The rows read so far, and the line each key was first met in."""

    def __init__(self, join: Join, names: tuple[str, ...], limit: int) -> None:
        self.by_key: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        self._join = join
        self._names = names
        self._limit = limit
        self._place = names.index(join.key)

    def fill(self, found: Iterator[Record | Fault]) -> list[Fault]:
        """Read every row; return the faults."""
        faults = []
        for record in found:
            fault = record if isinstance(record, Fault) else self._add(record)
            if fault:
                faults.append(fault)
            if len(self.by_key) > self._limit:
                why = sentences.JOIN_TOO_LONG.format(limit=self._limit)
                return [*faults, Fault(self._join.file, 0, "", "", why)]
        return faults

    def _add(self, record: Record) -> Fault | None:
        if len(record.cells) != len(self._names):
            return csv_text.wrong_width(record, len(self._names), self._join.file)
        key = csv_text.clean(record.cells[self._place])
        if key in self.by_key:
            words = {"key": key, "column": self._join.key, "first": self._lines[key]}
            why = sentences.KEY_TWICE.format(**words)
            return Fault(self._join.file, record.line, "", self._join.key, why)
        self.by_key[key] = record.cells
        self._lines[key] = record.line
        return None
