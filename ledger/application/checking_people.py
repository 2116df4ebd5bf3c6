"""The last look at what people said of a learner: cohorts, support, votes and choices."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, get_args

from ledger import values
from ledger.domain import learner
from ledger.domain.shapes import Payload

YEARS = range(1900, 2201)
"""The calendar years a cohort clock may stand at."""


def wrong_words(payload: Payload) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; nothing for payloads that are of other kinds."""
    check = _CHECKS.get(type(payload))
    if check is not None:
        yield from check(payload)


def _wrong_cohort(payload: learner.CohortSet) -> Iterator[str]:
    yield from _blank(("clock", payload.clock))
    if (payload.year is None) == (payload.day is None):
        yield "a cohort clock is set to a year or to a day, and to one of them only"
    if payload.year is not None and payload.year not in YEARS:
        yield f"year {payload.year} is not a calendar year from {YEARS[0]} to {YEARS[-1]}"
    if payload.day is not None:
        yield from _wrong_day(payload.day)


def _wrong_day(text: str) -> Iterator[str]:
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-05-30") else None
    except ValueError:
        day = None
    if day is None:
        yield f"{text[:40]!r} is not a day such as 2026-05-30"
    elif day.year not in YEARS:
        yield f"{text} is not in a year from {YEARS[0]} to {YEARS[-1]}"


def _wrong_support(payload: "learner.SupportOffered | learner.SupportProvided") -> Iterator[str]:
    yield from _blank(("kind", payload.kind))
    hours = getattr(payload, "hours", None)
    if hours is not None and (not values.is_decimal_text(hours) or hours.startswith("-")):
        yield f"{hours[:40]!r} is not a number of hours such as 2 or 1.5"


def _wrong_panel(payload: learner.PanelVoted) -> Iterator[str]:
    yield from _blank(("body", payload.body))
    yield from _not_among("result", payload.result, get_args(learner.PanelResult))
    if not payload.members:
        yield "a panel has at least one member: say who voted, and how"
    for member in payload.members:
        yield from _blank(("role", member.role))
        yield from _not_among(f"vote of the {member.role}", member.vote, get_args(learner.Vote))


def _wrong_choice(payload: learner.ChoiceMade) -> Iterator[str]:
    yield from _blank(("choice", payload.choice), *(("option", option) for option in payload.options))
    for option in sorted({one for one in payload.options if payload.options.count(one) > 1}):
        yield f"the option {option!r} is chosen twice"


def _blank(*named: tuple[str, str]) -> Iterator[str]:
    for name, text in named:
        if not text.strip():
            yield f"{name} is empty; name it by its code"


def _not_among(name: str, word: str, allowed: Iterable[str]) -> Iterator[str]:
    if word not in allowed:
        yield f"{name}: {word[:40]!r} is not one of {', '.join(allowed)}"


_CHECKS: Mapping[type[Payload], Callable[[Any], Iterator[str]]] = MappingProxyType(
    {
        learner.CohortSet: _wrong_cohort,
        learner.SupportOffered: _wrong_support,
        learner.SupportProvided: _wrong_support,
        learner.PanelVoted: _wrong_panel,
        learner.ChoiceMade: _wrong_choice,
    }
)
