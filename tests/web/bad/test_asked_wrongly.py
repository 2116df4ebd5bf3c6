"""What cannot be asked is said in a sentence, as a page and as a problem document."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.errors import LedgerDamaged, Unavailable
from tests.web.support import Small, words
from web.ledgers import Ledgers

WRONG = [
    ("/us-tx/decisions?decided_from=2026-02-30", "Decided from: '2026-02-30' is not a day such as 2026-05-30."),
    ("/us-tx/decisions?decided_to=yesterday", "Decided to: 'yesterday' is not a day such as 2026-05-30."),
    ("/us-tx/decisions?decided_to=20260530", "Decided to: '20260530' is not a day such as 2026-05-30."),
    ("/us-tx/decisions?rows=101", "Rows: '101' is not a whole number from 1 to 100."),
    ("/us-tx/decisions?rows=²", "Rows: '²' is not a whole number from 1 to 100."),
    ("/us-tx/decisions?after=xyz", "'xyz' is not a cursor of this list: use the one the page before it gave."),
    (
        "/us-tx/learners?outcome=won",
        (
            "There is no outcome 'won'; there are met, not_yet, denied, needs_panel, ineligible, not_applicable, "
            "undetermined."
        ),
    ),
]


@pytest.mark.parametrize(("address", "sentence"), WRONG)
def test_a_wrong_question_is_answered_with_a_sentence(client: FlaskClient, address: str, sentence: str) -> None:
    """The page says what was wrong and what is allowed."""
    response = client.get(address)

    assert response.status_code == 400
    assert f"That cannot be asked {sentence} " in words(response)


@pytest.mark.parametrize(("address", "sentence"), WRONG)
def test_a_program_gets_a_problem_document(client: FlaskClient, address: str, sentence: str) -> None:
    """Where JSON was asked for, the sentence comes as a problem document (RFC 9457)."""
    response = client.get(f"{address}&format=json")

    assert response.content_type == "application/problem+json"
    assert response.get_json() == {"title": "That cannot be asked", "status": 400, "detail": sentence}


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_every_form_is_refused_alike(client: FlaskClient, form: str) -> None:
    """A table is refused before its first line is sent."""
    assert client.get(f"/us-tx/decisions?question=WHO&format={form}").status_code == 400


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("as_of=2026-13-01", "As of: '2026-13-01' is not a day such as 2026-05-30."),
        ("known_at=0", "Known at: '0' is not a whole number from 1 to "),
        ("known_at=99999999999999999999", "Known at: '99999999999999999999' is not a whole number from 1 to "),
        ("known_at=two", "Known at: 'two' is not a whole number from 1 to "),
    ],
)
def test_a_moment_that_cannot_be_is_refused(client: FlaskClient, small: Small, asked: str, sentence: str) -> None:
    """A day of no calendar and a position of no log are refused."""
    response = client.get(f"/us-tx/learners/{small.learners['S-1']}?{asked}")

    assert response.status_code == 400
    assert sentence in words(response)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/us-tx/learners/S-1", "There is no learner 'S-1' here: a learner's address ends in a UUID."),
        (
            "/us-tx/learners/00000000-0000-4000-8000-000000000000",
            "Nothing is on record about a learner 00000000-0000-4000-8000-000000000000.",
        ),
        ("/us-tx/decisions/1", "There is no decision at position 1"),
        (
            "/us-tx/learners/00000000-0000-4000-8000-000000000000/decisions/7",
            "Nothing is on record about a learner 00000000-0000-4000-8000-000000000000.",
        ),
        ("/us-tx/decisions/999999", "There is no decision at position 999999"),
        ("/us-tx/policies/archived/abc", "No policy with the digest abc is archived in this ledger."),
        ("/us-tx/policies/available/a/b@2020-01-01", "No policy 'a/b@2020-01-01' is installed here."),
        ("/us-ny/", "There is nothing at this address."),
        ("/us-tx/grades", "There is nothing at this address."),
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str, sentence: str) -> None:
    """The page names what was looked for, and leads on."""
    response = client.get(address)

    assert response.status_code == 404
    assert sentence in words(response)
    assert "See the ledgers here" in words(response)


@pytest.fixture
def silent(app: Flask) -> Iterator[None]:
    """Keep what an application logs out of the output of the tests."""
    app.logger.setLevel(logging.CRITICAL + 1)
    yield
    app.logger.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (LedgerDamaged("secret/path.db is damaged"), 500, "The page could not be made."),
        (Unavailable("secret/path.db is held"), 503, "The ledger is busy or cannot be reached."),
        (RuntimeError("secret"), 500, "The page could not be made."),
    ],
)
def test_what_breaks_is_not_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, sentence: str
) -> None:
    """A page about a failure says what to do and nothing of what is inside."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Ledgers, "open", fail)
    response = client.get("/us-tx/")

    assert response.status_code == status
    assert sentence in words(response)
    assert "secret" not in response.text
