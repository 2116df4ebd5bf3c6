"""The books: a list or a term closed as of a position, and reopened. Stream `books/<name>`.

A closing fixes what the decisions came to; it stops nobody. What is decided afterwards about what was
closed is shown as decided after the closing, until the books are reopened, and after that as well.
"""

from typing import Literal

from ledger.domain.learner import Question
from ledger.domain.shapes import Authority, Payload

BookKind = Literal["graduation", "term"]


class BooksClosed(Payload, frozen=True, kw_only=True):
    """A body certified what the ledger said up to a position.

    `book` is a code such as `class-of-2026`. A `graduation` list holds the standing decisions that are
    met, a `term` all standing decisions, each of these `questions` (null for every question) and decided
    from `first_day` (null for the beginning) to `last_day`. `position` is that of the last event read,
    `root` the root of the tree over that many leaves, in base64, and `checkpoint` the size of the signed
    checkpoint that was kept here over at least as many, null for none. `listed` decisions are on the list,
    `erased` could not be read any more; `rows` is the SHA-256 of the list as `ledger.audit.books` writes it.
    """

    book: str
    kind: BookKind
    questions: tuple[Question, ...] | None
    first_day: str | None
    last_day: str
    position: int
    root: str
    checkpoint: int | None
    listed: int
    erased: int
    rows: str
    authority: Authority


class BooksReopened(Payload, frozen=True, kw_only=True):
    """A body opened again what was closed at `closing`, the position of that event."""

    book: str
    closing: int
    authority: Authority
    reason: str


EVENTS = frozenset({BooksClosed, BooksReopened})
"""What one ledger certifies of itself, and passes on to nobody below."""
