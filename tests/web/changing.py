"""A home of one's own with a change in it, and a person at a browser without a script."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import sleep

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.support import SCALE, sign_in, words

MASTERY = "competency-based/mastery@2000-01-01"
NEW = f"/us-tx/changes/new/policy/{MASTERY}"
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

STRICTER: dict[str, str] = {
    "param.level": "4",
    "first_day": "2026-06-05",
    "scale": SCALE,
    "clock": "decision",
    "body": "Board of trustees",
    "minute": "2026-14",
    "dated": "2026-05-20",
    "link": "https://example.org/minutes/14",
    "reason": "Level 3 was not enough for the next course.",
}
"""A form that proposes level 4 in place of 3, from today."""


@dataclass
class Person:
    """Somebody who sends forms of these pages; each is taken from the page that holds it."""

    client: FlaskClient
    name: str = ""
    sent: list[str] = field(default_factory=list)

    def hidden(self, page: str) -> dict[str, str]:
        """Return the token and a command of the forms of a page; one in the bar may hold a token alone."""
        return dict(
            re.findall(r'<input type="hidden" name="(token|command)" value="([^"]*)">', self.client.get(page).text)
        )

    def send(self, address: str, fields: Mapping[str, str] | None = None, page: str | None = None) -> TestResponse:
        """Send the form of a page, by default the page at the address itself."""
        data = {**self.hidden(page or address), **(fields or {})}
        return self.client.post(address, data=data, headers=HERE)

    def step(self, step: str, fields: Mapping[str, str] | None = None, change: int = 1) -> TestResponse:
        """Take a step of a change; where it is long work, wait until it is done."""
        page = f"/us-tx/changes/{change}"
        response = self.send(f"{page}/{step}", fields, page)
        self.wait(response.headers.get("Location", ""))
        return response

    def wait(self, address: str) -> None:
        """Wait until the work at this address is done; an address of anything else is not waited for."""
        for _ in range(1_200 if "/jobs/" in address else 0):
            if not self.client.get(f"{address.partition('?')[0]}.json").get_json()["unfinished"]:
                return
            sleep(0.05)


def somebody(app: Flask, name: str) -> Person:
    """Let a person sign in, at a browser of that person's own."""
    return Person(sign_in(app.test_client(), name), name)


def proposed(app: Flask, **changes: str) -> Person:
    """Let m.ortiz propose a change; return m.ortiz."""
    ortiz = somebody(app, "m.ortiz")
    response = ortiz.send(NEW, {**STRICTER, **changes})
    assert response.status_code == 303, response.text
    return ortiz


def submitted(app: Flask) -> Person:
    """Let m.ortiz propose a change, preview it and ask for approval; return m.ortiz."""
    ortiz = proposed(app)
    assert [ortiz.step(step).status_code for step in ("preview", "submit")] == [303, 303]
    return ortiz


def activated(app: Flask) -> Person:
    """Bring a change as far as governing; return d.lee, who approved it."""
    submitted(app)
    lee = somebody(app, "d.lee")
    assert [lee.step(step).status_code for step in ("approve", "schedule", "activate")] == [303, 303, 303]
    return lee


def said(person: Person, address: str) -> str:
    """Return what a page says."""
    response = person.client.get(address)
    assert response.status_code == 200, response.text
    return words(response)
