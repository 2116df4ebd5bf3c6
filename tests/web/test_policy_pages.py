"""The list of policies narrowed, worked examples, whom a policy governs, its editions, and any two side by side."""

from typing import Any

from flask.testing import FlaskClient

from tests.web.support import digest_of, words

MASTERY = "competency-based/mastery@2000-01-01"


def rows(client: FlaskClient, asked: str) -> list[dict[str, Any]]:
    """Return the policies of the state that are so."""
    found: list[dict[str, Any]] = client.get(f"/us-tx/policies.json?{asked}").get_json()
    return found


def test_the_list_is_narrowed(client: FlaskClient) -> None:
    """By state, question, sources, place and words; whatever is asked holds for every row."""
    in_force = rows(client, "state=in force")
    credit = rows(client, "question=CREDIT")
    unverified = rows(client, "verified=no")
    texan = rows(client, "place=us-tx&q=examination")

    assert len(in_force) == 5
    assert {row["question"] for row in credit} == {"CREDIT"}
    assert {row["unverified"] for row in unverified} == {True}
    assert all(row["jurisdiction"] == "us-tx" and "xamination" in row["title"] for row in texan)
    assert len(texan) > 1


def test_a_list_that_is_empty_leads_back(client: FlaskClient) -> None:
    """Where no policy is so the page says it, and shows them all by a link."""
    page = words(client.get("/us-tx/policies?q=nosuchpolicy"))

    assert "No policy is so. Show all" in page
    assert "0 of " in page


def test_a_policy_has_worked_examples(client: FlaskClient) -> None:
    """Each case beside it is a learner in words, the outcome in the place's own word, and the clauses behind it."""
    page = words(client.get(f"/us-tx/policies/available/{MASTERY}"))

    assert "One kind of task is not enough ○ not yet" in page
    assert "A learner with different kinds of task with work at the level: 1 kind of task" in page
    assert "Because: Level 3 or higher in 2 or more different kinds of task." in page
    assert "A learner with nothing on record, on 30 May 2026." in page


def test_a_policy_says_whom_it_governs_and_how_many(client: FlaskClient) -> None:
    """The sentence names whom it binds, the count is of those on record."""
    page = words(client.get(f"/us-tx/policies/archived/{digest_of(client, 'competency-based/mastery')}"))

    assert "Every competency. It binds every learner, for what is decided from its first day on." in page
    assert "That is 6 learners on record today" in page


def test_the_editions_of_a_policy_stand_in_a_row(client: FlaskClient) -> None:
    """The newest first, each with its days, and how often it was adopted."""
    found = client.get(f"/us-tx/policies/archived/{digest_of(client, 'us-tx/credit-by-examination')}.json").get_json()

    assert [one["adopted"] for one in found["editions"] if one["edition"].endswith("2005-03-07")] == [1]


def test_two_policies_stand_side_by_side(client: FlaskClient) -> None:
    """Only what differs: values by name, and the lines of both rules."""
    address = f"/us-tx/policies/compare?one={MASTERY}&other=competency-based/readiness@2000-01-01"
    page, found = words(client.get(address)), client.get(address.replace("?", ".json?")).get_json()

    assert "Compare two policies" in page
    assert "The most recent work that counts is at level 3 or higher." in page
    assert {"one", "other", "numbers", "difference"} <= found.keys()


def test_a_policy_beside_itself_says_the_same(client: FlaskClient) -> None:
    """No value and no line differs, and both are equally strict."""
    page = words(client.get(f"/us-tx/policies/compare?one={MASTERY}&other={MASTERY}"))

    assert "They say the same, word for word." in page
    assert "Both rules are equally strict" in page


def test_nothing_is_compared_before_two_are_chosen(client: FlaskClient) -> None:
    """The page waits for both; an edition there is not is not found."""
    page = words(client.get(f"/us-tx/policies/compare?one={MASTERY}"))

    assert "Choose two policies that are installed, or archived here." in page
    assert client.get(f"/us-tx/policies/compare?one={MASTERY}&other=no/such@2000-01-01").status_code == 404
