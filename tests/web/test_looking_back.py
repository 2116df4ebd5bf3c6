"""A learner's page as of a day, and as known at a position."""

import pytest
from flask.testing import FlaskClient

from tests.web.support import Small, decision, words


@pytest.fixture
def address(small: Small) -> str:
    """Return the page of a learner whose evidence was corrected and withdrawn."""
    return f"/us-tx/learners/{small.learners['S-4']}"


def test_now_has_no_banner(client: FlaskClient, address: str) -> None:
    """A page that shows the present does not say that it shows the past."""
    assert "You see" not in words(client.get(address))


def test_as_of_a_day_leaves_out_what_came_after(client: FlaskClient, address: str) -> None:
    """As of the end of March there is no evidence of April and no decision of June, and the banner says so."""
    position = client.get("/us-tx/overview.json").get_json()["overview"]["position"]
    said = words(client.get(f"{address}?as_of=2026-03-31"))

    assert f"You see 31 March 2026 as the ledger knew it at position {position}." in said
    assert "Test 4" in said
    assert "Retake 2" not in said
    assert "Decided on 25 March 2026" in said
    assert "Decided on 5 June 2026" not in said


def test_as_known_before_a_correction_shows_the_old_value(client: FlaskClient, address: str, small: Small) -> None:
    """At the position before a correction the page answers with what the ledger held then."""
    corrected = decision(client, small.learners["S-4"], "A1.4", "MASTERY")["position"]
    before = words(client.get(f"{address}?known_at={corrected - 2}"))
    now = words(client.get(address))

    assert f"You see today as the ledger knew it at position {corrected - 2}." in before
    assert "Test 4 exam summative level 2 (Developing)" in before
    assert "Test 4 corrected exam summative level 3 (Meeting)" in now


def test_blank_fields_mean_now(client: FlaskClient, address: str) -> None:
    """A form sent empty shows the present."""
    assert client.get(f"{address}?as_of=&known_at=").text.replace("?as_of=&amp;known_at=", "") != ""
    assert "You see" not in words(client.get(f"{address}?as_of=&known_at="))


def test_a_learner_unknown_at_a_position_is_not_there(client: FlaskClient, address: str) -> None:
    """Before the first evidence there is no learner, and the page says at which position it looked."""
    response = client.get(f"{address}?known_at=1")

    assert response.status_code == 404
    assert "at that position." in words(response)
