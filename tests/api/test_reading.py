"""What is read of learners, decisions and policies."""

from flask import Flask

from ledger.application.granting import grant_role
from ledger.domain.access import Place
from tests.api.support import Program, problem, program, said
from tests.support.signing import signed
from tests.web.support import FIRST_DAY, Small, author
from web.ledgers import ledgers_of


def test_a_learner_is_shown_as_on_the_pages(reader: Program, made: Small) -> None:
    """Where a learner stands, with names for those who may see them, as of any day."""
    learner = made.learners["S-1"]
    now = said(reader.get(f"/learners/{learner}"))
    then = said(reader.get(f"/learners/{learner}?as_of=2026-02-28"))

    assert now["name"] == "Sol Abara"
    assert len(now["evidence"]) > len(then["evidence"]) > 0
    assert said(reader.get(f"/learners/{learner}/progress"))["rows"] != []
    assert [one["question"] for one in said(reader.get(f"/learners/{learner}/transcript"))["rows"]] != []
    assert said(reader.get(f"/learners/{made.learners['S-2']}/entries"))["rows"][0]["what"] == "status"


def test_learners_are_found(reader: Program, made: Small) -> None:
    """A learner is found by the id of another system, by a part of the name, and by what was decided."""
    rows = said(reader.get("/learners?q=S-2"))["rows"]

    assert [one["learner"] for one in rows] == [made.learners["S-2"]]
    assert [one["name"] for one in said(reader.get("/learners?q=abara"))["rows"]] == ["Sol Abara"]
    assert len(said(reader.get("/learners?question=CREDIT&outcome=met"))["rows"]) < 6


def test_names_are_for_those_who_may_see_them(own: Flask, made: Small) -> None:
    """A state director sees no record, and a decision by pseudonym alone."""
    ledger = ledgers_of(own).open("us-tx").ledger
    place = Place(kind="jurisdiction", organisation="us-tx")
    grant_role(ledger, author(ledger), ledger.vault.person_id("kim"), "state analyst", place, first_day=FIRST_DAY)
    kim = program(own, "kim")
    rows = said(kim.get("/decisions"))["rows"]

    assert all(one["name"].startswith("learner ") for one in rows)
    assert problem(kim.get(f"/learners/{made.learners['S-1']}"))[:2] == (403, "forbidden")


def test_a_decision_is_shown_and_made_again(reader: Program) -> None:
    """A decision comes with its tree, and is identical when it is made again."""
    position = said(reader.get("/decisions?question=MASTERY&standing=true&decided_to=2026-12-31"))["rows"][0][
        "position"
    ]
    shown = said(reader.get(f"/decisions/{position}"))
    again = said(reader.get(f"/decisions/{position}/replay"))

    assert shown["again"] == again["replayed"]["verdict"] == "identical"
    assert shown["explanation"]["stages"] != []
    assert problem(reader.get("/decisions/1"))[:2] == (404, "not-found")


def test_a_decision_is_proved_once_it_is_signed(alone: Program, own: Flask) -> None:
    """Before a checkpoint covers it there is no proof; after that, a proof and a receipt."""
    position = said(alone.get("/decisions?question=CREDIT"))["rows"][0]["position"]
    before = problem(alone.get(f"/decisions/{position}/proof"))
    signed(ledgers_of(own).open("us-tx").ledger)

    assert before[:2] == (409, "not-signed-yet")
    assert said(alone.get(f"/decisions/{position}/proof"))["text"].startswith("c2sp.org/tlog-proof")
    assert said(alone.get(f"/decisions/{position}/receipt"))["position"] == position


def test_policies_are_told_in_plain_words(reader: Program) -> None:
    """An installed policy: its words, schemas, cases, what an analysis finds, and another beside it."""
    under = "/api/v1/policies/competency-based~mastery"
    words = said(reader.get("", under=under))
    schemas = said(reader.get("/schemas", under=under))
    cases = said(reader.get("/cases?limit=3", under=under))
    check = said(reader.get("/check", under=under))
    examination = "/api/v1/policies/us-tx~credit-by-examination"
    asked = "/compare?other=us-tx/credit-by-examination&other_values=instruction_route%3Dyes"
    compared = said(reader.get(asked, under=examination))

    assert words["title"] in said(reader.get("/policies?question=MASTERY", under="/api/v1"))["rows"][0]["title"]
    assert schemas["parameters"]["properties"]["level"]["default"] == "3"
    assert len(cases["rows"]) == 3
    assert check["unexplained"] == 0
    assert compared["strictness"] == "stricter"
    assert problem(reader.get("/nobody~rule", under="/api/v1/policies"))[:2] == (404, "not-found")


def test_policies_of_a_ledger_are_listed_and_shown(reader: Program) -> None:
    """What governs stands first, and is shown as it was archived."""
    rows = said(reader.get("/policies"))["rows"]
    page = said(reader.get(f"/policies/archived/{rows[0]['digest']}"))

    assert rows[0]["state"] == "in force"
    assert page["digest"] == rows[0]["digest"]
    assert problem(reader.get(f"/policies/archived/{'0' * 64}"))[:2] == (404, "not-found")
