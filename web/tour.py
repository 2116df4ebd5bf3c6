"""A short guided story for each of the people of a demonstration; nobody else is shown one.

Each step says what to do and what will be seen, and leads to the page with what is to be typed already in it.
"""

from flask import Flask, redirect, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.demonstration import finished
from ledger.demonstration.personas import PERSONAS, Persona
from ledger.demonstration.practice import edit_a_row, may_be_edited
from web import access
from web.ledgers import here, ledgers
from web.pages import scoped
from web.tour_stories import TOURS, Tour


def register(app: Flask) -> None:
    """Let the first page of a ledger tell its story."""
    app.add_template_global(tour)
    app.add_template_global(is_installed)


def tour() -> Tour | None:
    """Return the story of whoever is signed in; nothing outside of a demonstration."""
    persona = _persona()
    told = TOURS.get(persona.role) if persona else None
    return told() if told else None


def _persona() -> Persona | None:
    known = access.visitor()
    if known is None or finished(ledgers().home) is None:
        return None
    return next((one for one in PERSONAS if ledgers().vault.find_person(one.name) == known.person), None)


def is_installed(edition: str) -> bool:
    """Say whether a plugin brings an edition today."""
    return any(one.edition == edition for one in ledgers().catalogue.policies)


@scoped.post("/practice/edit")
@access.needs(Action.VERIFY)
def edit_practice() -> AnyResponse:
    """Edit a row of the practice ledger behind its back, so that whoever audits it has something to find."""
    if not may_be_edited(ledgers().home, here().ledger.jurisdiction):
        raise NotFound
    edit_a_row(here().ledger)
    return redirect(url_for("scoped.integrity", edited=1), 303)
