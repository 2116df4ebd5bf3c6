"""Short ways to write a learner's events, facts and policies, and a store of snapshot parts in memory."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger.domain.learner import (
    ApprovalGiven,
    ApprovalRefused,
    ChoiceMade,
    CohortSet,
    Decided,
    DecisionDigests,
    Evidence,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
    PanelMember,
    PanelVoted,
    PreparationRecorded,
    StatusSet,
    SupportOffered,
    SupportProvided,
)
from ledger.domain.shapes import Assessor, Payload, Result, Score, Source, Subject, VaultText
from ledger.facts.backing import Backing
from ledger.facts.record import LearnerRecord, Located, fold_learner
from ledger.facts.sheet import FactSheet, fact_sheet
from ledger.facts.surroundings import NOWHERE, Surroundings
from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, always
from ledger.policy.sheet import Value

LEARNER = "5e0b2f7a-1d4c-4f60-9a43-0c6c1f7b9d11"
COMPETENCY = Subject(kind="competency", id="ratio")
OTHER = Subject(kind="competency", id="area")
COURSE = Subject(kind="course", id="ALG1")
TODAY = date(2026, 6, 1)
WHY = VaultText(text="11111111-2222-4333-8444-555555555555", digest="0" * 64)


def evidence(
    name: str,
    level: str | None = None,
    occurred: str | None = None,
    *,
    score: tuple[str, str | None, str | None] | None = None,
    passed: bool | None = None,
    absent: str | None = None,
    subjects: Sequence[Subject] = (COMPETENCY,),
    kind: str = "task",
    purpose: str = "summative",
    **more: Any,
) -> Evidence:
    """Write a piece of evidence with the same result for each subject."""
    results = tuple(
        Result(
            subject=subject,
            level=level,
            score=Score(value=score[0], minimum=score[1], maximum=score[2]) if score else None,
            passed=passed,
            absent_reason=absent,
        )
        for subject in subjects
    )
    return Evidence(
        evidence_id=name,
        source=Source(system="test"),
        kind=kind,  # type: ignore[arg-type]
        purpose=purpose,  # type: ignore[arg-type]
        results=results,
        occurred=occurred,
        **more,
    )


def shown(name: str, level: str | None = None, occurred: str | None = None, **more: Any) -> EvidenceRecorded:
    """Record a piece of evidence."""
    return EvidenceRecorded(evidence=evidence(name, level, occurred, **more))


def corrected(name: str, level: str | None = None, occurred: str | None = None, **more: Any) -> EvidenceCorrected:
    """Replace a piece of evidence."""
    return EvidenceCorrected(evidence=evidence(name, level, occurred, **more), reason=WHY)


def withdrawn(name: str) -> EvidenceWithdrawn:
    """Withdraw a piece of evidence."""
    return EvidenceWithdrawn(evidence_id=name, reason=WHY)


def prepared(occurred: str | None, subject: Subject = COMPETENCY, kind: str = "tutoring") -> PreparationRecorded:
    """Record a preparation."""
    return PreparationRecorded(subject=subject, kind=kind, occurred=occurred)


def status(
    code: str, holds: bool = True, first: str | None = None, last: str | None = None, subject: Subject | None = None
) -> StatusSet:
    """Set a status."""
    return StatusSet(code=code, holds=holds, subject=subject, first_day=first, last_day=last)


def approval(given: bool, occurred: str | None, subject: Subject | None = None, kind: Any = "board") -> Payload:
    """Give or refuse an approval."""
    make = ApprovalGiven if given else ApprovalRefused
    return make(kind=kind, subject=subject, occurred=occurred, by=Assessor(who="v-1", organisation="d-1"))


def cohort(clock: str, year: int | None = None, day: str | None = None) -> CohortSet:
    """Set a cohort clock."""
    return CohortSet(clock=clock, year=year, day=day)


def offered(kind: str, occurred: str | None, subject: Subject | None = COMPETENCY, **more: Any) -> SupportOffered:
    """Offer support."""
    return SupportOffered(kind=kind, occurred=occurred, subject=subject, **more)


def provided(kind: str, occurred: str | None, subject: Subject | None = COMPETENCY, **more: Any) -> SupportProvided:
    """Provide support."""
    return SupportProvided(kind=kind, occurred=occurred, subject=subject, **more)


def voted(
    result: Any, occurred: str | None, votes: Sequence[tuple[str, Any]], subject: Subject | None = None, body: str = "b"
) -> PanelVoted:
    """Let a panel vote; each member is a role and a vote."""
    members = tuple(PanelMember(role=role, vote=vote) for role, vote in votes)
    return PanelVoted(body=body, subject=subject, occurred=occurred, result=result, members=members)


def chosen(*options: str, occurred: str | None = None, subject: Subject | None = None, choice: str = "c") -> ChoiceMade:
    """Choose some options, or withdraw a choice."""
    return ChoiceMade(choice=choice, options=options, subject=subject, occurred=occurred)


def decided(question: Any, outcome: Any, on: str = "2026-05-01", subject: Subject = COMPETENCY, **more: Any) -> Decided:
    """Write a decision of which question, outcome, day and subject matter."""
    fields: dict[str, Any] = {
        "award": "standard",
        "read_to": 1,
        "learner_version": 1,
        "adoption": 1,
        "policy": "test/policy",
        "edition": "test/policy@2020-01-01",
        "digests": DecisionDigests(rule="r", parameters="p", facts="f", evaluator="e", finding="n"),
        "stage": "requires",
        "standing": "current",
        "effect": "immediate",
    }
    return Decided(question=question, outcome=outcome, on=on, subject=subject, **{**fields, **more})


def record_of(*payloads: Payload) -> LearnerRecord:
    """Fold a learner's stream from its first version on."""
    return fold_learner(LearnerRecord(LEARNER), enumerate(payloads, 1))


def fact(method: str, kind: FactType = FactType.FRACTION, **more: Any) -> FactDefinition:
    """Define a fact over evidence."""
    fields: dict[str, Any] = {"name": "it", "says": "it", "reads": Reads.EVIDENCE}
    return FactDefinition(method=method, type=kind, **{**fields, **more})


def policy_of(*facts: FactDefinition) -> Policy:
    """Write a policy of which only the sheet matters."""
    return Policy(
        "test/policy",
        date(2020, 1, 1),
        Question.MASTERY,
        "A policy",
        Citation("Invented law"),
        always,
        jurisdiction="test",
        subject="competency",
        sheet=facts,
    )


def sheet_of(
    record: LearnerRecord,
    *facts: FactDefinition,
    subject: str = COMPETENCY.key,
    parameters: Mapping[str, Value] | None = None,
    surroundings: Surroundings = NOWHERE,
    on: date = TODAY,
) -> FactSheet:
    """Read the sheet of some facts."""
    return fact_sheet(policy_of(*facts), record, subject, on, parameters or {}, surroundings)


def value_of(record: LearnerRecord, definition: FactDefinition, **more: Any) -> Value:
    """Read the value of one fact."""
    return sheet_of(record, definition, **more).values["it"]


def backing_of(record: LearnerRecord, definition: FactDefinition, **more: Any) -> Backing:
    """Read what stands behind one fact."""
    (seen,) = sheet_of(record, definition, **more).seen
    return Backing(seen.versions, seen.count, seen.digest)


class Store:
    """A learner's stream with its snapshot, kept in memory; `reads` counts what was asked of it."""

    def __init__(self) -> None:
        self.stream: list[Payload] = []
        self.parts: dict[str, bytes] = {}
        self.reads: list[str] = []

    def part(self, name: str) -> bytes | None:
        """Return a part."""
        self.reads.append(name)
        return self.parts.get(name)

    def fetch(self, versions: Sequence[int]) -> Mapping[int, Payload]:
        """Return payloads of the stream."""
        self.reads += [f"version {version}" for version in versions]
        return {version: self.stream[version - 1] for version in versions}

    def locate(self, name: str) -> Located | None:
        """Find a piece of evidence by its id."""
        found: Located | None = None
        for version, payload in enumerate(self.stream, 1):
            if isinstance(payload, EvidenceRecorded) and payload.evidence.evidence_id == name:
                found = Located(version, version)
            elif isinstance(payload, EvidenceCorrected) and payload.evidence.evidence_id == name and found:
                found = Located(found.entry, version)
            elif isinstance(payload, EvidenceWithdrawn) and payload.evidence_id == name and found:
                found = Located(found.entry, 0)
        return found

    def record(self) -> LearnerRecord:
        """Open the record from the snapshot."""
        return LearnerRecord(LEARNER, self, self.fetch, self.locate)

    def save(self, record: LearnerRecord) -> dict[str, bytes | None]:
        """Store the changed parts and return them."""
        changed = record.changed_parts()
        for name, data in changed.items():
            if data is None:
                self.parts.pop(name, None)
            else:
                self.parts[name] = data
        return changed

    def happen(self, *payloads: Payload) -> LearnerRecord:
        """Append events, each stepped over by a record opened from the snapshot, and save it."""
        record = self.record()
        for payload in payloads:
            record.apply(record.version + 1, payload)
            self.stream.append(payload)
        self.save(record)
        return record
