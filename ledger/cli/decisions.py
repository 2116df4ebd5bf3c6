"""`mastery decisions` and `mastery explain`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import click

from ledger.application import Ledger
from ledger.application.learning import subject_of
from ledger.cli.decision_text import decision_lines
from ledger.cli.options import page
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.reading import read_models
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.written_text import subject_words
from ledger.domain.learner import Outcome, Question
from ledger.domain.shapes import SubjectKind
from ledger.errors import UsageError
from ledger.inquiry import DecisionView, decision_view
from ledger.inquiry.decisions import decision_at
from ledger.inquiry.naming import Naming
from ledger.projections.answers import Decision
from ledger.projections.filters import Filter
from ledger.projections.queries import find_decisions


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision in a line: whose, about what, and the decision as indexed."""

    name: str
    about: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class ListedDecisions:
    """A page of decisions, true for `position`; `next` is the cursor of the next page, null after the last."""

    decisions: tuple[ListedDecision, ...]
    next: str | None
    position: int


@click.command()
@click.option("--learner", help="Only of this learner, by the id it came with or by UUID.")
@click.option("--question", type=click.Choice(get_args(Question), case_sensitive=False), help="Only this question.")
@click.option("--outcome", type=click.Choice(get_args(Outcome)), help="Only with this outcome.")
@click.option("--policy", help="Only by this policy, or, as id@first-day, by this edition.")
@click.option("--subject", help="Only about this subject, such as course/ALG1 or a competency's id or code.")
@click.option("--standing", is_flag=True, help="Only those that stand now.")
@page
@prints(ListedDecisions)
@pass_session
def decisions(
    session: Session,
    learner: str | None,
    question: str | None,
    outcome: str | None,
    policy: str | None,
    subject: str | None,
    standing: bool,
    limit: int,
    after: str | None,
    as_json: bool,
) -> None:
    """List decisions, the newest first.

    Example: mastery decisions --question MASTERY --outcome not_yet --standing
    """
    with session.open() as ledger, read_models(ledger) as models:
        wanted = Filter(
            learner=learner_of(ledger, learner) if learner else None,
            question=question,
            outcome=outcome,
            subject=subject_key(ledger, subject) if subject else None,
            policy=policy if policy and "@" not in policy else None,
            edition=policy if policy and "@" in policy else None,
        )
        reached = ledger.log.recorder.max_notification_id() if standing else None
        found = find_decisions(models, wanted, standing_at=reached, limit=limit, after=after)
        names = ledger.vault.names({row.learner for row in found.rows})
        naming = Naming(ledger.governance())
        rows = tuple(
            ListedDecision(names[row.learner], subject_words(naming.by_key(row.subject)), row) for row in found.rows
        )
    show(ListedDecisions(rows, found.next, found.position), as_json, _listed)


def subject_key(ledger: Ledger, name: str) -> str:
    """Return the key of a subject named by its key, or by a competency's id or code."""
    kind, slash, _ = name.partition("/")
    if slash and kind in get_args(SubjectKind):
        return name
    return subject_of(ledger, name).key


def _listed(answer: ListedDecisions) -> Iterator[str]:
    headings = ("decided for", "question", "outcome", "about", "name", "learner", "version", "policy")
    rows = [
        (
            one.decision.decided_on,
            one.decision.question,
            one.decision.outcome + (f" ({one.decision.level})" if one.decision.level else ""),
            one.about,
            one.name,
            one.decision.learner,
            one.decision.version,
            one.decision.edition,
        )
        for one in answer.decisions
    ]
    yield from table(headings, rows)
    yield f"{counted(len(rows), 'decision')}, as of position {answer.position}."
    if answer.next:
        yield f"More: the same command with --after {answer.next}"


@click.command()
@click.argument("learner", required=False)
@click.argument("version", type=click.IntRange(min=1), required=False)
@click.option("--at", type=click.IntRange(min=1), metavar="POSITION", help="The decision at this position of the log.")
@prints(DecisionView)
@pass_session
def explain(session: Session, learner: str | None, version: int | None, at: int | None, as_json: bool) -> None:
    """Explain a decision: the answer, the rule with its marks and sources, the evidence, and its replay.

    A decision is named by LEARNER and VERSION, as other commands print them, or by its position.

    Example: mastery explain S-1001 4
    """
    if (at is None) == (learner is None or version is None):
        raise UsageError("name the decision by LEARNER and VERSION, or with --at POSITION")
    with session.open() as ledger:
        place = decision_at(ledger, at) if at is not None else (learner_of(ledger, str(learner)), int(version or 0))
        answer = decision_view(ledger, *place)
    show(answer, as_json, decision_lines)
