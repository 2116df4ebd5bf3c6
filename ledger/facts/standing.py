"""What stands about a learner beside the evidence: decisions, statuses, approvals."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from ledger.domain import learner
from ledger.facts.ratios import Pair, pair_of
from ledger.facts.spans import Spans, begun_on, ended_on
from ledger.policy.canonical import value_from_text
from ledger.policy.facts import FactType
from ledger.policy.model import Question
from ledger.policy.sheet import UNKNOWN, Missing


class StandingDecision(Struct, frozen=True, kw_only=True, array_like=True):
    """The last decision of one key (question, subject, award), and when it was met.

    `version` is where it stands in the learner's stream, where the rest of it is found; `met_spans`
    are the legal days on which it was met in force: from the `on` of a met decision up to that of the
    next that is not. A decision speaks for its day and all that follow, whatever was decided before.
    """

    version: int
    question: str
    subject: str
    award: str
    outcome: str
    stage: str
    level: str | None
    decisive: tuple[str, ...]
    needs: tuple[str, ...]
    grants: tuple[learner.Grant, ...]
    policy: str
    edition: str
    adoption: int
    on: str
    read_to: int
    learner_version: int
    standing: str
    effect: str
    met_spans: Spans = ()

    @property
    def in_force(self) -> bool:
        """Say whether it counts: a proposed decision does not until it is confirmed."""
        return self.effect != "proposed"

    @property
    def key(self) -> str:
        """Name the decision's key within a learner: question, subject and award."""
        return decision_key(self.question, self.subject, self.award)


def decision_key(question: str, subject: str, award: str) -> str:
    """Name the key of a decision within a learner's record."""
    return f"{question}/{subject}/{award}"


class Award(Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """What stands as met and in force of a question above mastery, kept where every subject's rules find it."""

    version: int
    question: str
    subject: str
    award: str
    policy: str
    level: str | None
    grants: tuple[learner.Grant, ...]
    on: str


ABOVE_MASTERY = frozenset(question.value for question in Question if question.stratum > 0)
"""The questions whose awards count beyond their own subject."""


def award_of(decision: StandingDecision) -> Award | None:
    """Return what a standing decision awards; nothing where it is not met, not in force, or of mastery or below."""
    if decision.question not in ABOVE_MASTERY or decision.outcome != "met" or not decision.in_force:
        return None
    return Award(
        version=decision.version,
        question=decision.question,
        subject=decision.subject,
        award=decision.award,
        policy=decision.policy,
        level=decision.level,
        grants=decision.grants,
        on=decision.on[:10],
    )


def standing_of(version: int, decided: learner.Decided, before: StandingDecision | None) -> StandingDecision:
    """Return what stands after a decision, given what stood before it."""
    return StandingDecision(
        version=version,
        question=decided.question,
        subject=decided.subject.key,
        award=decided.award,
        outcome=decided.outcome,
        stage=decided.stage,
        level=decided.level,
        decisive=decided.decisive,
        needs=decided.needs,
        grants=decided.grants,
        policy=decided.policy,
        edition=decided.edition,
        adoption=decided.adoption,
        on=decided.on,
        read_to=decided.read_to,
        learner_version=decided.learner_version,
        standing=decided.standing,
        effect=decided.effect,
        met_spans=_met_spans(decided, before.met_spans if before else ()),
    )


def _met_spans(decided: learner.Decided, before: Spans) -> Spans:
    if decided.effect == "proposed":
        return before
    return (begun_on if decided.outcome == "met" else ended_on)(before, decided.on)


def level_number(level: str | None) -> Pair | None:
    """Return the level of a decision as an exact number; nothing where it has none that is a number."""
    try:
        return None if level is None else pair_of(Fraction(level))
    except ValueError:
        return None


def granted(grants: Sequence[learner.Grant], key: str, kind: FactType) -> "Pair | str | Missing | None":
    """Return what is given under a key: a number where a fraction is asked for, else a text; UNKNOWN where it is."""
    found = next((value_from_text(grant.value) for grant in grants if grant.key == key), None)
    if found is UNKNOWN:
        return UNKNOWN
    if kind is FactType.FRACTION:
        is_number = isinstance(found, int | Fraction) and not isinstance(found, bool)
        return pair_of(found) if is_number else None  # type: ignore[arg-type]
    return found if isinstance(found, str) else None


class StatusEntry(Struct, frozen=True, gc=False, array_like=True):
    """One setting of a status; `subject` is null where it is about the learner as a whole."""

    version: int
    code: str
    holds: bool
    subject: str | None
    first_day: str | None
    last_day: str | None

    def about(self, code: str, subject: str) -> bool:
        """Say whether it is this status, of this subject or of the learner as a whole."""
        return self.code == code and (self.subject is None or self.subject == subject)

    def covers(self, day: str) -> bool:
        """Say whether it speaks about a day; of an undated day only what is open at both ends does."""
        if not day:
            return self.first_day is None and self.last_day is None
        return (self.first_day is None or self.first_day[:10] <= day) and (
            self.last_day is None or day <= self.last_day[:10]
        )


class ApprovalEntry(Struct, frozen=True, gc=False, array_like=True):
    """A yes or a no on record; `subject` is null where it is about the learner as a whole."""

    version: int
    kind: str
    given: bool
    subject: str | None
    occurred: str | None
