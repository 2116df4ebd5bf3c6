"""Commands about the books: closing a list or a term as of now, reopening, and what was decided since."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.application.checkpointing import events_of, store_of
from ledger.application.ledger import Ledger
from ledger.audit.base64_text import encoded
from ledger.audit.books import Afterwards, BookList, Scope, book_list, decided_after, scope_of
from ledger.audit.checkpoint_store import stated
from ledger.audit.merkle import Frontier
from ledger.domain.books import BooksClosed, BooksReopened
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.domain.shapes import Authority, Payload
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerDamaged, Refused, UnknownName, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author, Event

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
TOGETHER = 10_000
"""Leaves read at once."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing, where it stands, and the reopening that followed, null while the books are closed."""

    event: Event[BooksClosed]
    reopened: Event[BooksReopened] | None

    @property
    def said(self) -> BooksClosed:
        """Return what was certified."""
        return self.event.data


@dataclass(frozen=True, slots=True)
class Opened:
    """A closing looked into: its list made again, whether that is what was certified, and what was decided since."""

    closing: Closing
    found: BookList
    same: bool
    rooted: bool
    afterwards: tuple[Afterwards, ...]


def close_books(ledger: Ledger, author: Author, name: str, scope: Scope, authority: Authority) -> Appended:
    """Certify what the ledger says now; raise `Refused` where the books of that name are closed already."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot name books: lower-case letters, digits, dots and hyphens, such as 2026-fall")
    if scope.last_day > ledger.today().isoformat():
        raise UsageError(f"{scope.last_day} has not come yet; today is {ledger.today()} in this ledger's zone")
    if scope.first_day is not None and scope.first_day > scope.last_day:
        raise UsageError(f"{scope.first_day} is after {scope.last_day}; name the first day and then the last")
    asked = [name, scope.kind, scope.first_day or "", scope.last_day, *(scope.questions or ("every question",))]
    asked += _named(authority)

    def make(_: Governance) -> Sequence[tuple[str, Payload]]:
        if (standing := _standing(ledger, name)) is not None:
            raise Refused(
                f"the books {name!r} were closed at position {standing.event.position}; reopen them first, with "
                "`mastery books reopen`"
            )
        return [(f"books/{name}", _closed(ledger, name, scope, authority))]

    return ledger.write_as_governed(author, asked, make)


def _named(authority: Authority) -> list[str]:
    return [authority.body, authority.date or "", authority.minute or "", authority.link or ""]


def _closed(ledger: Ledger, name: str, scope: Scope, authority: Authority) -> BooksClosed:
    position = ledger.log.recorder.max_notification_id()
    found = _list_at(ledger, scope, position)
    covering = store_of(ledger).covering(position)
    return BooksClosed(
        book=name,
        kind=scope.kind,
        questions=scope.questions,
        first_day=scope.first_day,
        last_day=scope.last_day,
        position=position,
        root=root_at(ledger, position),
        checkpoint=None if covering is None else stated(covering).size,
        listed=len(found.rows),
        erased=found.erased,
        rows=found.digest,
        authority=authority,
    )


def reopen_books(ledger: Ledger, author: Author, name: str, authority: Authority, reason: str) -> Appended:
    """Open closed books again; raise `UnknownName` where there are none of that name, `Refused` where they are open."""

    def make(_: Governance) -> Sequence[tuple[str, Payload]]:
        closing = closings_of(ledger, name)[-1]
        if closing.reopened is not None:
            raise Refused(f"the books {name!r} are open since position {closing.reopened.position}")
        event = BooksReopened(book=name, closing=closing.event.position, authority=authority, reason=reason)
        return [(f"books/{name}", event)]

    return ledger.write_as_governed(author, [name, *_named(authority), reason], make)


def every_closing(ledger: Ledger) -> tuple[Closing, ...]:
    """Return every closing there was, in order."""
    reopened = {event.data.closing: event for event in events_of(ledger, BooksReopened)}
    return tuple(Closing(event, reopened.get(event.position)) for event in events_of(ledger, BooksClosed))


def closings_of(ledger: Ledger, name: str) -> tuple[Closing, ...]:
    """Return the closings of the books of a name, in order; raise `UnknownName` where there are none."""
    found = tuple(one for one in every_closing(ledger) if one.said.book == name)
    if not found:
        raise UnknownName(f"no books {name!r} were ever closed; `mastery books list` names those that were")
    return found


def look_into(ledger: Ledger, closing: Closing) -> Opened:
    """Make the list of a closing again, and find what was decided since about what was closed."""
    said, scope = closing.said, scope_of(closing.said)
    found = _list_at(ledger, scope, said.position)
    afterwards = tuple(decided_after(scope, found.rows, _since(ledger, said.position), _Evidence(ledger).days))
    rooted = root_at(ledger, said.position) == said.root
    return Opened(closing, found, found.digest == said.rows, rooted, afterwards)


def books_closed_before(ledger: Ledger, learner: str, version: int) -> tuple[Closing, ...]:
    """Return the closings that a decision of a learner was made after, and is about what they closed."""
    found = []
    for closing in every_closing(ledger):
        scope, position = scope_of(closing.said), closing.said.position
        stream = list(ledger.log.stream(f"learner/{learner}"))
        listed = book_list(scope, (one for one in stream if _is_decision(one, position))).rows
        after = (one for one in stream if one.position > position)
        made = decided_after(scope, listed, after, _Evidence(ledger).days)
        if any(one.row.version == version for one in made):
            found.append(closing)
    return tuple(found)


def root_at(ledger: Ledger, size: int) -> str:
    """Return the root of the tree over so many leaves, in base64; raise `LedgerDamaged` where one is missing."""
    tree, read = Frontier(), ledger.log.recorder.leaves
    for first in range(0, size, TOGETHER):
        wanted = range(first, min(first + TOGETHER, size))
        leaves = read(wanted)
        if len(leaves) < len(wanted):
            raise LedgerDamaged(f"a leaf is missing after position {first}; `mastery verify` tells which")
        tree.extend(leaves[index] for index in wanted)
    return encoded(tree.root())


def _standing(ledger: Ledger, name: str) -> Closing | None:
    found = [one for one in every_closing(ledger) if one.said.book == name and one.reopened is None]
    return found[-1] if found else None


def _list_at(ledger: Ledger, scope: Scope, position: int) -> BookList:
    return book_list(scope, ledger.log.scan(0, position, [TOPIC_OF[Decided]]))


def _is_decision(event: Event[object], position: int) -> bool:
    return event.position <= position and isinstance(event.data, Decided)


def _since(ledger: Ledger, position: int) -> Iterator[Event[object]]:
    return (event for event in ledger.log.scan(position) if event.originator_id.startswith("learner/"))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Looks up the days that evidence was of before it was corrected or withdrawn."""

    ledger: Ledger

    def days(self, evidence_id: str) -> tuple[str, ...]:
        found = self.ledger.log.recorder.evidence([evidence_id]).get(evidence_id)
        if found is None:
            return ()
        entries = self.ledger.log.versions(found.stream, [found.entry])
        said = [getattr(event.data, "evidence", None) for event in entries]
        return tuple(day for one in said if one for day in (one.occurred, one.submitted, one.scored) if day)
