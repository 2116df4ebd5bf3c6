"""The page on which two rules are tried on the learners on record."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.changing import Person
from tests.web.support import sign_in, words

MASTERY = "competency-based/mastery@2000-01-01"
PAGE = "/us-tx/what-if"
BOTH = f"{PAGE}?baseline={MASTERY}&candidate={MASTERY}"


def analyst(app: Flask) -> Person:
    """Let somebody sign in who may try rules."""
    return Person(sign_in(app.test_client(), "tester"), "tester")


def test_two_rules_are_chosen_and_their_values_offered(client: FlaskClient) -> None:
    """Every value one may set is a field for either rule; nothing is worked out by looking."""
    page = client.get(BOTH)

    assert "The rule to try: Mastery of a competency" in words(page)
    assert 'name="candidate.param.level"' in page.text
    assert "What-if, not a replay" not in page.text


def test_what_came_of_it_is_counted_told_and_marked(own: Flask) -> None:
    """Who loses is told with the clause, under a banner that says what it is; it is a table and JSON too."""
    person = analyst(own)
    sent = person.send(
        PAGE, {"baseline": MASTERY, "candidate": MASTERY, "candidate.param.level": "4", "groups": "yes"}, BOTH
    )
    page = words(person.client.get(sent.headers["Location"]))
    again = sent.headers["Location"].replace("/what-if?", "/what-if.csv?")
    table = person.client.get(again).text.splitlines()
    found = person.client.get(again.replace(".csv", ".json")).json

    assert 303 == sent.status_code
    assert "What-if, not a replay: nothing was decided and nothing was written." in page
    assert "were decided again from scratch and came out the same" in page
    assert found is not None
    assert len(found["found"]["changed"]) == len(table) - 1 > 0
    assert {"what-if"} == {line.partition(",")[0] for line in table[1:]}


def test_the_same_rule_changes_nobody(own: Flask) -> None:
    """Nobody gains and nobody loses where both sides are one rule."""
    person = analyst(own)
    sent = person.send(PAGE, {"baseline": MASTERY, "candidate": MASTERY}, BOTH)

    assert "Nobody: both rules say the same of everybody." in words(person.client.get(sent.headers["Location"]))


def test_rules_of_two_questions_are_not_compared(own: Flask) -> None:
    """The page says so beside what was chosen, and asks nothing of the ledger."""
    person = analyst(own)
    other = "competency-based/course@2000-01-01"
    answer = person.send(PAGE, {"baseline": MASTERY, "candidate": other, "baseline.param.level": "much"}, BOTH)

    assert 422 == answer.status_code
    assert "It answers another question than the baseline; compare two rules for the same one." in words(answer)
    assert "'much' does not fit" in words(answer)


def test_a_rule_that_is_not_here_is_said_to_be_none(client: FlaskClient) -> None:
    """An edition nobody installed is not found."""
    answer = client.get(f"{PAGE}?baseline={MASTERY}&candidate=none@2000-01-01")

    assert 404 == answer.status_code
