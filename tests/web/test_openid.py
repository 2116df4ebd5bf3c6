"""Signing in through an identity provider: the good way, and everything that is not believed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.test import TestResponse

from ledger.storage.access_store import SessionRow
from tests.web.provider import SECRET, Provider, served
from tests.web.support import NOW, words
from web import signing_in
from web.ledgers import ledgers_of
from web.sessions import PLAIN
from web.signing_in_elsewhere import PLAIN as TRY

SECONDS = int(datetime.fromisoformat(NOW).timestamp())


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    """Serve one provider to all tests of the module."""
    with served(SECONDS) as provider:
        yield provider


@pytest.fixture
def provider(shared: Provider, own: Flask) -> Provider:
    """Return the provider as it is when nothing is wrong, and let the application know it."""
    shared.claims, shared.described, shared.token, shared.now = {}, {}, None, SECONDS
    shared.asked.clear()
    settings(own, shared)
    ledgers_of(own).environment = {"MASTERY_SIGN_IN_SCHOOL_SECRET": SECRET}
    return shared


@pytest.fixture
def ortiz(own: Flask, provider: Provider) -> str:
    """Link an account at the provider to a district admin; return the vault id of the person."""
    with own.app_context():
        person = ledgers_of(own).vault.person_id("m.ortiz")
        signing_in.identities().link(person, provider.issuer, "12345", "school")
    return person


def settings(app: Flask, provider: Provider, more: str = "") -> None:
    """Write the file that names the provider."""
    text = f'[providers.school]\ntitle = "School account"\nissuer = "{provider.issuer}"\nclient_id = "mastery"\n{more}'
    Path(ledgers_of(app).home, "sign-in.toml").write_text(text)


def gone(client: FlaskClient, asked: str = "") -> str:
    """Leave for the provider; return the address one is led to."""
    response = client.get(f"/sign-in/with/school{asked}")
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def back(client: FlaskClient, carried: dict[str, str]) -> TestResponse:
    """Come back from the provider."""
    return client.get(f"/sign-in/back?{urlencode(carried)}")


def is_in(client: FlaskClient) -> bool:
    """Say whether somebody is signed in at a browser."""
    return client.get("/sign-in/sessions").status_code == 200


def test_whoever_the_provider_knows_is_let_in(own: Flask, provider: Provider, ortiz: str) -> None:
    """The way there carries state, nonce and the challenge of PKCE; the way back leads to the page one came from."""
    client = own.test_client()
    address = gone(client, "?back=/us-tx/changes")
    response = back(client, provider.agree(address))
    (session,) = ledgers_of(own).access.find(SessionRow, person=ortiz)

    assert (303, "/us-tx/changes") == (response.status_code, response.headers["Location"])
    assert ("S256", "code", "openid") == tuple(
        provider.asked[0][name] for name in ("code_challenge_method", "response_type", "scope")
    )
    assert "http://localhost/sign-in/back" == provider.asked[0]["redirect_uri"]
    assert "School account" == session.how
    assert is_in(client)


def test_the_page_offers_the_provider(own: Flask, provider: Provider) -> None:
    """By its title, beside the password."""
    page = own.test_client().get("/sign-in?back=/us-tx/")

    assert "Sign in with School account" in words(page)
    assert 'href="/sign-in/with/school?back=/us-tx/"' in page.text


def test_a_try_is_used_once(own: Flask, provider: Provider, ortiz: str) -> None:
    """The same way back leads nowhere a second time."""
    client = own.test_client()
    carried = provider.agree(gone(client))
    first, second = back(client, carried), back(client, carried)

    assert (303, 403) == (first.status_code, second.status_code)
    assert "This sign-in was not begun in this browser" in words(second)


def test_a_try_begun_elsewhere_lets_nobody_in(own: Flask, provider: Provider, ortiz: str) -> None:
    """Whoever is led to the way back of another browser is not signed in as its person."""
    carried = provider.agree(gone(own.test_client()))
    victim = own.test_client()
    without = back(victim, carried)
    victim.set_cookie(TRY, "another state")
    other = back(victim, carried)

    assert [403, 403] == [without.status_code, other.status_code]
    assert not is_in(victim)


def test_a_try_lasts_ten_minutes(own: Flask, provider: Provider, ortiz: str) -> None:
    """After that one begins again."""
    client = own.test_client()
    carried = provider.agree(gone(client))
    ledgers_of(own).clock = lambda: NOW.replace("T15:30", "T15:41")

    assert 403 == back(client, carried).status_code


def test_nobody_is_let_in_who_is_not_linked(own: Flask, provider: Provider) -> None:
    """The sentence says who can link the account."""
    client = own.test_client()
    response = back(client, provider.agree(gone(client)))

    assert 403 == response.status_code
    assert "Nobody here is linked to your account at School account; ask the registrar" in words(response)
    assert not is_in(client)


def forged(provider: Provider, kind: str) -> str:
    """Make a token that is not to be believed."""
    said = {
        "iss": provider.issuer,
        "aud": "mastery",
        "sub": "12345",
        "iat": SECONDS,
        "exp": SECONDS + 300,
        "nonce": provider.nonce,
    }
    if kind == "another key":
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, RSAKey.generate_key(2048, {"kid": "one"}))
    if kind == "our secret":
        return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(SECRET), algorithms=["HS256"])
    head, body, _ = jwt.encode({"alg": "RS256", "kid": "one"}, said, provider.key).split(".")
    none = "eyJhbGciOiJub25lIn0"
    return f"{none}.{body}." if kind == "none" else f"{head}.{body}.AAAA"


@pytest.mark.parametrize("kind", ["another key", "our secret", "none", "a broken signature"])
def test_a_token_nobody_signed_is_not_believed(own: Flask, provider: Provider, ortiz: str, kind: str) -> None:
    """Neither one of another key, nor one made with a shared secret, nor one without a signature."""
    client = own.test_client()
    carried = provider.agree(gone(client))
    provider.token = forged(provider, kind)
    response = back(client, carried)

    assert 403 == response.status_code
    assert "What School account says of you cannot be believed" in words(response)
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another try"},
        {"iss": "https://elsewhere.example.org"},
        {"aud": "another client"},
        {"exp": SECONDS - 600, "iat": SECONDS - 900},
        {"sub": None},
        {"exp": None},
    ],
    ids=["nonce", "issuer", "audience", "expired", "nobody", "endless"],
)
def test_what_is_wrong_in_a_token_is_not_believed(
    own: Flask, provider: Provider, ortiz: str, claims: dict[str, object]
) -> None:
    """Each claim is looked at, and the sentence says that it cannot be believed."""
    client = own.test_client()
    carried = provider.agree(gone(client))
    provider.claims = claims
    response = back(client, carried)

    assert 403 == response.status_code
    assert "cannot be believed" in words(response)
    assert not is_in(client)


def test_without_the_verifier_there_is_no_token(own: Flask, provider: Provider, ortiz: str) -> None:
    """A code that was stolen is worth nothing: the provider holds it against the challenge."""
    client = own.test_client()
    carried = provider.agree(gone(client))
    provider.challenge = "of somebody else"
    response = back(client, carried)

    assert 403 == response.status_code
    assert "The identity provider answered 400." in words(response)


def test_a_refusal_at_the_provider_is_told(own: Flask, provider: Provider) -> None:
    """Whoever pressed no there is asked again here; so is whoever another issuer sent."""
    client = own.test_client()
    state = provider.agree(gone(client))["state"]
    refused = back(client, {"error": "access_denied", "state": state})
    carried = provider.agree(gone(client)) | {"iss": "https://elsewhere.example.org"}
    mixed = back(client, carried)

    assert [403, 403] == [refused.status_code, mixed.status_code]
    assert "School account did not sign you in" in words(refused)


def test_a_verified_address_is_linked_once(own: Flask, provider: Provider) -> None:
    """A provider trusted with addresses lets somebody in by it; from then on the account itself is known."""
    settings(own, provider, "trusts_emails = true\n")
    with own.app_context():
        person = ledgers_of(own).vault.person_id("m.ortiz")
        signing_in.identities().link_email(person, "m.ortiz@example.org")
    provider.claims = {"email": "M.Ortiz@example.org", "email_verified": True}
    client = own.test_client()
    first = back(client, provider.agree(gone(client)))
    provider.claims = {}
    again = back(own.test_client(), {})
    other = own.test_client()
    second = back(other, provider.agree(gone(other)))

    assert [303, 403, 303] == [first.status_code, again.status_code, second.status_code]
    assert "openid email" == provider.asked[0]["scope"]


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_nobody_verified_leads_nowhere(own: Flask, provider: Provider, verified: object) -> None:
    """Anybody can claim any address."""
    settings(own, provider, "trusts_emails = true\n")
    with own.app_context():
        signing_in.identities().link_email(ledgers_of(own).vault.person_id("m.ortiz"), "m.ortiz@example.org")
    provider.claims = {"email": "m.ortiz@example.org", "email_verified": verified}
    client = own.test_client()

    assert 403 == back(client, provider.agree(gone(client))).status_code


def test_another_organisation_is_not_ours(own: Flask, provider: Provider, ortiz: str) -> None:
    """Where the provider serves many, the account has to be of ours."""
    settings(own, provider, 'hosted_domains = ["example.org"]\n')
    client = own.test_client()
    provider.claims = {"hd": "elsewhere.example"}
    other = back(client, provider.agree(gone(client)))
    provider.claims = {"hd": "example.org"}
    ours = back(client, provider.agree(gone(client)))

    assert [403, 303] == [other.status_code, ours.status_code]
    assert "belongs to another organisation than this installation" in words(other)


@pytest.mark.parametrize(
    ("described", "sentence"),
    [
        ({"issuer": "https://elsewhere.example.org"}, "calls itself by another name than the one in our settings"),
        ({"token_endpoint": "http://elsewhere.example.org/token"}, "does not say where it is asked, or not over https"),
        ({"jwks_uri": None}, "does not say where it is asked, or not over https"),
    ],
)
def test_a_provider_that_is_another_is_not_asked(
    own: Flask, provider: Provider, described: dict[str, object], sentence: str
) -> None:
    """What it says of itself has to fit our settings, and stay on https."""
    provider.described = described
    response = own.test_client().get("/sign-in/with/school")

    assert 403 == response.status_code
    assert sentence in words(response)


def test_a_provider_that_is_silent_is_told(own: Flask, provider: Provider) -> None:
    """Nobody is at the address: one can still sign in with a password."""
    settings(own, Provider(issuer="http://127.0.0.1:9"))
    response = own.test_client().get("/sign-in/with/school")

    assert 503 == response.status_code
    assert "The identity provider does not answer" in words(response)


def test_a_provider_there_is_not_is_not_there(own: Flask, provider: Provider) -> None:
    """Only those in the file can be left for."""
    assert 404 == own.test_client().get("/sign-in/with/nobody").status_code


def test_showing_anew_asks_the_provider_to(own: Flask, provider: Provider, ortiz: str) -> None:
    """Before something that cannot be undone the provider is told to ask again, and when it did counts."""
    client = own.test_client()
    address = gone(client, "?again=yes")
    provider.claims = {"auth_time": SECONDS - 7200}
    back(client, provider.agree(address))
    (session,) = ledgers_of(own).access.find(SessionRow, person=ortiz)

    assert ("login", "0") == (provider.asked[0]["prompt"], provider.asked[0]["max_age"])
    assert session.proved < session.begun
    assert urlsplit(address).netloc == urlsplit(provider.issuer).netloc
    assert client.get_cookie(PLAIN) is not None
