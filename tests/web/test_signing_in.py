"""Signing in and out with a password, as a persona, and anew before what cannot be undone."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.accounts.passwords import Hasher
from ledger.storage.access_store import SessionRow
from tests.web.changing import HERE, Person
from tests.web.support import NOW, sign_in, words
from web import signing_in
from web.ledgers import ledgers_of
from web.security import PUBLIC
from web.sessions import LOCKED, PLAIN, browser_words

PASSWORD = "seven quiet lanterns"


@pytest.fixture
def office(own: Flask) -> Flask:
    """Let m.ortiz sign in with a password; hashes are quick."""
    own.extensions["hasher"] = Hasher(passes=1, memory=8)
    with own.app_context():
        signing_in.accounts().add("m.ortiz", PASSWORD)
    return own


def tried(client: FlaskClient, password: str = PASSWORD, back: str = "", name: str = "m.ortiz") -> TestResponse:
    """Send the form that asks for a password."""
    fields = {**Person(client).hidden("/sign-in"), "id": name, "password": password, "back": back}
    return client.post("/sign-in", data=fields, headers=HERE)


def test_a_password_lets_its_person_in(office: Flask) -> None:
    """One is led back to where one was stopped."""
    client = office.test_client()
    stopped = client.get("/us-tx/changes?rows=5")
    response = tried(client, back="/us-tx/changes?rows=5")

    assert (303, "/sign-in?back=/us-tx/changes?rows%3D5") == (stopped.status_code, stopped.headers["Location"])
    assert (303, "/us-tx/changes?rows=5") == (response.status_code, response.headers["Location"])
    assert 200 == client.get("/us-tx/changes").status_code


@pytest.mark.parametrize(("name", "password"), [("m.ortiz", "wrong"), ("nobody", PASSWORD), ("", ""), ("m.ortiz", "")])
def test_what_is_wrong_is_not_told(office: Flask, name: str, password: str) -> None:
    """An id there is not and a wrong password are one and the same answer; the id stays typed, the password not."""
    client = office.test_client()
    response = tried(client, password, name=name)

    assert 422 == response.status_code
    assert "This id and this password do not belong together; check both, and try again." in words(response)
    assert f'name="id" value="{name}"' in response.text
    assert PASSWORD not in response.text
    assert 303 == client.get("/sign-in/sessions").status_code


def test_whoever_fails_too_often_waits(office: Flask) -> None:
    """The page says how long, and so does a header for programs."""
    client = office.test_client()
    for _ in range(5):
        tried(client, "wrong")
    response = tried(client)

    assert (429, "2") == (response.status_code, response.headers["Retry-After"])
    assert "Too many tries failed; wait 2 seconds, then try again." in words(response)


def test_a_session_that_was_planted_is_not_taken_over(office: Flask) -> None:
    """Whoever signs in gets a secret that nobody knew before, and the one the browser had is over."""
    client = office.test_client()
    sign_in(client, "d.lee")
    planted = client.get_cookie(PLAIN)
    assert planted is not None
    tried(client)
    own = client.get_cookie(PLAIN)
    thief = office.test_client()
    thief.set_cookie(PLAIN, planted.value)

    assert own is not None
    assert own.value != planted.value
    assert 303 == thief.get("/sign-in/sessions").status_code


def test_a_made_up_session_is_none(office: Flask) -> None:
    """What a browser brings along is never made a session of."""
    client = office.test_client()
    client.set_cookie(PLAIN, "chosen by somebody else")
    tried(client)
    own = client.get_cookie(PLAIN)

    assert own is not None
    assert own.value != "chosen by somebody else"


def test_the_cookie_is_for_these_pages_alone(office: Flask) -> None:
    """No script reads it and no other site sends it; over https it is bound to the host and sent over nothing else."""
    plain = tried(office.test_client()).headers.getlist("Set-Cookie")
    office.config[PUBLIC] = "mastery.example.org"
    client, at = office.test_client(), {"Host": "mastery.example.org", "Origin": "https://mastery.example.org"}
    page = client.get("/sign-in", headers=at).text
    token = re.findall(r'name="token" value="([^"]*)"', page)[0]
    fields = {"token": token, "id": "m.ortiz", "password": PASSWORD}
    secure = client.post("/sign-in", data=fields, headers=at).headers.getlist("Set-Cookie")

    assert [True] == [one.startswith(f"{PLAIN}=") and "HttpOnly" in one and "SameSite=Lax" in one for one in plain]
    assert [True] == [
        one.startswith(f"{LOCKED}=") and all(word in one for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
        for one in secure
    ]


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/us-tx/\r\nSet-Cookie: a=b",
        "/sign-out",
        "/sign-in?back=/",
        " /us-tx/",
    ],
)
def test_nobody_is_led_away_from_these_pages(office: Flask, back: str) -> None:
    """Whatever an address asks for, one is led to a page of ours."""
    assert "/" == tried(office.test_client(), back=back).headers["Location"]


def test_a_form_of_another_site_signs_nobody_in(office: Flask) -> None:
    """Without the token of the form, or from elsewhere, even the right password is refused."""
    client = office.test_client()
    fields = {"id": "m.ortiz", "password": PASSWORD}
    without = client.post("/sign-in", data=fields, headers=HERE)
    elsewhere = client.post(
        "/sign-in", data={**Person(client).hidden("/sign-in"), **fields}, headers={"Origin": "https://evil.example"}
    )

    assert [403, 403] == [without.status_code, elsewhere.status_code]
    assert client.get_cookie(PLAIN) is None


def test_whoever_leaves_is_signed_out(office: Flask) -> None:
    """The session is over, not only forgotten by the browser."""
    client = office.test_client()
    tried(client)
    kept = client.get_cookie(PLAIN)
    assert kept is not None
    left = Person(client).send("/sign-out", page="/sign-in/sessions")
    client.set_cookie(PLAIN, kept.value)

    assert "/sign-in?left=yes" == left.headers["Location"]
    assert 303 == client.get("/sign-in/sessions").status_code
    assert "You are signed out." in words(office.test_client().get("/sign-in?left=yes"))


def test_sessions_are_seen_and_ended(office: Flask) -> None:
    """Each browser by what it is, one by one or all others; nobody ends a session of somebody else."""
    here, there, third = (office.test_client() for _ in range(3))
    for one in (here, there, third):
        tried(one)
    other = sign_in(office.test_client(), "d.lee")
    sessions = ledgers_of(office).access.find(SessionRow)
    foreign = next(one.session for one in sessions if one.how == "password" and one.browser == "a browser of the tests")
    person = Person(here)
    refused = person.send("/sign-in/sessions", {"session": foreign})
    ended = person.send("/sign-in/sessions", {"session": "others"})

    assert 404 == refused.status_code
    assert "/sign-in/sessions?ended=yes" == ended.headers["Location"]
    assert [200, 303, 303, 200] == [one.get("/sign-in/sessions").status_code for one in (here, there, third, other)]


def test_a_program_is_told_to_sign_in(office: Flask) -> None:
    """Data is not led to a page; it is refused with a sentence."""
    response = office.test_client().get("/us-tx/changes.json")

    assert 401 == response.status_code
    assert "Sign in first; nothing was changed." in words(response)


def test_personas_are_for_this_computer_alone(own: Flask) -> None:
    """Where the pages are served to others too, nobody is let in without a password."""
    client = own.test_client()
    offered = client.get("/sign-in").text
    unknown = Person(client).send("/sign-in/as", {"persona": "kim"}, "/sign-in")
    own.config[PUBLIC] = "mastery.example.org"
    at = {"Host": "mastery.example.org", "Origin": "https://mastery.example.org"}
    public = own.test_client().get("/sign-in", headers=at).text

    assert 404 == unknown.status_code  # the people of the demonstration are not in the vault of this home
    assert "Be somebody of the demonstration" not in public
    assert "With a password" in offered


def test_names_are_disclosed_to_whoever_signed_in_just_now(own: Flask) -> None:
    """After ten minutes an auditor signs in again first, and is led back."""
    client = sign_in(own.test_client(), "o.audit")
    fresh = client.get("/us-tx/names").status_code
    ledgers_of(own).clock = lambda: NOW.replace("T15:30", "T15:41")
    stale = client.get("/us-tx/names?learner=1")
    asked = client.get(stale.headers["Location"])

    assert (200, 303) == (fresh, stale.status_code)
    assert "/sign-in?back=/us-tx/names?learner%3D1&again=yes" == stale.headers["Location"]
    assert "Sign in again" in words(asked)


def test_a_token_is_shown_once_and_revoked(own: Flask) -> None:
    """It is on the page that makes it and on no other; revoked, it says so."""
    person = Person(sign_in(own.test_client(), "m.ortiz"))
    made = person.send("/us-tx/tokens", {"purpose": "nightly", "days": "30", "action.READ_POLICIES": "yes"})
    text = re.findall(r"mlk_[0-9a-f]{16}_[\w-]{43}", made.text)[0]
    listed = person.client.get("/us-tx/tokens")
    revoked = person.send("/us-tx/tokens/revoke", {"of": text.split("_")[1]}, "/us-tx/tokens")
    again = person.send("/us-tx/tokens/revoke", {"of": text.split("_")[1]}, "/us-tx/tokens")

    assert 200 == made.status_code
    assert text not in listed.text
    assert "nightly" in words(listed)
    assert "/us-tx/tokens?revoked=yes" == revoked.headers["Location"]
    assert 409 == again.status_code


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"purpose": "x", "days": "30"}, "Name what the token may be used for"),
        ({"purpose": "x", "days": "0", "action.READ_POLICIES": "yes"}, "A token holds for 1 to 365 days."),
        ({"purpose": "x", "days": "٣٠", "action.READ_POLICIES": "yes"}, "A token holds for 1 to 365 days."),
        ({"purpose": "x", "days": "30", "action.BUNDLE": "yes"}, "A token allows nothing its maker may not do"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(own: Flask, fields: dict[str, str], sentence: str) -> None:
    """What was typed is kept, with the sentence."""
    response = Person(sign_in(own.test_client(), "m.ortiz")).send("/us-tx/tokens", fields)

    assert 422 == response.status_code
    assert sentence in words(response)
    assert "mlk_" not in response.text


@pytest.mark.parametrize(
    ("agent", "words_"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("curl/8", "a browser"),
    ],
)
def test_a_browser_is_named_without_telling_people_apart(agent: str, words_: str) -> None:
    """By its make and the system, without any number."""
    assert words_ == browser_words(agent)
