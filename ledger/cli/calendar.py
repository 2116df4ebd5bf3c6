"""`mastery tick`."""

from dataclasses import dataclass
from datetime import date

import click

from ledger.application import ticking
from ledger.cli.options import day
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session


@dataclass(frozen=True, slots=True)
class Ticking:
    """The day the calendar moved to, and how many decisions that brought."""

    through: str
    decisions: int


@click.command()
@click.option("--through", type=day, help="The day; today where not given, and not one to come.")
@prints(Ticking)
@pass_session
def tick(session: Session, through: date | None, as_json: bool) -> None:
    """Go through the calendar: ask what a new day, a new rule or a new designation opens.

    Example: mastery tick
    """
    with session.open() as ledger, progress({"tick": "learners asked"}) as tell:
        author = session.author(ledger)
        last = through or ledger.today()
        written = ticking.tick(ledger, author, last, lambda done, total: tell("tick", done, total))
    answer = Ticking(last.isoformat(), written)
    show(answer, as_json, lambda one: [f"Gone through to {one.through}: {counted(one.decisions, 'new decision')}."])
