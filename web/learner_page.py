"""A learner's page: the view of `ledger.inquiry` put in the order in which it is read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.errors import UnknownName
from ledger.inquiry.audience import WHOLE, Audience
from ledger.inquiry.lacking import Missing, still_missing
from ledger.inquiry.learners import learner_view
from ledger.inquiry.views import DecisionSummary, EvidenceView, LearnerView, SubjectView, TargetView
from ledger.policy.explaining import Explanation
from web.asking import Moment
from web.ledgers import Opened
from web.wording import natural, short_result

TELLING = ("MASTERY", "CREDIT", "GRADUATION", "CERTIFICATION", "ADVANCEMENT", "SUPPORT", "READINESS")
"""Which question says best where a learner stands with a subject, the most telling first."""

_ODD = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Answered:
    """One standing decision about a target; the explanation is null where it cannot be made again."""

    decision: DecisionSummary
    explanation: Explanation | None
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One target: `main` is the most telling answer, null before anything was decided.

    `latest` is the number of the newest evidence that was not withdrawn, "–" where there is none.
    """

    anchor: str
    subject: SubjectView
    main: DecisionSummary | None
    latest: str
    answers: tuple[Answered, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets are met, and how many there are."""

    met: int
    all: int


def view_of(opened: Opened, learner: str, asked: Moment, audience: Audience = WHOLE) -> LearnerView:
    """Return what an audience may see of a learner at the moment asked for; raise `UnknownName` where nothing is."""
    try:
        return learner_view(opened.ledger, learner, as_of=asked.as_of, known_at=asked.known_at, audience=audience)
    except UnknownName:
        when = "" if asked.is_now else " at that position"
        raise UnknownName(f"nothing is on record about a learner {learner}{when}") from None


def targets(view: LearnerView, kind: str, *, other: bool = False) -> tuple[Target, ...]:
    """Return the targets of a kind, or all of other kinds, in the order of their codes."""
    found = [_target(one) for one in view.targets if (one.subject.kind == kind) is not other]
    return tuple(sorted(found, key=lambda one: natural(one.subject.code or one.subject.label)))


def tally(some: Sequence[Target]) -> Tally:
    """Count the targets that are met."""
    return Tally(sum(one.main is not None and one.main.outcome == "met" for one in some), len(some))


def credits_of(some: Sequence[Target]) -> Iterator[tuple[DecisionSummary, str, str]]:
    """Yield what met decisions give: the decision, what, and how much."""
    for target in some:
        for answered in target.answers:
            for key, value in answered.decision.grants:
                yield answered.decision, key, value


def _target(view: TargetView) -> Target:
    answers = sorted(
        (
            Answered(decision, explanation, still_missing(explanation.missing) if explanation else ())
            for decision, explanation in zip(view.decisions, view.explanations, strict=True)
        ),
        key=lambda one: TELLING.index(one.decision.question),
    )
    counting = sorted((one for one in view.evidence if not one.withdrawn), key=_when)
    return Target(
        anchor=f"{view.subject.kind}-{_ODD.sub('-', view.subject.id)}",
        subject=view.subject,
        main=answers[0].decision if answers else None,
        latest=_number(counting[-1], view.subject.key) if counting else "–",
        answers=tuple(answers),
        evidence=tuple(sorted(view.evidence, key=_when, reverse=True)),
    )


def _when(evidence: EvidenceView) -> tuple[str, int]:
    return evidence.occurred or evidence.submitted or evidence.scored, evidence.entry


def _number(evidence: EvidenceView, key: str) -> str:
    return next(short_result(result.words) for result in evidence.results if result.subject.key == key)
