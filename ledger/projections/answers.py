"""What the read models answer: one row each, all values as the events hold them."""

from dataclasses import dataclass

from ledger.domain.learner import Grant


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner stands with one subject: the standing decision, and the evidence there is.

    `version` and `position` are those of the decision; `evidence` counts pieces of evidence about the
    subject whatever their purpose; `last_evidence` is the last day among them, null where all are undated.
    """

    learner: str
    question: str
    subject: str
    award: str
    outcome: str
    stage: str
    level: str | None
    decided_on: str
    policy: str
    edition: str
    standing: str
    effect: str
    decisive: tuple[str, ...]
    needs: tuple[str, ...]
    version: int
    position: int
    evidence: int
    last_evidence: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as indexed: it stood from `position` up to, and not including, `to_position`.

    `adoption` is the position of the adoption that governed; `supersedes` the version of the decision before.
    """

    position: int
    to_position: int | None
    learner: str
    question: str
    subject: str
    award: str
    version: int
    framework: str | None
    level: str | None
    outcome: str
    stage: str
    policy: str
    edition: str
    decided_on: str
    at: str
    actor: str
    role: str
    standing: str
    effect: str
    adoption: int
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class Award:
    """A line of a transcript: a credit or another award met, and what it grants."""

    learner: str
    question: str
    subject: str
    award: str
    grants: tuple[Grant, ...]
    decided_on: str
    at: str
    policy: str
    edition: str
    effect: str
    framework: str | None
    level: str | None
    version: int
    position: int


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner: where the stream begins and ends in the log, and how much is in it."""

    learner: str
    first_position: int
    last_position: int
    events: int
    evidence: int
    last_activity: str


@dataclass(frozen=True, slots=True)
class SubjectEvidence:
    """How much evidence a learner has about a subject, decided or not."""

    subject: str
    evidence: int
    last_evidence: str | None


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many standing decisions of a question have an outcome."""

    question: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The ledger in numbers, true for `position`; `decisions` counts all ever made, `outcomes` the standing ones."""

    learners: int
    evidence: int
    decisions: int
    outcomes: tuple[OutcomeCount, ...]
    position: int
