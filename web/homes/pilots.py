"""Pilots on the home page of a state: which go on, and who has not yet told."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from ledger.access.actions import Action
from ledger.inquiry.pilots import PilotView, pilot_views
from web import access
from web.homes.shapes import HomeCard, Waiting
from web.ledgers import here

TOLD = ("certified", "received")


def card() -> HomeCard | None:
    """Return the pilots, for whoever runs or compares them."""
    if not access.may(Action.READ_PILOTS):
        return None
    views = pilot_views(here().ledger)
    items = tuple(line for one in views for line in _lines(one))
    return HomeCard("Pilots", items, "", ("All pilots", url_for("scoped.pilots"))) if items else None


def _lines(one: PilotView) -> Iterator[Waiting]:
    address = url_for("scoped.pilot", pilot=one.pilot)
    asked, told = len(one.participants), sum(each.standing in TOLD for each in one.figures)
    until = date.fromisoformat(one.last_day)
    note = f"{asked} {'district' if asked == 1 else 'districts'}, until {until:%-d %B %Y}"
    yield Waiting(one.title, one.status, address, "none", note)
    if told < asked:
        words = "district has not submitted" if asked - told == 1 else "districts have not submitted"
        yield Waiting(str(asked - told), f"{words} figures", address, "open", one.title)
