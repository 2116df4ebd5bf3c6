"""Evidence as CSV: any size, read row by row in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.csv_text import LONGEST_RECORD, Record
from ledger.interchange.evidence_columns import layout
from ledger.interchange.evidence_map import EvidenceMap, map_of_header
from ledger.interchange.evidence_rows import Row, RowReader
from ledger.interchange.joined import MOST_ROWS, Joined, read_joined, reason_of


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is held at once: characters of one row, rows of one joined file."""

    record: int = LONGEST_RECORD
    joined: int = MOST_ROWS


def read_rows(
    path: Path, found: EvidenceMap | None, directory: Path, limits: Limits = Limits()
) -> Iterator[Row | Fault]:
    """Yield each row of a file, or each fault of it, in the order of the file.

    Without a map the columns are the fields themselves. `directory` holds the joined files. What
    makes the file unreadable ends it with a fault; nothing is raised.
    """
    try:
        with csv_text.opened(path) as text:
            yield from _rows(text, path.name, found, directory, limits)
    except (OSError, ValueError) as error:
        yield Fault(path.name, 0, "", "", sentences.NO_FILE.format(reason=reason_of(error)))


def _rows(text: TextIO, file: str, found: EvidenceMap | None, directory: Path, limits: Limits) -> Iterator[Row | Fault]:
    records = csv_text.records(text, file, limits.record)
    reader = _reader(csv_text.first_record(records, file), file, found, directory, limits)
    if not isinstance(reader, RowReader):
        yield from reader
        return
    read = reader.row
    for record in records:
        if record.__class__ is not Record:
            yield record  # type: ignore[misc]
            continue
        row = read(record)
        if row.__class__ is Row:
            yield row
        else:
            yield from row  # type: ignore[misc]


def _reader(
    first: Record | Fault, file: str, found: EvidenceMap | None, directory: Path, limits: Limits
) -> RowReader | list[Fault]:
    """Look at the first line and the joined files; return what reads the rows, or every fault."""
    if isinstance(first, Fault):
        return [first]
    names = csv_text.column_names(first)
    faults = csv_text.column_faults(names, file, first.line)
    if found is None and not faults:
        own = map_of_header(names, file, first.line)
        if not isinstance(own, EvidenceMap):
            return list(own)
        found = own
    if faults or found is None:
        return faults
    joined = _joined(found, directory, limits)
    if joined and isinstance(joined[0], Fault):
        return [fault for fault in joined if isinstance(fault, Fault)]
    files = [one for one in joined if isinstance(one, Joined)]
    ready = layout(found, names, files, file, first.line)
    return ready if isinstance(ready, list) else RowReader(file, found, ready)


def _joined(found: EvidenceMap, directory: Path, limits: Limits) -> list[Joined] | list[Fault]:
    files: list[Joined] = []
    faults: list[Fault] = []
    for join in found.joins:
        one = read_joined(join, directory, limits.joined)
        if isinstance(one, Joined):
            files.append(one)
        else:
            faults.extend(one)
    return faults or files
