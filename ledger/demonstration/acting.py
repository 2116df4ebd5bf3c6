"""The single commands of the demonstration: what a person records, corrects or withdraws by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ledger.application import Ledger
from ledger.application.learning import correct, record, record_evidence, subject_of, withdraw
from ledger.demonstration.governing import Hands
from ledger.demonstration.records import (
    Action,
    Approval,
    Correction,
    Preparing,
    Recorded,
    Row,
    Status,
    Withdrawal,
)
from ledger.domain.learner import (
    ApprovalGiven,
    ApprovalRefused,
    Evidence,
    PreparationRecorded,
    StatusSet,
)
from ledger.domain.row_identity import evidence_identifier, row_key
from ledger.domain.shapes import Artefact, Assessor, Payload, Result, Score, Source, Subject
from ledger.storage.envelope import Author
from ledger.values import digest, identifier

BY_HAND = "mastery"
"""The source system of what is recorded by hand."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where actions become commands: one district's ledger, and which teacher each learner has."""

    hands: Hands
    teachers: Mapping[str, str]

    @property
    def ledger(self) -> Ledger:
        """Return the ledger."""
        return self.hands.ledger

    def act(self, number: int, action: Action) -> None:
        """Do one action, unless an earlier run of the same build did."""
        by_teacher = isinstance(action, Preparing) or (isinstance(action, Recorded) and bool(action.row.competency))
        who, role = (self.teachers[action.learner], "teacher") if by_teacher else ("", "registrar")
        self.hands.once(f"action {number}", lambda author: _DOING[type(action)](self, author, action), who, role)

    def identity(self, learner: str) -> str:
        """Return the UUID of a learner."""
        return self.ledger.vault.learner_id(learner)

    def evidence(
        self, row: Row, evidence_id: str, source: Source, also: tuple[str, ...] = (), artefact: str = ""
    ) -> Evidence:
        """Return a row as evidence, about further competencies too."""
        return Evidence(
            evidence_id=evidence_id,
            source=source,
            kind=row.kind,  # type: ignore[arg-type]
            purpose=row.purpose,  # type: ignore[arg-type]
            results=tuple(self._result(row, subject) for subject in self._subjects(row, also)),
            task=row.task or None,
            instrument=row.instrument or None,
            attempt=int(row.attempt) if row.attempt else None,
            occurred=row.occurred,
            scored=row.scored or None,
            assessor=Assessor(
                who=self.ledger.vault.person_id(self.teachers[row.learner]), organisation=None, capacity=row.capacity
            ),
            artefacts=(Artefact(digest=digest(artefact.encode()), media_type="video/mp4"),) if artefact else (),
        )

    def _subjects(self, row: Row, also: tuple[str, ...]) -> list[Subject]:
        if row.course:
            return [subject_of(self.ledger, row.course, "course")]
        return [subject_of(self.ledger, code) for code in (row.competency, *also)]

    def _result(self, row: Row, subject: Subject) -> Result:
        if row.level:
            scale = self.ledger.governance().scales[-1].payload.digest
            return Result(subject=subject, scale=scale, level=row.level)
        score = Score(value=row.score, minimum=row.score_min, maximum=row.score_max)
        return Result(subject=subject, score=score)

    def write(self, author: Author, learner: str, payload: Payload) -> None:
        """Record a preparation, a status or an approval."""
        record(self.ledger, author, self.identity(learner), payload)


def _recorded(desk: Desk, author: Author, action: Recorded) -> None:
    evidence_id = identifier("demonstration", author.command)
    evidence = desk.evidence(action.row, evidence_id, Source(system=BY_HAND), action.also, action.artefact)
    record_evidence(desk.ledger, author, desk.identity(action.learner), evidence)


def _preparing(desk: Desk, author: Author, action: Preparing) -> None:
    payload = PreparationRecorded(
        subject=subject_of(desk.ledger, action.competency),
        kind=action.kind,
        occurred=action.day,
        attested_by=desk.ledger.vault.person_id(desk.teachers[action.learner]),
        source=Source(system=BY_HAND),
    )
    desk.write(author, action.learner, payload)


def _status(desk: Desk, author: Author, action: Status) -> None:
    payload = StatusSet(
        code=action.code,
        holds=action.holds,
        subject=subject_of(desk.ledger, action.course, "course") if action.course else None,
        first_day=action.day or None,
        basis=action.basis or None,
    )
    desk.write(author, action.learner, payload)


def _approval(desk: Desk, author: Author, action: Approval) -> None:
    made = ApprovalGiven if action.given else ApprovalRefused
    who = desk.ledger.vault.person_id(f"{action.capacity} of {action.learner}")
    payload = made(
        kind=action.kind,  # type: ignore[arg-type]
        subject=subject_of(desk.ledger, action.course, "course"),
        occurred=action.day,
        by=Assessor(who=who, capacity=action.capacity),
    )
    desk.write(author, action.learner, payload)


def _correction(desk: Desk, author: Author, action: Correction) -> None:
    identity, source = desk.identity(action.learner), _source(action.row)
    evidence = desk.evidence(action.row, _known_as(source), source)
    correct(desk.ledger, author, identity, evidence, action.reason)


def _withdrawal(desk: Desk, author: Author, action: Withdrawal) -> None:
    identity, source = desk.identity(action.learner), _source(action.row)
    withdraw(desk.ledger, author, identity, _known_as(source), action.reason)


def _source(row: Row) -> Source:
    return Source(system=row.source_system, record=row.source_record)


def _known_as(source: Source) -> str:
    """Return the id under which an import recorded what its source calls so."""
    bare = Evidence(evidence_id="", source=source, kind="task", purpose="summative", results=())
    return evidence_identifier(row_key("", bare))


_DOING: Mapping[type[Any], Callable[[Desk, Author, Any], None]] = MappingProxyType(
    {
        Recorded: _recorded,
        Preparing: _preparing,
        Status: _status,
        Approval: _approval,
        Correction: _correction,
        Withdrawal: _withdrawal,
    }
)
