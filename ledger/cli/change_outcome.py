"""`mastery changes outcome`."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.inquiry.naming import Naming
from ledger.inquiry.outcome import what_came_of
from ledger.inquiry.predicting import Fate

WORDS = {
    Fate.CAME_TRUE: "decided as predicted",
    Fate.AWARD_STANDS: "awarded before, and stands",
    Fate.SETTLED_OTHERWISE: "a person let it stand",
    Fate.OPEN: "for a person to settle",
    Fate.NOT_ASKED: "not asked yet",
    Fate.NO_LONGER: "changed by what was recorded since",
    Fate.UNPREDICTED: "not predicted",
}


@dataclass(frozen=True, slots=True)
class CameOf:
    """One answer a change was to alter, or has altered: what was predicted and what came of it."""

    learner: str
    name: str
    question: str
    about: str
    without: str
    predicted: str
    fate: str


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """What a change has done beside what its preview said; `counts` names every fate."""

    change: str
    counts: tuple[tuple[str, int], ...]
    answers: tuple[CameOf, ...]


@click.command()
@click.argument("change")
@click.option("--all", "everything", is_flag=True, help="Name every answer, not only how many there are.")
@prints(ChangeOutcome)
@pass_session
def outcome(session: Session, change: str, everything: bool, as_json: bool) -> None:
    """Hold what the preview of an active change predicted against what came of it.

    Example: mastery changes outcome 3
    """
    with session.open() as ledger:
        found = what_came_of(ledger, change)
        naming, names = Naming(ledger.governance()), ledger.vault.names({one.row.learner for one in found.rows})
        answers = tuple(
            CameOf(
                learner=one.row.learner,
                name=names[one.row.learner],
                question=one.row.question,
                about=naming.by_key(one.row.subject).code or one.row.subject,
                without=one.row.without.outcome or "",
                predicted=one.row.supposed.outcome or "",
                fate=one.fate.value,
            )
            for one in found.rows
        )
        counts = tuple((fate.value, count) for fate, count in found.counts().items())
    answer = ChangeOutcome(change, counts, answers)
    show(answer, as_json, lambda one: _lines(one, everything=everything))


def _lines(answer: ChangeOutcome, *, everything: bool) -> Iterator[str]:
    for fate, count in answer.counts:
        if count:
            yield f"{count:>7,}  {WORDS[Fate(fate)]}"
    yield f"{counted(len(answer.answers), 'answer')} predicted or altered."
    if everything:
        headings = ("name", "learner", "question", "about", "without", "with", "came of it")
        rows = [
            (one.name, one.learner, one.question, one.about, one.without, one.predicted, WORDS[Fate(one.fate)])
            for one in answer.answers
        ]
        yield from table(headings, rows)
