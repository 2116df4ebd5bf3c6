"""The payload of a decision: everything needed to explain it and to make it again."""

from datetime import date

from ledger.deciding.answer import Answer
from ledger.domain.learner import Decided, DecisionDigests
from ledger.facts.standing import StandingDecision
from ledger.policy.model import Outcome


def digests_of(answer: Answer) -> DecisionDigests:
    """Return the digests of all a decision rests on."""
    return DecisionDigests(
        rule=answer.ruling.shelved.digest,
        parameters=answer.ruling.digest,
        facts=answer.conclusion.facts_digest,
        evaluator=answer.ruling.shelved.evaluator,
        finding=answer.conclusion.digest,
    )


def decided_payload(
    answer: Answer, *, on: date, read_to: int, learner_version: int, standing: StandingDecision | None
) -> Decided:
    """Write an answer down as a decision."""
    policy, finding = answer.ruling.shelved.policy, answer.finding
    return Decided(
        question=policy.question.value,
        subject=answer.subject,
        award=policy.award,
        on=on.isoformat(),
        read_to=read_to,
        learner_version=learner_version,
        adoption=answer.ruling.governing.position,
        policy=policy.id,
        edition=policy.edition,
        digests=digests_of(answer),
        outcome=finding.outcome.value,
        stage=finding.stage.value,
        standing=policy.standing.value,  # type: ignore[arg-type]
        effect=policy.effect.value,  # type: ignore[arg-type]
        level=answer.conclusion.level,
        grants=answer.conclusion.grants,
        decisive=finding.decisive,
        needs=finding.needs,
        facts=answer.sheet.seen,
        nodes=answer.conclusion.nodes,
        conflict=finding.conflict,
        supersedes=standing.version if standing else None,
    )


def differs(answer: Answer, standing: StandingDecision | None) -> bool:
    """Say whether an answer is to be written as a decision.

    It is where outcome, level, decisive clauses or what is given differ from what stands; but a
    first `not_applicable` is not, and an award once met stands.
    """
    if standing is not None and standing.outcome == "met" and standing.standing == "award":
        return False
    return says_otherwise(answer, standing)


def says_otherwise(answer: Answer, standing: StandingDecision | None) -> bool:
    """Say whether an answer differs from what stands, whatever an award once met may do."""
    finding = answer.finding
    if standing is None:
        return finding.outcome is not Outcome.NOT_APPLICABLE
    return (finding.outcome.value, answer.conclusion.level, finding.decisive, answer.conclusion.grants) != (
        standing.outcome,
        standing.level,
        standing.decisive,
        standing.grants,
    )
