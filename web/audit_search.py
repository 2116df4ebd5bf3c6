"""Searching decisions: what an address asks for, in the words of the read models."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from ledger.access.actions import Action
from ledger.inquiry.citing import adoptions_citing, ruled_on
from ledger.projections.pages import Page
from ledger.projections.searching import Counted, Search, counted, organisations
from ledger.projections.within import Within
from ledger.values import is_identifier
from web import access, asking, rules
from web.ledgers import Opened, here
from web.listing import DecisionRow, Shown, decision_list
from web.remembering import remembered
from web.wording import OUTCOMES, question

_PSEUDONYM = re.compile(r"(?:learner |person )?([0-9a-f]{4})-([0-9a-f]{4})", re.ASCII)
_BEGINS = re.compile(r"[0-9a-f]{4,8}(?:-[0-9a-f-]{0,28})?", re.ASCII)

NOBODY: frozenset[int] = frozenset()
"""The positions of no decision: what somebody who is not known has to do with."""

BY_HAND = ("learner", "subject", "award", "edition", "subject_kind")
"""What an address may narrow a list to and its form has no plain field for."""

TEXTS = ("learner", "actor", "cites", "school")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as an address asks for it: `typed` is what stands in the form, `search` what is looked for."""

    search: Search
    typed: Mapping[str, str]
    standing: bool
    ruled: bool
    known_at: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a search can be narrowed to: how many decisions it would leave, and whether it is asked for."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one facet."""

    name: str
    title: str
    values: tuple[Choice, ...]


def asked(shown: Shown) -> Asked:
    """Read a search off an address; raise `UsageError` for what cannot be asked."""
    opened = shown.opened
    known_at = asking.number("known_at", 1, opened.position)
    standing, ruled = asking.text("standing") is not None, asking.text("ruled") is not None
    typed = {name: found for name in TEXTS if (found := asking.text(name))}
    wanted = replace(asking.narrowed(), learner=None, within=access.within(Action.LIST_DECISIONS))
    since, until = _days(opened)
    search = Search(wanted, recorded_from=since, recorded_to=until, known_at=known_at, standing=standing)
    search = _ruled(opened, search) if ruled else search
    for name, narrow in _NARROW.items():
        if name in typed:
            search = narrow(shown, search, typed[name])
    return Asked(search, typed, standing, ruled, known_at)


def _days(opened: Opened) -> tuple[str | None, str | None]:
    """Return the instants between which decisions were recorded, by days of the ledger's zone."""
    since, until = asking.day("recorded_from"), asking.day("recorded_to")
    zone = ZoneInfo(opened.ledger.opened.zone)
    return _midnight(since, zone), _midnight(until and until + timedelta(days=1), zone)


def _midnight(day: date | None, zone: ZoneInfo) -> str | None:
    if day is None:
        return None
    return f"{datetime.combine(day, time(), zone).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _ruled(opened: Opened, search: Search) -> Search:
    ledger, position = opened.ledger, opened.position
    found = remembered(("ruled on", ledger.jurisdiction, position), lambda: ruled_on(ledger))
    return replace(search, positions=found)


def _learner(shown: Shown, search: Search, typed: str) -> Search:
    begins = _begins(typed)
    if begins is None:
        known = shown.opened.ledger.vault.find(typed)
        begins = known if known and shown.names.see(known) else None
    return replace(search, learner=begins) if begins else replace(search, positions=NOBODY)


def _actor(shown: Shown, search: Search, typed: str) -> Search:
    begins = _begins(typed) or shown.opened.ledger.vault.find_person(typed)
    return replace(search, actor=begins) if begins else replace(search, positions=NOBODY)


def _begins(typed: str) -> str | None:
    """Return how the id begins that a pseudonym, a UUID or its first digits stand for."""
    plain = typed.lower()
    if found := _PSEUDONYM.fullmatch(plain):
        return found[1] + found[2]
    return plain if is_identifier(plain) or _BEGINS.fullmatch(plain) else None


def _cites(shown: Shown, search: Search, typed: str) -> Search:
    return replace(search, adoptions=adoptions_citing(shown.opened.ledger, typed))


def _school(shown: Shown, search: Search, typed: str) -> Search:
    day = shown.opened.ledger.today().isoformat()
    return replace(search, school=Within(day, frozenset({typed})))


_NARROW = {"learner": _learner, "actor": _actor, "cites": _cites, "school": _school}


def found(shown: Shown, wanted: Asked, limit: int, after: str | None) -> Page[DecisionRow]:
    """Return a page of what a search finds."""
    return decision_list(shown, wanted.search, None, limit, after, known_at=wanted.known_at)


def number_of(wanted: Asked) -> Counted:
    """Count what a search finds, and its facets."""
    opened = here()
    models = opened.models
    key = ("counted", opened.ledger.jurisdiction, opened.position, wanted.search)
    return remembered(key, partial(counted, models, wanted.search))


def facets(wanted: Asked, counted_here: Counted) -> tuple[Choices, ...]:
    """Return the facets of a search in words."""
    titles = dict(rules.choices(here()))
    words: dict[str, Callable[[str], str]] = {
        "outcome": lambda value: OUTCOMES[value][2],
        "question": question,
        "policy": lambda value: titles.get(value, value),
    }
    return tuple(
        Choices(
            facet.name,
            facet.name.capitalize(),
            tuple(
                Choice(value, words[facet.name](value), count, getattr(wanted.search.wanted, facet.name) == value)
                for value, count in facet.values
            ),
        )
        for facet in counted_here.facets
    )


def schools() -> tuple[str, ...]:
    """Name the places a search can be narrowed to."""
    return organisations(here().read_models)


def hidden() -> dict[str, str]:
    """Return what an address narrows the list to that its form keeps and does not show."""
    kept = [one.name for one in fields(asking.narrowed()) if one.name in BY_HAND and one.name != "learner"]
    return {name: value for name in kept if (value := asking.text(name))}
