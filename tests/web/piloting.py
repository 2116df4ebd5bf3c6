"""A pilot that is opened by its page."""

from flask import Flask

from tests.web.changing import Person
from tests.web.support import sign_in

NEW = "/us-tx/pilots/new"
PILOT = "/us-tx/pilots/One%20kind"
OPENING: dict[str, str] = {
    "title": "One kind",
    "purpose": "Is one kind of task enough?",
    "question": "MASTERY",
    "first_day": "2026-06-05",
    "last_day": "2027-06-30",
    "organisations": "us-tx, us-tx/pine-valley=2026-09-01",
    "exit_rule": "finish-under-pilot",
    "exit_by": "2028-06-30",
    "body": "State board of education",
    "minute": "31",
}


def director(app: Flask) -> Person:
    """Let somebody sign in who may run pilots."""
    return Person(sign_in(app.test_client(), "tester"), "tester")


def opened_pilot(app: Flask) -> Person:
    """Open a pilot."""
    person = director(app)
    assert 303 == person.send(NEW, OPENING).status_code
    return person
