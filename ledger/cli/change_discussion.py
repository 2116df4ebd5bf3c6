"""`mastery changes comment` and `discussion`: what people say about a change."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.application.discussing import comment as say
from ledger.cli.options import text
from ledger.cli.printing import prints, show
from ledger.cli.session import Session, pass_session
from ledger.inquiry.discussion import Comment
from ledger.inquiry.discussion import discussion as said_about


@dataclass(frozen=True, slots=True)
class Discussion:
    """What was said about a change, the oldest first."""

    change: str
    comments: tuple[Comment, ...]


@click.command()
@click.argument("change")
@click.option("--text", "words", type=text, required=True, help="What to say; kept in the vault, never in the log.")
@prints(Discussion)
@pass_session
def comment(session: Session, change: str, words: str, as_json: bool) -> None:
    """Say something about a change, whatever its status; no decision depends on it.

    Example: mastery --as j.lee changes comment 3 --text "Ask the mathematics teachers first"
    """
    with session.open() as ledger:
        say(ledger, session.author(ledger), change, words)
        answer = Discussion(change, said_about(ledger, change))
    show(answer, as_json, _lines)


@click.command()
@click.argument("change")
@prints(Discussion)
@pass_session
def discussion(session: Session, change: str, as_json: bool) -> None:
    """Read what was said about a change, the oldest first.

    Example: mastery changes discussion 3
    """
    with session.open() as ledger:
        answer = Discussion(change, said_about(ledger, change))
    show(answer, as_json, _lines)


def _lines(answer: Discussion) -> Iterator[str]:
    yield f"Change {answer.change}, what was said about it:"
    for one in answer.comments:
        yield f"  {one.at} {one.who}: {one.text}"
    if not answer.comments:
        yield f'  nothing yet; mastery changes comment {answer.change} --text "..."'
