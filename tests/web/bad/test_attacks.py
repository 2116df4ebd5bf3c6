"""What somebody tries who wants more than the forms offer, or wants to be believed."""

import logging

import pytest
from flask import Flask

from ledger.errors import Unavailable
from tests.web.changing import NEW, STRICTER, activated, proposed, said, somebody, submitted
from tests.web.support import words
from web.ledgers import Ledgers


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"jurisdiction": "us-pa"}, "Whose rule it becomes : This is the ledger of us-tx"),
        ({"jurisdiction": "us-tx/<script>"}, "Whose rule it becomes : It is no name of a district or a school"),
        ({"organisations": "us-pa/north"}, "Only in these schools : 'us-pa/north' is no school of us-tx."),
        ({"organisations": "us-tx/<b>"}, "Only in these schools : 'us-tx/<b>' is no school of us-tx."),
        ({"scale": "f" * 64}, "Scale of the levels : No scale edition with digest ffffffffffffffff is held"),
        ({"link": "javascript:alert(1)"}, "Where the minute can be read : It is not an address"),
        ({"param.nothing": "1"}, "Unknown field."),
        ({"param.level": "9" * 3000}, "It has 3,000 characters; at most 300 fit."),
        ({"reason": "as said \u202egnihton"}, "Reason : It holds signs that cannot be shown"),
    ],
)
def test_a_form_sets_only_what_it_offers(own: Flask, fields: dict[str, str], sentence: str) -> None:
    """Another ledger's rule, a name that is none, a value there is not: each is refused with its own sentence."""
    response = somebody(own, "m.ortiz").send(NEW, {**STRICTER, **fields})

    assert response.status_code == 422
    assert sentence in words(response)


def test_fields_nobody_asked_for_change_nothing(own: Flask) -> None:
    """A field of the event that is none of the form is not read."""
    ortiz = proposed(own, status="active", pilot="x", upstream="us-pa", proposer="d.lee", digest="0" * 64)
    found = ortiz.client.get("/us-tx/changes/1.json").get_json()

    assert (found["row"]["status"], found["row"]["proposer"]) == ("proposed", "m.ortiz")


def test_the_last_day_there_is_may_be_the_first(own: Flask) -> None:
    """A day at the end of the calendar breaks nothing."""
    assert "from 31 December 9999" in said(proposed(own, first_day="9999-12-31"), "/us-tx/changes/1")


def test_no_link_says_that_something_was_done(own: Flask) -> None:
    """What an address claims is said only where the history of the change says so too."""
    ortiz = submitted(own)

    assert "The change is approved." not in said(ortiz, "/us-tx/changes/1?done=approve")
    assert "Approval is asked for." in said(ortiz, "/us-tx/changes/1?done=submit")


@pytest.mark.parametrize("address", ["/us-tx/changes/1?done=submit", "/us-tx/differing?settled=3"])
def test_a_link_to_a_view_repeats_no_news(own: Flask, address: str) -> None:
    """The links under a page lead to the view, not to what was said once."""
    page = submitted(own).client.get(address).text

    assert "Link to this view" in page
    assert "done=" not in page
    assert "settled=" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/us-tx/decisions/{}",
        "/us-tx/changes/new/end/{}",
        "/us-tx/learners/2736dd9e-7c9d-4ad4-b9c1-9486bdfd913c/decisions/{}",
    ],
)
def test_a_number_beyond_all_numbers_is_not_found(own: Flask, address: str) -> None:
    """No position is too large to be looked for."""
    response = own.test_client().get(address.format("9" * 30))

    assert response.status_code == 404
    assert "There is nothing at this address." in words(response)


def test_markup_is_shown_as_typed(own: Flask) -> None:
    """A reason, a body and a minute are text wherever they stand."""
    markup = "<img src=x onerror=alert(1)>"
    ortiz = proposed(own, reason=markup, body=markup, minute=markup)
    pages = [ortiz.client.get(f"/us-tx/changes{rest}").text for rest in ("", "/1")]

    assert [page.count("<img src=x") for page in pages] == [0, 0]
    assert said(ortiz, "/us-tx/changes/1").count(markup) >= 3


def test_a_reason_that_is_a_formula_is_not_run(own: Flask) -> None:
    """A spreadsheet of changes runs nothing."""
    ortiz = proposed(own, reason="=HYPERLINK(1)")

    assert ",'=HYPERLINK(1)" in ortiz.client.get("/us-tx/changes.csv").text


def test_a_refusal_names_people_and_standards(own: Flask) -> None:
    """What was not settled is told by the learner's name and the standard's code, not by keys."""
    lee = activated(own)
    page, first = lee.client.get("/us-tx/differing").text, lee.client.get("/us-tx/differing.json").get_json()["rows"][0]
    row = page.partition('name="row.1" value="')[2].partition('"')[0]
    fields = {"row.1": row, "pick.1": "yes", "ruling": "stands", "reason": "By the rule of that time."}
    lee.send("/us-tx/differing", fields)
    again = lee.send("/us-tx/differing", fields)

    assert again.status_code == 409
    assert f"{first['name']}: Mastery of {first['subject_code']} was said to stand" in words(again)


def test_a_change_in_the_way_is_named_in_words(own: Flask) -> None:
    """The refusal speaks of the standard by its code."""
    ortiz = proposed(own, subjects="A1.1")
    response = ortiz.send(NEW, {**STRICTER, "subjects": "A1.1"})

    assert "already concerns Mastery of A1.1 on some of these days" in words(response)


def test_an_address_cannot_write_lines_into_the_log(
    own: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A line break in an address stands escaped in what is logged."""

    def fail(*_: object) -> None:
        raise Unavailable("held")

    ortiz = somebody(own, "m.ortiz")
    monkeypatch.setattr(Ledgers, "open", fail)
    with caplog.at_level(logging.ERROR):
        ortiz.client.get("/us-tx/changes/%0Aforged")

    logged = [record.getMessage() for record in caplog.records]

    assert [one.partition(": ")[0] for one in logged] == ["'/us-tx/changes/\\nforged'"]
