"""Books: what a ledger said of a graduation list or a term when it was closed, and what was decided since."""

from dataclasses import dataclass
from typing import Any, get_args

from ledger.access.actions import Action
from ledger.application import closing_books
from ledger.audit.books import Afterwards, BookRow, Scope
from ledger.domain.books import BookKind
from ledger.domain.learner import Question
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging
from web.api.fields import Asked, AskedNumber, Choice, Day, Said, Several
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.api.sharing import Authorised, Ordered, authority_of, iso, says
from web.ledgers import here

NOUN = Noun("books", "Books", "Graduation lists and terms that were closed: certified as they stood then.")


@dataclass(frozen=True, slots=True)
class ListedBooks:
    """A closing: the event at `closing` certified `listed` decisions as of `position`.

    `first_day` is null for the beginning, `questions` null for every question; `root` is that of the tree over so
    many leaves, `checkpoint` the size of the signed checkpoint kept then that covers them, null for none; `rows` the
    SHA-256 of the list; `reopened` the position of the reopening, null while the books are closed.
    """

    book: str
    kind: str
    questions: tuple[Question, ...] | None
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
class ShownBooks:
    """A closing looked into: whether the list made again, and the root, are those certified, and what came after."""

    books: ListedBooks
    same: bool
    rooted: bool
    erased: int
    entries: tuple[BookRow, ...]
    afterwards: tuple[Afterwards, ...]


def _listed(closing: closing_books.Closing) -> ListedBooks:
    said = closing.said
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


@NOUN.reads(f"{SCOPE}/books", Page[ListedBooks], query=paging.Paged)
@access.needs(Action.CLOSE_BOOKS)
def list_books(asked: dict[str, Any]) -> Any:
    """List every closing there was."""
    rows = [_listed(one) for one in closing_books.every_closing(here().ledger)]
    return paging.cut(rows, lambda one: one.closing, asked)


class Which(Asked):
    """Which closing of books is meant."""

    closing = AskedNumber(**says("The position of the closing; the last where not given."))


@NOUN.reads(f"{SCOPE}/books/<book>", ShownBooks, query=Which)
@access.needs(Action.CLOSE_BOOKS)
def show_books(asked: dict[str, Any], book: str) -> Any:
    """Make a closed list again from the ledger, and show what was decided about it afterwards."""
    ledger, closing = here().ledger, asked["closing"]
    found = [one for one in closing_books.closings_of(ledger, book) if closing in (None, one.event.position)]
    if not found:
        raise Refusal("not-found", f"the books {book!r} were not closed at position {closing}")
    shown = closing_books.look_into(ledger, found[-1])
    return ShownBooks(
        _listed(found[-1]), shown.same, shown.rooted, shown.found.erased, tuple(shown.found.rows), shown.afterwards
    )


class Closed(Authorised):
    """What is certified."""

    kind = Choice(get_args(BookKind), required=True, **says("A graduation list, or a term."))
    name = Said(required=True, longest=100, pattern=r"^[a-z0-9][a-z0-9.-]*$", **says("A name, such as class-of-2026."))
    first_day = Day(**says("The first day; from the beginning where not given."))
    last_day = Day(**says("The last day; today where not given."))
    questions = Several(Choice(get_args(Question)), most=7, **says("Only these questions."))


@NOUN.commands(f"{SCOPE}/books", ListedBooks, body=Closed)
@access.needs(Action.CLOSE_BOOKS)
def close_books(given: dict[str, Any]) -> Any:
    """Certify the decisions of a list or a term as they stand now; closing stops nobody."""
    ledger = here().ledger
    meant = tuple(sorted(set(given["questions"] or ()))) or (("GRADUATION",) if given["kind"] == "graduation" else None)
    last_day = given["last_day"] or ledger.today()
    scope = Scope(given["kind"], meant, iso(given["first_day"]), last_day.isoformat())
    closing_books.close_books(ledger, commands.author(), given["name"], scope, authority_of(given))
    return _listed(closing_books.closings_of(ledger, given["name"])[-1])


@NOUN.commands(f"{SCOPE}/books/<book>/reopen", ListedBooks, body=Ordered)
@access.needs(Action.CLOSE_BOOKS)
def reopen_books(given: dict[str, Any], book: str) -> Any:
    """Open closed books again; what was certified stays on record, and they can be closed anew."""
    ledger = here().ledger
    closing_books.reopen_books(ledger, commands.author(), book, authority_of(given), given["reason"])
    return _listed(closing_books.closings_of(ledger, book)[-1])
