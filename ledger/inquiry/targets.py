"""A learner's own targets: everything a rule in force asks for, and where the learner is with each."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.access.grants import Target
from ledger.application.ledger import Ledger
from ledger.application.reading_records import with_record_of
from ledger.application.retaking import QUESTION
from ledger.deciding.answer import Answer
from ledger.domain.competencies import natural
from ledger.errors import UnknownName
from ledger.facts.record import LearnerRecord
from ledger.inquiry.audience import Audience
from ledger.inquiry.recording_near import what_would_do
from ledger.inquiry.target_ahead import before, parts, retries
from ledger.inquiry.target_pieces import pieces_of
from ledger.inquiry.target_reading import Asked, TargetReader
from ledger.inquiry.target_views import AnswerView, PieceView, StepView, TargetRow, TargetsView, TargetView
from ledger.inquiry.whom_to_ask import whom_to_ask

KINDS = ("learner", "course", "requirement", "competency")
"""Kinds of subjects in the order in which targets stand: what is larger first."""

NO_TARGETS_OF_THEIR_OWN = frozenset({"SUPPORT", "READINESS"})
"""Questions that say something of a target, and are none by themselves."""


def targets_of(ledger: Ledger, learner: str, audience: Audience) -> TargetsView:
    """Return the targets of a learner, as an audience may see them; raise `UnknownName` for nobody on record."""
    reader = TargetReader(ledger, learner, audience)
    rows = with_record_of(ledger, learner, lambda record: _rows(reader, record))
    return TargetsView(learner, reader.name, reader.today, ledger.governance().position, rows)


def _rows(reader: TargetReader, record: LearnerRecord) -> tuple[TargetRow, ...]:
    found = (_row(reader, record, subject, asked) for subject, asked in reader.asked(record).items())
    return tuple(sorted((one for one in found if one is not None), key=_place))


def _row(reader: TargetReader, record: LearnerRecord, subject: str, asked: Asked) -> TargetRow | None:
    told = reader.answers_about(subject, asked)
    is_target = bool(told) and told[0].question not in NO_TARGETS_OF_THEIR_OWN
    return reader.row(record, subject, told) if is_target else None


def _place(row: TargetRow) -> tuple[object, ...]:
    return KINDS.index(row.subject.kind), natural(row.subject.code or row.subject.id), row.subject.key


def target_of_learner(
    ledger: Ledger, target: Target, subject: str, audience: Audience, ledgers: Sequence[Ledger] = ()
) -> TargetView:
    """Return everything about one target of a learner, named by the key of its subject.

    `ledgers` are all in which somebody may hold a role for this learner. Raises `UnknownName` where no rule asks
    for it and nothing was decided.
    """
    learner = target.learner or ""
    reader = TargetReader(ledger, learner, audience)
    found = with_record_of(ledger, learner, lambda record: _found(reader, record, subject))
    if found is None:
        raise UnknownName(f"no rule asks this learner for {subject[:120]!r}")
    about = found.answer.subject if found.answer and found.row.state != "met" and found.is_learned else None
    return TargetView(
        learner=learner,
        name=reader.name,
        on=reader.today,
        position=ledger.governance().position,
        row=found.row,
        answers=found.told,
        pieces=found.pieces,
        before=found.before,
        parts=found.parts,
        retries=retries(ledger, learner, about, found.pieces) if about else (),
        enough=what_would_do(ledger, learner, about) if about else (),
        ask=whom_to_ask(ledgers or (ledger,), target, found.row.main.question, ledger.today()),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What is read of one target out of a record at once."""

    row: TargetRow
    told: tuple[AnswerView, ...]
    answer: Answer | None
    pieces: tuple[PieceView, ...]
    before: tuple[StepView, ...]
    parts: tuple[StepView, ...]

    @property
    def is_learned(self) -> bool:
        """Say whether the target is mastery of a competency, which is shown by work."""
        return self.row.main.question == QUESTION


def _found(reader: TargetReader, record: LearnerRecord, subject: str) -> _Found | None:
    asked = reader.asked(record).get(subject, {})
    row = _row(reader, record, subject, asked)
    if row is None:
        return None
    answer = asked[row.main.question, row.main.award]
    return _Found(
        row,
        reader.answers_about(subject, asked),
        answer,
        pieces_of(reader, record, subject, answer),
        before(reader, record, subject),
        parts(reader, record, subject),
    )
