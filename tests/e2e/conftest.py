"""A browser, a server on this computer, and pages that report what went wrong in them."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from tests.web.auditing import auditor, kept_case, long_work
from tests.web.changing import proposed
from tests.web.piloting import opened_pilot
from tests.web.support import ENVIRONMENT, NOW, Small, make_home, secret_of
from tests.web.teaching import at_home, teach
from web import create_app
from web.ledgers import ledgers_of
from web.sessions import PLAIN

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
def furnished(small: Small) -> Iterator[Flask]:
    """Make an application of the home: with a class, a change that was previewed, a pilot, and an auditor's case."""
    app = create_app(small.home, clock=lambda: NOW, environment=ENVIRONMENT)
    teach(app)
    proposed(app).step("preview")
    opened_pilot(app)
    kept_case(app)
    at_home(app, "S-4", "S-1")
    long_work(auditor(app), "/us-tx/audit/queries/undocumented", {"slip-minutes": "1"})
    yield app
    ledgers_of(app).close()


@pytest.fixture(scope="session")
def address(furnished: Flask) -> Iterator[str]:
    """Serve the home on a free port of this computer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, furnished, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
    secret: Callable[[str], str] | None = None
    """Begins a session of somebody; returns what the cookie of it holds."""

    def open(
        self,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        *,
        script: bool = True,
        who: str = "tester",
    ) -> Visit:
        """Open a window that keeps the errors, the refused requests and the messages of its pages.

        Where it can be, `who` is signed in; an empty name is nobody.
        """
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            base_url=self.address,
        )
        if self.secret and who:
            context.add_cookies([{"name": PLAIN, "value": self.secret(who), "url": self.address}])
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
def visitor(browser: Browser, address: str, furnished: Flask) -> Iterator[Visitor]:
    """Open windows, and close them at the end."""
    visitor = Visitor(browser, address, secret=partial(secret_of, furnished))
    yield visitor
    for visit in visitor.opened:
        visit.page.context.close()


@dataclass
class Windows:
    """Windows that stay open from test to test, one for each look and person."""

    visitor: Visitor
    known: dict[tuple[int, str, str], Visit] = field(default_factory=dict)

    def at(self, width: int, scheme: Literal["light", "dark"], who: str) -> Visit:
        """Return a window of this look in which somebody is signed in, and has not complained yet."""
        found = self.known.get((width, scheme, who)) or self.visitor.open(width, scheme, who=who)
        self.known[width, scheme, who] = found
        found.complaints.clear()
        return found


@pytest.fixture(scope="session")
def windows(browser: Browser, address: str, furnished: Flask) -> Iterator[Windows]:
    """Keep windows open for all tests."""
    windows = Windows(Visitor(browser, address, secret=partial(secret_of, furnished)))
    yield windows
    for visit in windows.known.values():
        visit.page.context.close()
