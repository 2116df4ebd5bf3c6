"""What a class looks like: rows of learners, columns of competencies, and what each cell says."""

from dataclasses import dataclass

from ledger.inquiry.classes import ClassRow
from ledger.inquiry.views import SubjectView

STALLED_AFTER = 20
"""School days without evidence after which a learner counts as stalled."""


@dataclass(frozen=True, slots=True)
class CellView:
    """Where one learner stands with one competency.

    `outcome`, `word` and `decision` are those of the standing decision on mastery: its outcome, the
    jurisdiction's word for it and the learner's version it stands at; empty and null before there is one.
    `level` and `label` are those of the latest work the rule looks at, or of the latest there is; a score in
    percent where no level can be read. `pieces` counts evidence with a result, `school_days` the days from
    Monday to Friday since the last of it. `missing` are the sentences of the rule that are not met now, each
    once, `steps` how many clauses that is, and `next` what to do about it.
    """

    competency: str
    outcome: str
    word: str
    decision: int | None
    level: str
    label: str
    pieces: int
    last_day: str
    school_days: int | None
    missing: tuple[str, ...]
    steps: int
    next: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Say whether the standing decision is met."""
        return self.outcome == "met"

    @property
    def is_near(self) -> bool:
        """Say whether work is on record, and all that is missing is one thing."""
        return not self.is_met and self.pieces > 0 and self.steps == 1


@dataclass(frozen=True, slots=True)
class AverageView:
    """What a rule that averages makes of a learner's course, and the competencies that it hides.

    `value` is in `unit`, rounded half up to a tenth; `label` the level the bands read it as, empty without.
    `gaps` are the codes of priority standards not mastered though the average passes.
    """

    value: str
    unit: str
    label: str
    passes: bool
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One learner of a class: the cells in the order of the columns, and what they come to.

    `average` is null unless the rule that governs the course averages, and there is something to average.
    """

    learner: str
    name: str
    cells: tuple[CellView, ...]
    met: int
    near: int
    last_day: str
    school_days: int | None
    average: AverageView | None

    @property
    def is_stalled(self) -> bool:
        """Say whether something is open, and nothing was recorded for many school days."""
        silent = self.school_days is None or self.school_days >= STALLED_AFTER
        return silent and any(not cell.is_met for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One competency of a class, whether it is a priority standard, and how many learners have which outcome.

    `outcomes` gives the counts in the order of the outcomes; the empty outcome counts those without a decision.
    """

    subject: SubjectView
    priority: bool
    outcomes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Learners who lack the same thing of the same competency: whom to teach it together."""

    subject: SubjectView
    missing: str
    next: str
    learners: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassGrid:
    """A class in one course on a day; `more` counts competencies that are left out until asked for.

    `averaged` is the title of the rule that averages over the course, empty where none does.
    """

    found: ClassRow
    course: str
    position: int
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    more: int
    averaged: str
