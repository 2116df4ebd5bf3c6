"""A ledger at a glance: how much there is, how it came out, what is in force, what was decided last."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ledger.demonstration import Story, finished
from ledger.policy.model import Question
from ledger.projections import queries
from ledger.projections.answers import OutcomeCount, Overview
from ledger.projections.filters import Filter
from ledger.projections.within import Within
from web import access
from web.charts import Part, bar, mini, share
from web.ledgers import Opened
from web.listing import DecisionRow, LearnerRow, Shown, decision_list
from web.rules import RuleRow, in_force
from web.wording import OUTCOMES

RECENT = 8


@dataclass(frozen=True, slots=True)
class Card:
    """A ledger in a list of ledgers."""

    jurisdiction: str
    scope: str
    kind: str
    zone: str
    parent: str
    overview: Overview
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """How many standing decisions of a question have an outcome, and the share of all of them."""

    outcome: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """The standing decisions of one question, by outcome."""

    question: str
    total: int
    outcomes: tuple[OutcomeShare, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the home page of a ledger shows, true for `overview.position`.

    `reached` says that what is counted is about some learners alone: those whom one reaches.
    """

    ledger: str
    jurisdiction: str
    kind: str
    overview: Overview
    questions: tuple[QuestionCounts, ...]
    rules: tuple[RuleRow, ...]
    stories: tuple[Story, ...]
    recent: tuple[DecisionRow, ...]
    reached: bool = False


def card(opened: Opened, within: Within | None = None) -> Card:
    """Return a ledger for the list of ledgers; it counts whom somebody reaches."""
    is_opened = opened.ledger.opened
    parent = is_opened.parent or ""
    overview = queries.overview(opened.models, within)
    jurisdiction = opened.ledger.jurisdiction
    told = stories(opened.ledger.home.path, jurisdiction)
    return Card(jurisdiction, opened.scope, is_opened.kind, is_opened.zone, parent, overview, told)


def front(shown: Shown, within: Within | None, *, recent: bool) -> Front:
    """Return the home page of a ledger; it counts whom somebody reaches, and `recent` shows what was decided last."""
    opened = shown.opened
    overview = queries.overview(opened.models, within)
    return Front(
        ledger=opened.ledger.opened.ledger,
        jurisdiction=opened.ledger.jurisdiction,
        kind=opened.ledger.opened.kind,
        overview=overview,
        questions=by_question(overview.outcomes),
        rules=in_force(opened),
        stories=stories(opened.ledger.home.path, opened.ledger.jurisdiction),
        reached=within is not None,
        recent=decision_list(shown, Filter(within=within), None, RECENT, None).rows if recent else (),
    )


def stories(home: Path, jurisdiction: str) -> tuple[Story, ...]:
    """Return what is worth a look in a demonstration, for whoever may open it; nothing in any other home."""
    summary = finished(home)
    told = summary.stories if summary else ()
    return tuple(one for one in told if one.jurisdiction == jurisdiction and access.opens(one.learner))


def by_question(counts: tuple[OutcomeCount, ...]) -> tuple[QuestionCounts, ...]:
    """Put counts together by question; questions and outcomes each in their own order."""
    found = {(one.question, one.outcome): one.count for one in counts}
    return tuple(
        _counts(question.value, {outcome: found.get((question.value, outcome), 0) for outcome in OUTCOMES})
        for question in Question
        if any(one.question == question.value for one in counts)
    )


def _counts(question: str, found: dict[str, int]) -> QuestionCounts:
    total = sum(found.values())
    outcomes = tuple(OutcomeShare(outcome, count, share(count, total)) for outcome, count in found.items() if count)
    return QuestionCounts(question, total, outcomes)


def strip(row: LearnerRow) -> Markup:
    """Draw how many decisions about a learner are met; the numbers stand beside it."""
    parts = [Part(tone, mark, words, count) for (tone, mark, words), count in _standing(row)]
    return mini(parts)


def _standing(row: LearnerRow) -> tuple[tuple[tuple[str, str, str], int], ...]:
    return (OUTCOMES["met"], row.met), (OUTCOMES["not_yet"], row.open)


def chart(counts: QuestionCounts) -> Markup:
    """Draw the outcomes of one question."""
    parts = []
    for one in counts.outcomes:
        tone, mark, words = OUTCOMES[one.outcome]
        parts.append(Part(tone, mark, words, one.count))
    return bar(parts, f"{counts.question.capitalize()}, {counts.total:,} standing decisions")
