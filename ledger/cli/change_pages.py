"""`mastery changes list`, `show` and `rules`."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.cli.change_text import change_lines
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.inquiry.changes import ChangeRow, ChangeView, change_rows, change_view
from ledger.inquiry.ruling import RuleHere, rules_in_force


@dataclass(frozen=True, slots=True)
class ListedChanges:
    """Every change, those under way first."""

    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class ListedRules:
    """What governs on a day, for each question and subjects, the nearest rule first."""

    on: str
    rules: tuple[RuleHere, ...]


@click.command("list")
@prints(ListedChanges)
@pass_session
def listing(session: Session, as_json: bool) -> None:
    """List every change, those still under way first.

    Example: mastery changes list
    """
    with session.open() as ledger:
        answer = ListedChanges(change_rows(ledger))
    show(answer, as_json, _listed)


def _listed(answer: ListedChanges) -> Iterator[str]:
    headings = ("change", "status", "question", "about", "rule", "from", "proposed by")
    yield from table(
        headings,
        [
            (
                one.number,
                one.status + (", emergency" if one.emergency else ""),
                one.question,
                one.about,
                one.edition if one.verb == "adopts" else f"end of {one.edition}",
                one.first_day,
                one.proposer,
            )
            for one in answer.changes
        ],
    )
    yield f"{counted(len(answer.changes), 'change')}."


@click.command("show")
@click.argument("change")
@prints(ChangeView)
@pass_session
def show_change(session: Session, change: str, as_json: bool) -> None:
    """Show a change: what it alters, its preview, every step taken, and what you may do next.

    Example: mastery --as m.ortiz changes show 3
    """
    with session.open() as ledger:
        answer = change_view(ledger, change, session.author(ledger))
    show(answer, as_json, change_lines)


@click.command()
@prints(ListedRules)
@pass_session
def rules(session: Session, as_json: bool) -> None:
    """List what governs today, whom it binds, and the position by which it can be ended.

    Example: mastery changes rules
    """
    with session.open() as ledger:
        answer = ListedRules(ledger.today().isoformat(), rules_in_force(ledger, ledger.today()))
    show(answer, as_json, _rules)


def _rules(answer: ListedRules) -> Iterator[str]:
    headings = ("position", "question", "award", "about", "rule", "of", "from", "until", "change")
    yield from table(
        headings,
        [
            (
                one.position if one.own else f"{one.position} (received)",
                one.question,
                one.award,
                one.about,
                one.edition,
                one.jurisdiction,
                one.first_day,
                one.last_day or "open",
                one.change or "",
            )
            for one in answer.rules
        ],
    )
    yield f"{counted(len(answer.rules), 'rule')} on {answer.on}."
    yield "Of several about one subject the first that binds a learner governs."
