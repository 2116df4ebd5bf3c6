"""`mastery books`: a graduation list or a term certified as of a position, reopened, and what was decided since."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

import click

from ledger.application import Ledger
from ledger.application import closing_books as commands
from ledger.audit.books import Afterwards, BookRow, Scope
from ledger.cli.adopting import authority_of
from ledger.cli.options import authority, day, text
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.domain.books import BookKind, BooksClosed
from ledger.domain.learner import Question
from ledger.errors import UsageError
from ledger.inquiry.naming import Naming

MOST_ROWS = 20
"""Rows shown in text; all are in the JSON."""


@dataclass(frozen=True, slots=True)
class ListedBooks:
    """A closing: the event at `closing` certified `listed` decisions as of `position`.

    `first_day` is null for the beginning, `questions` null for every question; `root` is that of the tree
    over so many leaves, in base64, `checkpoint` the size of the signed checkpoint kept then that covers
    them, null for none; `rows` the SHA-256 of the list; `reopened` the position of the reopening, null
    while the books are closed.
    """

    book: str
    kind: BookKind
    questions: tuple[str, ...] | None
    first_day: str | None
    last_day: str
    closing: int
    position: int
    root: str
    checkpoint: int | None
    listed: int
    rows: str
    authority: str
    reopened: int | None


@dataclass(frozen=True, slots=True)
class EveryBooks:
    """Every closing there was, in order."""

    closings: tuple[ListedBooks, ...]


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A decision on a closed list: whose, about what, and the version in the learner's stream."""

    learner: str
    question: str
    subject: str
    about: str
    award: str
    version: int
    outcome: str
    on: str


@dataclass(frozen=True, slots=True)
class DecidedAfterwards:
    """A decision made after a closing about what was closed, at a position: what it says, what the list says, why.

    `was` is the outcome on the list, null where it is not on it; `reopened` says whether the books had
    been reopened when it was made.
    """

    position: int
    recorded: str
    decision: BookEntry
    was: str | None
    why: str
    reopened: bool


@dataclass(frozen=True, slots=True)
class ShownBooks:
    """A closing looked into: whether the list made again, and the root, are those certified, and what came after.

    `erased` decisions could not be read any more, of which `erased_then` could not when it was closed.
    """

    books: ListedBooks
    same: bool
    rooted: bool
    erased: int
    erased_then: int
    entries: tuple[BookEntry, ...]
    afterwards: tuple[DecidedAfterwards, ...]


@click.group()
def books() -> None:
    """Close a graduation list or a term as of now, reopen it, and show what was decided afterwards.

    Closing certifies what the ledger says; it stops nobody. What is decided later about what was closed is
    shown as decided after the closing.
    """


@books.command()
@click.argument("kind", type=click.Choice(get_args(BookKind)))
@click.argument("name")
@click.option("--from", "first_day", type=day, help="The first day of decisions meant; from the beginning without.")
@click.option("--until", "last_day", type=day, help="The last day of decisions meant; today without.")
@click.option(
    "--question",
    "questions",
    type=click.Choice(get_args(Question), case_sensitive=False),
    multiple=True,
    help="Only this question; may be repeated. Without: GRADUATION for a graduation list, every one for a term.",
)
@authority
@prints(ListedBooks)
@pass_session
def close(
    session: Session,
    kind: BookKind,
    name: str,
    first_day: date | None,
    last_day: date | None,
    questions: tuple[Question, ...],
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Certify the decisions of a list or a term as they stand now, under a NAME such as class-of-2026.

    A graduation list holds those that are met, a term all.

    Example: mastery books close term 2026-spring --from 2026-01-05 --until 2026-05-29 --authority "School board"
    """
    meant: tuple[Question, ...] | None = tuple(sorted(set(questions))) or None
    if meant is None and kind == "graduation":
        meant = ("GRADUATION",)
    with session.open() as ledger:
        last = last_day or ledger.today()
        scope = Scope(kind, meant, first_day.isoformat() if first_day else None, last.isoformat())
        certifying = authority_of(body, dated, minute, link)
        commands.close_books(ledger, session.author(ledger), name, scope, certifying)
        answer = _listed(commands.closings_of(ledger, name)[-1])
    show(answer, as_json, _closed_lines)


@books.command()
@click.argument("name")
@authority
@click.option("--reason", type=text, required=True, help="Why; everybody may read it, so it names nobody.")
@prints(ListedBooks)
@pass_session
def reopen(
    session: Session,
    name: str,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """Open closed books again; what was certified stays on record, and they can be closed anew.

    Example: mastery books reopen 2026-spring --authority "School board" --reason "A class was left out"
    """
    with session.open() as ledger:
        certifying = authority_of(body, dated, minute, link)
        commands.reopen_books(ledger, session.author(ledger), name, certifying, reason)
        answer = _listed(commands.closings_of(ledger, name)[-1])
    show(answer, as_json, lambda one: [f"The books {one.book} are open since position {one.reopened}."])


@books.command("list")
@prints(EveryBooks)
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """List every closing there was.

    Example: mastery books list
    """
    with session.open() as ledger:
        answer = EveryBooks(tuple(_listed(one) for one in commands.every_closing(ledger)))
    show(answer, as_json, _every_lines)


@books.command("show")
@click.argument("name")
@click.option("--closing", type=click.IntRange(min=1), metavar="POSITION", help="An earlier closing; the last without.")
@prints(ShownBooks)
@pass_session
def show_command(session: Session, name: str, closing: int | None, as_json: bool) -> None:
    """Make a closed list again from the ledger, and show what was decided about it afterwards.

    Exit status 1 where the list or the root is not what was certified.

    Example: mastery books show 2026-spring
    """
    with session.open() as ledger:
        found = commands.closings_of(ledger, name)
        if closing is not None and closing not in {one.event.position for one in found}:
            places = ", ".join(str(one.event.position) for one in found)
            raise UsageError(f"the books {name!r} were not closed at position {closing}; they were at {places}")
        wanted = next(one for one in reversed(found) if closing in (None, one.event.position))
        answer = _shown(ledger, commands.look_into(ledger, wanted))
    show(answer, as_json, _shown_lines)
    if not (answer.same and answer.rooted):
        sys.exit(FINDINGS)


def _listed(closing: commands.Closing) -> ListedBooks:
    said: BooksClosed = closing.said
    return ListedBooks(
        said.book,
        said.kind,
        said.questions,
        said.first_day,
        said.last_day,
        closing.event.position,
        said.position,
        said.root,
        said.checkpoint,
        said.listed,
        said.rows,
        said.authority.body,
        closing.reopened.position if closing.reopened else None,
    )


def _shown(ledger: Ledger, found: commands.Opened) -> ShownBooks:
    naming = Naming(ledger.governance())
    reopened = found.closing.reopened
    return ShownBooks(
        _listed(found.closing),
        found.same,
        found.rooted,
        found.found.erased,
        found.closing.said.erased,
        tuple(_entry(naming, row) for row in found.found.rows),
        tuple(_after(naming, one, reopened.position if reopened else None) for one in found.afterwards),
    )


def _entry(naming: Naming, row: BookRow) -> BookEntry:
    kind, _, identity = row.subject.partition("/")
    about = naming.label(identity) if kind == "competency" else identity
    return BookEntry(
        row.learner, row.question, row.subject, about or row.subject, row.award, row.version, row.outcome, row.on
    )


def _after(naming: Naming, one: Afterwards, reopened: int | None) -> DecidedAfterwards:
    late = reopened is not None and one.position > reopened
    return DecidedAfterwards(one.position, one.at, _entry(naming, one.row), one.was, one.why, late)


def _closed_lines(answer: ListedBooks) -> Iterator[str]:
    yield f"The books {answer.book} were closed as of position {answer.position:,}, by {answer.authority}."
    yield f"  {counted(answer.listed, 'decision')} listed, {_days(answer)}; SHA-256 of the list {answer.rows}"
    yield f"  root of the tree there: {answer.root}"
    if answer.checkpoint is None:
        yield "  no signed checkpoint covers it yet; sign one, and hand it out, so that others hold what was certified"
    else:
        yield f"  covered by the signed checkpoint over {counted(answer.checkpoint, 'event')}"


def _days(answer: ListedBooks) -> str:
    asked = ", ".join(answer.questions) if answer.questions else "every question"
    return f"{asked}, decided {f'from {answer.first_day} ' if answer.first_day else ''}until {answer.last_day}"


def _every_lines(answer: EveryBooks) -> Iterator[str]:
    rows = [
        (one.book, one.kind, one.position, one.listed, one.authority, f"at {one.reopened}" if one.reopened else "no")
        for one in answer.closings
    ]
    yield from table(("books", "kind", "as of position", "listed", "by", "reopened"), rows)
    if not rows:
        yield "No books were ever closed."


def _shown_lines(answer: ShownBooks) -> Iterator[str]:
    yield from _closed_lines(answer.books)
    if answer.books.reopened is not None:
        yield f"  reopened at position {answer.books.reopened}"
    yield "The list made again from the ledger is " + ("the one certified." if answer.same else "ANOTHER one.")
    if answer.erased > answer.erased_then:
        yield f"  {counted(answer.erased - answer.erased_then, 'decision')} erased since cannot be read any more"
    if not answer.rooted:
        yield "  the root of the tree there is ANOTHER one; `mastery verify` tells what was changed"
    rows = [(one.learner, one.question, one.about, one.outcome, one.on) for one in answer.entries[:MOST_ROWS]]
    yield from table(("learner", "question", "about", "outcome", "decided for"), rows)
    if len(answer.entries) > MOST_ROWS:
        yield f"and {len(answer.entries) - MOST_ROWS:,} more; all are in the answer of --json"
    yield from _after_lines(answer)


def _after_lines(answer: ShownBooks) -> Iterator[str]:
    if not answer.afterwards:
        yield "Nothing was decided afterwards about what was closed."
        return
    yield f"Decided AFTER the closing: {counted(len(answer.afterwards), 'decision')}"
    for one in answer.afterwards:
        made = one.decision
        was = f" where the list says {one.was}" if one.was else ", which is not on the list"
        when = "after the reopening" if one.reopened else "while the books were closed"
        yield (
            f"  position {one.position}, {one.recorded[:10]}, learner {made.learner}: {made.question} of {made.about} "
            f"{made.outcome}{was}; {one.why}; {when}"
        )
