"""Who looked at what, in the words of people: for those who watch over it, and for a learner's own family."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.application.granting import readers_are_shown
from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.domain.disclosure import Disclosed, NamesDisclosed
from ledger.domain.shapes import VaultText
from ledger.errors import LedgerError
from ledger.inquiry.granted import Naming, known_as
from ledger.storage.reading_log import LoggedReading, ReadingLog, Sought


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One reading: `who` is the id by which somebody is known here, `whom` a name, a pseudonym or a number of learners.

    `learner` is null for a list.
    """

    position: int
    at: str
    who: str
    role: str
    what: str
    whom: str
    learner: str | None
    learners: int
    through: str


@dataclass(frozen=True, slots=True)
class Reads:
    """Readings, the latest first; `next` is the position before which to go on, null after the last."""

    reads: tuple[ReadRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class FamilyRead:
    """One reading as a family sees it: the day it was, the role of whoever looked, and what for."""

    at: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Something given to somebody outside: in which form, for what, and on which legal basis."""

    at: str
    form: str
    purpose: str
    basis: str
    position: int


@dataclass(frozen=True, slots=True)
class Readers:
    """Who looked at one record: `shown` says whether the district shows readings within its schools."""

    learner: str
    name: str
    shown: bool
    reads: tuple[FamilyRead, ...]
    given_out: tuple[GivenOut, ...]
    next: int | None


def known_reads(ledger: Ledger, sought: Sought, names: Naming, *, limit: int, before: int | None = None) -> Reads:
    """Return what the log says of one ledger, with the names that are known."""
    rows, following = _page(ledger, sought, limit, before)
    learners = names({one.learner for one in rows if one.learner is not None})
    people = {one: known_as(ledger.vault, one) for one in {one.person for one in rows}}
    found = tuple(
        ReadRow(
            one.position,
            one.at,
            people[one.person],
            one.role,
            one.what,
            learners[one.learner] if one.learner else _on_a_list(one.learners),
            one.learner,
            one.learners,
            one.through,
        )
        for one in rows
    )
    return Reads(found, following)


def _on_a_list(count: int) -> str:
    return f"{count:,} {'learner' if count == 1 else 'learners'} on a list"


def readers_of(ledger: Ledger, learner: str, name: str, *, limit: int, before: int | None = None) -> Readers:
    """Return who looked at a record, as the learner and the guardians see it; nobody of the schools is named."""
    shown = readers_are_shown(ledger)
    sought = Sought(ledger=ledger.jurisdiction, learner=learner)
    rows, following = _page(ledger, sought, limit, before) if shown else ((), None)
    return Readers(
        learner,
        name,
        shown,
        tuple(FamilyRead(one.at, one.role, one.what) for one in rows),
        tuple(_given_out(ledger, learner)),
        following,
    )


def _given_out(ledger: Ledger, learner: str) -> Iterator[GivenOut]:
    for event in ledger.log.stream(stream_of(learner)):
        said = event.data
        if isinstance(said, Disclosed):
            yield GivenOut(event.at, said.form, said.purpose, said.basis, event.position)
        elif isinstance(said, NamesDisclosed):
            yield GivenOut(event.at, "name", _text(ledger, said.purpose), said.basis, event.position)


def _text(ledger: Ledger, text: VaultText) -> str:
    try:
        return ledger.vault.text(text)
    except LedgerError:
        return "erased"


def _page(
    ledger: Ledger, sought: Sought, limit: int, before: int | None
) -> tuple[tuple[LoggedReading, ...], int | None]:
    log = ReadingLog(ledger.home.reads_file)
    try:
        rows = log.find(sought, limit=limit + 1, before=before)
    finally:
        log.close()
    return rows[:limit], rows[limit - 1].position if len(rows) > limit else None
