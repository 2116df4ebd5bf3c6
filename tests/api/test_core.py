"""What holds of every operation: who is let in, what a command needs, how an answer says how far the ledger is."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.api.support import HERE, Program, problem, program, said
from tests.web.support import Small
from web.access import SIGNED_IN, Need
from web.api.kinds import KINDS
from web.api.serving import NOUNS

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def operations(app: Flask) -> list[tuple[str, str, dict[str, Any]]]:
    """Return every operation of the document: method, address, what is said of it."""
    paths = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    return [
        (method, path, item[method]) for path, item in paths.items() for method in ("get", "post") if method in item
    ]


def test_every_operation_declares_an_action(app: Flask) -> None:
    """No operation is open to somebody because nobody thought of it."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/") and "openapi" not in rule.rule
    ]
    needs = [getattr(app.view_functions[rule.endpoint], "need", None) for rule in rules]

    assert len(operations(app)) == len(rules)
    assert all(isinstance(one, Need) or one == SIGNED_IN for one in needs)


def test_every_operation_is_documented(app: Flask) -> None:
    """Each has a name of its own, a sentence, a noun, and the problems it may answer with."""
    found = operations(app)
    titles = {noun.title for noun in NOUNS}

    assert len({one["operationId"] for _, _, one in found}) == len(found)
    assert all(one["summary"].endswith((".", "?", ";", ",")) for _, _, one in found)
    assert all(set(one["tags"]) <= titles for _, _, one in found)
    assert all({"401", "403", "404", "422", "503"} <= set(one["responses"]) for _, _, one in found)


def test_the_document_is_of_the_version_it_says(app: Flask) -> None:
    """The document is OpenAPI 3.1.0, and wants a token everywhere."""
    document = app.test_client().get("/api/v1/openapi.json").get_json()

    assert document["openapi"] == "3.1.0"
    assert document["security"] == [{"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_nobody_is_let_in_without_a_token(app: Flask) -> None:
    """Whoever shows no token learns only that one is needed, and of what kind."""
    response = program(app, "").get("/learners")

    assert problem(response)[:2] == (401, "unauthorized")
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_person_without_a_role_finds_no_ledger(app: Flask) -> None:
    """Somebody who holds no role is told that there is nothing here."""
    nobody = program(app, "nobody.at-all")

    assert problem(nobody.get("/learners"))[:2] == (404, "not-found")
    assert said(nobody.get("/ledgers", under="/api/v1"))["rows"] == []


def test_a_token_that_is_none_opens_nothing(app: Flask) -> None:
    """A text that is no token is answered as if none were shown."""
    assert problem(Program(app.test_client(), "mlk_0123456789abcdef_" + "A" * 43).get("/learners"))[0] == 401


def test_tokens_are_listed_and_revoked(own: Flask) -> None:
    """One's own tokens can be seen and ended; a token that was ended opens nothing."""
    first, second = program(own), program(own)
    rows = said(first.get("/tokens", under="/api/v1"))["rows"]
    mine = next(row["token"] for row in rows if row["token"] in second.token)
    left = said(first.post(f"/tokens/{mine}/revoke", under="/api/v1"))

    assert len(rows) == 2
    assert [row["revoked"] is None for row in left if row["token"] == mine] == [False]
    assert problem(second.get("/learners"))[0] == 401
    assert problem(first.post("/tokens/none/revoke", under="/api/v1"))[:2] == (404, "not-found")


def test_what_is_not_allowed_is_refused_with_the_reason(app: Flask) -> None:
    """Somebody who reaches a ledger is told what of it is not allowed."""
    status, kind, detail = problem(program(app, "d.lee").post("/changes", {}))

    assert (status, kind) == (403, "forbidden")
    assert "You may not propose a change of rules here" in detail


def test_a_ledger_that_is_not_there_is_not_found(reader: Program) -> None:
    """An address of another ledger answers as if nothing were there."""
    assert problem(reader.get("/learners", under="/api/v1/ledgers/us-zz"))[:2] == (404, "not-found")


def test_a_method_that_is_not_known_names_those_that_are(app: Flask) -> None:
    """Somebody who deletes is told what can be done instead."""
    response = app.test_client().delete(f"{HERE}/learners")

    assert problem(response)[:2] == (405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_an_address_that_is_none_is_a_problem_too(app: Flask) -> None:
    """A slip in an address is answered as every other problem is."""
    assert problem(app.test_client().get("/api/v1/ledger"))[:2] == (404, "not-found")


def test_another_form_is_not_acceptable(reader: Program) -> None:
    """Whoever takes no JSON is told that there is nothing else."""
    response = reader.get("/learners", headers={"Accept": "text/html"})

    assert problem(response)[:2] == (406, "not-acceptable")


def test_who_one_is_can_be_asked(reader: Program) -> None:
    """The holder of a token sees the roles behind it, and what each allows."""
    me = said(reader.get("/me", under="/api/v1"))

    assert me["name"] == "tester"
    assert {one["role"] for one in me["roles"]} >= {"district admin", "registrar", "auditor"}
    assert all(one["holds"] for one in me["roles"])


def test_ledgers_within_reach_are_listed(reader: Program) -> None:
    """A role in a state reaches its ledger and those of its districts."""
    rows = said(reader.get("/ledgers", under="/api/v1"))["rows"]

    assert [(one["jurisdiction"], one["scope"]) for one in rows] == [
        ("us-tx", "us-tx"),
        ("us-tx/pine-valley", "us-tx~pine-valley"),
    ]


def test_every_answer_says_how_far_the_ledger_is(reader: Program) -> None:
    """A program can wait for what it has written: the position stands on every answer."""
    position = int(reader.get("/learners").headers["Ledger-Position"])
    same = reader.get("/learners", headers={"Ledger-Min-Position": str(position)})
    later = reader.get("/learners", headers={"Ledger-Min-Position": str(position + 1)})

    assert same.status_code == 200
    assert problem(later)[:2] == (412, "position-not-reached")


@pytest.mark.parametrize("wrong", ["0", "-1", "1.5", "many", "1" * 16])
def test_a_position_is_a_number(reader: Program, wrong: str) -> None:
    """What is none is refused, not waited for."""
    response = reader.get("/learners", headers={"Ledger-Min-Position": wrong})

    assert problem(response)[:2] == (422, "faults")


def test_pages_follow_one_another(reader: Program, made: Small) -> None:
    """The cursor of a page, and its link, lead to the next; the last page has none."""
    first = reader.get("/learners?limit=4")
    second = reader.client.get(
        re.match("<(.*)>", first.headers["Link"])[1],  # type: ignore[index]
        headers={"Authorization": f"Bearer {reader.token}"},
    )
    rows = [one["learner"] for one in (*said(first)["rows"], *said(second)["rows"])]

    assert rows == sorted(made.learners.values())
    assert said(second)["next"] is None
    assert "Link" not in second.headers


def test_lists_at_hand_come_in_pages_too(reader: Program) -> None:
    """A list that is not in the read models goes on after the last row shown."""
    first = said(reader.get("/policies", under="/api/v1"))
    keys, after = [one["edition"] for one in first["rows"]], first["next"]
    while after is not None:
        page = said(reader.get(f"/policies?after={after}", under="/api/v1"))
        keys, after = keys + [one["edition"] for one in page["rows"]], page["next"]

    assert len(keys) == len(set(keys)) > 50


@pytest.mark.parametrize("way", ["/learners", "/decisions", "/policies"])
def test_a_cursor_of_another_list_is_refused(reader: Program, way: str) -> None:
    """A cursor is sealed for the list that gave it."""
    after = said(reader.get("/policies?limit=1", under="/api/v1"))["next"]

    assert problem(reader.get(f"{way}?after={after}"))[:2] == (422, "faults")


def test_every_kind_of_problem_has_a_page(app: Flask) -> None:
    """The type of a problem is an address that says what it means and what to do."""
    client = app.test_client()

    assert all(KINDS[name].title in client.get(f"/problems/{name}").text for name in KINDS)
    assert client.get("/problems/none").status_code == 404


def test_cookies_open_nothing(app: Flask) -> None:
    """A browser that is signed in cannot be made to act here by another site."""
    client = app.test_client()
    client.set_cookie("mastery", "tester")

    assert problem(client.get(f"{HERE}/learners"))[:2] == (401, "unauthorized")
