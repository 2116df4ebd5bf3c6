"""The pages of pilots: opened, told of, their figures handed on, and organisations side by side."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.access.actions import Action
from ledger.access.table import MAY
from tests.web.changing import Person
from tests.web.piloting import NEW, OPENING, PILOT, director, opened_pilot
from tests.web.support import sign_in, words


def test_a_ledger_without_pilots_says_what_to_do(client: FlaskClient) -> None:
    """The empty list leads to the form, for whoever may open one."""
    said = words(client.get("/us-tx/pilots"))

    assert "No pilot is known to this ledger. Open a pilot" in said


def test_a_pilot_is_opened_and_listed(own: Flask) -> None:
    """What was said stands on its page, and the list leads to it with how many figures are known."""
    person = opened_pilot(own)
    page, listed = words(person.client.get(PILOT)), words(person.client.get("/us-tx/pilots"))
    rows = person.client.get("/us-tx/pilots.json").json
    table = person.client.get("/us-tx/pilots.csv").text

    assert "under way Is one kind of task enough?" in page
    assert "Whoever has begun finishes under the pilot, by 30 June 2028 at the latest. What was decided stands." in page
    assert "us-tx/pine-valley 1 September 2026 not submitted" in page
    assert "0 of 2 known" in listed
    assert rows is not None
    assert ("under way", 0, 2) == tuple(rows[0][name] for name in ("status", "told", "asked"))
    assert table.startswith("pilot,title,question,award,")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Title : It is missing."),
        ({"last_day": "soon"}, "Last day : 'soon' is not a day such as 2026-05-30."),
        ({"organisations": "us-tx=never"}, "'us-tx=never' is not like us-tx/pine-valley or us-tx/pine-valley=2026"),
        ({"exit_rule": "stay"}, "At the end : It is none of those offered."),
        ({"waives": "some"}, "Bounds it waives : Name positions with commas between, such as 41, 52."),
        ({"waiver": "§ 1"}, "What it says : A waiver has a citation and a sentence; give both."),
        ({"waiver_says": "It may."}, "Waiver : A waiver has a citation and a sentence; give both."),
        ({"last_day": "2026-01-01"}, "2026-01-01"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_opened(own: Flask, fields: dict[str, str], said: str) -> None:
    """The form comes back with everything that was typed."""
    person = director(own)
    answer = person.send(NEW, {**OPENING, **fields})

    assert 422 == answer.status_code
    assert said in words(answer)
    assert "Is one kind of task enough?" in answer.text
    assert "No pilot is known" in words(person.client.get("/us-tx/pilots"))


def test_a_pilot_lasts_longer_and_ends_sooner(own: Flask) -> None:
    """Each is said with authority and reason; what cannot be is refused in words."""
    person = opened_pilot(own)
    said = {"body": "State board of education", "reason": "A second year."}
    longer = person.send(f"{PILOT}/extend", {**said, "last_day": "2027-12-31", "exit_by": "2028-12-31"}, PILOT)
    wrong = person.send(f"{PILOT}/extend", {**said, "last_day": "2026-12-31"}, PILOT)
    missing = person.send(f"{PILOT}/end", {"last_day": "2026-08-01"}, PILOT)
    sooner = person.send(f"{PILOT}/end", {**said, "last_day": "2026-08-01"}, PILOT)
    page = words(person.client.get(sooner.headers["Location"]))

    assert [303, 422, 422, 303] == [one.status_code for one in (longer, wrong, missing, sooner)]
    assert "Reason : It is missing." in words(missing)
    assert "The pilot ends sooner. What was decided under it stands." in page
    assert "5 June 2026 to 1 August 2026 ended early" in page


def test_figures_are_submitted_by_one_and_certified_by_another(own: Flask) -> None:
    """Whoever submitted them is refused; what is not submitted is no zero."""
    person = opened_pilot(own)
    before = words(person.client.get(f"{PILOT}/compare"))
    refused = person.send(f"{PILOT}/receive", {"origin": "us-tx~pine-valley"}, PILOT)
    elsewhere = person.send(f"{PILOT}/receive", {"origin": "us-nh"}, PILOT)

    assert "0 of 2 organisations submitted figures. What nobody submitted is not known; it is no zero." in before
    assert "No organisation has submitted figures that are known here." in before
    assert (422, 400) == (refused.status_code, elsewhere.status_code)


def test_organisations_side_by_side_are_a_table_too(own: Flask) -> None:
    """Every measure and every cell of the matrix is a row of the CSV; the JSON says the same."""
    person = opened_pilot(own)
    page = words(person.client.get(f"{PILOT}/compare?matrix=1"))
    table = person.client.get(f"{PILOT}/compare.csv?matrix=1").text.splitlines()
    found = person.client.get(f"{PILOT}/compare.json").json

    assert "The learners of a row under the rule of a column" in page
    assert table[0].startswith("organisation,takes_part,measure,part,state,")
    assert any("met under the rule of" in line for line in table)
    assert found is not None
    assert 0 == found["submitted"]


def test_only_who_runs_pilots_opens_one(own: Flask) -> None:
    """Reading and running are two actions: an approver reads, and finds no form."""
    lee = Person(sign_in(own.test_client(), "d.lee"), "d.lee")

    assert Action.RUN_PILOT not in MAY["approver"]
    assert 200 == lee.client.get("/us-tx/pilots").status_code
    assert 403 == lee.client.get(NEW).status_code
