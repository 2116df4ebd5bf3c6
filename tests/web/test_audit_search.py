"""Searching decisions: by whom, by what law, by days, by who acted, by what a person ruled."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.auditing import auditor, opened
from tests.web.support import Small, rows, words


def found(client: FlaskClient, asked: str) -> list[int]:
    """Return the positions a search finds, a hundred at most."""
    return [row["position"] for row in rows(client, f"/us-tx/decisions.json?rows=100&{asked}")]


def test_a_learner_is_found_by_pseudonym_and_uuid(client: FlaskClient, small: Small) -> None:
    """The pseudonym, with and without its first word, and the UUID find the same decisions, all of one learner."""
    learner = small.learners["S-2"]
    short = f"{learner[:4]}-{learner[4:8]}"
    asked = [found(client, f"learner={one}") for one in (learner, short, f"learner {short}", learner.upper())]

    assert asked[0]
    assert all(one == asked[0] for one in asked)
    assert {row["learner"] for row in rows(client, f"/us-tx/decisions.json?learner={short}")} == {learner}


def test_who_sees_pseudonyms_finds_nobody_by_an_id_from_elsewhere(app: Flask, small: Small) -> None:
    """An id of another system tells whoever may see names who is meant, and an auditor nothing."""
    asked = "/us-tx/decisions.json?learner=S-2"
    mine = auditor(app).client.get(asked).get_json()["rows"]
    page = words(auditor(app).client.get("/us-tx/decisions?learner=S-2"))

    assert mine == []
    assert "a learner is found by pseudonym or UUID, not by name" in page


def test_a_law_finds_the_decisions_of_the_rules_that_cite_it(client: FlaskClient) -> None:
    """Any part of a citation, in any case, finds every decision of a rule that cites it, and of no other."""
    policies = {row["policy"] for row in rows(client, "/us-tx/decisions.json?rows=100&cites=§74.24")}

    assert policies == {"us-tx/credit-by-examination"}
    assert found(client, "cites=no+such+law") == []


def test_days_of_recording_are_days_of_the_zone(client: FlaskClient) -> None:
    """What was recorded on a day in Chicago is found by that day, and not by the one before."""
    first = found(client, "recorded_to=2026-03-25")
    later = found(client, "recorded_from=2026-03-26")

    assert first
    assert later
    assert max(first) < min(later)
    assert found(client, "recorded_to=2026-03-24") == []


def test_who_acted_is_found_by_id_and_by_the_beginning_of_the_number(app: Flask, client: FlaskClient) -> None:
    """A decision is found by the person in whose append it was made."""
    person = opened(app).ledger.vault.find_person("tester") or ""

    assert found(client, "actor=tester") == found(client, f"actor={person[:8]}") != []
    assert found(client, "actor=somebody.else") == []


def test_facets_count_what_a_click_would_find(client: FlaskClient) -> None:
    """The number beside an outcome is how many decisions the list has once it is chosen."""
    page = client.get("/us-tx/decisions?question=CREDIT").text
    met = len(found(client, "question=CREDIT&outcome=met"))

    assert f'outcome=met">met <span class="quiet">{met}</span>' in page


def test_a_list_can_be_cited_as_of_a_position(client: FlaskClient) -> None:
    """With a position nothing later is listed, and what stood there stands."""
    every = found(client, "")
    middle = every[len(every) // 2]
    then = rows(client, f"/us-tx/decisions.json?rows=100&known_at={middle}&standing=1")
    page = words(client.get(f"/us-tx/decisions?known_at={middle}"))

    assert max(row["position"] for row in then) == middle
    assert all(row["stands"] for row in then)
    assert f"As the ledger knew it at position {middle}." in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("known_at=0", "Known at: '0' is not a whole number from 1 to"),
        ("recorded_from=yesterday", "Recorded from: 'yesterday' is not a day such as 2026-05-30"),
    ],
)
def test_what_cannot_be_asked_is_said(client: FlaskClient, asked: str, said: str) -> None:
    """A position or a day that is none is a mistake of the address, in a sentence."""
    response = client.get(f"/us-tx/decisions?{asked}")

    assert response.status_code == 400
    assert said in words(response)


def test_decisions_a_person_ruled_on_are_a_list_of_their_own(client: FlaskClient) -> None:
    """Where nobody ruled on anything, the list is empty and says so."""
    assert found(client, "ruled=1") == []
    assert "No decision matches." in words(client.get("/us-tx/decisions?ruled=1"))


def test_a_school_narrows_to_those_who_attend_it(client: FlaskClient) -> None:
    """Where no learner attends a school, none of its decisions is listed."""
    assert found(client, "school=us-tx/no-such-school") == []
