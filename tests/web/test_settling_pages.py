"""What would now differ, how it is settled, and what came of a change."""

import re

import pytest
from flask import Flask

from tests.web.changing import MASTERY, activated, said
from tests.web.support import words


def test_what_would_differ_is_settled(own: Flask) -> None:
    """A person lets one decision stand and has another made anew; both leave the list."""
    lee = activated(own)
    rows = lee.client.get("/us-tx/differing.json?rows=100").get_json()["rows"]
    losses = [row for row in rows if row["kind"] == "loss"]
    predicted = lee.client.get("/us-tx/changes/1/preview.json?kind=loss").get_json()["rows"]
    form = re.findall(r'name="(row\.\d+)" value="([^"]+)"', lee.client.get("/us-tx/differing").text)
    stands = lee.send(
        "/us-tx/differing",
        {**dict(form[:2]), "pick.1": "yes", "ruling": "stands", "reason": "By the rule of that time."},
    )
    anew = lee.send(
        "/us-tx/differing", {**dict(form[1:2]), "all": "yes", "ruling": "decided-anew", "reason": "The board wants it."}
    )
    left = lee.client.get("/us-tx/differing.json?rows=100").get_json()["rows"]

    assert 0 < len(losses) < len(predicted)
    assert {(row["learner"], row["subject"]) for row in losses} <= {
        (row["learner"], row["subject"]) for row in predicted
    }
    assert stands.headers["Location"] == anew.headers["Location"] == "/us-tx/differing?settled=1"
    assert len(left) == len(rows) - 2
    assert "1 decision was settled." in said(lee, "/us-tx/differing?settled=1")


def test_what_was_settled_meanwhile_is_refused(own: Flask) -> None:
    """Of two who settle the same, the second is told."""
    lee = activated(own)
    form = dict(re.findall(r'name="(row\.1)" value="([^"]+)"', lee.client.get("/us-tx/differing").text))
    fields = {**form, "pick.1": "yes", "ruling": "stands", "reason": "By the rule of that time."}
    first, second = lee.send("/us-tx/differing", fields), lee.send("/us-tx/differing", fields)

    assert first.status_code == 303
    assert second.status_code == 409
    assert "was said to stand against this rule already; there is nothing to settle" in words(second)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ruling": "stands", "reason": "x"}, "Which : Tick at least one."),
        ({"all": "yes", "reason": "x"}, "Ruling : Choose one of the two."),
        ({"all": "yes", "ruling": "burn", "reason": "x"}, "Ruling : Choose one of the two."),
        ({"all": "yes", "ruling": "stands"}, "Reason : It is missing."),
    ],
)
def test_settling_asks_for_everything(own: Flask, fields: dict[str, str], sentence: str) -> None:
    """Which, how and why: what is missing is said, and nothing is settled."""
    lee = activated(own)
    form = dict(re.findall(r'name="(row\.1)" value="([^"]+)"', lee.client.get("/us-tx/differing").text))
    response = lee.send("/us-tx/differing", {**form, **fields})

    assert response.status_code == 422
    assert sentence in words(response)


def test_the_worklist_is_narrowed_and_comes_as_a_table(own: Flask) -> None:
    """By the question, the policy that would say otherwise and what would happen; a narrowed list says of how many."""
    lee = activated(own)
    narrowed = said(lee, f"/us-tx/differing?question=MASTERY&policy={MASTERY}")
    none = said(lee, "/us-tx/differing?question=CREDIT")
    lost = said(lee, "/us-tx/differing?kind=loss")

    assert "To be settled: 26" in narrowed
    assert "Nothing is to be settled" in none
    assert "17 of 26 meant." in lost
    assert len(lee.client.get("/us-tx/differing.csv").text.splitlines()) == 1 + 26


def test_predicted_is_held_against_actual(own: Flask) -> None:
    """Of every answer predicted the page says what came of it."""
    lee = activated(own)
    page = said(lee, "/us-tx/changes/1/outcome")
    rows = lee.client.get("/us-tx/changes/1/outcome.json?fate=award_stands").get_json()["rows"]
    table = lee.client.get("/us-tx/changes/1/outcome.csv").text.splitlines()

    assert "the award stands ★ 4" in page
    assert len(rows) == 4
    assert len(table) == 1 + 30
