"""Where each field of a map stands in one file and its joined files, found once before the rows are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger import values
from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.csv_text import clean
from ledger.interchange.evidence_fields import check_of
from ledger.interchange.evidence_map import DaysAfter, EvidenceMap, Marks
from ledger.interchange.joined import Joined
from ledger.interchange.remembered import Remembered, Wrong
from ledger.interchange.toml_text import is_day

Place = tuple[int, int]
"""Which list of cells (0 is the row itself, then the joined files in order), and which cell of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field that is one cell."""

    field: str
    place: Place
    memory: Remembered[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """A field that is a start and a count of days; the memory is asked with both texts."""

    field: str
    start: Place | None
    days: Place
    memory: Remembered[tuple[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Marked:
    """The competencies marked in a joined row; the memory is asked with the cell that found the row."""

    place: int
    memory: Remembered[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: `joined` pairs the cell that finds a row with the file it is found in."""

    width: int
    joined: tuple[tuple[int, Joined], ...]
    cells: tuple[Cell, ...]
    days: tuple[Day, ...]
    marked: Marked | None
    columns: Mapping[str, str]


@dataclass(slots=True)
class _Search:
    """Finds columns by name; what is missing becomes one fault for each column."""

    file: str
    line: int
    names: Sequence[str]
    joined: Sequence[Joined]
    missing: dict[str, Fault] = field(default_factory=dict)

    def place(self, column: str) -> Place:
        if column in self.names:
            return 0, self.names.index(column)
        prefix, dot, name = column.partition(".")
        for number, joined in enumerate(self.joined if dot else (), start=1):
            if joined.join.name == prefix:
                return number, self._in_joined(joined, name)
        self.missing.setdefault(column, csv_text.missing_column(column, self.names, self.file, self.line))
        return 0, 0

    def _in_joined(self, joined: Joined, name: str) -> int:
        if name in joined.names:
            return joined.names.index(name)
        fault = csv_text.missing_column(name, joined.names, joined.join.file)
        self.missing.setdefault(f"{joined.join.name}.{name}", fault)
        return 0


def layout(
    found: EvidenceMap, names: Sequence[str], joined: Sequence[Joined], file: str, line: int
) -> Layout | list[Fault]:
    """Find every column a map names, or return a fault for each that is missing."""
    search = _Search(file, line, names, joined)
    ready = Layout(
        width=len(names),
        joined=tuple((_own(search, one), one) for one in joined),
        cells=tuple(Cell(name, search.place(column), Remembered(check_of(name))) for name, column in found.columns),
        days=tuple(_day(rule, search) for rule in found.dates),
        marked=_marked(found.marks, search) if found.marks else None,
        columns=_columns(found),
    )
    return list(search.missing.values()) or ready


def _own(search: _Search, joined: Joined) -> int:
    column = joined.join.on
    if column in search.names:
        return search.names.index(column)
    search.missing.setdefault(column, csv_text.missing_column(column, search.names, search.file, search.line))
    return 0


def _columns(found: EvidenceMap) -> dict[str, str]:
    names = dict(found.columns) | {rule.field: rule.days for rule in found.dates}
    if found.marks:
        names["competency"] = found.marks.join
    return names


def _day(rule: DaysAfter, search: _Search) -> Day:
    start = search.place(rule.column) if rule.column else None
    return Day(rule.field, start, search.place(rule.days), Remembered(_days_after(rule)))


def _days_after(rule: DaysAfter) -> Callable[[tuple[str, str]], str | Wrong | None]:
    starts = dict(rule.starts)

    def day(texts: tuple[str, str]) -> str | Wrong | None:
        text, days = clean(texts[0]), clean(texts[1])
        if not days:
            return None
        if starts and text not in starts:
            return Wrong(sentences.NO_START.format(text=text[:40], starts=", ".join(starts)))
        start = rule.day or starts.get(text, text)
        if not is_day(start):
            return Wrong(sentences.NOT_A_DAY.format(text=start[:40]))
        return _later(start, days)

    return day


def _later(start: str, days: str) -> str | Wrong:
    digits = days.lstrip("+-")
    if not (digits.isascii() and digits.isdigit() and len(days) - len(digits) < 2):
        return Wrong(sentences.NOT_DAYS.format(text=days[:40]))
    try:
        later = date.fromisoformat(start) + timedelta(days=int(days))
    except (OverflowError, ValueError):
        return Wrong(sentences.OUT_OF_CALENDAR.format(days=days[:40], start=start))
    return values.legal_date(later.isoformat())


def _marked(marks: Marks, search: _Search) -> Marked:
    number = next(index for index, one in enumerate(search.joined) if one.join.name == marks.join)
    joined = search.joined[number]
    places = [(search.place(f"{marks.join}.{column}")[1], column, competency) for column, competency in marks.columns]

    def marked(key: str) -> tuple[str, ...] | Wrong:
        cells = joined.rows[key]
        found = []
        for place, column, competency in places:
            mark = clean(cells[place])
            if mark not in ("0", "1"):
                why = sentences.NOT_A_MARK.format(text=mark[:40], column=column, file=joined.join.file, key=key)
                return Wrong(why)
            if mark == "1":
                found.append(competency)
        return tuple(found) or Wrong(sentences.NO_MARK.format(file=joined.join.file, key=key))

    return Marked(search.names.index(joined.join.on), Remembered(marked))
