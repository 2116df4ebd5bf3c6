"""A decision's page: what stands around the view of `ledger.inquiry`."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.audit.verdicts import Verdict
from ledger.inquiry.lacking import Missing, still_missing
from ledger.inquiry.proof_lines import ProofView, proof_view
from ledger.inquiry.receipts import QUESTIONS
from ledger.inquiry.views import DecisionSummary, DecisionView
from ledger.projections.filters import Filter
from ledger.projections.pages import MOST_ROWS
from web import access
from web.ledgers import Opened
from web.listing import DecisionRow, Shown, decision_list, every
from web.wording import natural, plain

VERDICTS = {
    Verdict.IDENTICAL.value: ("good", "✓", "identical"),
    Verdict.EVIDENCE_ERASED.value: ("none", "–", "evidence erased"),
}
"""The verdicts that are no finding: a tone, a mark and a word."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a page needs beside the decision.

    `verdict` is a tone, a mark and a word; `shown` the numbers of the entries the page lists; `decided`
    the decisions it read, by version; `digests` the SHA-256 of the stored bytes of the decision and its evidence, by
    version; `before` and `after` are the neighbours on the same question, subject and award.
    """

    verdict: tuple[str, str, str]
    missing: tuple[Missing, ...]
    facts: Mapping[str, str]
    shown: frozenset[int]
    decided: Mapping[int, DecisionRow]
    rule: str
    actor: str
    proof: ProofView
    digests: Mapping[int, str]
    has_receipt: bool
    before: DecisionSummary | None
    after: DecisionSummary | None


def around(opened: Opened, view: DecisionView) -> Around:
    """Return what stands around a decision."""
    place = [one.version for one in view.history].index(view.summary.version)
    return Around(
        verdict=VERDICTS.get(view.again) or ("bad", "✗", plain(view.again)),
        missing=still_missing(view.explanation.missing) if view.explanation else (),
        facts={fact.name: fact.says for fact in view.facts},
        shown=frozenset(number for one in view.evidence for number in (one.version, one.entry)),
        decided=_decided(opened, view),
        rule=dict(view.digests)["rule"],
        actor=opened.ledger.vault.display_name(view.actor),
        proof=proof_view(opened.ledger, view.summary.position),
        digests=dict(view.stored),
        has_receipt=view.summary.question in QUESTIONS,
        before=view.history[place - 1] if place else None,
        after=view.history[place + 1] if place + 1 < len(view.history) else None,
    )


def _decided(opened: Opened, view: DecisionView) -> dict[int, DecisionRow]:
    """Return the decisions a decision read, by their version; most read none."""
    read = {number for fact in view.facts for number in fact.versions}
    read -= {number for one in view.evidence for number in (one.version, one.entry)}
    if not read:
        return {}
    wanted, shown = Filter(learner=view.summary.learner), Shown(opened, access.named())
    found = every(lambda after: decision_list(shown, wanted, None, MOST_ROWS, after))
    rows = sorted((row for row in found if row.version in read), key=lambda row: natural(row.subject_code))
    return {row.version: row for row in rows}
