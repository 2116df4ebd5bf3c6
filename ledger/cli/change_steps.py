"""`mastery changes preview`, `submit`, `approve` and the other steps of a change that was proposed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.application import Ledger, changing
from ledger.cli.adopting import authority_of
from ledger.cli.change_text import change_line, change_lines
from ledger.cli.options import authority, day, text
from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.domain.change_fold import Change
from ledger.errors import UsageError
from ledger.inquiry.changes import ChangeRow, ChangeView, change_row, change_view
from ledger.storage.envelope import Author

public_reason = click.option("--reason", type=text, required=True, help="Why; public, it stands in the log.")


@dataclass(frozen=True, slots=True)
class Activated:
    """The changes that came to govern, and those whose day has come that may not, each with the reason."""

    changes: tuple[ChangeRow, ...]
    refused: tuple[tuple[int, str], ...] = ()


def _taken(session: Session, as_json: bool, step: Callable[[Ledger, Author], Change]) -> None:
    """Take a step and print what the change looks like after it."""
    with session.open() as ledger:
        author = session.author(ledger)
        done = step(ledger, author)
        show(change_view(ledger, done.id, author), as_json, change_lines)


@click.command()
@click.argument("change")
@prints(ChangeView)
@pass_session
def preview(session: Session, change: str, as_json: bool) -> None:
    """Work out what a change would do to every learner on record; nothing is decided by it.

    Example: mastery --as m.ortiz changes preview 3
    """
    with session.open() as ledger, progress({"learners": "Learners looked at"}) as tell:
        author = session.author(ledger)
        changing.preview_change(ledger, author, change, lambda done, total: tell("learners", done, total))
        answer = change_view(ledger, change, author)
    show(answer, as_json, change_lines)


@click.command()
@click.argument("change")
@prints(ChangeView)
@pass_session
def submit(session: Session, change: str, as_json: bool) -> None:
    """Ask for approval, on the strength of the latest preview.

    Example: mastery --as m.ortiz changes submit 3
    """
    _taken(session, as_json, lambda ledger, author: changing.submit(ledger, author, change))


@click.command()
@click.argument("change")
@prints(ChangeView)
@pass_session
def approve(session: Session, change: str, as_json: bool) -> None:
    """Approve a change that another person has proposed, on a preview that still holds.

    Example: mastery --as j.lee changes approve 3
    """
    _taken(session, as_json, lambda ledger, author: changing.approve(ledger, author, change))


@click.command()
@click.argument("change")
@public_reason
@prints(ChangeView)
@pass_session
def decline(session: Session, change: str, reason: str, as_json: bool) -> None:
    """Refuse approval; the change may be previewed and submitted again.

    Example: mastery --as j.lee changes decline 3 --reason "Wait for the spring examinations"
    """
    _taken(session, as_json, lambda ledger, author: changing.decline(ledger, author, change, reason))


@click.command()
@click.argument("change")
@click.option("--on", type=day, help="The day, in the ledger's zone; the first day of the change where not given.")
@prints(ChangeView)
@pass_session
def schedule(session: Session, change: str, on: date | None, as_json: bool) -> None:
    """Set the day on which an approved change is activated; `mastery tick` activates it then.

    Example: mastery --as j.lee changes schedule 3
    """
    _taken(session, as_json, lambda ledger, author: changing.schedule(ledger, author, change, on))


@click.command()
@click.argument("change", required=False)
@click.option("--due", is_flag=True, help="Every change whose day has come.")
@prints(Activated)
@pass_session
def activate(session: Session, change: str | None, due: bool, as_json: bool) -> None:
    """Make an approved change govern, once its day has come; an emergency at once.

    Example: mastery --as j.lee changes activate 3
    """
    if (change is None) != due:
        raise UsageError("name one CHANGE, or give --due for every one whose day has come")
    with session.open() as ledger:
        if change is not None:
            done: tuple[changing.Due, ...] = (changing.Due(changing.activate(ledger, session.author(ledger), change)),)
        else:
            done = changing.activate_due(ledger, lambda: session.author(ledger))
        answer = Activated(
            tuple(change_row(ledger, one.change) for one in done if not one.refusal),
            tuple((one.change.proposed.number, one.refusal) for one in done if one.refusal),
        )
    show(answer, as_json, _activated)


def _activated(answer: Activated) -> Iterator[str]:
    yield from (change_line(one) for one in answer.changes)
    yield from (f"Change {number} is due and may not be activated: {said}" for number, said in answer.refused)
    yield f"{counted(len(answer.changes), 'change')} activated. What stands is kept; `mastery differing` lists what"
    yield "the new rule would say otherwise."


@click.command()
@click.argument("change")
@public_reason
@prints(ChangeView)
@pass_session
def withdraw(session: Session, change: str, reason: str, as_json: bool) -> None:
    """Give a change up before it governs.

    Example: mastery --as m.ortiz changes withdraw 3 --reason "The board wants another level"
    """
    _taken(session, as_json, lambda ledger, author: changing.withdraw_change(ledger, author, change, reason))


@click.command()
@click.argument("change")
@authority
@prints(ChangeView)
@pass_session
def confirm(
    session: Session,
    change: str,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Confirm an emergency by the body it was made for, so that it lasts.

    Example: mastery --as j.lee changes confirm 4 --authority "Board of trustees" --minute 2026-33
    """
    given = authority_of(body, dated, minute, link)
    _taken(session, as_json, lambda ledger, author: changing.confirm(ledger, author, change, given))
