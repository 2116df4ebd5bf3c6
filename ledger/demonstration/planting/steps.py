"""What happens in the story: one command each, when and by whom, and what queries should make of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from ledger.demonstration.planting.stage import Stage
from ledger.storage.envelope import Author

Doing = Callable[[Stage, Author], object]

REGISTRAR = "LO-registrar"
NIGHT_REGISTRAR = "LO-registrar-2"
"""The person who makes fails into passes when nobody is there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a query should make of a step: a finding, or nothing where it is `innocent` and only looks alike.

    `about` says which event of the step it is: what was entered, the adoption, or the last decision, to
    which `question` may hold.
    """

    query: str
    what: str
    innocent: bool = False
    about: Literal["entry", "adoption", "decision"] = "entry"
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command: `name` is its own alone; `learner` an external id, empty where it is about none.

    `competency` is the code of the one it is about, which the learner's ordinary year then leaves out.
    """

    when: datetime
    name: str
    do: Doing
    learner: str = ""
    competency: str = ""
    who: str = REGISTRAR
    role: str = "registrar"
    behalf: str = ""
    marks: tuple[Mark, ...] = ()


def at(day: str | date, clock: str) -> datetime:
    """Return a time of a day: the day as stored text, the time as 21:30 or 21:30:15."""
    return datetime.combine(date.fromisoformat(str(day)), time.fromisoformat(clock))


def finding(query: str, what: str) -> Mark:
    """Mark what a query should find by what was entered."""
    return Mark(query, what)


def innocent(query: str, what: str) -> Mark:
    """Mark what a query should leave alone."""
    return Mark(query, what, innocent=True)
