"""What the books hold: the list a closing certified, made again from events alone, and what was decided after it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec

from ledger.domain.books import BookKind, BooksClosed
from ledger.domain.erasure import Erased
from ledger.domain.learner import Decided, EvidenceCorrected, EvidenceWithdrawn, Question
from ledger.storage.envelope import Event
from ledger.values import digest

Key = tuple[str, str, str, str]
"""Learner, question, subject and award."""

Before = Callable[[str], Sequence[str]]
"""Tells the days a piece of evidence was of, by its id."""

_encode = msgspec.json.Encoder(order="sorted").encode
_DAYS = ("occurred", "submitted", "scored", "day", "first_day")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which decisions are meant: of what kind of book, on which questions (null for every), of which days."""

    kind: BookKind
    questions: tuple[Question, ...] | None
    first_day: str | None
    last_day: str

    def asks(self, made: Decided) -> bool:
        """Say whether a decision is on one of its questions."""
        return self.questions is None or made.question in self.questions

    def holds(self, day: str) -> bool:
        """Say whether a day, perhaps with a time, is one of its days."""
        return (self.first_day or "") <= day[:10] <= self.last_day

    def lists(self, made: Decided) -> bool:
        """Say whether a standing decision belongs on the list."""
        return self.asks(made) and self.holds(made.on) and (self.kind == "term" or made.outcome == "met")


class BookRow(msgspec.Struct, frozen=True, order=True):
    """A line of a closed list: whose, about what, and the decision by its version in the learner's stream."""

    learner: str
    question: str
    subject: str
    award: str
    version: int
    outcome: str
    on: str

    @property
    def key(self) -> Key:
        """Return what it is a decision about."""
        return self.learner, self.question, self.subject, self.award


@dataclass(frozen=True, slots=True)
class BookList:
    """The list of a scope, sorted, and how many decisions in the way of it were erased."""

    rows: tuple[BookRow, ...]
    erased: int

    @property
    def digest(self) -> str:
        """Return the SHA-256 of its rows, each as canonical JSON on a line of its own."""
        return digest(b"".join(_encode(row) + b"\n" for row in self.rows))


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A decision made after the books were closed: where it stands, what it says, what the list says, why it counts.

    `was` is the outcome on the list, null where it is not on it.
    """

    position: int
    at: str
    row: BookRow
    was: str | None
    why: str


def scope_of(closed: BooksClosed) -> Scope:
    """Return what a closing was about."""
    return Scope(closed.kind, closed.questions, closed.first_day, closed.last_day)


def book_list(scope: Scope, events: Iterable[Event[Any]]) -> BookList:
    """Return the list of a scope, out of the decisions up to a position, in their order."""
    standing: dict[Key, BookRow | None] = {}
    erased = 0
    for event in events:
        if isinstance(event.data, Erased):
            erased += 1
        elif isinstance(event.data, Decided):
            row = _row(event)
            standing[row.key] = row if scope.lists(event.data) else None
    return BookList(tuple(sorted(row for row in standing.values() if row is not None)), erased)


def decided_after(
    scope: Scope, listed: Sequence[BookRow], events: Iterable[Event[Any]], before: Before
) -> Iterator[Afterwards]:
    """Yield the decisions about what was closed among events after the closing, in the order of the log.

    That is a decision anew on what a graduation list holds; one on its questions for one of its days; and
    one that follows in the same append from an entry about one of its days.
    """
    outcomes = {row.key: row.outcome for row in listed}
    for _, some in groupby(events, key=lambda event: (event.command, event.originator_id)):
        append = list(some)
        about = any(scope.holds(day) for event in append for day in days_of(event.data, before))
        for event in append:
            if isinstance(event.data, Decided) and scope.asks(event.data):
                row = _row(event)
                if why := _why(scope, row, outcomes, about=about):
                    yield Afterwards(event.position, event.at, row, outcomes.get(row.key), why)


def _why(scope: Scope, row: BookRow, outcomes: Mapping[Key, str], *, about: bool) -> str:
    if scope.kind == "graduation" and row.key in outcomes:
        return "it takes the place of a decision on the list"
    if scope.holds(row.on):
        return "it was decided for a day that was closed"
    return "it follows from an entry about a day that was closed" if about else ""


def days_of(payload: Any, before: Before) -> Iterator[str]:
    """Yield the days an entry is about; what changes evidence is about the days that was of as well."""
    if isinstance(payload, Decided):
        return
    evidence = getattr(payload, "evidence", None)
    for part in (payload, evidence):
        yield from (day for name in _DAYS if isinstance(day := getattr(part, name, None), str))
    if isinstance(payload, EvidenceWithdrawn):
        yield from before(payload.evidence_id)
    elif isinstance(payload, EvidenceCorrected):
        yield from before(payload.evidence.evidence_id)


def _row(event: Event[Any]) -> BookRow:
    made = event.data
    learner = event.originator_id.removeprefix("learner/")
    version = event.originator_version
    return BookRow(learner, made.question, made.subject.key, made.award, version, made.outcome, made.on)
