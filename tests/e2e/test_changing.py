"""A swap of rules in the browser, from the proposal by one person to its undoing, with and without JavaScript."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.test_every_page import SCREENSHOTS, violations
from tests.web.support import ENVIRONMENT, NOW, make_home, secret_of
from web import create_app
from web.ledgers import ledgers_of
from web.sessions import PLAIN

TODAY = "2026-06-05"
REFUSED = "error: Failed to load resource: the server responded with a status of"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home to copy; nothing is served from it."""
    home = tmp_path_factory.mktemp("untouched") / "home"
    make_home(home)
    return home


@dataclass(frozen=True)
class Hosted(Visitor):
    """Opens windows on an application at hand, so that somebody may be signed in at them."""

    app: Flask | None = None

    def sign_in(self, page: Page, name: str) -> None:
        """Let a person be signed in at a window, without asking for a password."""
        assert self.app is not None
        page.context.add_cookies([{"name": PLAIN, "value": secret_of(self.app, name), "url": self.address}])


@contextmanager
def served(home: Path) -> Iterator[tuple[str, Flask]]:
    """Serve a home on a free port of this computer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", app
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        ledgers_of(app).close()


@pytest.fixture
def visitor(browser: Browser, untouched: Path, tmp_path: Path) -> Iterator[Hosted]:
    """Open windows on a home of this test alone, and close them at the end."""
    home = tmp_path / "home"
    shutil.copytree(untouched, home)
    with served(home) as (address, app):
        visitor = Hosted(browser, address, app=app)
        yield visitor
        for visit in visitor.opened:
            visit.page.context.close()


class Person:
    """Somebody at a window: does things on its pages, and looks at each for what is wrong."""

    def __init__(self, visit: Visit, name: str, width: int, scheme: Literal["light", "dark"], *, script: bool) -> None:
        self.page: Page = visit.page
        self.complaints = visit.complaints
        self.name, self.width, self.scheme, self.script = name, width, scheme, script
        self.found: dict[str, list[str]] = {}

    def look(self, place: str) -> None:
        """Look at the open page: at its width, for what runs over the side, and at what axe finds."""
        if os.environ.get("MASTERY_SCREENSHOTS") == "1":
            name = f"swap-{place}-{self.width}-{self.scheme}.png"
            self.page.screenshot(path=SCREENSHOTS / name, full_page=True)
        if self.script:
            wrong = violations(self.page)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            self.found[place] = [*wrong, *([f"{wide} pixels wide"] if wide > self.width else [])]

    def begins(self, visitor: Hosted) -> None:
        """Sign in, and open the changes."""
        visitor.sign_in(self.page, self.name)
        self.page.goto("/us-tx/changes")

    def press(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button, exact=True).click()

    @property
    def troubles(self) -> dict[str, list[str]]:
        """Return what was wrong with any page."""
        return {place: wrong for place, wrong in self.found.items() if wrong}


def two_people(visitor: Hosted, width: int, scheme: Literal["light", "dark"], *, script: bool) -> tuple[Person, Person]:
    """Let two people sit down, each at a window."""
    ortiz, lee = (
        Person(visitor.open(width, scheme, script=script), name, width, scheme, script=script)
        for name in ("m.ortiz", "d.lee")
    )
    ortiz.begins(visitor)
    lee.begins(visitor)
    return ortiz, lee


def proposes_a_higher_level(ortiz: Person) -> None:
    """Propose that mastery asks for level 4 from today; put right first what was forgotten."""
    page = ortiz.page
    page.get_by_role("link", name="Propose a change").click()
    ortiz.look("choose")
    page.get_by_role("link", name="other values for Mastery of a competency").click()
    page.get_by_label("The level that has to be shown").fill("much")
    ortiz.press("Propose this change")
    ortiz.look("wrong")
    expect(page.get_by_role("alert")).to_contain_text("'much' does not fit; it is a plain decimal such as 2.5")
    page.get_by_role("alert").get_by_role("link", name="Body that decides").click()
    expect(page.get_by_label("The level that has to be shown")).to_have_value("much")
    page.get_by_label("The level that has to be shown").fill("4")
    page.get_by_label("Body that decides").fill("Board of trustees")
    page.get_by_label("Reason", exact=True).fill("Level 3 was not enough for the next course.")
    ortiz.look("propose")
    ortiz.press("Propose this change")
    expect(page.get_by_role("status").first).to_contain_text("The change is proposed.")


def previews_and_asks(ortiz: Person) -> None:
    """Preview the change, look at whom it concerns, and ask for approval; approving it oneself is refused."""
    page = ortiz.page
    ortiz.press("Preview it")
    ortiz.look("previewed")
    page.get_by_role("link", name="lose: show them").click()
    ortiz.look("impact")
    expect(page.get_by_role("row").nth(1)).to_contain_text("not yet")
    page.get_by_role("link", name="Why").first.click()
    ortiz.look("why")
    expect(page.get_by_role("heading", name="With it")).to_contain_text("not yet")
    page.go_back()
    page.go_back()
    ortiz.press("Ask for approval")
    ortiz.look("asked")
    expect(page.get_by_text("Waiting for a second person: ask")).to_be_visible()
    page.get_by_role("link", name="Board packet to print").click()
    ortiz.look("packet")
    expect(page.get_by_role("heading", name="Learner A")).to_be_visible()


def approves_and_activates(lee: Person) -> None:
    """Approve as another person, give the change its day, and make it govern."""
    page = lee.page
    page.goto("/us-tx/changes")
    lee.look("changes")
    page.get_by_role("link", name="1. Mastery of a competency").click()
    page.get_by_role("link", name="Discussion").click()
    page.get_by_label("What you say").fill("Begin with the classes of January.")
    lee.press("Say it")
    lee.look("discussion")
    expect(page.get_by_text("Begin with the classes of January.")).to_be_visible()
    page.get_by_role("link", name="What it changes").click()
    lee.press("Approve")
    lee.press("Schedule")
    lee.look("scheduled")
    lee.press("Activate")
    lee.look("active")
    expect(page.get_by_role("status").first).to_contain_text("The change governs")


def settles(lee: Person) -> None:
    """Let one decision stand that would now be another."""
    page = lee.page
    page.get_by_role("link", name="What it has done since").click()
    lee.look("outcome")
    page.get_by_role("link", name="What would now differ, and is to be settled").click()
    expect(page.get_by_role("button", name="Settle them")).to_be_visible()
    before = page.get_by_role("checkbox").count()
    box = page.get_by_role("row").nth(1).locator(".pill").last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= lee.width, "both answers are seen without scrolling aside"
    page.get_by_role("checkbox").first.check()
    page.get_by_label("What was decided stands").check()
    page.get_by_label("Reason").fill("Decided in spring, by the rule of that time.")
    lee.look("differing")
    lee.press("Settle them")
    expect(page.get_by_role("status").first).to_contain_text("1 decision was settled.")
    expect(page.get_by_role("checkbox")).to_have_count(before - 1)


def rolls_back(ortiz: Person) -> None:
    """Propose to undo the change."""
    page = ortiz.page
    page.goto("/us-tx/changes/1")
    expect(page.get_by_role("heading", name="Since you last looked")).to_be_visible()
    page.get_by_text("Roll back", exact=True).first.click()
    ortiz.press("Roll back")
    ortiz.look("roll-back-wrong")
    expect(page.get_by_role("alert")).to_contain_text("It is missing.")
    page.get_by_label("First day", exact=True).fill(TODAY)
    page.get_by_label("Body that decides").fill("Board of trustees")
    page.get_by_label("Reason", exact=True).fill("Too many learners lost what they had shown.")
    ortiz.press("Roll back")
    ortiz.press("Preview it")
    ortiz.press("Ask for approval")
    expect(page.get_by_role("heading", level=1)).to_contain_text("End of Mastery of a competency")


@pytest.mark.parametrize(
    ("width", "scheme", "script"),
    [(1280, "light", True), (390, "dark", False)],
)
def test_a_swap_and_back(visitor: Hosted, width: int, scheme: Literal["light", "dark"], script: bool) -> None:
    """Two people take a change the whole way and undo it; no page has anything wrong, no browser complains."""
    ortiz, lee = two_people(visitor, width, scheme, script=script)
    proposes_a_higher_level(ortiz)
    previews_and_asks(ortiz)
    approves_and_activates(lee)
    settles(lee)
    rolls_back(ortiz)
    lee.page.goto("/us-tx/changes/2")
    for button in ("Approve", "Schedule", "Activate"):
        lee.press(button)
    lee.page.goto("/us-tx/changes/1/history")
    lee.look("history")
    lee.page.goto("/us-tx/changes/1")
    lee.look("rolled-back")

    expect(lee.page.get_by_role("heading", level=1)).to_contain_text("rolled back")
    assert ortiz.troubles == lee.troubles == {}
    assert [one for one in (*ortiz.complaints, *lee.complaints) if not one.startswith(REFUSED)] == []


def test_a_policy_is_written_without_code(visitor: Hosted) -> None:
    """A clause of one's own is put into a policy, read aloud, tried and proposed, on a phone in the dark."""
    ortiz = Person(visitor.open(390, "dark", script=True), "m.ortiz", 390, "dark", script=True)
    ortiz.begins(visitor)
    page = ortiz.page
    page.goto("/us-tx/policies")
    ortiz.look("policies")
    page.goto("/us-tx/policies/available/competency-based/mastery@2000-01-01")
    ortiz.look("policy")
    page.get_by_role("link", name="Write your own from it").click()
    ortiz.press("Read it aloud and try it")
    ortiz.look("clone-wrong")
    page.get_by_label("Its name here").fill("mastery-shown")
    page.get_by_label("What it rests on", exact=True).fill("Board policy EIA (LOCAL)")
    page.get_by_label("The sentence", exact=True).fill("{value} or more pieces of work in a performance.")
    page.get_by_label("What the sentence rests on").fill("Board policy EIA (LOCAL), section 3")
    page.get_by_label("What is measured, in words").fill("pieces of performance work")
    page.get_by_label("How it is worked out").select_option("count.1")
    page.get_by_label("Of what").select_option("presence")
    page.get_by_label("The value").fill("2")
    ortiz.press("Read it aloud and try it")
    ortiz.look("clone-read")
    expect(page.get_by_text("Every check of a policy was made, and found nothing.")).to_be_visible()
    ortiz.press("Propose it")
    ortiz.look("clone-propose")
    expect(page.get_by_text("written here")).to_be_visible()
    page.goto("/us-tx/policies/compare?one=competency-based/mastery@2000-01-01&other=traditional/course@2000-01-01")
    ortiz.look("compare")

    assert ortiz.troubles == {}
    assert [one for one in ortiz.complaints if not one.startswith(REFUSED)] == []


def test_the_form_is_filled_with_the_keyboard_alone(visitor: Hosted) -> None:
    """What is wrong takes the focus; Tab goes on from there to the first thing to put right."""
    ortiz, _ = two_people(visitor, 1280, "light", script=True)
    ortiz.page.goto("/us-tx/changes/new/policy/competency-based/mastery@2000-01-01")
    ortiz.press("Propose this change")
    expect(ortiz.page.get_by_role("alert")).to_be_focused()
    ortiz.page.keyboard.press("Tab")
    ortiz.page.keyboard.press("Enter")

    expect(ortiz.page.get_by_label("Body that decides")).to_be_focused()


def test_a_double_click_does_it_once(visitor: Hosted) -> None:
    """Pressing a button twice is one wish."""
    ortiz, _ = two_people(visitor, 1280, "light", script=True)
    page = ortiz.page
    page.goto("/us-tx/changes/new/policy/competency-based/mastery@2000-01-01")
    page.get_by_label("Body that decides").fill("Board of trustees")
    page.get_by_label("Reason", exact=True).fill("Said once more.")
    page.get_by_role("button", name="Propose this change").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("proposed")
    page.goto("/us-tx/changes")

    expect(page.get_by_role("row")).to_have_count(2)
