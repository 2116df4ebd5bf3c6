"""The last look at where a learner belongs: organisations, codes and days."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from ledger.domain import belonging
from ledger.domain.shapes import Payload

YEARS = range(1900, 2201)
"""The years a learner may belong anywhere in."""

LONGEST = 64
"""The most characters of a code."""

_ORGANISATION = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+", re.ASCII)


Wrong: TypeAlias = tuple[str, str]
"""A field, empty for several together, and what is wrong with it."""


def wrong_belonging(payload: Payload) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; nothing for payloads of other kinds."""
    yield from (f"{name}: {why}" if name else why for name, why in wrong_fields(payload))


def wrong_fields(payload: Payload) -> Iterator[Wrong]:
    """Yield each thing that is wrong with its field; nothing for payloads of other kinds."""
    check = _CHECKS.get(type(payload))
    if check is None:
        return
    for find, names in _FIELDS:
        yield from _of(payload, find, names)
    yield from check(payload)


def _of(payload: Payload, find: Callable[[str], str | None], names: Iterable[str]) -> Iterator[Wrong]:
    for name in names:
        text = getattr(payload, name, None)
        if text is not None and (why := find(text)) is not None:
            yield name, why


def _wrong_organisation(text: str) -> str | None:
    if _ORGANISATION.fullmatch(text):
        return None
    return (
        f"{text[:LONGEST]!r} is not an organisation: name it below its district, in small letters, digits and hyphens, "
        "as in us-tx/pine-valley/north-high"
    )


def _wrong_code(text: str) -> str | None:
    """Say what is wrong with a code: it is short and in one line, so that nobody writes a sentence there."""
    if text.strip() and len(text) <= LONGEST and text.isprintable():
        return None
    return f"{text[:LONGEST]!r} is not a code: a short word such as ALG1, of {LONGEST} characters at most"


def _wrong_day(text: str) -> str | None:
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-05-30") else None
    except ValueError:
        found = None
    if found is None:
        return f"{text[:40]!r} is not a day such as 2026-05-30"
    return None if found.year in YEARS else f"{text} is not in a year from {YEARS[0]} to {YEARS[-1]}"


_FIELDS: Sequence[tuple[Callable[[str], str | None], Sequence[str]]] = (
    (_wrong_organisation, ("organisation", "origin", "destination")),
    (_wrong_code, ("grade", "course", "section", "session")),
    (_wrong_day, ("first_day", "last_day", "day")),
)


def _wrong_span(payload: "belonging.LearnerEnrolled | belonging.CourseEnrolled") -> Iterator[Wrong]:
    if payload.last_day is not None and payload.last_day < payload.first_day:
        why = f"the last day {payload.last_day} lies before the first day {payload.first_day}; "
        yield "", why + "what should never have been recorded is taken back with `mastery record retraction`"


def _wrong_transfer(payload: belonging.LearnerTransferred) -> Iterator[Wrong]:
    if payload.origin == payload.destination:
        yield "", f"a transfer leads from one organisation to another; both are {payload.origin}"


def _nothing(_: Payload) -> Iterator[Wrong]:
    yield from ()


_CHECKS: Mapping[type[Payload], Callable[[Any], Iterator[Wrong]]] = MappingProxyType(
    {
        belonging.LearnerEnrolled: _wrong_span,
        belonging.LearnerTransferred: _wrong_transfer,
        belonging.GradeOfRecordSet: _nothing,
        belonging.CourseEnrolled: _wrong_span,
        belonging.CourseCompleted: _nothing,
        belonging.CourseLeft: _nothing,
    }
)
