"""A map: how the columns of somebody else's file become the fields of evidence, and nothing more.

[columns]                       # field = column; `assessments.date` is a column of a joined file
learner = "id_student"
score = "score"
task = "id_assessment"
competency = "assessments.code_module"

[constants]                     # field = text
kind = "task"
purpose = "summative"
score_max = 100
absent_when_empty = "not submitted"

[dates]                         # a day so many days after a start
submitted = {start = "2013-10-01", days = "date_submitted"}
due = {start = {column = "assessments.code_presentation", values = {2013J = 2013-10-01}}, days = "assessments.date"}

[join.assessments]              # a row of another file, found by a column of this one
file = "assessments.csv"
on = "id_assessment"
key = "id_assessment"           # its name in the other file, where it differs

[competencies]                  # columns of a joined file that hold 1 where a competency is meant
join = "items"
columns = ["borrow-from-whole", "reduce-answer"]     # or a table: column = competency
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ledger.errors import Fault
from ledger.interchange import csv_text, sentences
from ledger.interchange.evidence_fields import ABSENT_REASONS, DATES, FIELDS, NEEDED, RESULTS, SUBJECTS, check_of
from ledger.interchange.nearest import meant
from ledger.interchange.remembered import Wrong
from ledger.interchange.report import Report
from ledger.interchange.toml_text import Table, is_day, kind_of, parsed_toml, text_of, texts_of

ABSENT_WHEN_EMPTY = "absent_when_empty"


@dataclass(frozen=True, slots=True)
class Join:
    """A file beside the map: its rows are found where its column `key` equals the row's column `on`."""

    name: str
    file: str
    on: str
    key: str


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """A date given as a start and a count of days in a column.

    The start is `day`, or the cell of `column`, read through `starts` where that is not empty.
    """

    field: str
    days: str
    day: str | None = None
    column: str | None = None
    starts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Columns of a joined file that hold 1 where a competency is meant: pairs of column and competency."""

    join: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """A map that was understood; constants hold checked values."""

    columns: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, Any], ...] = ()
    dates: tuple[DaysAfter, ...] = ()
    joins: tuple[Join, ...] = ()
    marks: Marks | None = None
    absent_when_empty: str | None = None

    def fields(self) -> tuple[str, ...]:
        """Return the fields this map gives, in no special order."""
        marked = ("competency",) if self.marks else ()
        given = [field for field, _ in (*self.columns, *self.constants)]
        return (*given, *(rule.field for rule in self.dates), *marked)


def read_map(data: bytes, file: str) -> EvidenceMap | tuple[Fault, ...]:
    """Turn the bytes of a map into a map, or return every fault."""
    report = Report(file)
    document = parsed_toml(data, report)
    if report.faults:
        return tuple(report.faults)
    table = Table(document, "", report)
    joins = _joins(table.table("join"))
    constants, absent = _constants(table.table("constants"))
    found = EvidenceMap(
        columns=_columns(table.table("columns")),
        constants=constants,
        dates=_dates(table.table("dates")),
        joins=joins,
        marks=_marks(table, joins),
        absent_when_empty=absent,
    )
    table.done()
    _refuse_twice(found, report)
    if not report.faults:
        report.faults.extend(lacking(found, file))
    return tuple(report.faults) or found


def map_of_header(names: Sequence[str], file: str, line: int) -> EvidenceMap | tuple[Fault, ...]:
    """Return the map of a file whose columns are the fields themselves, or every fault."""
    unknown = [name for name in names if name not in FIELDS]
    faults = [csv_text.unknown_column(name, tuple(FIELDS), file, sentences.UNKNOWN_COLUMN, line) for name in unknown]
    faults += [csv_text.missing_column(name, names, file, line) for name in NEEDED if name not in names]
    if not any(name in names for name in SUBJECTS):
        faults.append(csv_text.missing_columns(SUBJECTS, names, file, line))
    if not any(name in names for name in RESULTS):
        faults.append(csv_text.missing_columns(RESULTS, names, file, line))
    return tuple(faults) or EvidenceMap(columns=tuple((name, name) for name in names))


def lacking(found: EvidenceMap, file: str) -> list[Fault]:
    """Return a fault for each field every row needs and this map does not give."""
    given = found.fields()
    faults = [sentences.MAP_LACKS.format(field=field) for field in NEEDED if field not in given]
    if not any(field in given for field in SUBJECTS):
        faults.append(sentences.MAP_LACKS_SUBJECT)
    if not any(field in given for field in RESULTS):
        faults.append(sentences.MAP_LACKS_RESULT)
    return [Fault(file, 0, "", "", why) for why in faults]


def _columns(table: Table) -> tuple[tuple[str, str], ...]:
    found = []
    for field in table.names():
        column = table.text(field, needed=True)
        if _is_field(field, tuple(FIELDS), table) and column:
            found.append((field, column))
    return tuple(found)


def _is_field(field: str, allowed: Sequence[str], table: Table) -> bool:
    if field in allowed:
        return True
    table.fault(field, sentences.NOT_A_FIELD.format(name=field, nearest=meant(field, allowed)))
    return False


def _constants(table: Table) -> tuple[tuple[tuple[str, Any], ...], str | None]:
    absent = table.text(ABSENT_WHEN_EMPTY)
    if absent and absent not in ABSENT_REASONS:
        words = {"text": absent[:40], "choices": ", ".join(ABSENT_REASONS)}
        table.fault(ABSENT_WHEN_EMPTY, sentences.NOT_A_CHOICE.format(**words))
    found = [(field, _constant(field, table)) for field in table.names()]
    return tuple(pair for pair in found if pair[1] is not None), absent


def _constant(field: str, table: Table) -> Any:
    text = table.text(field, needed=True)
    if not _is_field(field, (*FIELDS, ABSENT_WHEN_EMPTY), table) or text is None:
        return None
    try:
        value = check_of(field)(text)
    except ValueError as error:
        value = Wrong(str(error))
    if isinstance(value, Wrong):
        table.fault(field, value.why)
        return None
    return value


def _dates(table: Table) -> tuple[DaysAfter, ...]:
    found = []
    for field in table.names():
        if _is_field(field, DATES, table):
            found.append(_days_after(field, table.table(field)))
        else:
            table.take(field)
    return tuple(rule for rule in found if rule)


def _days_after(field: str, table: Table) -> DaysAfter | None:
    start, days = table.take("start"), table.text("days", needed=True)
    table.done()
    if start is None:
        table.fault("start", sentences.MISSING_KEY.format(name="start"))
        return None
    if isinstance(start, dict):
        part = Table(start, table.at("start"), table.report)
        column, starts = part.text("column", needed=True), _starts(part.table("values"))
        part.done()
        return DaysAfter(field, days or "", column=column, starts=starts)
    text = text_of(start, table.at("start"), table.report) or ""
    if is_day(text):
        return DaysAfter(field, days or "", day=text)
    return DaysAfter(field, days or "", column=text)


def _starts(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((name, day) for name in table.names() if (day := table.day(name, needed=True)))


def _joins(table: Table) -> tuple[Join, ...]:
    return tuple(_join(name, table.table(name)) for name in table.names())


def _join(name: str, table: Table) -> Join:
    file, on = table.text("file", needed=True), table.text("on", needed=True)
    key = table.text("key") or on
    table.done()
    if file and (PurePath(file).name != file or "\\" in file or file == ".."):
        table.fault("file", sentences.NOT_ONLY_A_NAME.format(text=file))
    return Join(name, file or "", on or "", key or "")


def _marks(table: Table, joins: Sequence[Join]) -> Marks | None:
    found = table.take("competencies")
    if found is None:
        return None
    part = Table(found, table.at("competencies"), table.report)
    join, columns = part.text("join", needed=True), part.take("columns")
    part.done()
    names = [one.name for one in joins]
    if join and join not in names:
        words = {"join": join, "joins": ", ".join(names) or "none"}
        part.fault("join", sentences.NO_SUCH_JOIN.format(**words))
    pairs = _marked_columns(columns, part)
    if not pairs:
        part.fault("columns", sentences.NO_COLUMNS_MARKED)
    return Marks(join or "", pairs)


def _marked_columns(columns: Any, part: Table) -> tuple[tuple[str, str], ...]:
    where = part.at("columns")
    if isinstance(columns, dict):
        named = Table(columns, where, part.report)
        return tuple((name, text) for name in named.names() if (text := named.text(name, needed=True)))
    if isinstance(columns, list):
        return tuple((name, name) for name in texts_of(columns, where, part.report))
    if columns is not None:
        part.fault("columns", sentences.NOT_A_LIST.format(found=kind_of(columns)))
    return ()


def _refuse_twice(found: EvidenceMap, report: Report) -> None:
    first: dict[str, str] = {}
    marked = ("competency",) if found.marks else ()
    for place, names in (
        ("a column", tuple(field for field, _ in found.columns)),
        ("a constant", tuple(field for field, _ in found.constants)),
        ("a date", tuple(rule.field for rule in found.dates)),
        ("[competencies]", marked),
    ):
        for field in names:
            if field in first:
                words = {"field": field, "first": first[field], "second": place}
                report.fault(sentences.FIELD_TWICE.format(**words))
            first.setdefault(field, place)
