"""`mastery access log` and `mastery access readers`: who looked at what, and what families are shown of it."""

from collections.abc import Iterator
from datetime import date

import click

from ledger.application.granting import show_readers
from ledger.cli.access_options import ACTIONS, person_of
from ledger.cli.options import day, text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, learner_of, pass_session
from ledger.inquiry.read import Reads, known_reads
from ledger.storage.reading_log import Sought


@click.command("log")
@click.option("--person", type=text, help="Only what this person looked at.")
@click.option("--learner", help="Only who looked at this learner, by an id or a UUID.")
@click.option("--action", type=click.Choice(sorted(ACTIONS)), metavar="ACTION", help="Only this action.")
@click.option("--from", "first_day", type=day, help="From this day on, in UTC.")
@click.option("--to", "last_day", type=day, help="To this day, in UTC.")
@click.option("--limit", type=click.IntRange(1, 100), default=50, show_default=True, metavar="ROWS", help="1 to 100.")
@click.option("--before", type=click.IntRange(min=1), metavar="POSITION", help="Only what was read before this one.")
@prints(Reads)
@pass_session
def log_command(
    session: Session,
    person: str | None,
    learner: str | None,
    action: str | None,
    first_day: date | None,
    last_day: date | None,
    limit: int,
    before: int | None,
    as_json: bool,
) -> None:
    """Show who looked at whose record, the latest first.

    Example: mastery access log --learner S-1001
    """
    with session.open() as ledger:
        sought = Sought(
            ledger=ledger.jurisdiction,
            person=None if person is None else person_of(ledger, person),
            learner=None if learner is None else learner_of(ledger, learner),
            what=None if action is None else ACTIONS[action].value,
            first_day=first_day.isoformat() if first_day else None,
            last_day=last_day.isoformat() if last_day else None,
        )
        answer = known_reads(ledger, sought, ledger.vault.names, limit=limit, before=before)
    show(answer, as_json, _logged)


def _logged(answer: Reads) -> Iterator[str]:
    headings = ("when", "who", "role", "what", "whom", "through")
    yield from table(headings, [(one.at, one.who, one.role, one.what, one.whom, one.through) for one in answer.reads])
    yield f"{counted(len(answer.reads), 'reading')}."
    if answer.next:
        yield f"More: mastery access log --before {answer.next}"


@click.command("readers")
@click.argument("shown", type=click.Choice(["shown", "hidden"]))
@pass_session
def readers_command(session: Session, shown: str) -> None:
    """Set whether learners and guardians are shown who within the schools looked at a record, by role.

    They always see what was given to somebody outside.

    Example: mastery access readers hidden
    """
    with session.open() as ledger:
        show_readers(ledger, session.author(ledger), shown=shown == "shown")
    click.echo(f"Who within the schools looked at a record is {shown} to families from now on.")
