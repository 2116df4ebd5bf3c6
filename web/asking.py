"""Reading what a request asks: days, positions, filters; a sentence for whatever cannot be."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from flask import request

from ledger.errors import UnknownName, UsageError
from ledger.projections.filters import Filter
from ledger.projections.pages import USUAL_ROWS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a page shows: a day, and a position of the log; nulls mean now."""

    as_of: date | None
    known_at: int | None

    @property
    def is_now(self) -> bool:
        """Say whether nothing of the past was asked for."""
        return self.as_of is None and self.known_at is None


def text(name: str) -> str | None:
    """Return a parameter of the address, null where it is missing or blank."""
    return request.args.get(name, "").strip() or None


def day(name: str) -> date | None:
    """Return a parameter that names a day; raise `UsageError` for anything else."""
    given = text(name)
    if given is None:
        return None
    try:
        if not _DAY.fullmatch(given):
            raise ValueError(given)
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{_label(name)}: {given[:40]!r} is not a day such as 2026-05-30") from None


def number(name: str, least: int, most: int) -> int | None:
    """Return a parameter that is a whole number within bounds; raise `UsageError` for anything else."""
    given = text(name)
    if given is None:
        return None
    if not _NUMBER.fullmatch(given) or not least <= int(given) <= most:
        raise UsageError(f"{_label(name)}: {given[:40]!r} is not a whole number from {least} to {most}")
    return int(given)


def one_of(name: str, allowed: tuple[str, ...]) -> str | None:
    """Return a parameter that is one of several words; raise `UsageError` for anything else."""
    given = text(name)
    if given is not None and given not in allowed:
        raise UsageError(f"{_label(name)}: {given[:40]!r} is none of {', '.join(allowed)}")
    return given


def moment(position: int) -> Moment:
    """Return the day and the position asked for; `position` is the last there is."""
    return Moment(day("as_of"), number("known_at", 1, position))


def rows() -> int:
    """Return how many rows a page should have."""
    return number("rows", 1, 100) or USUAL_ROWS


def narrowed() -> Filter:
    """Return the filter asked for; raise `UsageError` for a question or an outcome there is not."""
    given: dict[str, Any] = {field.name: text(field.name) for field in fields(Filter) if field.name != "within"}
    for name in ("decided_from", "decided_to"):
        found = day(name)
        given[name] = found.isoformat() if found else None
    try:
        return Filter(**given)
    except UnknownName as error:
        raise UsageError(str(error)) from None


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
