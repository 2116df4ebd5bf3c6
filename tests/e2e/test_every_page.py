"""What holds of every page, at both widths and in both colour schemes."""

import os
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.e2e.conftest import Visitor, Windows
from tests.e2e.places import PLACES, Place
from tests.web.support import Small

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
"""An ignored folder; pictures for people to look at are put there where MASTERY_SCREENSHOTS is 1."""

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (390, "dark"))
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
REFUSED = "error: Failed to load resource: the server responded with a status of"

NO_PAGES = {
    "static",
    "front.come_back",
    "front.leave_for",
    "scoped.decision_of",
    "scoped.job_file",
    "scoped.look_back",
}
"""What answers by leading elsewhere, or with a file."""

FACTS = """() => {
  const controls = 'main :is(a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"])';
  const seen = [...document.querySelectorAll(controls)].filter(one => one.checkVisibility() && !one.disabled);
  const unseen = seen.filter(one => {
    one.focus({preventScroll: true, focusVisible: true});
    return document.activeElement === one && getComputedStyle(one).outlineStyle === 'none';
  });
  const count = wanted => document.querySelectorAll(wanted).length;
  return {
    headings: count('h1'), landmarks: [count('main'), count('body > header'), count('body > footer')],
    width: document.documentElement.scrollWidth, title: document.title.endsWith('Mastery Ledger'),
    unseen: unseen.map(one => one.outerHTML.slice(0, 120)),
  };
}"""


def violations(page: Page) -> list[str]:
    """Return what axe finds: the rule, and the first elements that break it."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def brought(page: Page, place: Place, small: Small) -> int:
    """Bring a window to a place, and do what is to be done there; return the status of the page."""
    answer = page.goto(place.find(page.context.request, small))
    assert answer is not None
    if place.act is None:
        return answer.status
    with page.expect_navigation(url=place.leads) as led:
        place.act(page)
    return led.value.status if led.value else 0


@pytest.mark.parametrize(("width", "scheme"), LOOKS, ids=["wide-light", "phone-dark"])
@pytest.mark.parametrize("name", PLACES)
def test_a_page_is_accessible_and_fits(
    windows: Windows, small: Small, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Axe and the browser find nothing, nothing runs over the side, and whoever uses a keyboard sees where they are."""
    place = PLACES[name]
    visit = windows.at(width, scheme, place.who)
    status = brought(visit.page, place, small)
    visit.page.evaluate(UNFOLD)
    if os.environ.get("MASTERY_SCREENSHOTS") == "1":
        visit.page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    broken, facts = violations(visit.page), visit.page.evaluate(FACTS)

    assert status == place.status
    assert broken == []
    assert [one for one in visit.complaints if status < 400 or not one.startswith(REFUSED)] == []
    assert facts == {"headings": 1, "landmarks": [1, 1, 1], "width": width, "title": True, "unseen": []}


def test_every_page_is_looked_at(windows: Windows, furnished: Flask, small: Small) -> None:
    """Each address that answers with a page of its own is one of the places."""
    known = furnished.url_map.bind("127.0.0.1")
    seen = set()
    for place in PLACES.values():
        seen.add(place.shows)
        request = windows.at(1280, "light", place.who).page.context.request
        seen.add(known.match(place.find(request, small).partition("?")[0])[0])
    pages = {
        rule.endpoint
        for rule in known.map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/") and "." not in rule.rule
    }

    assert pages - seen - NO_PAGES == set()
    assert NO_PAGES - pages == set()


@pytest.mark.parametrize("name", ["overview", "learner", "propose"])
def test_the_keyboard_reaches_everything_in_order(visitor: Visitor, small: Small, name: str) -> None:
    """Tab goes through every control from top to bottom, and begins at the skip link."""
    page = visitor.open(script=False).page
    brought(page, PLACES[name], small)
    controls = page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")
    wanted: list[int] = controls.evaluate_all(
        "all => all.map((one, index) => { one.dataset.order = index; return index; })"
        ".filter(index => all[index].checkVisibility({visibilityProperty: true}))"
    )
    reached: list[Any] = []
    while len(reached) < len(wanted):
        page.keyboard.press("Tab")
        while (now := page.evaluate("Number(document.activeElement.dataset.order)")) in reached[-1:]:
            page.keyboard.press("Tab")  # a date has several fields
        reached.append(now)

    assert reached == wanted


def test_the_menus_of_the_bar_are_accessible(visitor: Visitor) -> None:
    """Opened, on a wide screen and on a phone, they have nothing wrong and stay on the screen."""
    page = visitor.open().page
    page.goto("/us-tx/decisions")
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for menu in page.locator("details.menu > summary").all():
            menu.click()
            found[menu.inner_text(), width] = violations(page)
            page.keyboard.press("Escape")
    fits = page.evaluate("document.documentElement.scrollWidth")

    assert len(found) == 6
    assert not any(found.values())
    assert fits == 390


@pytest.mark.parametrize("name", ["learner", "change-packet", "decision-course"])
def test_paper_shows_the_page_alone(windows: Windows, small: Small, name: str) -> None:
    """Printed on letter or A4, the bar is gone, what was folded is open, and nothing is cut off at the side."""
    page = windows.at(1280, "light", "tester").page
    brought(page, PLACES[name], small)
    page.emulate_media(media="print")
    gone = page.locator("header.top").is_visible(), page.locator("nav.pager").first.is_visible()
    widths = []
    for width in (672, 650):  # letter and A4 at 96 dots an inch, less the margins
        page.set_viewport_size({"width": width, "height": 900})
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})

    assert gone == (False, False)
    assert widths == [672, 650]


def test_axe_finds_what_is_wrong(visitor: Visitor) -> None:
    """A page with known faults has them found, under our own protection too."""
    page = visitor.open().page
    page.goto("/us-tx/learners")
    page.evaluate(
        "document.querySelector('main').innerHTML = "
        '\'<img src="/static/icon.svg"><input><p style="color: #aaa">faint</p><table><tr><th></th></tr></table>\''
    )

    assert {one.partition(":")[0] for one in violations(page)} >= {"image-alt", "label"}
