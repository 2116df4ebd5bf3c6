"""Classes and their cells as rows of a table, and the bar above a column."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ledger.inquiry.class_views import ClassGrid, ColumnView
from ledger.inquiry.classes import ClassRow
from ledger.vault import pseudonym
from web.charts import Part, mini
from web.wording import OUTCOMES

NOTHING = ("none", "–", "no decision")


@dataclass(frozen=True, slots=True)
class ClassListRow:
    """A class in a line; `state` says whether it goes on, on `day` it had so many learners."""

    organisation: str
    section: str
    courses: str
    state: str
    learners: int
    day: str
    first_day: str
    last_day: str | None


@dataclass(frozen=True, slots=True)
class CellRow:
    """One learner and one competency in a line; `school_days` are those since the last evidence."""

    learner: str
    name: str
    pseudonym: str
    competency: str
    code: str
    priority: bool
    level: str
    label: str
    outcome: str
    word: str
    pieces: int
    last_day: str
    school_days: int | None
    missing: str
    next: str


def list_rows(rows: Sequence[ClassRow]) -> tuple[ClassListRow, ...]:
    """Return classes as rows of a table."""
    return tuple(
        ClassListRow(
            one.organisation,
            one.section,
            ", ".join(one.courses),
            one.state,
            one.learners,
            one.day,
            one.first_day,
            one.last_day,
        )
        for one in rows
    )


def cell_rows(grid: ClassGrid) -> Iterator[CellRow]:
    """Yield the cells of a grid, learner by learner."""
    for row in grid.rows:
        for column, cell in zip(grid.columns, row.cells, strict=True):
            yield CellRow(
                row.learner,
                row.name,
                pseudonym(row.learner),
                column.subject.id,
                column.subject.code,
                column.priority,
                cell.level,
                cell.label,
                cell.outcome,
                cell.word,
                cell.pieces,
                cell.last_day,
                cell.school_days,
                "; ".join(cell.missing),
                "; ".join(cell.next),
            )


def column_bar(column: ColumnView) -> Markup:
    """Draw how a class stands with one competency."""
    return mini([Part(*OUTCOMES.get(outcome, NOTHING), count) for outcome, count in column.outcomes])


def school_of(organisation: str) -> str:
    """Write the last part of an organisation's name for people: North campus."""
    last = organisation.rpartition("/")[2].replace("-", " ")
    return last[:1].upper() + last[1:]


def said_outcomes(outcomes: Iterable[tuple[str, int]]) -> str:
    """Say how many have which outcome: 7 met, 8 not yet."""
    return ", ".join(f"{count} {OUTCOMES.get(outcome, NOTHING)[2]}" for outcome, count in outcomes)
