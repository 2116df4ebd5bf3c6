"""A guardian in the browser: from all targets to one, in Spanish, to who looked, and to paper."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.test_every_page import violations


@pytest.mark.parametrize(("width", "scheme", "script"), [(1280, "light", True), (390, "dark", False)])
def test_a_guardian_reads_targets(visitor: Visitor, width: int, scheme: Literal["light", "dark"], script: bool) -> None:
    """What is left, what counts and why are found without a detour, in the language of the family."""
    visit = visitor.open(width, scheme, script=script, who="g.home")
    page, wrong = visit.page, {}

    def look(place: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth") if script else width
        wrong[place] = [*(violations(page) if script else []), *([f"{wide} pixels wide"] if wide > width else [])]

    page.goto("/us-tx/my")
    expect(page.get_by_role("heading", name="Targets of Tomás Rivera")).to_be_visible()
    look("targets")
    page.get_by_role("link", name="A1.4").first.click()
    expect(page.get_by_role("heading", name="What is left")).to_be_visible()
    expect(page.get_by_role("heading", name="What does not count, and why")).to_be_visible()
    look("target")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Lo que falta")).to_be_visible()
    look("spanish")
    page.get_by_role("link", name="Todas las metas").click()
    page.get_by_role("link", name="Quién ha visto este registro").click()
    expect(page.get_by_role("heading", name="Quién ha visto el registro de Tomás Rivera")).to_be_visible()
    look("readers")
    if script:
        page.go_back()
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="English")).to_be_hidden()

    assert {place: found for place, found in wrong.items() if found} == {}
    assert visit.complaints == []
