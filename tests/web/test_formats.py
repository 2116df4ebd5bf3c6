"""The same answers as JSON and as CSV, and links that last."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from ledger import catalogue
from ledger.policy.canonical import policy_from_text
from ledger.values import canonical, digest
from tests.web.support import Small, digest_of, rows
from web.answering import RISKY, safe


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """Return a CSV answer as rows."""
    response = client.get(address)
    return list(csv.DictReader(io.StringIO(response.text)))


def test_the_list_of_ledgers_is_data_too(client: FlaskClient) -> None:
    """Programs find the ledgers of a folder, each with what is in it."""
    found = client.get("/?format=json").get_json()

    assert [(one["jurisdiction"], one["overview"]["learners"]) for one in found] == [
        ("us-tx", 6),
        ("us-tx/pine-valley", 0),
    ]


@pytest.mark.parametrize("address", ["/us-tx/overview", "/us-tx/learners", "/us-tx/decisions", "/us-tx/policies"])
def test_json_has_two_addresses(client: FlaskClient, address: str) -> None:
    """The end of the address and the parameter ask for the same bytes."""
    page = "/us-tx/" if address.endswith("overview") else address
    by_end, by_parameter = client.get(f"{address}.json"), client.get(f"{page}?format=json")

    assert by_end.content_type == "application/json"
    assert by_end.data == by_parameter.data


def test_a_table_holds_every_row(client: FlaskClient) -> None:
    """A list as CSV has all rows, however small the pages are that people read."""
    counted = client.get("/us-tx/overview.json").get_json()["overview"]["decisions"]

    assert len(table(client, "/us-tx/decisions.csv?rows=1")) == counted
    assert len(table(client, "/us-tx/learners.csv")) == 6
    assert {"", "us-tx"} == {row["jurisdiction"] for row in table(client, "/us-tx/policies.csv")}
    assert len(table(client, "/us-tx/policies.csv")) == sum(
        policy.jurisdiction in ("", "us-tx") for policy in catalogue.load().policies
    )


def test_a_table_and_a_page_have_the_same_rows(client: FlaskClient) -> None:
    """CSV and JSON differ in form alone."""
    asked = "question=CREDIT&outcome=met"
    found = rows(client, f"/us-tx/decisions.json?{asked}")

    assert [row["position"] for row in table(client, f"/us-tx/decisions.csv?{asked}")] == [
        str(row["position"]) for row in found
    ]


def test_a_table_is_a_download(client: FlaskClient) -> None:
    """A browser is told to save the table, and under which name."""
    response = client.get("/us-tx/learners.csv")

    assert response.headers["Content-Disposition"] == 'attachment; filename="learners.csv"'
    assert response.content_type == "text/csv; charset=utf-8"


def test_a_name_that_is_a_formula_is_not_run(client: FlaskClient) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    names = [row["name"] for row in table(client, "/us-tx/learners.csv")]

    assert "'=cmd|' /C calc'!A0 Ada" in names


@given(st.text() | st.integers() | st.none() | st.booleans())
def test_no_text_begins_as_a_formula(cell: object) -> None:
    """Whatever a text is, its cell does not begin with a character that spreadsheets run."""
    written = safe(cell)

    assert isinstance(cell, int) or not written.startswith(RISKY)


def test_an_archived_policy_can_be_taken_away(client: FlaskClient) -> None:
    """The policy in JSON is the archived one: it has the digest it was archived under, and reads back."""
    identity = digest_of(client, "competency-based/mastery")
    found = client.get(f"/us-tx/policies/archived/{identity}.json").get_json()

    assert digest(canonical(found["archived"])) == identity
    assert policy_from_text(canonical(found["archived"]).decode()).edition == found["words"]["edition"]


def test_a_learner_in_json_is_the_whole_view(client: FlaskClient, small: Small) -> None:
    """The JSON of a learner holds targets, evidence and explanations."""
    found = client.get(f"/us-tx/learners/{small.learners['S-4']}.json").get_json()

    assert found["name"] == "Tomás Rivera"
    assert len(found["evidence"]) == 19
    assert found["targets"][0]["explanations"][0]["word"] == "not yet"


def test_the_link_to_a_view_keeps_what_was_asked_as_text(client: FlaskClient) -> None:
    """Parameters that mean something to the framework are kept as plain parameters."""
    page = client.get("/us-tx/learners?q=a&_scheme=javascript&_external=1&endpoint=x&scope=y&_anchor=z").text

    assert 'href="/us-tx/learners?q=a&amp;_scheme=javascript&amp;_external=1&amp;endpoint=x' in page
    assert 'href="javascript' not in page
