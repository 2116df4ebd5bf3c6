"""What replaying a decision can come to: never a bare pass or fail."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """All there are; `IDENTICAL` alone is a pass, and `EVIDENCE_ERASED` alone is neither pass nor finding."""

    IDENTICAL = "identical"
    """The same outcome, for the same reasons, from the same facts."""

    OUTCOME_DIVERGED = "outcome_diverged"
    """The same rule and the same events now give another outcome, level or grant."""

    EXPLANATION_DIVERGED = "explanation_diverged"
    """The outcome is the same, but facts, clauses or reasons are not."""

    POLICY_MISSING = "policy_missing"
    """The policy was never archived in this ledger, or its archive entry is gone."""

    POLICY_DIGEST_MISMATCH = "policy_digest_mismatch"
    """The archived text is not the one that was archived."""

    PARAMETERS_MISSING = "parameters_missing"
    """The adoption is gone, or no longer gives the values the decision was made with."""

    EVIDENCE_MISSING = "evidence_missing"
    """Events of the learner's stream are gone."""

    EVIDENCE_ALTERED = "evidence_altered"
    """The stored bytes of an event are not those that were written."""

    EVIDENCE_ERASED = "evidence_erased"
    """A payload the decision could have read was lawfully erased, as an event of the same stream says."""

    RUNTIME_UNSUPPORTED = "runtime_unsupported"
    """The archived policy uses words, methods or versions this program does not know."""

    POLICY_ERROR = "policy_error"
    """Deciding failed."""


NO_FINDING = frozenset({Verdict.IDENTICAL, Verdict.EVIDENCE_ERASED})
"""The verdicts that accuse nobody."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One decision made again: its place, the verdict, and the nodes and facts that differ.

    Policy, subject and question are empty for a decision whose own payload was erased. Damage that
    belongs to no decision is told in the same shape, they are empty too, the learner as well where it
    is not of a learner's stream, and the version is 0 where it has none.
    """

    learner: str
    version: int
    position: int
    policy: str
    subject: str
    question: str
    verdict: Verdict
    differs: tuple[str, ...] = ()
    detail: str = ""

    @property
    def is_decision(self) -> bool:
        """Say whether this is about a decision, and not damage that touches none."""
        return bool(self.question) or self.verdict is Verdict.EVIDENCE_ERASED

    @property
    def is_finding(self) -> bool:
        """Say whether somebody has to answer for it."""
        return self.verdict not in NO_FINDING


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the ledger is not what was written, and the verdict on what rests on it."""

    verdict: Verdict
    position: int
    version: int
    detail: str

    def replayed(self, learner: str = "") -> Replayed:
        """Tell the damage for itself, where no decision tells it."""
        return Replayed(learner, self.version, self.position, "", "", "", self.verdict, (), self.detail)
