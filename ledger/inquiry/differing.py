"""Whoever holds a decision that another rule than the one it was made under would now make otherwise.

Gains and losses both, after a change of rules or a late receipt from above. An award that stands is
told apart: it goes on standing, and nobody has to settle it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ledger.application import Ledger
from ledger.application.records import folded_record, snapshot_record
from ledger.application.settling import Unsettled
from ledger.deciding import Decider
from ledger.deciding.differing import Difference, difference
from ledger.errors import SnapshotUnusable
from ledger.facts.record import LearnerRecord
from ledger.projections.filters import Filter
from ledger.projections.standing import StandingGroup, learners_in, standing_groups
from ledger.storage.read_models import ReadModels

Progress = Callable[[int, int], None]
Key = tuple[str, str, str]

Kind = Literal["gain", "loss", "other"]


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """One decision that would now be another.

    `version` is where what stands is found in the learner's stream, `on` the day it was decided for.
    `adoption` is the position of the adoption that would say otherwise; what it would say is `offered`,
    and `decisive` the clauses behind it.
    """

    learner: str
    question: str
    subject: str
    award: str
    kind: Kind
    version: int
    on: str
    edition: str
    outcome: str
    level: str | None
    adoption: int
    offered_edition: str
    offered: str
    offered_level: str | None
    decisive: tuple[str, ...]

    @property
    def unsettled(self) -> Unsettled:
        """Return what a person settles: this very decision, against this very rule."""
        return Unsettled(
            learner=self.learner,
            question=self.question,
            subject=self.subject,
            award=self.award,
            standing=self.version,
            adoption=self.adoption,
        )


@dataclass(frozen=True, slots=True)
class Differing:
    """What would now differ: decisions for a person to settle, and awards, which stand; by learner and key.

    `position` is where the log stood.
    """

    position: int
    on: str
    rows: tuple[DifferingRow, ...]
    awards: tuple[DifferingRow, ...]


def differing(
    ledger: Ledger,
    models: ReadModels,
    *,
    question: str | None = None,
    policy: str | None = None,
    progress: Progress | None = None,
) -> Differing:
    """Return what would now differ, narrowed to a question and to a policy that would say otherwise.

    The caller brings the read models up to date; they only tell whom to look at. What a person let
    stand is left out until what stands or what governs is another.
    """
    position = ledger.log.recorder.max_notification_id()
    decider = ledger.decider()
    wanted = _wanted(models, decider, Filter(question=question))
    rows: list[DifferingRow] = []
    awards: list[DifferingRow] = []
    for number, learner in enumerate(sorted(wanted), start=1):
        for found in _found(ledger, decider, learner, wanted[learner]):
            adoption = found.answer.ruling.governing.adoption
            if found.by_rule and not found.let_stand and policy in (None, adoption.policy, adoption.edition):
                (awards if found.awarded else rows).append(_row(learner, found))
        if progress is not None:
            progress(number, len(wanted))
    return Differing(position, decider.on.isoformat(), tuple(rows), tuple(awards))


def _wanted(models: ReadModels, decider: Decider, narrowed: Filter) -> dict[str, list[Key]]:
    """Return the keys to look at, by learner: those whose adoption may be another than the one that governs."""
    found: dict[str, list[Key]] = {}
    for group in standing_groups(models, narrowed):
        if _may_differ(decider, group):
            for learner in learners_in(models, group):
                found.setdefault(learner, []).append((group.question, group.subject, group.award))
    return found


def _may_differ(decider: Decider, group: StandingGroup) -> bool:
    candidates = decider.candidates(group.question, group.subject, group.award)
    if not candidates:
        return False
    first = candidates[0]
    return not first.binds_everyone or first.governing.position != group.adoption


def _found(ledger: Ledger, decider: Decider, learner: str, keys: list[Key]) -> list[Difference]:
    stream = f"learner/{learner}"
    try:
        return list(_differences(decider, snapshot_record(ledger, stream), keys))
    except SnapshotUnusable:
        return list(_differences(decider, folded_record(ledger, stream), keys))


def _differences(decider: Decider, record: LearnerRecord, keys: list[Key]) -> Iterator[Difference]:
    for key in sorted(keys):
        standing = record.standing(*key)
        found = difference(decider, record, standing) if standing is not None else None
        if found is not None:
            yield found


def _row(learner: str, found: Difference) -> DifferingRow:
    standing, answer = found.standing, found.answer
    return DifferingRow(
        learner=learner,
        question=standing.question,
        subject=standing.subject,
        award=standing.award,
        kind="gain" if found.gain else "loss" if found.loss else "other",
        version=standing.version,
        on=standing.on,
        edition=standing.edition,
        outcome=standing.outcome,
        level=standing.level,
        adoption=found.adoption,
        offered_edition=answer.ruling.governing.adoption.edition,
        offered=answer.finding.outcome.value,
        offered_level=answer.conclusion.level,
        decisive=answer.finding.decisive,
    )
