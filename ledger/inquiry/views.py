"""What is shown of learners, evidence and decisions: plain values, laid out by the command line and the web."""

from dataclasses import dataclass

from ledger.audit.comparing import Parting
from ledger.policy.explaining import Explanation


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A competency, a course or a requirement; `code` and `statement` are empty where there is none."""

    key: str
    kind: str
    id: str
    code: str
    label: str
    statement: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """What a piece of evidence says about one subject, in words: "level 3 (Meeting)", "84.5 of 100"."""

    subject: SubjectView
    words: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence as it stands; dates are stored legal dates, empty where not known.

    `version` is the one that holds now, `entry` the first recording's; `correction` says that a
    later version replaced it, `withdrawn` that it counts no more.
    """

    evidence_id: str
    entry: int
    version: int
    position: int
    recorded: str
    actor: str
    system: str
    kind: str
    purpose: str
    task: str
    instrument: str
    attempt: str
    occurred: str
    submitted: str
    scored: str
    results: tuple[ResultView, ...]
    corrected: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """Something else on record, such as a status or an approval: `what` names it and `words` says what it holds."""

    version: int
    position: int
    recorded: str
    what: str
    words: str
    subject: SubjectView | None
    day: str


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """One decision in a line; `word` is the jurisdiction's own for the outcome."""

    learner: str
    version: int
    position: int
    recorded: str
    on: str
    question: str
    subject: SubjectView
    award: str
    outcome: str
    word: str
    level: str
    policy: str
    edition: str
    title: str
    decisive: tuple[str, ...]
    grants: tuple[tuple[str, str], ...]
    standing: bool
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class TargetView:
    """One subject of a learner: the standing decisions about it, why, and the evidence there is.

    `explanations` are those of `decisions`, in the same order, null where one cannot be made again.
    """

    subject: SubjectView
    decisions: tuple[DecisionSummary, ...]
    explanations: tuple[Explanation | None, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A decision that stands although the rule in force would now say something else.

    `adoption` is the position of the adoption that would say it; `awarded` says that what stands is an
    award, which no change of rules takes back.
    """

    standing: DecisionSummary
    outcome: str
    word: str
    because: str
    adoption: int
    awarded: bool


@dataclass(frozen=True, slots=True)
class LearnerView:
    """Everything about one learner, as known at a position and as of a day; nulls mean now.

    `position` and `version` are those folded to.
    """

    learner: str
    name: str
    as_of: str | None
    known_at: int | None
    position: int
    version: int
    targets: tuple[TargetView, ...]
    evidence: tuple[EvidenceView, ...]
    entries: tuple[EntryView, ...]
    differences: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact a decision read: what it is, its value in words, and the evidence behind it."""

    name: str
    says: str
    value: str
    versions: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """By whose authority a rule governed a decision."""

    position: int
    jurisdiction: str
    first_day: str
    body: str
    reason: str
    overrides: tuple[tuple[str, str], ...]
    upstream: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision and everything behind it.

    `again` is the replay verdict; `explanation` null where the decision cannot be made again.
    `history` holds every decision of the same key, oldest first; `superseded_by` the next one.
    `after_closing` names the books that were closed when it was made, and hold what it is about. `partings` says
    where it differs when it is made again, both sides; `stored` gives, by version, the SHA-256 of the stored bytes
    of the decision and of the evidence behind it.
    """

    summary: DecisionSummary
    name: str
    explanation: Explanation | None
    again: str
    detail: str
    facts: tuple[FactView, ...]
    evidence: tuple[EvidenceView, ...]
    adoption: AdoptionView | None
    digests: tuple[tuple[str, str], ...]
    read_to: int
    learner_version: int
    actor: str
    history: tuple[DecisionSummary, ...]
    superseded_by: int | None
    after_closing: tuple[str, ...] = ()
    partings: tuple[Parting, ...] = ()
    stored: tuple[tuple[int, str], ...] = ()
