"""What the script adds to the pages, each on a small page of its own, under the headers of the real ones."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from flask import Flask, redirect, request
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from web import security

STATIC = Path(__file__).parents[2] / "web" / "static"
HEAD = '<!doctype html><html lang="en"><title>Small</title><script src="/static/console.js" defer></script><main>'

LIVE = f"""{HEAD}<form method="post" action="/sent" data-live="/live" data-live-into="#told">
<label>Level <input id="level" name="level"></label><button>Send</button></form>
<div id="told">Nothing yet</div><p><button id="copy" type="button" data-copy="#told" hidden>Copy</button></p>"""
POLL = f'{HEAD}<section id="work" data-poll="/work" data-every="250"><button id="end">End it</button></section>'
GRID = f"""{HEAD}<table data-grid><tr><th>A</th><th>B</th><th>C</th></tr>
<tr><td><a href="/cell/1">1</a></td><td>no link</td><td><a href="/cell/2">2</a></td></tr>
<tr><td><a href="/cell/3">3</a></td><td><input aria-label="four" value="44"></td><td><a href="/cell/5">5</a></td></tr>
</table>
<details class="menu"><summary>Menu</summary><a href="/cell/6">6</a></details>
<button id="print" data-print hidden>Print</button>"""


@dataclass
class Served:
    """A small application, what was sent to it, and how it is to answer."""

    address: str = ""
    sent: list[str] = field(default_factory=list)
    polls: int = 0
    broken: bool = False


def application(served: Served) -> Flask:
    """Return pages that use what the script offers."""
    app = Flask("small", static_folder=str(STATIC))
    app.after_request(security.protect)
    for name, page in (("live", LIVE), ("poll", POLL), ("grid", GRID)):
        app.add_url_rule(f"/{name}", f"page-{name}", partial(str, page))

    @app.post("/live")
    def live() -> tuple[str, int]:
        served.sent.append(f"live {request.form['level']}")
        return (HEAD, 503) if served.broken else (f"<p>This will decide: {request.form['level']}</p>", 200)

    @app.post("/sent")
    def sent() -> Response:
        served.sent.append("sent")
        threading.Event().wait(0.3)
        return redirect("/live", 303)

    @app.get("/work")
    def work() -> str | Response:
        served.polls += 1
        if served.polls > 5:
            return redirect("/cell/result")
        more = 'data-poll="/work" data-every="250"'
        return f'{HEAD}<section id="work" {more}><h2>{served.polls} of 5</h2><button id="end">End it</button></section>'

    @app.get("/cell/<name>")
    def cell(name: str) -> str:
        return f"{HEAD}<h1>Cell {name}</h1>"

    return app


@pytest.fixture
def served() -> Iterator[Served]:
    """Serve the small pages."""
    served = Served()
    server = make_server("127.0.0.1", 0, application(served), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}"
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """Open a window on the small pages."""
    context = browser.new_context(base_url=served.address, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_form_says_what_would_come_of_it(page: Page, served: Served) -> None:
    """It asks once typing has ceased, and whoever types stays where they are."""
    page.goto("/live")
    page.locator("#level").press_sequentially("34")
    expect(page.locator("#told")).to_have_text("This will decide: 34")

    assert served.sent == ["live 34"]
    assert page.evaluate("document.activeElement.id") == "level"
    assert page.locator("#told").get_attribute("aria-live") == "polite"


def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(page: Page, served: Served) -> None:
    """A bar says so, what was typed and what was told stand, and the bar goes when the server is back."""
    page.goto("/live")
    served.broken = True
    page.locator("#level").fill("3")
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached just now.")
    told, typed = page.locator("#told").inner_text(), page.locator("#level").input_value()
    served.broken = False
    page.locator("#level").fill("4")
    expect(page.locator("#told")).to_have_text("This will decide: 4")

    assert (told, typed) == ("Nothing yet", "3")
    assert page.get_by_role("alert").count() == 0


def test_a_form_is_sent_once(page: Page, served: Served) -> None:
    """A second press while the first is under way sends nothing."""
    page.goto("/live")
    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_url("**/live")
    page.wait_for_timeout(500)

    assert served.sent == ["sent"]


def test_what_cannot_be_copied_is_marked(page: Page) -> None:
    """Without the right to the clipboard the text is selected, and both is said."""
    page.goto("/live")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#said")).to_have_text("Marked: copy it with the keyboard.")

    assert page.evaluate("String(getSelection())") == "Nothing yet"


def test_progress_keeps_the_focus_and_leads_to_the_result(page: Page) -> None:
    """A part that is replaced every quarter of a second never throws out whoever is in it."""
    page.goto("/poll")
    page.locator("#end").focus()
    expect(page.locator("h2")).to_be_visible()
    focus = page.evaluate("document.activeElement.id")
    page.wait_for_url("**/cell/result")

    assert focus == "end"


def test_arrows_move_through_a_grid(page: Page) -> None:
    """They go over cells without a control, stay at the edge, and leave a field its own keys."""
    page.goto("/grid")
    page.locator("a").first.focus()
    keys = ("ArrowRight", "ArrowDown", "Home", "End", "ArrowLeft", "ArrowLeft", "Home", "ArrowDown")
    reached = []
    for key in keys:
        page.keyboard.press(key)
        reached.append(page.evaluate("document.activeElement.value ?? document.activeElement.textContent"))
    page.locator("a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cell/1")

    assert reached == ["2", "5", "3", "5", "44", "44", "44", "44"]


def test_a_menu_closes_by_escape_and_by_leaving_it(page: Page) -> None:
    """Escape closes it and gives the focus back to what opened it."""
    page.goto("/grid")
    page.get_by_text("Menu").click()
    page.get_by_role("link", name="6").focus()
    page.keyboard.press("Escape")
    closed = page.locator("details").get_attribute("open"), page.evaluate("document.activeElement.textContent")
    page.get_by_text("Menu").click()
    page.locator("a").first.focus()

    assert closed == (None, "Menu")
    assert page.locator("details").get_attribute("open") is None
    assert page.locator("#print").is_visible()
