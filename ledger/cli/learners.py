"""`mastery learners` and `mastery learner`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.cli.learner_text import learner_lines
from ledger.cli.options import day, page
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.reading import read_models
from ledger.cli.session import Session, learner_of, pass_session
from ledger.inquiry import LearnerView, learner_view
from ledger.projections.queries import find_learners


@dataclass(frozen=True, slots=True)
class ListedLearner:
    """A learner in a line: display name, how much is on record, and the instant of the last event."""

    learner: str
    name: str
    events: int
    evidence: int
    last_activity: str


@dataclass(frozen=True, slots=True)
class ListedLearners:
    """A page of learners, true for `position`; `next` is the cursor of the next page, null after the last."""

    learners: tuple[ListedLearner, ...]
    next: str | None
    position: int


@click.command()
@page
@prints(ListedLearners)
@pass_session
def learners(session: Session, limit: int, after: str | None, as_json: bool) -> None:
    """List the learners on record.

    Example: mastery learners --limit 20
    """
    with session.open() as ledger, read_models(ledger) as models:
        found = find_learners(models, limit=limit, after=after)
        names = ledger.vault.names(row.learner for row in found.rows)
    rows = tuple(
        ListedLearner(row.learner, names[row.learner], row.events, row.evidence, row.last_activity)
        for row in found.rows
    )
    show(ListedLearners(rows, found.next, found.position), as_json, _listed)


def _listed(answer: ListedLearners) -> Iterator[str]:
    headings = ("name", "learner", "evidence", "events", "last activity")
    rows = [(one.name, one.learner, one.evidence, one.events, one.last_activity) for one in answer.learners]
    yield from table(headings, rows)
    yield f"{counted(len(rows), 'learner')}, as of position {answer.position}."
    if answer.next:
        yield f"More: mastery learners --after {answer.next}"


@click.command()
@click.argument("learner")
@click.option("--as-of", type=day, help="As of the end of this day: what is dated later is left out.")
@click.option(
    "--known-at",
    type=click.IntRange(min=1),
    metavar="POSITION",
    help="As the ledger knew it at this position of the log.",
)
@prints(LearnerView)
@pass_session
def learner(session: Session, learner: str, as_of: date | None, known_at: int | None, as_json: bool) -> None:
    """Show where a learner stands, why, and what is missing.

    LEARNER is the id in the system it came from, or the learner's UUID.

    Example: mastery learner S-1001 --as-of 2026-05-30
    """
    with session.open() as ledger:
        answer = learner_view(ledger, learner_of(ledger, learner), as_of=as_of, known_at=known_at)
    show(answer, as_json, learner_lines)
