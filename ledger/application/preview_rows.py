"""The answers that a change of rules would alter: one row each, counted, and digested."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct, to_builtins

from ledger.deciding.answer import Answer
from ledger.deciding.supposing import Key
from ledger.domain.changes import OutcomePair
from ledger.domain.learner import Grant, Outcome
from ledger.facts.record import LearnerRecord
from ledger.facts.standing import StandingDecision
from ledger.values import Json, canonical, digest

RowKind: TypeAlias = Literal["gain", "loss", "person", "other"]

RowKey: TypeAlias = tuple[str, str, str, str]
"""Learner, question, subject key, award."""


class Said(Struct, frozen=True, kw_only=True):
    """What rules say of something: the outcome, null where no rule would be asked, the level, the clauses behind it.

    `adoption` is the position of the adoption that says so; one that is supposed stands behind all there are.
    """

    outcome: Outcome | None = None
    level: str | None = None
    grants: tuple[Grant, ...] = ()
    decisive: tuple[str, ...] = ()
    edition: str | None = None
    adoption: int | None = None

    @property
    def effect(self) -> tuple[object, ...]:
        """Return what it comes to for the learner; not being asked and not being meant are the same."""
        outcome = None if self.outcome == "not_applicable" else self.outcome
        return outcome, self.level, self.grants


NOTHING = Said()


class PreviewRow(Struct, frozen=True, kw_only=True):
    """An answer about a learner that differs with a change.

    `kind`: a gain is met with the change alone, a loss without it alone; `person` waits for somebody's
    judgement with it alone. `standing` is what stands now, whoever decided it, null where nothing does;
    `stands` says that it is just what the change would say, `awarded` that it is an award, which goes on
    standing whatever the change says. `settled` is the position of the adoption against which a person let
    the standing decision stand.
    """

    learner: str
    question: str
    subject: str
    award: str
    kind: RowKind
    without: Said
    supposed: Said
    standing: Outcome | None
    awarded: bool
    stands: bool = False
    settled: int | None = None

    @property
    def key(self) -> RowKey:
        """Return what the row is about."""
        return self.learner, self.question, self.subject, self.award

    @property
    def digested(self) -> list[Json]:
        """Return what a digest of rows is made from, as plain data."""
        answers: list[Json] = [
            [said.outcome, said.level, to_builtins(said.grants)] for said in (self.without, self.supposed)
        ]
        return [*self.key, self.kind, *answers, self.awarded]

    @property
    def said(self) -> tuple[object, ...]:
        """Return what must not change for a preview to hold: what it is about, both answers, and the award."""
        return self.key, self.without.effect, self.supposed.effect, self.awarded


class Preview(Struct, frozen=True, kw_only=True):
    """What a change would do, as of a position: counts of all answers it might alter, and those it would.

    `learners` were looked at; of them `concerned` have a question that another rule would answer;
    `keys` answers were compared, and `pairs` counts them, unchanged ones too.
    """

    position: int
    read_to: int
    on: str
    learners: int
    concerned: int
    keys: int
    pairs: tuple[OutcomePair, ...]
    rows: tuple[PreviewRow, ...]

    def count(self, kind: RowKind) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def awards(self) -> int:
        """Return how many of the losses were awarded already, and stand."""
        return sum(row.awarded and row.kind == "loss" for row in self.rows)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rows: of what each is about, both answers, and whether an award stands.

        The form is fixed, for it is stored: what a row is given besides later alters no digest.
        """
        return digest(canonical([row.digested for row in self.rows]))


class Moved(Struct, frozen=True, kw_only=True):
    """How a preview no longer holds at a position: rows that were, and rows that are instead.

    `rules` says that a rule, a framework or a scale has changed since.
    """

    position: int
    rules: bool
    before: tuple[PreviewRow, ...]
    now: tuple[PreviewRow, ...]

    @property
    def learners(self) -> tuple[str, ...]:
        """Name the learners whose answers changed."""
        return tuple(sorted({row.learner for row in (*self.before, *self.now)}))

    @property
    def holds(self) -> bool:
        """Say whether the preview still holds."""
        return not self.before and not self.now


def row_of(record: LearnerRecord, key: Key, without: Answer | None, supposed: Answer | None) -> PreviewRow | None:
    """Return the row of two answers, nothing where they come to the same."""
    one, other = said_by(without), said_by(supposed)
    if one.effect == other.effect:
        return None
    standing = record.standing(*key)
    question, subject, award = key
    return PreviewRow(
        learner=record.learner,
        question=question,
        subject=subject,
        award=award,
        kind=_kind(one.outcome, other.outcome),
        without=one,
        supposed=other,
        standing=standing.outcome if standing else None,  # type: ignore[arg-type]
        awarded=is_awarded(standing),
        stands=standing is not None and (standing.outcome, standing.level, standing.grants) == other.effect,
        settled=record.let_stand(standing) if standing else None,
    )


def said_by(answer: Answer | None) -> Said:
    """Return what an answer says."""
    if answer is None:
        return NOTHING
    conclusion = answer.conclusion
    return Said(
        outcome=conclusion.finding.outcome.value,
        level=conclusion.level,
        grants=conclusion.grants,
        decisive=conclusion.finding.decisive,
        edition=answer.ruling.governing.adoption.edition,
        adoption=answer.ruling.governing.position,
    )


def is_awarded(standing: StandingDecision | None) -> bool:
    """Say whether what stands is an award, met: no change of rules takes it back."""
    return standing is not None and standing.outcome == "met" and standing.standing == "award"


def sorted_rows(rows: Iterable[PreviewRow]) -> tuple[PreviewRow, ...]:
    """Return rows in the one order they are digested in."""
    return tuple(sorted(rows, key=lambda row: row.key))


_FOR_A_PERSON = ("needs_panel", "undetermined")


def _kind(without: str | None, supposed: str | None) -> RowKind:
    if supposed == "met" and without != "met":
        return "gain"
    if without == "met" and supposed != "met":
        return "loss"
    if supposed in _FOR_A_PERSON and without not in _FOR_A_PERSON:
        return "person"
    return "other"
