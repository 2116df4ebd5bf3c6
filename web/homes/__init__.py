"""What somebody finds on coming in: what waits for them, by what their roles let them do, each number with its list."""

from collections.abc import Callable

from flask import Flask

from web.homes import audits, changes, classes, pilots
from web.homes.shapes import HomeCard, Waiting

__all__ = ["HomeCard", "Waiting", "cards"]

TONE_MARKS = {"good": "✓", "open": "○", "ask": "◐", "bad": "✗", "none": "·"}
"""For each tone the mark that goes with it."""

CARDS: tuple[Callable[[], HomeCard | None], ...] = (
    classes.card,
    changes.waiting,
    audits.card,
    pilots.card,
    changes.last,
)
"""The cards in their order; each asks itself whether it is for whoever is signed in."""


def register(app: Flask) -> None:
    """Let the home page ask for its cards, and remember how far an auditor has seen."""
    app.add_template_global(cards, "home_cards")
    app.jinja_env.globals["TONE_MARKS"] = TONE_MARKS
    app.after_request(audits.remember_visit)


def cards() -> tuple[HomeCard, ...]:
    """Return what whoever is signed in finds in the ledger at hand."""
    return tuple(found for card in CARDS if (found := card()) is not None)
