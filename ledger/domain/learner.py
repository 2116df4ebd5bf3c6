"""What happens to one learner: stream `learner/<uuid>`.

A learner is a random UUID. No name, birth date or free text stands in any of these.
"""

from typing import Literal

from ledger.domain.shapes import (
    Artefact,
    Assessor,
    Payload,
    Result,
    Shape,
    Source,
    Subject,
    VaultText,
)

EvidenceKind = Literal[
    "task",
    "exam",
    "course_grade",
    "hours",
    "attendance",
    "credential",
    "portfolio",
    "performance",
    "observation",
    "judgement",
]
Purpose = Literal["baseline", "practice", "formative", "summative"]
Setting = Literal["school", "workplace", "community", "online"]
Condition = Literal["accommodated", "modified", "alternate"]
ApprovalKind = Literal["recommendation", "consent", "board", "plan"]
Question = Literal["READINESS", "MASTERY", "SUPPORT", "CREDIT", "ADVANCEMENT", "CERTIFICATION", "GRADUATION"]
PanelResult = Literal["carried", "not_carried", "sent_back"]
Vote = Literal["yes", "no", "abstained", "absent"]
Outcome = Literal["met", "not_yet", "denied", "needs_panel", "ineligible", "not_applicable", "undetermined"]


class Evidence(Shape, frozen=True, kw_only=True):
    """One piece of evidence, about one or several subjects.

    `evidence_id` follows from the source's record, or is random when a person records it here.
    `attempt_of` is the id of the first try; `attempt` counts tries from 1. `occurred`, `submitted`,
    `due` and `scored` are legal dates, each null where not known; the policy says which one orders.
    `language` is a BCP 47 tag where the work was not in the usual language.
    """

    evidence_id: str
    source: Source
    kind: EvidenceKind
    purpose: Purpose
    results: tuple[Result, ...]
    task: str | None = None
    item: str | None = None
    instrument: str | None = None
    form: str | None = None
    rubric: str | None = None
    setting: Setting | None = None
    conditions: tuple[Condition, ...] = ()
    language: str | None = None
    attempt_of: str | None = None
    attempt: int | None = None
    occurred: str | None = None
    submitted: str | None = None
    due: str | None = None
    scored: str | None = None
    assessor: Assessor | None = None
    artefacts: tuple[Artefact, ...] = ()
    note: VaultText | None = None


class EvidenceRecorded(Payload, frozen=True, kw_only=True):
    """A piece of evidence entered the ledger."""

    evidence: Evidence


class EvidenceCorrected(Payload, frozen=True, kw_only=True):
    """A piece of evidence was recorded wrongly; `evidence` replaces it whole.

    The replacement keeps the evidence id and its place in the order of entry.
    """

    evidence: Evidence
    reason: VaultText
    document: Artefact | None = None


class EvidenceWithdrawn(Payload, frozen=True, kw_only=True):
    """A piece of evidence counts for nothing from here on."""

    evidence_id: str
    reason: VaultText
    document: Artefact | None = None


class PreparationRecorded(Payload, frozen=True, kw_only=True):
    """The learner prepared anew for one competency; `kind` says how (tutoring, practice, conference)."""

    subject: Subject
    kind: str
    occurred: str | None
    attested_by: str | None = None
    source: Source | None = None
    note: VaultText | None = None


class StatusSet(Payload, frozen=True, kw_only=True):
    """A status that rules may read holds, or does not hold, for a span of days.

    `code` is named by the policy that reads it, as in `us-tx/prior-instruction`; `subject` is null
    where it holds for the learner as a whole; `basis` names the document or law it rests on.
    """

    code: str
    holds: bool
    subject: Subject | None = None
    first_day: str | None = None
    last_day: str | None = None
    basis: str | None = None


class ApprovalGiven(Payload, frozen=True, kw_only=True):
    """A person whose word a rule asks for said yes."""

    kind: ApprovalKind
    subject: Subject | None
    occurred: str | None
    by: Assessor
    document: Artefact | None = None


class ApprovalRefused(Payload, frozen=True, kw_only=True):
    """A person whose word a rule asks for said no."""

    kind: ApprovalKind
    subject: Subject | None
    occurred: str | None
    by: Assessor
    document: Artefact | None = None


class CohortSet(Payload, frozen=True, kw_only=True):
    """The learner belongs to a cohort, as one clock counts them; the last setting of a clock holds.

    `clock` is named by the policy that reads it, as in `graduating-class` or `grade-9-entry`. Exactly
    one of `year` (a calendar year) and `day` (an ISO day) is not null; `basis` names the document or
    law it rests on.
    """

    clock: str
    year: int | None
    day: str | None
    basis: str | None = None


class SupportOffered(Payload, frozen=True, kw_only=True):
    """Help was offered to the learner: a tutorial, an intervention, a reassessment session.

    `kind` says which, as the policy that reads it names it; `subject` is null where it is for the
    learner as a whole; `occurred` is a legal date, null where not known; `by` says who offered.
    """

    subject: Subject | None
    kind: str
    occurred: str | None
    by: Assessor | None = None
    source: Source | None = None
    note: VaultText | None = None


class SupportProvided(Payload, frozen=True, kw_only=True):
    """The learner was given help, as `SupportOffered` has it; `hours` is an exact decimal, null where not counted."""

    subject: Subject | None
    kind: str
    occurred: str | None
    by: Assessor | None = None
    source: Source | None = None
    note: VaultText | None = None
    hours: str | None = None


class PanelMember(Shape, frozen=True, kw_only=True):
    """How one member of a panel voted: in which role, and who that is by vault id, null where not told."""

    role: str
    vote: Vote
    who: str | None = None


class PanelVoted(Payload, frozen=True, kw_only=True):
    """A panel voted on the learner's work; `result` is the body's own, whatever a rule counts.

    `body` is a code that policies name; `subject` is null where the vote is about the learner as a
    whole; `occurred` is a legal date, null where not known; `sent_back` asks for more work; `members`
    holds at least one; `reason` stands in the vault.
    """

    body: str
    subject: Subject | None
    occurred: str | None
    result: PanelResult
    members: tuple[PanelMember, ...]
    organisation: str | None = None
    document: Artefact | None = None
    reason: VaultText | None = None


class ChoiceMade(Payload, frozen=True, kw_only=True):
    """The learner, or who speaks for the learner, chose; the last choice of a code replaces those before it.

    `choice` is the code of what was to be chosen and `options` the codes of what was; no option at all
    withdraws the choice. `subject` is null where it is about the learner as a whole; `occurred` is a
    legal date, null where not known; `by` says who chose where that is not the learner.
    """

    choice: str
    options: tuple[str, ...]
    subject: Subject | None
    occurred: str | None
    by: Assessor | None = None


class DecisionDigests(Shape, frozen=True, kw_only=True):
    """SHA-256 of what a decision was made with: each recomputed on replay.

    `rule` is the archived policy whole; `parameters` the values that held; `facts` the fact sheet;
    `evaluator` the version of the evaluator and of every fact method used; `finding` the result.
    """

    rule: str
    parameters: str
    facts: str
    evaluator: str
    finding: str


class FactSeen(Shape, frozen=True, kw_only=True):
    """One fact as it stood: its value in canonical form, and the stream versions behind it.

    At most 32 versions are listed, in fold order; `count` is how many there are and `digest` the
    SHA-256 over all of them where the list is cut.
    """

    name: str
    value: str
    versions: tuple[int, ...] = ()
    count: int = 0
    digest: str | None = None


class Grant(Shape, frozen=True, kw_only=True):
    """Something a decision gives: an amount or a label, in canonical form."""

    key: str
    value: str


class Decided(Payload, frozen=True, kw_only=True):
    """A rule was asked a question about a subject, and answered.

    `on` is the legal date in the ledger's zone; `read_to` the position up to which adoptions,
    frameworks and scales were read; `learner_version` the version of this stream folded to;
    `adoption` the position of the adoption that governed. `nodes` gives each clause's value as
    `clause=value`. `conflict` says that several exceptions to one default held at once. `supersedes`
    is the stream version of the standing decision of the same key.
    """

    question: Question
    subject: Subject
    award: str
    on: str
    read_to: int
    learner_version: int
    adoption: int
    policy: str
    edition: str
    digests: DecisionDigests
    outcome: Outcome
    stage: str
    standing: Literal["current", "award"]
    effect: Literal["immediate", "proposed", "posted"]
    level: str | None = None
    grants: tuple[Grant, ...] = ()
    decisive: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    facts: tuple[FactSeen, ...] = ()
    nodes: tuple[str, ...] = ()
    conflict: bool = False
    supersedes: int | None = None
