"""Ways people take through the pages."""

from playwright.sync_api import expect

from tests.e2e.conftest import Visitor


def test_from_a_number_to_the_evidence_behind_it(visitor: Visitor) -> None:
    """From the overview, three links lead to a learner's piece of evidence."""
    page = visitor.open().page
    page.goto("/us-tx/")
    page.get_by_role("link", name="Show the 26").click()
    page.get_by_role("link", name="Decision at position").first.click()
    expect(page.get_by_text("Made again just now from the ledger alone: identical.")).to_be_visible()
    page.locator("#facts").locator("..").get_by_role("link").first.click()

    expect(page.locator("tr:target")).to_be_in_viewport()


def test_a_cell_of_the_grid_unfolds_its_target(visitor: Visitor) -> None:
    """The link of a cell opens the part of the page it leads to, without a script."""
    page = visitor.open(script=False).page
    page.goto("/us-tx/learners?q=Rivera")
    page.get_by_role("link", name="Tomás Rivera").click()
    page.get_by_role("link", name="A1.4").first.click()

    expect(page.locator("details[open] .answer").first).to_be_visible()


def test_looking_back_and_returning(visitor: Visitor) -> None:
    """A day put into the form shows a banner, and its link leads back to now."""
    page = visitor.open(390).page
    page.goto("/us-tx/learners?q=Rivera")
    page.get_by_role("link", name="Tomás Rivera").click()
    page.get_by_text("Look back at another day").click()
    page.get_by_label("As of the day").fill("2026-03-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("You see 31 March 2026")
    page.get_by_role("link", name="Back to now").click()

    expect(page.get_by_role("status")).to_have_count(0)


def test_the_scope_is_switched_in_the_bar(visitor: Visitor) -> None:
    """The other ledger of the folder is two clicks away."""
    page = visitor.open(390).page
    page.goto("/us-tx/decisions")
    page.locator("details.scope summary").click()
    page.get_by_role("link", name="us-tx/pine-valley").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("us-tx/pine-valley")


def test_a_page_prints_unfolded(visitor: Visitor) -> None:
    """On paper every target is unfolded and the forms are gone."""
    page = visitor.open().page
    page.goto("/us-tx/learners?q=Rivera")
    page.get_by_role("link", name="Tomás Rivera").click()
    page.emulate_media(media="print")

    expect(page.locator(".answer").first).to_be_visible()
    expect(page.locator(".filters").first).to_be_hidden()
