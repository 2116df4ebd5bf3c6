"""What a jurisdiction decides: adoptions, bounds, pilots, books, required documents."""

from flask import Flask

from tests.api.support import Program, problem, program, said

DISTRICT = "/api/v1/ledgers/us-tx~pine-valley"
BOARD = {"body": "Board of trustees", "reason": "To see what comes of it."}
SCALE = b"""id = "three"
title = "Three levels"

[[level]]
label = "Not yet"
value = "1"

[[level]]
label = "Nearly"
value = "2"

[[level]]
label = "There"
value = "3"
"""

PILOT = {
    "title": "Two kinds of task",
    "purpose": "Does a second kind of task help?",
    "body": "State board",
    "question": "MASTERY",
    "first_day": "2026-06-05",
    "last_day": "2027-06-30",
    "participants": [{"organisation": "us-tx/pine-valley"}],
    "exit_rule": "return-at-end",
    "waiver": "TAC 74.1",
    "waiver_says": "The commissioner may waive it.",
}


def test_policies_are_adopted_where_nothing_governs(writer: Program) -> None:
    """A first adoption is one command; what replaces a rule is a change."""
    body = {**BOARD, "policy": "shared/support", "first_day": "2026-06-05"}
    adoption = writer.post("/adoptions", {**body, "policy": "competency-based/mastery", "scale": "Four levels"})

    assert problem(adoption)[0] in (409, 422)
    assert {one["question"] for one in said(writer.get("/adoptions"))["rows"]} >= {"MASTERY", "CREDIT"}


def test_bounds_are_set_and_end(writer: Program) -> None:
    """A bound is set, listed, looked at from below, and ended."""
    bound = {**BOARD, "policy": "us-tx/credit-by-examination", "side": "both", "first_day": "2027-01-11"}
    position = said(writer.post("/bounds", bound))["position"]
    listed = said(writer.get("/bounds"))["rows"]
    said(writer.post(f"/bounds/{position}/end", {**BOARD, "last_day": "2027-07-31"}))

    assert {one["side"] for one in listed} == {"floor", "guarantee"}
    assert said(writer.get("/bounds/outside", under=DISTRICT))["rows"] == []
    assert said(writer.get("/bounds"))["rows"][-1]["last_day"] == "2027-07-31"


def test_a_district_receives_from_the_state(alone: Program) -> None:
    """What came above since is received once; a state receives from nobody."""
    said(alone.post("/scales", data=SCALE, content_type="text/plain"))
    received = said(alone.post("/upstream/receive", under=DISTRICT))

    assert (received["upstream"], received["events"]) == ("us-tx", 1)
    assert problem(alone.post("/upstream/receive"))[:2] == (409, "refused")


def test_a_pilot_is_opened_extended_and_ended(alone: Program) -> None:
    """Each step of a pilot is on the version that was seen."""
    pilot = "/pilots/Two%20kinds%20of%20task"
    opened = alone.post("/pilots", PILOT)
    longer = {**BOARD, "last_day": "2028-06-30"}
    unseen = alone.post(f"{pilot}/extend", longer)
    extended = alone.post(f"{pilot}/extend", longer, tag=opened.headers["ETag"])
    ended = alone.post(f"{pilot}/end", {**BOARD, "last_day": "2026-12-18"}, tag=extended.headers["ETag"])

    assert problem(unseen)[:2] == (428, "version-needed")
    assert said(extended)["pilot"]["last_day"] == "2028-06-30"
    assert said(ended)["pilot"]["ended_early"] is True
    assert said(alone.get(pilot))["title"] == "Two kinds of task"
    assert len(said(alone.get("/pilots"))["rows"]) == 1
    assert problem(alone.post("/pilots/None/end", {**BOARD, "last_day": "2026-12-18"}, tag="*"))[0] == 404


def test_half_a_waiver_is_refused(writer: Program) -> None:
    """A waiver has a citation and a sentence."""
    half = {name: value for name, value in PILOT.items() if name != "waiver_says"}

    assert problem(writer.post("/pilots", half))[2].startswith("A waiver has a citation and a sentence")


def test_figures_of_a_pilot_are_handed_up(alone: Program, own: Flask) -> None:
    """A district submits, another person certifies, the state receives and compares."""
    said(alone.post("/pilots", PILOT))
    said(alone.post("/upstream/receive", under=DISTRICT))
    pilot = "/pilots/Two%20kinds%20of%20task"
    sent = said(alone.post(f"{pilot}/figures/submit", {"beside": ["us-tx/pine-valley"]}, under=DISTRICT))
    certifying = {"capacity": "superintendent", "statement": "Complete and correct."}
    ortiz = program(own, "m.ortiz")
    said(ortiz.post(f"{pilot}/figures/certify", certifying, under=DISTRICT))
    file = alone.get(f"{pilot}/figures", under=DISTRICT).data
    received = said(alone.post("/pilots/figures/receive", data=file, content_type="application/octet-stream"))

    assert sent["figures"]["jurisdiction"] == received["jurisdiction"] == "us-tx/pine-valley"
    assert said(alone.get(f"{pilot}/comparison?matrix=false"))["submitted"] == 1


def test_books_are_closed_and_reopened(writer: Program) -> None:
    """A closing certifies a list, which can be made again; it can be reopened."""
    term = said(writer.post("/books", {"kind": "term", "name": "2026-spring", "body": "School board"}))
    graduation = {"kind": "graduation", "name": "class-of-2026", "body": "School board"}
    said(writer.post("/books", graduation))
    shown = said(writer.get(f"/books/2026-spring?closing={term['closing']}"))
    reopened = said(writer.post("/books/2026-spring/reopen", BOARD))

    assert (shown["same"], shown["rooted"]) == (True, True)
    assert len(shown["entries"]) == term["listed"] > 0
    assert reopened["reopened"] > term["closing"]
    assert len(said(writer.get("/books"))["rows"]) == 2
    assert problem(writer.get("/books/2026-spring?closing=1"))[:2] == (404, "not-found")
    assert problem(writer.get("/books/2025-spring"))[:2] == (404, "not-found")


def test_documents_are_required(writer: Program) -> None:
    """Acts that need a document are ordered and listed."""
    said(writer.post("/required-documents", {**BOARD, "acts": ["correction"]}))
    rows = {one["act"]: one["by"] for one in said(writer.get("/required-documents"))["rows"]}

    assert rows["correction"] == "us-tx"
    assert rows["withdrawal"] is None
