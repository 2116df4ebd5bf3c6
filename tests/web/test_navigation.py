"""The bar: where one can go, who one is, how the pages look, and how far back one looks."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.changing import Person, somebody
from tests.web.support import Small, words
from web.navigation import SECTIONS


def links(client: FlaskClient, address: str, name: str) -> list[str]:
    """Return what the links of a part of the bar say."""
    page = client.get(address).text
    found = re.search(rf'<nav[^>]* aria-label="{name}">(.*?)</nav>', page, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[1]) if found else []


def test_the_bar_leads_only_where_somebody_may_go(app: Flask) -> None:
    """An analyst of the state has no business with learners by name, nor with who holds which role."""
    analyst, admin = (somebody(app, name).client for name in ("k.state", "m.ortiz"))

    assert {"Overview", "Decisions", "Policies", "Changes", "Pilots"} <= set(links(analyst, "/us-tx/", "Main"))
    assert not {"Learners", "Classes"} & set(links(analyst, "/us-tx/", "Main"))
    assert {"Learners", "Classes"} <= set(links(admin, "/us-tx/", "Main"))


def test_every_page_the_bar_leads_to_is_there(client: FlaskClient, app: Flask) -> None:
    """Whoever holds every role can open each of them; each says where one is."""
    with app.test_request_context():
        known = [endpoint for _, pages in SECTIONS for _, endpoint in pages if endpoint in app.view_functions]
    page = client.get("/us-tx/").text
    ways = re.search(r'aria-label="Main">(.*?)</nav>', page, re.DOTALL)
    addresses = re.findall(r'href="([^"]+)"', ways[1] if ways else "")

    assert len(known) > 10
    assert {200} == {client.get(unescape(one)).status_code for one in addresses}
    assert 'aria-current="page">Overview</a>' in page


def test_a_section_shows_its_pages(client: FlaskClient) -> None:
    """Beside the list of policies stand the pages that belong to it."""
    assert links(client, "/us-tx/policies", "Policies") == ["Policies", "Compare two", "Try another rule"]
    assert links(client, "/us-tx/learners", "Learners") == []


def test_the_bar_says_who_is_signed_in(app: Flask) -> None:
    """With the roles held in the ledger at hand; whoever is not signed in is asked to."""
    said = words(somebody(app, "m.ortiz").client.get("/us-tx/"))

    assert "Here as district admin." in said
    assert "Sign out" in said
    assert "Sign in" in words(app.test_client().get("/sign-in"))


@pytest.mark.parametrize("scheme", ["light", "dark", "auto"])
def test_colours_are_chosen_without_a_script(own: Flask, scheme: str) -> None:
    """A button of the foot sets them for a year, and leads back to the page."""
    person = somebody(own, "m.ortiz")
    page = "/us-tx/policies?status=in+force"
    response = person.send("/appearance", {"scheme": scheme, "back": page}, page)

    assert (303, page) == (response.status_code, response.headers["Location"])
    assert f'data-scheme="{scheme}"' in person.client.get("/us-tx/").text


def test_colours_nobody_knows_are_not_kept(own: Flask) -> None:
    """Neither is an address elsewhere led to."""
    person = somebody(own, "m.ortiz")
    response = person.send("/appearance", {"scheme": "pink", "back": "//elsewhere.example"}, "/us-tx/")

    assert response.headers["Location"] == "/"
    assert 'data-scheme="auto"' in person.client.get("/us-tx/").text


def test_a_state_restyles_the_pages(own: Flask) -> None:
    """A style sheet in the home comes after ours."""
    person = somebody(own, "m.ortiz")
    without = person.client.get("/us-tx/").text, person.client.get("/theme.css").status_code
    home = own.extensions["ledgers"].home
    (home / "theme.css").write_text(":root { --accent: light-dark(#700, #faa); }")
    page, theme = person.client.get("/us-tx/").text, person.client.get("/theme.css")

    assert ("/theme.css" in without[0], without[1]) == (False, 404)
    assert page.index("style.css") < page.index("/theme.css")
    assert (theme.mimetype, theme.text[:5]) == ("text/css", ":root")


def look_back(person: Person, page: str, day: str) -> str:
    """Choose a day in the bar; return where it leads."""
    response = person.client.get("/us-tx/as-of", query_string={"to": page, "day": day})
    return response.headers.get("Location", "") or words(response)


def test_a_page_is_seen_as_it_was_at_the_end_of_a_day(app: Flask, small: Small) -> None:
    """The day becomes the position the ledger had reached by then; the rest of the address stays."""
    ortiz, sol = somebody(app, "m.ortiz"), small.learners["S-1"]
    page = f"/us-tx/learners/{sol}"
    learner = look_back(ortiz, page, "2026-03-25")
    listed = look_back(ortiz, "/us-tx/decisions?question=MASTERY&known_at=7&after=x", "2026-03-25")
    now = look_back(ortiz, learner, ""), look_back(ortiz, learner, "2030-01-01")
    shown = words(ortiz.client.get(learner))

    assert re.fullmatch(rf"{page}\?as_of=2026-03-25&known_at=\d+", learner)
    assert re.fullmatch(r"/us-tx/decisions\?question=MASTERY&known_at=\d+", listed)
    assert now == (page, page)
    assert "You see 25 March 2026 as the ledger knew it at position" in shown
    assert "As of: Looking back" in shown


def test_before_the_first_day_there_is_nothing_to_see(app: Flask) -> None:
    """That is said, rather than an empty page shown; a page of the present stays one."""
    ortiz = somebody(app, "m.ortiz")

    assert "Nothing is on record here up to the end of that day." in look_back(ortiz, "/us-tx/decisions", "2001-01-01")
    assert look_back(ortiz, "/us-tx/policies", "2026-03-25") == "/us-tx/policies"
