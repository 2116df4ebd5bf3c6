"""A state in the browser: a pilot opened and its districts side by side, and another rule tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.served import serving
from tests.e2e.test_every_page import violations
from tests.web.support import ENVIRONMENT, NOW, make_home, secret_of
from web import create_app
from web.sessions import PLAIN

MASTERY = "competency-based/mastery@2000-01-01"


@pytest.fixture
def state(tmp_path: Path) -> Flask:
    """An application of a home with a state and a district."""
    return create_app(make_home(tmp_path / "home").home, clock=lambda: NOW, environment=ENVIRONMENT)


@pytest.fixture
def address(state: Flask) -> Iterator[str]:
    """Serve it."""
    with serving(state) as found:
        yield found


def act_as(page: Page, app: Flask, address: str, name: str) -> None:
    """Let somebody else be signed in."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": PLAIN, "value": secret_of(app, name), "url": address}])


def wrong_with(visit: Visit, width: int, *, script: bool) -> list[str]:
    """Return what axe finds on the open page, and what runs over the side."""
    if not script:
        return []
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    return [*violations(visit.page), *([f"{wide} pixels wide"] if wide > width else [])]


@pytest.mark.parametrize(("width", "scheme", "script"), [(1280, "light", True), (390, "dark", False)])
def test_a_pilot_is_opened_and_compared(
    browser: Browser, state: Flask, address: str, width: int, scheme: Literal["light", "dark"], script: bool
) -> None:
    """What is missing is said, the pilot stands on its page, and what was not submitted is never drawn as a number."""
    visit = Visitor(browser, address).open(width, scheme, script=script)
    page, wrong = visit.page, {}
    act_as(page, state, address, "tester")
    page.goto("/us-tx/pilots/new")
    page.get_by_role("button", name="Open this pilot").click()
    expect(page.get_by_role("alert")).to_contain_text("missing")
    wrong["faults"] = wrong_with(visit, width, script=script)
    page.get_by_label("Title").fill("One kind")
    page.get_by_label("What is to be found out").fill("Is one kind of task enough?")
    page.get_by_label("Districts and schools that take part").fill("us-tx, us-tx/pine-valley=2026-09-01")
    page.get_by_label("Last day", exact=True).fill("2027-06-30")
    page.locator("[name=body]").fill("State board of education")
    page.get_by_role("button", name="Open this pilot").click()
    expect(page.get_by_text("The pilot is opened.")).to_be_visible()
    wrong["pilot"] = wrong_with(visit, width, script=script)
    page.get_by_role("link", name="Side by side").first.click()
    expect(page.get_by_text("not submitted").first).to_be_visible()
    wrong["compared"] = wrong_with(visit, width, script=script)
    page.context.close()

    assert {} == {place: found for place, found in wrong.items() if found}
    assert [] == [one for one in visit.complaints if "422" not in one]


@pytest.mark.parametrize(("width", "scheme", "script"), [(1280, "light", True), (390, "dark", False)])
def test_another_rule_is_tried(
    browser: Browser, state: Flask, address: str, width: int, scheme: Literal["light", "dark"], script: bool
) -> None:
    """Two rules are chosen, a value raised, and whoever would lose is named with the clause; nothing is written."""
    visit = Visitor(browser, address).open(width, scheme, script=script)
    page = visit.page
    act_as(page, state, address, "tester")
    page.goto(f"/us-tx/what-if?baseline={MASTERY}&candidate={MASTERY}")
    page.locator('[name="candidate.param.level"]').fill("4")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("nothing was decided and nothing was written")).to_be_visible()
    wrong = wrong_with(visit, width, script=script)
    page.context.close()

    assert [] == wrong
    assert [] == visit.complaints
