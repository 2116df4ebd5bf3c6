"""Somebody who may look at everything in a ledger, signed in at a browser of the tests."""

from flask import Flask
from flask.testing import FlaskClient

from ledger.accounts.sessions import Sessions
from ledger.application import Ledger
from ledger.application.granting import grant_role
from ledger.domain.access import Place, Role
from tests.support.ledgers import author
from web.ledgers import ledgers_of
from web.sessions import PLAIN

ROLES: tuple[Role, ...] = ("district admin", "registrar", "auditor")


def appoint(ledger: Ledger, name: str, roles: tuple[Role, ...] = ROLES) -> None:
    """Give a person roles in a whole ledger, from its first day on."""
    place = Place(kind="jurisdiction", organisation=ledger.jurisdiction)
    for role in roles:
        person = ledger.vault.person_id(name)
        grant_role(ledger, author(ledger), person, role, place, first_day=ledger.today())


def signed_in(app: Flask, ledger: str, name: str = "head", roles: tuple[Role, ...] = ROLES) -> FlaskClient:
    """Let somebody who holds roles in a whole ledger be signed in, without asking for a password."""
    known = ledgers_of(app)
    opened = known.open(ledger).ledger
    appoint(opened, name, roles)
    client = app.test_client()
    secret = Sessions(known.access, known.clock).begin(
        opened.vault.person_id(name), "password", "a browser of the tests"
    )
    client.set_cookie(PLAIN, secret)
    return client
