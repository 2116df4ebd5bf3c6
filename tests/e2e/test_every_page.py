"""What holds of every page, at both widths and in both colour schemes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.places import ANSWERED_WITH_AN_ERROR, PLACES
from tests.web.support import Small

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
"""An ignored folder; pictures for people to look at are put there where MASTERY_SCREENSHOTS is 1."""

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
REFUSED = "error: Failed to load resource: the server responded with a status of 400 (BAD REQUEST)"

pages = pytest.mark.parametrize("place", PLACES)


def visit(visit: Visit, small: Small, place: str) -> Page:
    """Bring a window to a place."""
    visit.page.goto(PLACES[place](visit.page.context.request, small))
    return visit.page


def violations(page: Page) -> list[str]:
    """Return what axe finds: the rule, and the first elements that break it."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def looks(page: Page, place: str) -> Iterator[str]:
    """Show an open page at each width in each scheme; give the name of each look."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            name = f"{place}-{width}-{scheme}"
            if os.environ.get("MASTERY_SCREENSHOTS") == "1":
                page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
            yield name


@pages
def test_a_page_is_accessible(visitor: Visitor, small: Small, place: str) -> None:
    """At every look axe finds nothing, folded or unfolded, and the browser complains of nothing."""
    opened = visitor.open()
    page = visit(opened, small, place)
    folded = violations(page)
    page.evaluate(UNFOLD)
    found = {name: broken for name in looks(page, place) if (broken := violations(page))}

    assert folded == []
    assert found == {}
    assert opened.complaints == ([REFUSED] if place in ANSWERED_WITH_AN_ERROR else [])


@pages
def test_a_page_fits_a_phone(visitor: Visitor, small: Small, place: str) -> None:
    """On a screen of 390 pixels nothing runs over the side: a wide table scrolls in its own box."""
    page = visit(visitor.open(390), small, place)
    page.evaluate(UNFOLD)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pages
def test_a_page_needs_no_script(visitor: Visitor, small: Small, place: str) -> None:
    """With JavaScript off the page has its one heading, its landmarks and its title."""
    page = visit(visitor.open(script=False), small, place)

    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == page.locator("header").count() == page.locator("footer").count() == 1
    assert page.title().endswith("Mastery Ledger")


@pages
def test_the_keyboard_reaches_everything_in_order(visitor: Visitor, small: Small, place: str) -> None:
    """Tab goes through every control from top to bottom, begins at the skip link, and shows where it is."""
    page = visit(visitor.open(), small, place)
    controls = page.locator("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")
    page.evaluate(UNFOLD)
    wanted = [
        index
        for index, one in enumerate(controls.all())
        if one.is_visible() or "skip" in (one.get_attribute("class") or "")
    ]
    controls.evaluate_all("all => all.forEach((one, index) => { one.dataset.order = index })")
    reached, unseen = [], []
    for _ in range(len(wanted)):
        page.keyboard.press("Tab")
        while (now := page.evaluate(HERE))["order"] in reached[-1:]:  # a date has several fields
            page.keyboard.press("Tab")
        reached.append(now["order"])
        unseen += [now["text"]] if now["outline"] == "none" else []

    assert reached == wanted
    assert unseen == []


HERE = """() => {
  const one = document.activeElement;
  return {order: Number(one.dataset.order), text: one.textContent, outline: getComputedStyle(one).outlineStyle};
}"""


def test_axe_finds_what_is_wrong(visitor: Visitor) -> None:
    """A page with known faults has them found, under our own protection too."""
    page = visitor.open().page
    page.goto("/us-tx/learners")
    page.evaluate(
        "document.querySelector('main').innerHTML = "
        '\'<img src="/static/icon.svg"><input><p style="color: #aaa">faint</p><table><tr><th></th></tr></table>\''
    )

    assert {one.partition(":")[0] for one in violations(page)} >= {"image-alt", "label"}
