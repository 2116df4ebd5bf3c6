"""CSV from anywhere as records with line numbers: bounded memory, and never an exception.

UTF-8 with or without byte order mark, commas, double quotation marks (RFC 4180). A broken row is a
fault and reading goes on; a broken encoding or a quotation mark that is never closed ends the file.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.nearest import meant

LONGEST_RECORD = 1_000_000
"""Characters one row may have, line breaks inside quotation marks included."""

_MARKS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the number of its first line, counted from 1, and its cells as they stand."""

    line: int
    cells: list[str]


class FileBroken(Fault):
    """A fault behind which a file cannot be read: what follows it is nobody's guess."""


class _Unreadable(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


class _Lines:
    """The lines of a file, each checked before the CSV reader sees it."""

    def __init__(self, text: TextIO, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._size = 0
        self.number = 0

    def begin(self) -> int:
        """Begin a record; return the number of its first line."""
        self._size = 0
        return self.number + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size > self._limit:
            raise _Unreadable(self.number, sentences.ROW_TOO_LONG.format(limit=self._limit))
        if not line.isascii():
            _refuse_other_encodings(line, self.number)
        if "\0" in line:
            raise _Unreadable(self.number, sentences.NUL)
        return line


def _refuse_other_encodings(line: str, number: int) -> None:
    for index, letter in enumerate(line):
        if "\udc80" <= letter <= "\udcff":
            value = ord(letter) - 0xDC00
            byte = len(line[:index].encode()) + 1
            if number == 1 and index == 0 and value in (0xFE, 0xFF):
                raise _Unreadable(number, sentences.UTF_16)
            raise _Unreadable(number, sentences.NOT_UTF_8.format(byte=byte, value=value))


def opened(path: Path) -> TextIO:
    """Open a file for `records`: bytes that are not UTF-8 stay visible; raise `OSError` where it cannot be."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def text_of(data: bytes) -> TextIO:
    """Return bytes in hand as text for `records`."""
    return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="surrogateescape", newline="")


def records(text: TextIO, file: str, limit: int = LONGEST_RECORD) -> Iterator[Record | Fault]:
    """Yield each row that is not blank, or a fault for a row that is no CSV."""
    lines = _Lines(text, limit)
    reader = csv.reader(lines, strict=True)
    while True:
        first = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _Unreadable as error:
            yield FileBroken(file, error.line, "", "", error.why)
            return
        except csv.Error as error:
            broken = lines.number > first
            yield (FileBroken if broken else Fault)(file, first, "", "", _reason(error))
            if broken:
                return
            continue
        if any(cells):
            yield Record(first, cells)


def broken(path: Path, limit: int = LONGEST_RECORD) -> FileBroken | None:
    """Read a file to its end; return where it breaks, or nothing. Raises `OSError` where it cannot be opened."""
    with opened(path) as text:
        return next((one for one in records(text, path.name, limit) if isinstance(one, FileBroken)), None)


def _reason(error: csv.Error) -> str:
    text = str(error)
    open_quote = "unexpected end of data" in text or "field limit" in text
    return sentences.OPEN_QUOTE if open_quote else sentences.NOT_CSV.format(reason=text)


def clean(text: str) -> str:
    """Return a cell or a name without surrounding blanks, in Unicode form NFC."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def first_record(rows: Iterator[Record | Fault], file: str) -> Record | Fault:
    """Take the line that names the columns; a fault where there is none."""
    return next(rows, None) or Fault(file, 1, "", "", sentences.EMPTY_FILE)


def column_names(record: Record) -> tuple[str, ...]:
    """Return the names of the columns."""
    return tuple(clean(cell) for cell in record.cells)


def column_faults(names: Sequence[str], file: str, line: int) -> list[Fault]:
    """Return what is wrong with the first line as such: another separator, a name twice or missing."""
    if len(names) == 1:
        for mark, word in _MARKS.items():
            if mark in names[0]:
                return [Fault(file, line, "", "", sentences.SEPARATED_BY.format(mark=word))]
    faults = []
    for index, name in enumerate(names):
        if not name:
            why = sentences.COLUMN_WITHOUT_NAME.format(number=index + 1)
            faults.append(Fault(file, line, "", "", why))
        elif name in names[:index]:
            faults.append(Fault(file, line, "", name, sentences.COLUMN_TWICE.format(name=name)))
    return faults


def missing_column(name: str, names: Sequence[str], file: str, line: int = 1) -> Fault:
    """Say that a column is missing, and which are there."""
    why = sentences.MISSING_COLUMN.format(name=name, columns=", ".join(names))
    return Fault(file, line, "", name, why)


def missing_columns(names: Sequence[str], there: Sequence[str], file: str, line: int) -> Fault:
    """Say that at least one of several columns is needed, and which are there."""
    why = sentences.MISSING_COLUMNS.format(names=", ".join(names), columns=", ".join(there))
    return Fault(file, line, "", "", why)


def unknown_column(name: str, fields: Sequence[str], file: str, sentence: str, line: int = 1) -> Fault:
    """Say that a column is no field, and which was perhaps meant."""
    return Fault(file, line, "", name, sentence.format(name=name, nearest=meant(name, fields)))


def wrong_width(record: Record, wanted: int, file: str) -> Fault:
    """Say that a row has more or fewer cells than the file has columns."""
    why = sentences.WRONG_WIDTH.format(found=len(record.cells), wanted=wanted)
    return Fault(file, record.line, "", "", why)
