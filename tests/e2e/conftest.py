"""A browser, a server on this computer, and pages that report what went wrong in them."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from tests.web.support import ENVIRONMENT, NOW, Small, make_home
from web import create_app
from web.ledgers import ledgers_of

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-quic")
PATIENCE = 20_000
NONE_FOUND = "no browser here: install chromium (apt install chromium), or set BROWSER_PATH to Chrome or Edge"


def browser_path() -> str:
    """Return a browser of this computer; without one, skip with a sentence, or fail where one is required."""
    path = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and os.environ.get("MASTERY_REQUIRE_BROWSER"):
        pytest.fail(NONE_FOUND)
    if path is None:
        pytest.skip(NONE_FOUND)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    path = browser_path()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return a home with a state's and a district's ledger; nothing may be written to it."""
    return make_home(tmp_path_factory.mktemp("browsed") / "home")


@pytest.fixture(scope="session")
def address(small: Small) -> Iterator[str]:
    """Serve the home on a free port of this computer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_app(small.home, clock=lambda: NOW, environment=ENVIRONMENT)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    ledgers_of(app).close()


@dataclass
class Visit:
    """A window of a browser, and what it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Visitor:
    """Opens windows of any width and colour scheme; each forgets the others."""

    browser: Browser
    address: str
    opened: list[Visit] = field(default_factory=list)

    def open(self, width: int = 1280, scheme: Literal["light", "dark"] = "light", *, script: bool = True) -> Visit:
        """Open a window that keeps the errors, the refused requests and the messages of its pages."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            base_url=self.address,
        )
        visit = Visit(context.new_page())
        visit.page.on("console", lambda message: visit.complaints.append(_said(message)))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("requestfailed", lambda request: visit.complaints.extend(_failed(request)))
        self.opened.append(visit)
        return visit


def _failed(request: Request) -> list[str]:
    """Return what there is to say of a request that failed; one that a page left behind when it was left is none."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def _said(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Open windows, and close them at the end."""
    visitor = Visitor(browser, address)
    yield visitor
    for visit in visitor.opened:
        visit.page.context.close()
