"""Who acts, and what keeps anybody else from choosing it or from sending a form."""

import re

import pytest
from flask import Flask

from tests.web.changing import HERE, NEW, STRICTER, Person, proposed, somebody
from tests.web.support import words
from web import create_app
from web.acting import COOKIE


def test_nobody_acts_until_somebody_says_so(own: Flask) -> None:
    """The forms ask first who acts; then they stand there, and every page of changes names the person."""
    client = own.test_client()
    before = client.get(NEW)
    ortiz = somebody(own, "m.ortiz")
    after = ortiz.client.get(NEW)

    assert "Who acts?" in words(before)
    assert "Propose this change" not in words(before)
    assert "Acting as m.ortiz" in words(after)
    assert "Propose this change" in words(after)


def test_the_cookie_is_kept_from_scripts_and_other_sites(own: Flask) -> None:
    """It goes with requests of these pages alone, and no script reads it."""
    person = Person(own.test_client())
    cookie = person.send("/us-tx/acting", {"who": "m.ortiz"}).headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Expires" not in cookie


def test_a_cookie_that_was_not_made_here_counts_for_nothing(own: Flask) -> None:
    """Another program on this computer cannot say who acts."""
    client = own.test_client()
    said = []
    for forged in ("m.ortiz", "00." + b"m.ortiz".hex(), "00.zz", "."):
        client.set_cookie(COOKIE, forged)
        said.append("Nobody acts" in words(client.get("/us-tx/changes")))

    assert said == [True] * 4


def test_who_acts_outlives_the_server(own: Flask) -> None:
    """The seal comes from the home, so that a restart asks nobody again."""
    ortiz = somebody(own, "m.ortiz")
    cookie = ortiz.client.get_cookie(COOKIE)
    again = create_app(
        own.extensions["ledgers"].home, clock=own.extensions["ledgers"].clock, environment={}
    ).test_client()
    assert cookie is not None
    again.set_cookie(COOKIE, cookie.value)

    assert "Acting as m.ortiz" in words(again.get("/us-tx/changes"))


def test_one_person_makes_room_for_another(own: Flask) -> None:
    """Who acts can be changed, and taken back; the page leads back to where one was."""
    ortiz = somebody(own, "m.ortiz")
    response = ortiz.send("/us-tx/acting", {"who": " d.lee ", "back": "/us-tx/changes/new?x=1"})
    as_lee = words(ortiz.client.get("/us-tx/changes"))
    ortiz.send("/us-tx/acting", {"leave": "yes"})

    assert response.headers["Location"] == "/us-tx/changes/new?x=1"
    assert "Acting as d.lee" in as_lee
    assert "Nobody acts" in words(ortiz.client.get("/us-tx/changes"))


@pytest.mark.parametrize("back", ["", "//evil.example", "https://evil.example", "/\\evil.example", "us-tx", "/a\nb"])
def test_the_way_back_leads_nowhere_else(own: Flask, back: str) -> None:
    """An address that is not one of these pages leads to the list of changes."""
    person = Person(own.test_client())
    response = person.send("/us-tx/acting", {"who": "m.ortiz", "back": back})

    assert response.headers["Location"] == "/us-tx/changes"


def test_a_form_sent_again_does_nothing_again(own: Flask) -> None:
    """The number a form was given makes its repeat lead to what the first one did."""
    ortiz = somebody(own, "m.ortiz")
    form = {**ortiz.hidden(NEW), **STRICTER}
    sent = [ortiz.client.post(NEW, data=form, headers=HERE).headers["Location"] for _ in range(2)]

    assert sent == ["/us-tx/changes/1?done=proposed"] * 2
    assert len(ortiz.client.get("/us-tx/changes.json").get_json()) == 1


def test_each_form_has_a_number_of_its_own(own: Flask) -> None:
    """Two forms of one page are two commands."""
    ortiz = proposed(own)
    numbers = re.findall(r'name="command" value="([^"]+)"', ortiz.client.get("/us-tx/changes/1").text)

    assert len(numbers) == len(set(numbers)) >= 2


def test_looking_writes_nothing_down(own: Flask) -> None:
    """A person who only looks is not put into the vault."""
    ortiz = proposed(own)
    somebody(own, "x.new").client.get("/us-tx/changes/1")
    vault = own.extensions["ledgers"].open("us-tx").ledger.vault

    assert ortiz.name == "m.ortiz"
    assert vault.find_person("m.ortiz") is not None
    assert vault.find_person("x.new") is None
