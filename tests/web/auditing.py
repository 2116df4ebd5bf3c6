"""An auditor at a browser without a script, and a log that is signed."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from time import sleep

from flask import Flask
from werkzeug.test import TestResponse

from ledger.demonstration.signing import sign
from tests.web.changing import Person, somebody
from tests.web.support import STATE
from web.ledgers import Opened, ledgers_of

INTEGRITY = "/us-tx/integrity"
BASIS = "34 CFR 99.35"


def auditor(app: Flask) -> Person:
    """Let an auditor sign in, who sees pseudonyms."""
    return somebody(app, "o.audit")


def opened(app: Flask) -> Opened:
    """Return the state's ledger as an application serves it."""
    return ledgers_of(app).open(STATE)


def signed(app: Flask) -> str:
    """Sign the state's log as it stands; return the checkpoint."""
    ledger = opened(app).ledger
    sign(ledger.home.path, ledger, [])
    return checkpoint(app)


def checkpoint(app: Flask) -> str:
    """Return the last checkpoint of the state's log."""
    return (opened(app).ledger.home.log_folder(STATE) / "checkpoint").read_text()


def change(app: Flask, statement: str, *values: object) -> None:
    """Change the state's ledger behind its back."""
    with closing(sqlite3.connect(opened(app).ledger.log.path)) as connection:
        connection.execute(statement, values)
        connection.commit()


def edited(app: Flask) -> int:
    """Lower a level of a test by SQL, as no command can; return the position of the event."""
    with closing(sqlite3.connect(opened(app).ledger.log.path)) as connection:
        found = connection.execute(
            "SELECT min(position) FROM stored_events WHERE topic = 'learner.evidence-recorded.1'"
            """ AND CAST(state AS TEXT) LIKE '%"kind":"exam"%"level":"4"%'"""
        ).fetchone()[0]
    change(
        app,
        """UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '"level":"4"', '"level":"1"') AS BLOB)"""
        " WHERE position = ?",
        found,
    )
    return int(found)


def long_work(person: Person, address: str, fields: Mapping[str, str] | None = None, page: str = "") -> TestResponse:
    """Start long work by a form, wait until it is done, and return the page of its result, or of the work itself."""
    response = person.send(address, fields, page or address)
    assert response.status_code == 303, response.text
    where = response.headers["Location"].partition("#")[0]
    for _ in range(100):
        if "/jobs/" not in where:
            break
        found = person.client.get(f"{where.partition('?')[0]}.json").get_json()
        if not found["unfinished"]:
            where = found["address"].partition("#")[0] or where
            break
        sleep(0.05)
    return person.client.get(where)


def decision_of(person: Person, learner: str, question: str = "MASTERY") -> int:
    """Return the position of the newest decision about a learner."""
    found = person.client.get(f"/us-tx/decisions.json?learner={learner}&question={question}").get_json()
    return int(found["rows"][0]["position"])


def kept_case(app: Flask) -> str:
    """Open a case and draw two decisions into it; return the address of its page."""
    person = auditor(app)
    opened_as = person.send("/us-tx/cases", {"title": "Spring credits", "basis": BASIS})
    address = opened_as.headers["Location"]
    person.send(f"{address}/sample", {"wanted": "2", "seed": "spring", "after": ""}, address)
    return address
