"""An auditor in the browser: a ledger verified, an edited row named, a case with its sample, a name asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.served import serving
from tests.e2e.test_every_page import violations
from tests.web.auditing import edited, signed
from tests.web.support import ENVIRONMENT, NOW, make_home, secret_of
from web import create_app
from web.sessions import PLAIN


@pytest.fixture
def state(tmp_path: Path) -> Flask:
    """An application of a home whose log is signed."""
    app = create_app(make_home(tmp_path / "home").home, clock=lambda: NOW, environment=ENVIRONMENT)
    signed(app)
    return app


@pytest.fixture
def address(state: Flask) -> Iterator[str]:
    """Serve it."""
    with serving(state) as found:
        yield found


@pytest.mark.parametrize(("width", "scheme", "script"), [(1280, "light", True), (390, "dark", False)])
def test_an_auditor_believes_nobody(
    browser: Browser, state: Flask, address: str, width: int, scheme: Literal["light", "dark"], script: bool
) -> None:
    """Long work is followed to its end, with a script or without, and what was found leads to the event."""
    visit = Visitor(browser, address).open(width, scheme, script=script)
    page, wrong = visit.page, {}
    page.context.add_cookies([{"name": PLAIN, "value": secret_of(state, "o.audit"), "url": address}])

    def look(place: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth") if script else width
        wrong[place] = [*(violations(page) if script else []), *([f"{wide} pixels wide"] if wide > width else [])]

    page.goto("/us-tx/integrity")
    page.get_by_role("button", name="Verify now").click()
    led_to(page, "no change was found")
    look("sound")
    edited(state)
    page.get_by_role("button", name="Verify now").click()
    led_to(page, "event altered")
    look("altered")
    page.get_by_role("link", name="position").first.click()
    expect(page.get_by_role("heading", name="Position")).to_be_visible()
    look("event")
    page.goto("/us-tx/cases")
    page.get_by_label("What the case is called").fill("Spring credits")
    page.get_by_label("The law, rule or order it rests on").fill("34 CFR 99.35")
    page.get_by_role("button", name="Open it").click()
    page.get_by_label("How many decisions").fill("2")
    page.get_by_label("The seed").fill("spring")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_text("decisions up to position")).to_be_visible()
    look("case")
    page.goto("/us-tx/audit/queries/undocumented")
    page.get_by_role("button", name="Ask it").click()
    led_to(page, "as of position")
    look("answer")
    page.goto("/us-tx/names")
    page.get_by_role("button", name="Disclose the name to me").click()
    expect(page.get_by_role("alert")).to_contain_text("Whose name")
    look("names")
    page.context.close()

    assert {place: found for place, found in wrong.items() if found} == {}
    assert [one for one in visit.complaints if "422" not in one] == []


def led_to(page: Page, words: str) -> None:
    """Follow long work to its result: a script leads there, a page without one loads itself anew or links to it."""
    for _ in range(40):
        if page.get_by_text(words).count():
            return
        link = page.get_by_role("link", name="Look at the result")
        if link.count():
            link.click()
        page.wait_for_timeout(250)
    expect(page.get_by_text(words).first).to_be_visible()
