"""A block of cells pasted from a spreadsheet: rows with the line each begins on, nothing looked up yet."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.errors import Fault

MOST_LINES = 400
LONGEST_CELL = 200
"""Characters in a cell."""

PASTED = "pasted"
"""The name of what was pasted, where a fault names its file."""

NO_ROWS = "nothing was pasted"
TOO_MANY = f"more than {MOST_LINES} lines; paste one class at a time"
UNREADABLE = "the quotation marks do not close; copy the cells once more"
TOO_LONG = f"a cell has more than {LONGEST_CELL} characters"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """The cells of one row, without blanks around them; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


def read_pasted(text: str) -> tuple[tuple[PastedRow, ...], tuple[Fault, ...]]:
    """Return the rows that hold anything, and what is wrong with the others; nothing is raised.

    Cells are apart by tabs, else by semicolons, else by commas; they may stand in quotation marks.
    """
    plain = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=_delimiter(plain), strict=True)
    rows: list[PastedRow] = []
    faults: list[Fault] = []
    line = 1
    try:
        for cells in reader:
            row = PastedRow(line, tuple(" ".join(cell.split()) for cell in cells))
            if any(len(cell) > LONGEST_CELL for cell in row.cells):
                faults.append(Fault(PASTED, line, "", "", TOO_LONG))
            elif any(row.cells):
                rows.append(row)
            line = reader.line_num + 1
    except csv.Error:
        faults.append(Fault(PASTED, line, "", "", UNREADABLE))
    if len(rows) > MOST_LINES:
        faults.append(Fault(PASTED, rows[MOST_LINES].line, "", "", TOO_MANY))
    if not rows and not faults:
        faults.append(Fault(PASTED, 1, "", "", NO_ROWS))
    return tuple(rows[:MOST_LINES]), tuple(faults)


def _delimiter(text: str) -> str:
    return next((one for one in "\t;" if one in text), ",")


def folded(name: str) -> str:
    """Return a name as names are compared: without case, accents, and the comma of "Rivera, Tomás"."""
    family, comma, given = name.partition(",")
    turned = f"{given} {family}" if comma else name
    letters = unicodedata.normalize("NFKD", turned.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def names_of_columns(row: PastedRow, known: Sequence[str]) -> tuple[str, ...] | None:
    """Return the columns a first row names after the learner's; null where it is not a row of names.

    It is one where each cell after the first is one of the names known, whatever its case.
    """
    by_name = {name.casefold(): name for name in known}
    found = [by_name.get(cell.casefold()) for cell in row.cells[1:] if cell]
    named = tuple(one for one in found if one is not None)
    return named if named and len(named) == len(found) else None
