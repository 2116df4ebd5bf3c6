"""A decision's page: what stands around the view of `ledger.inquiry`."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.audit.verdicts import Verdict
from ledger.inquiry.views import DecisionSummary, DecisionView
from ledger.projections.filters import Filter
from ledger.projections.pages import MOST_ROWS
from web.learner_page import Missing, still_missing
from web.ledgers import Opened
from web.listing import DecisionRow, decision_list, every
from web.wording import natural, plain

SAME = ("good", "✓", "identical")


@dataclass(frozen=True, slots=True)
class Around:
    """What a page needs beside the decision.

    `verdict` is a tone, a mark and a word; `shown` the numbers of the entries the page lists; `decided`
    the decisions it read, by version; `before` and `after` are the neighbours on the same question,
    subject and award.
    """

    verdict: tuple[str, str, str]
    missing: tuple[Missing, ...]
    facts: Mapping[str, str]
    shown: frozenset[int]
    decided: Mapping[int, DecisionRow]
    rule: str
    actor: str
    before: DecisionSummary | None
    after: DecisionSummary | None


def around(opened: Opened, view: DecisionView) -> Around:
    """Return what stands around a decision."""
    place = [one.version for one in view.history].index(view.summary.version)
    return Around(
        verdict=SAME if view.again == Verdict.IDENTICAL.value else ("bad", "✗", plain(view.again)),
        missing=still_missing(view.explanation.missing) if view.explanation else (),
        facts={fact.name: fact.says for fact in view.facts},
        shown=frozenset(number for one in view.evidence for number in (one.version, one.entry)),
        decided=_decided(opened, view),
        rule=dict(view.digests)["rule"],
        actor=opened.ledger.vault.display_name(view.actor),
        before=view.history[place - 1] if place else None,
        after=view.history[place + 1] if place + 1 < len(view.history) else None,
    )


def _decided(opened: Opened, view: DecisionView) -> dict[int, DecisionRow]:
    """Return the decisions a decision read, by their version; most read none."""
    read = {number for fact in view.facts for number in fact.versions}
    read -= {number for one in view.evidence for number in (one.version, one.entry)}
    if not read:
        return {}
    wanted = Filter(learner=view.summary.learner)
    found = every(lambda after: decision_list(opened, wanted, None, MOST_ROWS, after))
    rows = sorted((row for row in found if row.version in read), key=lambda row: natural(row.subject_code))
    return {row.version: row for row in rows}
