"""Why an answer would differ with a change of rules: what is said of one learner without it and with it, explained."""

from dataclasses import dataclass
from datetime import date

from ledger.application.change_state import supposition_of
from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.application.previewing import Rules, record_at
from ledger.deciding import Decider
from ledger.deciding.answer import Answer
from ledger.deciding.supposing import Key, answers
from ledger.domain.change_fold import Change
from ledger.domain.changes import ChangePreviewed
from ledger.inquiry.naming import Naming
from ledger.policy.explaining import Explanation, explain


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why one answer is what it is without a change, and with it; null where no rule would be asked."""

    without: Explanation | None
    supposed: Explanation | None


def reasons(
    ledger: Ledger,
    change: Change,
    previewed: ChangePreviewed,
    learner: str,
    key: Key,
    *,
    entitlements: bool = True,
) -> Reasons:
    """Explain both answers about a learner, from what was on record and what governed when a change was previewed.

    Without `entitlements` whatever reads a legal entitlement is left out.
    """
    supposition = supposition_of(ledger.governance(), change.proposed)
    rules = Rules(ledger, supposition, date.fromisoformat(previewed.on), previewed.read_to)
    record, naming = record_at(ledger, stream_of(learner), previewed.position), Naming(ledger.governance())
    concerns = rules.reach.concerns
    return Reasons(
        _explained(rules.without, answers(rules.without, record, concerns).get(key), naming, entitlements),
        _explained(rules.supposed, answers(rules.supposed, record, concerns).get(key), naming, entitlements),
    )


def _explained(decider: Decider, answer: Answer | None, naming: Naming, entitlements: bool) -> Explanation | None:
    if answer is None:
        return None
    policy, overrides = answer.ruling.shelved.policy, answer.ruling.overrides
    said = explain(policy, answer.finding, decider.on, overrides=overrides, entitlements=entitlements)
    return naming.named(said)
