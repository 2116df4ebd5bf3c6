"""A teacher in the browser: looks at a class, pastes its results, sees what they decide, records, takes one back."""

import logging
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.test_every_page import violations
from tests.web.support import ENVIRONMENT, NOW, make_home, secret_of
from tests.web.teaching import CLASS, teach
from web import create_app
from web.ledgers import ledgers_of
from web.sessions import PLAIN

CELLS = "Learner\tA1.3\nAbara, Sol\tExceeding\nMei Lindqvist\tabsent\nS-4\t3\n"
WRONG = "Learner\tA1.3\nSomebody Else\t3\n"


@dataclass
class Served:
    """An application served on this computer."""

    app: Flask
    address: str


@pytest.fixture(scope="module")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home to copy; nothing is served from it."""
    return make_home(tmp_path_factory.mktemp("untaught") / "home").home


@pytest.fixture
def served(untaught: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve a home with a class on a free port of this computer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    shutil.copytree(untaught, tmp_path / "home")
    app = create_app(tmp_path / "home", clock=lambda: NOW, environment=ENVIRONMENT)
    teach(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    ledgers_of(app).close()


def wrong_with(visit: Visit, width: int, *, script: bool) -> list[str]:
    """Return what is wrong with the open page: what axe finds, and what runs over the side."""
    if not script:
        return []
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    return [*violations(visit.page), *([f"{wide} pixels wide"] if wide > width else [])]


@pytest.mark.parametrize(("width", "scheme", "script"), [(1280, "light", True), (390, "dark", False)])
def test_a_teacher_pastes_a_class(
    browser: Browser, served: Served, width: int, scheme: Literal["light", "dark"], script: bool
) -> None:
    """From the grid to the pasted block, what it will decide, the record of it, and one learner taken back."""
    visit = Visitor(browser, served.address).open(width, scheme, script=script)
    page = visit.page
    page.context.add_cookies([{"name": PLAIN, "value": secret_of(served.app, "a.teach"), "url": served.address}])
    wrong: dict[str, list[str]] = {}

    def look(place: str) -> None:
        wrong[place] = wrong_with(visit, width, script=script)

    page.goto("/us-tx/classes")
    look("classes")
    page.get_by_role("link", name="ALG1 · class 3").click()
    look("grid")
    page.get_by_role("link", name="Sol Abara, A1.3").click()
    look("cell")
    page.goto(CLASS)
    page.get_by_role("link", name="Paste from a spreadsheet").click()
    page.get_by_label("The cells").fill(WRONG)
    page.get_by_role("button", name="Match and preview").click()
    expect(page.get_by_text("Nobody in this class has this name or id.")).to_be_visible()
    look("faults")
    page.get_by_label("The cells").fill(CELLS)
    page.get_by_label("Kind of evidence").select_option("observation")
    page.get_by_label("Task").fill("Bridge")
    page.get_by_role("button", name="Match and preview").click()
    expect(page.get_by_text("3 rows were matched.")).to_be_visible()
    expect(page.get_by_text("still mastered for 2")).to_be_visible()
    look("matched")
    page.get_by_role("button", name="Record for the class").click()
    expect(page.get_by_role("heading", name="Recorded for 3 learners")).to_be_visible()
    look("recorded")
    page.get_by_role("button", name="Take back what was recorded for Sol Abara").click()
    expect(page.get_by_role("heading", name="Recorded for 2 learners")).to_be_visible()
    page.context.close()

    assert {} == {place: found for place, found in wrong.items() if found}
    assert [] == [one for one in visit.complaints if "422" not in one]
