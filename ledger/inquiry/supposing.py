"""What another rule, or other values, would have said of one decision: a what-if, and never a replay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.application import Ledger
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Replayed, Verdict
from ledger.audit.what_if import OtherRule, other_rule
from ledger.domain.learner import Decided
from ledger.errors import LedgerError, Refused, UnknownName, UsageError
from ledger.inquiry.audience import WHOLE, Audience
from ledger.inquiry.naming import Naming
from ledger.inquiry.views import DecisionSummary
from ledger.policy.explaining import Explanation, explain
from ledger.policy.finding import Finding
from ledger.policy.model import Policy
from ledger.policy.sheet import value_words
from ledger.simulation.reading import Tried

WARNING = "What-if, not a replay: nobody was decided about by this rule, and nothing was written to the ledger."


@dataclass(frozen=True, slots=True)
class Supposed:
    """What another rule would have said on the very record and day of a decision.

    `kind` and `warning` say what this is not. `rule` is the edition asked, `values` those set for it; `decided`
    and `would_be` are outcomes, `explanation` that of the other rule.
    """

    kind: str
    warning: str
    learner: str
    version: int
    on: str
    rule: str
    title: str
    values: tuple[tuple[str, str], ...]
    decided: str
    would_be: str
    explanation: Explanation


def supposed(ledger: Ledger, learner: str, version: int, tried: Tried, *, audience: Audience = WHOLE) -> Supposed:
    """Ask another rule about one decision, which is first made again as it was.

    Raises `Refused` where that is not identical, `UsageError` where the rule answers another question.
    """
    replay = Replay(ledger.log)
    rule = other_rule(ledger.jurisdiction, replay.folded(), tried)
    for stream, one in replay.stream(learner, lambda number, _: number == version):
        if one.version == version and one.is_decision and stream.made is not None:
            _require_askable(rule, one, stream.made)
            finding = rule.finding(stream.made, stream.record)
            return _view(ledger, one, stream.made, tried, finding, audience)
    raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")


def _require_askable(rule: OtherRule, one: Replayed, made: Decided) -> None:
    if not rule.answers(made):
        asked = f"{made.question} of a {made.subject.kind} ({made.award})"
        raise UsageError(f"{rule.policy.edition} does not answer {asked}; name a rule that does")
    if one.verdict is not Verdict.IDENTICAL:
        raise Refused(
            f"made again, this decision is {one.verdict.value.replace('_', ' ')}: what it was made from is not "
            "known for sure, so no other rule is asked about it"
        )


def _view(ledger: Ledger, one: Replayed, made: Decided, tried: Tried, finding: Finding, audience: Audience) -> Supposed:
    shown, on = audience.entitlements, date.fromisoformat(made.on)
    explanation = explain(tried.policy, finding, on, overrides=dict(tried.overrides), entitlements=shown)
    return Supposed(
        kind="what-if",
        warning=WARNING,
        learner=one.learner,
        version=one.version,
        on=made.on,
        rule=tried.policy.edition,
        title=tried.policy.title,
        values=tuple((name, value_words(value)) for name, value in tried.overrides.items()),
        decided=made.outcome,
        would_be=finding.outcome.value,
        explanation=Naming(ledger.governance()).named(explanation),
    )


def rules_for(ledger: Ledger, installed: Iterable[Policy], made: DecisionSummary) -> dict[str, Policy]:
    """Return every rule, archived here or installed, that answers the question of a decision, by its edition."""
    found: dict[str, Policy] = {}
    for digest in ledger.governance().archived:
        try:
            policy = ledger.shelf().find(digest).policy
        except LedgerError:
            continue
        found[policy.edition] = policy
    for policy in installed:
        found.setdefault(policy.edition, policy)
    asked = (made.question, made.award, made.subject.kind)
    return {name: one for name, one in sorted(found.items()) if (one.question.value, one.award, one.subject) == asked}
