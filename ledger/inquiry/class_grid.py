"""The grid of a class: learners by competencies, sorted and narrowed, and whom to teach together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from ledger.application.ledger import Ledger
from ledger.application.reading_records import items_about, with_record_of
from ledger.domain.competencies import natural
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_average import average_of, averaging_fact
from ledger.inquiry.class_cells import CellReader, school_days
from ledger.inquiry.class_views import CellView, ClassGrid, ColumnView, GroupView, RowView
from ledger.inquiry.classes import ClassRow, members_of
from ledger.policy.model import Outcome
from ledger.storage.read_models import ReadModels
from ledger.vault import pseudonym

OUTCOMES = (*(one.value for one in Outcome), "")
"""The order in which a column counts outcomes; the last is that nothing was decided."""

SMALLEST_GROUP = 2
"""Learners from which on a group is worth naming."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which course of a class is shown, to whom, and whether every competency is."""

    course: str
    everything: bool = False
    entitlements: bool = False
    named: bool = True


def class_grid(ledger: Ledger, models: ReadModels, found: ClassRow, wanted: Wanted) -> ClassGrid:
    """Return the grid of a class in a course, the learners by name; decided is nothing by that."""
    reader = CellReader(ledger, date.fromisoformat(found.day), wanted.entitlements)
    learners = members_of(models, found, wanted.course or None)
    names = _names(ledger, learners, named=wanted.named)
    choice = competencies_of(reader, learners, wanted.course)
    priority = frozenset(choice.priority)
    shown = (*choice.priority, *choice.evidenced, *(choice.others if wanted.everything else ()))
    more = 0 if wanted.everything else len(choice.others)
    rows = tuple(_row(reader, one, names[one], shown, priority, wanted.course) for one in learners)
    columns = tuple(_column(reader, index, one, priority, rows) for index, one in enumerate(shown))
    rows = tuple(sorted(rows, key=lambda one: (one.name.casefold(), one.learner)))
    return ClassGrid(
        found, wanted.course, ledger.governance().position, columns, rows, more, _averaged(reader, wanted, rows)
    )


def _names(ledger: Ledger, learners: Sequence[str], *, named: bool) -> Mapping[str, str]:
    return ledger.vault.names(learners) if named else {one: pseudonym(one) for one in learners}


def _competencies(record: LearnerRecord) -> list[str]:
    return [key.removeprefix("competency/") for key in record.subjects if key.startswith("competency/")]


@dataclass(frozen=True, slots=True)
class Choice:
    """Competencies a class may work on, by id: the priority standards of its course, those it has evidence of, others.

    The others are of the same frameworks and without evidence, or have evidence and are of other frameworks.
    """

    priority: tuple[str, ...]
    evidenced: tuple[str, ...]
    others: tuple[str, ...]


def competencies_of(reader: CellReader, learners: Sequence[str], course: str) -> Choice:
    """Return the competencies some learners may work on in a course, each list in the order of the codes."""
    governance = reader.ledger.governance()
    known = {key for one in learners for key in with_record_of(reader.ledger, one, _competencies)}
    priority = set(governance.designated_kinds(course, reader.on, governance.position))
    editions = governance.editions_of_competencies(governance.position)
    taught = {editions[one] for one in priority if one in editions}
    inside = {one for edition in taught for one, item in governance.outline(edition).by_id.items() if item.code}
    evidenced = {one for one in known if one in inside or not taught} - priority

    def ordered(some: set[str]) -> tuple[str, ...]:
        return tuple(sorted(some, key=lambda one: natural(reader.naming.label(one) or one)))

    return Choice(ordered(priority), ordered(evidenced), ordered((known | inside) - priority - evidenced))


def _row(
    reader: CellReader, learner: str, name: str, columns: Sequence[str], priority: frozenset[str], course: str
) -> RowView:
    def read(record: LearnerRecord) -> RowView:
        items = items_about(reader.ledger, record, [f"competency/{one}" for one in columns])
        cells = tuple(reader.cell(record, one, items[f"competency/{one}"]) for one in columns)
        last_day = max((one.last_day for one in cells), default="")
        return RowView(
            learner,
            name,
            cells,
            sum(one.is_met for one in cells),
            sum(one.is_near for one in cells),
            last_day,
            school_days(last_day, reader.on) if last_day else None,
            average_of(reader, record, course, cells, priority),
        )

    return with_record_of(reader.ledger, learner, read)


def _column(
    reader: CellReader, index: int, identity: str, priority: frozenset[str], rows: Iterable[RowView]
) -> ColumnView:
    counts = Counter(row.cells[index].outcome for row in rows)
    outcomes = tuple((one, counts[one]) for one in OUTCOMES if counts[one])
    return ColumnView(reader.naming.by_key(f"competency/{identity}"), identity in priority, outcomes)


def _averaged(reader: CellReader, wanted: Wanted, rows: Sequence[RowView]) -> str:
    """Return the title of the rule that averages over the course for anybody in the class."""
    titles: dict[str, None] = {}
    for candidate in reader.decider.candidates("CREDIT", f"course/{wanted.course}", "standard"):
        policy = reader.decider.ruling(candidate.governing).shelved.policy
        if averaging_fact(policy) is not None:
            titles[policy.title] = None
    return next(iter(titles), "") if any(row.average for row in rows) else ""


Key = Callable[[RowView], object]

ORDERS: Mapping[str, tuple[str, Key]] = MappingProxyType(
    {
        "name": ("Name", lambda row: row.name.casefold()),
        "near": ("Nearly there first", lambda row: (-row.near, row.name.casefold())),
        "stalled": ("Longest without evidence first", lambda row: (-_silent(row), row.name.casefold())),
        "met": ("Least mastered first", lambda row: (row.met, row.name.casefold())),
    }
)
"""In which order learners may stand: what it is called, and by what they are sorted."""

ONLY: Mapping[str, tuple[str, Callable[[RowView], bool]]] = MappingProxyType(
    {
        "near": ("One piece short of something", lambda row: row.near > 0),
        "stalled": ("Stalled: nothing for 20 school days", lambda row: row.is_stalled),
    }
)
"""To whom a grid may be narrowed."""


def _silent(row: RowView) -> int:
    return 10_000 if row.school_days is None else row.school_days


def arranged(grid: ClassGrid, order: str = "name", only: str | None = None) -> ClassGrid:
    """Return a grid with the learners in another order, or with some of them alone; the columns count everybody."""
    rows = [row for row in grid.rows if only is None or ONLY[only][1](row)]
    return replace(grid, rows=tuple(sorted(rows, key=ORDERS[order][1])))  # type: ignore[arg-type]


def groups_of(grid: ClassGrid) -> tuple[GroupView, ...]:
    """Return whom to teach together: those who have begun a competency and lack the same thing, the largest first."""
    found: dict[tuple[int, str, str], list[RowView]] = defaultdict(list)
    for row in grid.rows:
        for place, cell in enumerate(row.cells):
            if _lacks(cell):
                found[place, cell.missing[0], cell.next[0] if cell.next else ""].append(row)
    groups = [
        GroupView(
            grid.columns[place].subject,
            missing,
            following,
            tuple(row.learner for row in rows),
            tuple(row.name for row in rows),
        )
        for (place, missing, following), rows in found.items()
        if len(rows) >= SMALLEST_GROUP
    ]
    return tuple(sorted(groups, key=lambda one: (-len(one.learners), natural(one.subject.code or one.subject.label))))


def _lacks(cell: CellView) -> bool:
    return not cell.is_met and cell.pieces > 0 and bool(cell.missing)
