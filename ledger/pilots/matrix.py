"""The learners of one arm under the rule of another: who would have been met, all records being as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from ledger.bounds import Governing
from ledger.deciding.decider import Decider
from ledger.facts.record import LearnerRecord
from ledger.pilots.figures import Share, clustered_share
from ledger.pilots.hiding import FEWEST
from ledger.policy.model import Outcome

Met: TypeAlias = tuple[bool | None, ...]
"""Whether a rule is met by a learner, subject by subject; nothing where it has no answer."""


class MatrixCell(Struct, frozen=True, kw_only=True):
    """The learners of one organisation under the rule that holds in another.

    `answers` is how many there are, `unanswered` for how many of them the rule has no answer: they stay in
    the whole of `met`, as do those that are undetermined. Numbers are null where hidden, or not to be had.
    """

    learners_of: str
    rule_of: str
    state: Literal["shown", "hidden", "not available"]
    answers: int | None = None
    unanswered: int | None = None
    met: Share | None = None


class _Elsewhere:
    """A learner's record as if the learner were at another organisation, for all that binding looks at."""

    def __init__(self, record: LearnerRecord, organisation: str) -> None:
        self._organisation = organisation
        self.grade_on = record.grade_on
        self.course_begun = record.course_begun
        self.in_course = record.in_course
        self.first_evidence_day = record.first_evidence_day
        self.cohort_of = record.cohort_of

    def organisation_on(self, _: str) -> str:
        """Return the organisation, whatever the day."""
        return self._organisation


@dataclass(frozen=True, slots=True)
class RuleOf:
    """What governs one question and award for the learners of an organisation, as its ledger has it."""

    organisation: str
    decider: Decider
    question: str
    award: str

    def is_met(self, record: LearnerRecord, subject: str) -> bool | None:
        """Say whether the rule is met by a learner of any organisation; nothing where it has no answer."""
        found = self._governing(record, subject)
        if found is None:
            return None
        return self.decider.answer_under(found, record, subject).finding.outcome is Outcome.MET

    def _governing(self, record: LearnerRecord, subject: str) -> Governing | None:
        there = _Elsewhere(record, self.organisation)
        for candidate in self.decider.candidates(self.question, subject, self.award):
            if candidate.binds(there, subject, self.decider.on):
                return candidate.governing
        return None


@dataclass(slots=True)
class Matrix:
    """Gathers what each rule says of the learners of each organisation, learner by learner."""

    rules: tuple[RuleOf, ...]
    _found: dict[str, dict[str, list[Met]]] = field(default_factory=dict)

    def expect(self, organisation: str) -> None:
        """Take note that the records of an organisation can be seen, though it may have no learner."""
        self._found.setdefault(organisation, {rule.organisation: [] for rule in self.rules})

    def add(self, organisation: str, record: LearnerRecord, subjects: Iterable[str]) -> None:
        """Ask every rule about a learner of an organisation and these subjects."""
        self.expect(organisation)
        wanted = tuple(subjects)
        for rule in self.rules:
            self._found[organisation][rule.organisation].append(
                tuple(rule.is_met(record, subject) for subject in wanted)
            )

    def cells(self, organisations: Iterable[str]) -> tuple[MatrixCell, ...]:
        """Return a cell for each pair of organisations; one whose records or rule cannot be seen says so."""
        names = tuple(organisations)
        return tuple(cell for one in names for cell in self._row(one, names))

    def _row(self, one: str, names: Sequence[str]) -> list[MatrixCell]:
        """Return the cells of one organisation's learners; its own rule is shown before those of others.

        Two cells of a row that differ by a few learners would tell of those few: the later is hidden.
        """
        found = self._found.get(one, {})
        shown: list[list[Met]] = []
        cells: dict[str, MatrixCell] = {}
        for other in sorted(names, key=lambda name: name != one):
            if other not in found:
                cells[other] = MatrixCell(learners_of=one, rule_of=other, state="not available")
                continue
            told = any(0 < _differing(found[other], before) < FEWEST for before in shown)
            cells[other] = _cell(one, other, found[other], hidden=told)
            if cells[other].state == "shown":
                shown.append(found[other])
        return [cells[name] for name in names]


def _differing(one: Sequence[Met], other: Sequence[Met]) -> int:
    return sum(1 for here, there in zip(one, other, strict=True) if here != there)


def _cell(one: str, other: str, answers: Sequence[Met], *, hidden: bool) -> MatrixCell:
    met = clustered_share("met", [(each.count(True), len(each)) for each in answers])
    if hidden or met.count is None:
        return MatrixCell(learners_of=one, rule_of=other, state="hidden")
    unanswered = clustered_share("unanswered", [(each.count(None), len(each)) for each in answers])
    return MatrixCell(
        learners_of=one,
        rule_of=other,
        state="shown",
        answers=met.of,
        unanswered=unanswered.count,
        met=met,
    )
