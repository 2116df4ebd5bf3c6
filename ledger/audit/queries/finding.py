"""What a query is asked with, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from ledger.audit.integrity import shown
from ledger.audit.queries.life import Life
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.storage.envelope import Event

OutcomeUnder = Callable[[str, Decided, int], str | None]
"""Answers a decision of a learner again by the adoption at another position; nothing where that cannot be said."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Something to look at: the event it is about and all that belong to it, by position, and why in a sentence.

    `learner` is a pseudonym, null where it is about no one learner; `who` the vault id of the person
    who acted, null where no one person did; `at` the instant at which the event was recorded.
    """

    query: str
    position: int
    positions: tuple[int, ...]
    learner: str | None
    who: str | None
    at: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A whole number that draws the line of a query: its name, what it is where not given, what it says, its ends."""

    name: str
    default: int
    says: str
    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What a query is asked with: what governs, the thresholds, and how a decision is made again by another rule."""

    governance: Governance
    zone: ZoneInfo
    thresholds: Mapping[str, int]
    outcome_under: OutcomeUnder

    def __getitem__(self, name: str) -> int:
        """Return a threshold."""
        return self.thresholds[name]

    def local(self, event: Event[Any]) -> datetime:
        """Return when an event was recorded, in the ledger's zone."""
        return local(event.at, self.zone)

    def day(self, event: Event[Any]) -> str:
        """Return the day on which an event was recorded, in the ledger's zone."""
        return self.local(event).date().isoformat()


@lru_cache(maxsize=4096)
def local(instant: str, zone: ZoneInfo) -> datetime:
    """Return a stored instant as a time in a zone."""
    return datetime.fromisoformat(instant).astimezone(zone)


class Watcher(Protocol):
    """One run of a query: it sees each learner once, and says at the end what only all of them show."""

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield what one learner's events show."""

    def rest(self) -> Iterator[AuditFinding]:
        """Yield what shows once every learner was seen."""

    def notes(self) -> Iterator[str]:
        """Yield sentences about the run: what was to be expected, what could not be judged."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question: what it asks, what counts as a finding, what looks alike and is left alone, and its thresholds."""

    name: str
    asks: str
    finds: str
    innocent: str
    thresholds: tuple[Threshold, ...]
    watch: Callable[[Setting], Watcher]

    def defaults(self) -> dict[str, int]:
        """Return each threshold as it is where nobody sets another."""
        return {one.name: one.default for one in self.thresholds}


@dataclass(slots=True)
class Watching:
    """A watcher that says nothing at the end."""

    setting: Setting

    def rest(self) -> Iterator[AuditFinding]:
        """Yield nothing: each learner was judged alone."""
        yield from ()

    def notes(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()

    def finding(
        self, query: str, event: Event[Any], sentence: str, *others: Event[Any], learner: bool = True
    ) -> AuditFinding:
        """Return a finding about an event and others that belong to it."""
        positions = tuple(sorted({event.position, *(one.position for one in others)}))
        about = event.originator_id.removeprefix("learner/") if learner else None
        return AuditFinding(query, event.position, positions, about, event.actor, event.at, sentence)

    def when(self, event: Event[Any]) -> str:
        """Say when and by whom an event was recorded, for people."""
        return f"{self.setting.local(event):%Y-%m-%d %H:%M} by {person(event)}"


def person(event: Event[Any]) -> str:
    """Name who acted: the role, and the beginning of the vault id."""
    return f"{shown(event.role)} {shown(event.actor)[:9]}"


def count(number: int, one: str, several: str = "") -> str:
    """Write a number with its noun."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def shifted(day: date, days: int) -> date:
    """Return the day some days after another, or before; the first or last of the calendar where there is none."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def within(earlier: str, later: str, minutes: int) -> bool:
    """Say whether one stored instant lies at most so many minutes after another."""
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier) <= timedelta(minutes=minutes)
