"""A change of rules over the API: two people, every step on the version that was seen."""

from typing import Any

import pytest
from flask import Flask

from tests.api.support import Program, problem, program, said
from tests.web.support import SCALE

BOARD = {"body": "Board of trustees", "minute": "2026-14", "reason": "Level 3 was not enough."}
STRICTER: dict[str, Any] = {
    **BOARD,
    "policy": "competency-based/mastery",
    "first_day": "2026-06-05",
    "parameters": {"level": "4"},
    "scale": SCALE,
}


@pytest.fixture
def ortiz(own: Flask) -> Program:
    """Return the program of a district admin, who proposes."""
    return program(own, "m.ortiz")


@pytest.fixture
def lee(own: Flask) -> Program:
    """Return the program of an approver."""
    return program(own, "d.lee")


def step(actor: Program, name: str, body: Any = None, tag: str | None = None) -> Any:
    """Take a step on the change as it stands."""
    seen = tag or actor.get("/changes/1").headers["ETag"]
    return said(actor.post(f"/changes/1/{name}", {} if body is None else body, tag=seen))


def test_a_change_goes_its_way(ortiz: Program, lee: Program) -> None:
    """One person proposes, another approves, and what came of it can be read."""
    said(ortiz.post("/changes", STRICTER))
    preview = step(ortiz, "preview")["preview"]
    step(ortiz, "submit")
    step(lee, "approve")
    step(lee, "schedule")
    active = step(lee, "activate")
    outcome = said(lee.get("/changes/1/outcome"))

    assert preview["learners"] == 6
    assert active["row"]["status"] == "active"
    assert sum(one["answers"] for one in outcome["counts"]) == len(outcome["answers"]) > 0
    assert said(lee.get("/differing"))["rows"] != []


def test_a_step_needs_the_version_that_was_seen(ortiz: Program) -> None:
    """Without a version a step is refused; with an old one too, and the present one is told."""
    first = ortiz.post("/changes", STRICTER).headers["ETag"]
    said(ortiz.post("/changes/1/preview", {}, tag=first))
    late = ortiz.post("/changes/1/submit", {}, tag=first)

    assert problem(ortiz.post("/changes/1/submit", {}))[:2] == (428, "version-needed")
    assert problem(late)[:2] == (412, "stale-version")
    assert f'"v{late.get_json()["version"]}"' == ortiz.get("/changes/1").headers["ETag"]
    assert late.get_json()["changed_by"] == "m.ortiz"


def test_a_step_sent_again_is_taken_once(ortiz: Program) -> None:
    """A repeated step answers as the first time, although the version has moved on by it."""
    tag = ortiz.post("/changes", STRICTER).headers["ETag"]
    said(ortiz.post("/changes/1/preview", {}, tag=tag))
    again = ortiz.again("/changes/1/preview")

    assert said(again)["row"]["number"] == 1
    assert again.headers["Idempotent-Replayed"] == "true"


def test_nobody_approves_their_own_change(own: Flask) -> None:
    """The two-person rule holds here too, whatever the roles."""
    tester = program(own)
    said(tester.post("/changes", STRICTER))
    step(tester, "preview")
    step(tester, "submit")
    response = tester.post("/changes/1/approve", {}, tag="*")

    assert problem(response)[2] == "Change 1 was proposed by the same person; another one has to approve it."


def test_a_change_that_breaks_the_law_is_refused_clause_by_clause(ortiz: Program) -> None:
    """What stands against a proposal is told parameter by parameter."""
    response = ortiz.post("/changes", {**STRICTER, "parameters": {"level": "4", "colour": "red"}})

    assert problem(response)[:2] == (422, "unusable-policy")
    assert [(one["pointer"], one["clause"], one["citation"]) for one in response.get_json()["errors"]] == [
        ("/parameters/colour", "param.colour", None)
    ]


def test_a_value_against_the_law_is_refused_with_the_law(ortiz: Program) -> None:
    """A problem names the place in the body, the parameter, and the law that gives its value."""
    body = {"policy": "us-tx/credit-by-examination", "parameters": {"ap": "2"}, "subjects": ["course/SPAN2"]}
    response = ortiz.post("/changes", {**BOARD, "first_day": "2026-06-05", **body})
    tried = {"baseline": body["policy"], "candidate": body["policy"], "candidate_values": {"ap": "2"}}
    cited = ["HB 2694 (83R), effective 2013-06-14; 19 TAC §74.24(c)"]

    assert problem(response)[:2] == (422, "unusable-policy")
    assert [one["citation"] for one in response.get_json()["errors"]] == cited
    assert [one["pointer"] for one in response.get_json()["errors"]] == ["/parameters/ap"]
    assert [one["pointer"] for one in said(ortiz.post("/simulations", tried), 422)["errors"]] == [
        "/candidate_values/ap"
    ]


def test_a_change_that_is_not_there_is_not_found(ortiz: Program) -> None:
    """Reading and acting on a change that nobody proposed both find nothing."""
    assert problem(ortiz.get("/changes/7"))[:2] == (404, "not-found")
    assert problem(ortiz.post("/changes/7/submit", {}, tag="*"))[:2] == (404, "not-found")


def test_a_change_is_declined_withdrawn_and_talked_about(ortiz: Program, lee: Program) -> None:
    """The other steps take their reasons, and comments stand in their order."""
    said(ortiz.post("/changes", STRICTER))
    step(ortiz, "preview")
    step(ortiz, "submit")
    step(lee, "decline", {"reason": "Wait for the spring examinations."})
    said(lee.post("/changes/1/comments", {"text": "Ask the mathematics department."}))
    gone = step(ortiz, "withdraw", {"reason": "Another level."})

    assert gone["row"]["status"] == "withdrawn"
    assert [one["text"] for one in said(lee.get("/changes/1/comments"))["rows"]] == ["Ask the mathematics department."]


def test_an_active_change_is_rolled_back(ortiz: Program, lee: Program) -> None:
    """Undoing an active change is a change of its own."""
    said(ortiz.post("/changes", STRICTER))
    step(ortiz, "preview")
    step(ortiz, "submit")
    for name in ("approve", "schedule", "activate"):
        step(lee, name)
    back = step(ortiz, "roll-back", {**BOARD, "first_day": "2026-06-08"})

    assert (back["row"]["number"], back["rolls_back"]) == (2, 1)


def test_an_emergency_is_confirmed(ortiz: Program, lee: Program) -> None:
    """What cannot wait binds at once and lasts once another person confirms it."""
    said(ortiz.post("/changes", {**STRICTER, "emergency": True, "confirm_by": "2026-06-30"}))
    step(ortiz, "preview")
    step(ortiz, "submit")
    step(lee, "approve")
    step(lee, "activate")
    confirmed = step(lee, "confirm", {"body": "Board of trustees", "minute": "2026-15"})

    assert confirmed["confirmed"] is True


def test_an_adoption_is_proposed_to_end(ortiz: Program) -> None:
    """The end of an adoption goes the same way."""
    rows = said(ortiz.get("/adoptions"))["rows"]
    position = next(one["position"] for one in rows if one["question"] == "CREDIT")
    view = said(ortiz.post("/changes/end", {**BOARD, "position": position, "first_day": "2026-07-01"}))

    assert view["row"]["verb"] == "ends"


def test_what_is_due_is_activated(ortiz: Program, lee: Program) -> None:
    """Every change whose day has come is activated by one command."""
    said(ortiz.post("/changes", STRICTER))
    step(ortiz, "preview")
    step(ortiz, "submit")
    step(lee, "approve")
    step(lee, "schedule")
    done = said(lee.post("/changes/activate-due"))

    assert [one["number"] for one in done["changes"]] == [1]
    assert done["refused"] == []


def test_the_impact_names_those_within_reach(ortiz: Program) -> None:
    """The learners a change concerns are listed, and counted by group in ranges."""
    said(ortiz.post("/changes", STRICTER))
    step(ortiz, "preview")
    rows = said(ortiz.get("/changes/1/impact"))["rows"]
    groups = said(ortiz.get("/changes/1/impact/groups"))

    assert {one["kind"] for one in rows} == {"loss", "other"}
    assert groups["learners"] == 6
    assert [one["number"] for one in said(ortiz.get("/changes"))["rows"]] == [1]


def test_what_would_now_differ_is_settled(ortiz: Program, lee: Program) -> None:
    """A person rules on each decision that would now be another; whoever is out of reach is not there."""
    said(ortiz.post("/changes", STRICTER))
    step(ortiz, "preview")
    step(ortiz, "submit")
    for name in ("approve", "schedule", "activate"):
        step(lee, name)
    row = said(ortiz.get("/differing?kind=loss"))["rows"][0]
    meant = {name: row[name] for name in ("learner", "question", "subject", "award", "version", "adoption")}
    ruling = {"ruling": "decided-anew", "reason": "Agreed with the family."}
    done = said(ortiz.post("/differing/settle", {**ruling, "rows": [meant]}))
    nobody = {**meant, "learner": "00000000-0000-4000-8000-000000000000"}
    response = ortiz.post("/differing/settle", {**ruling, "rows": [nobody]})

    assert (done["settled"], done["refused"]) == (1, 0)
    assert response.get_json()["errors"][0]["pointer"] == "/rows/0/learner"


def test_half_an_attestation_is_refused(ortiz: Program) -> None:
    """Who answers for what cannot be proved says in what capacity and why."""
    response = ortiz.post("/changes", {**STRICTER, "attested_by": "m.ortiz"})

    assert problem(response)[:2] == (422, "faults")


def test_a_change_binds_whom_it_says(ortiz: Program) -> None:
    """For whom a change is to bind, and who answers for it, stand in the change."""
    given = {"schools": ["us-tx/pine-valley"], "since": "2026-06-05", "clock": "evidence"}
    attested = {"attested_by": "m.ortiz", "capacity": "superintendent", "attested": "It was looked at."}
    view = said(ortiz.post("/changes", {**STRICTER, **given, **attested}))

    assert view["binds"] != []
