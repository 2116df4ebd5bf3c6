"""What protects the pages."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.support import Small
from web.assets import version
from web.security import HEADERS


@pytest.mark.parametrize("address", ["/", "/us-tx/", "/us-tx/learners.json", "/nowhere", "/static/style.css"])
def test_every_answer_has_the_headers(client: FlaskClient, address: str) -> None:
    """Pages, data, errors and static files carry the same protection."""
    headers = client.get(address, buffered=True).headers

    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_what_is_ours_alone(client: FlaskClient) -> None:
    """Nothing may frame, and only our own script, styles, images and forms are allowed."""
    assert client.get("/").headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_no_page_holds_a_style_or_a_script_of_its_own(client: FlaskClient, small: Small) -> None:
    """The pages need nothing that their own policy forbids: the one script is a file of ours, and nothing is inline."""
    addresses = ["/", "/us-tx/", "/us-tx/learners", f"/us-tx/learners/{small.learners['S-4']}", "/us-tx/policies"]
    pages = [client.get(address).text for address in addresses]

    ours = re.compile(r'<script src="/static/console\.js\?v=[0-9a-f]{8}" defer></script>')

    assert [len(ours.findall(page)) for page in pages] == [1] * len(pages)
    assert [re.findall(r"<script|<style|\sstyle=|\son\w+=", ours.sub("", page)) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize("address", ["/us-tx/learners", "/us-tx/learners.csv", "/us-tx/decisions", "/us-tx/"])
def test_pages_about_learners_are_kept_nowhere(client: FlaskClient, address: str) -> None:
    """A browser on a shared computer keeps no page."""
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:5000", "LOCALHOST", "[::1]", "[::1]:8000"])
def test_loopback_hosts_are_answered(client: FlaskClient, host: str) -> None:
    """The names of this computer lead here."""
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.5", "x]"]
)
def test_foreign_hosts_are_refused(client: FlaskClient, host: str) -> None:
    """A page of another site that resolves to this computer reads nothing."""
    response = client.get("/us-tx/learners", headers={"Host": host})

    assert response.status_code == 400
    assert "This address serves localhost only" in response.text
    assert "Rivera" not in response.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_sent(client: FlaskClient, method: str) -> None:
    """Every address is for reading."""
    response = client.open("/us-tx/learners", method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def kept(client: FlaskClient, address: str) -> str:
    """Return for how long a browser may keep what is at an address."""
    return client.get(address, buffered=True).headers["Cache-Control"]


def test_static_files_are_kept_by_their_version(client: FlaskClient) -> None:
    """A file asked for by the digest of its bytes is kept for a year, any other asked for anew."""
    named = re.search(r'href="(/static/style\.css\?v=[0-9a-f]{8})"', client.get("/").text)

    assert named is not None
    assert named[1].endswith(version("style.css"))
    assert kept(client, named[1]) == "public, max-age=31536000, immutable"
    assert kept(client, "/static/style.css?v=00000000") == "no-cache"


def test_the_icon_is_found_where_browsers_look(client: FlaskClient) -> None:
    """The address browsers try unasked leads to the icon."""
    assert client.get("/favicon.ico").headers["Location"] == "/static/icon.svg"


@pytest.mark.parametrize("scope", ["..~..~etc", "us-tx~..", "%2e%2e", "us-tx.db"])
def test_a_scope_is_a_name_and_no_path(client: FlaskClient, scope: str) -> None:
    """Only the ledgers of the folder can be named."""
    assert client.get(f"/{scope}/").status_code == 404
