"""Auditing over the API: queries, verification, replay, simulations and bundles, the long ones as jobs."""

import json
import time
import zipfile
from io import BytesIO
from typing import Any

from flask import Flask

from tests.api.support import Program, problem, program, said
from tests.support.signing import signed
from tests.web.support import Small
from web.ledgers import ledgers_of


def done(actor: Program, started: Any) -> dict[str, Any]:
    """Wait for a piece of long work, and return how it ended."""
    for _ in range(400):
        job: dict[str, Any] = said(actor.get(f"/jobs/{started['job']}"))
        if not job["unfinished"]:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_audit_queries_are_asked(reader: Program) -> None:
    """A query answers with its thresholds, and takes others within their bounds."""
    rows = said(reader.get("/audit/queries"))["rows"]
    one = next(row for row in rows if row["thresholds"])
    name = one["thresholds"][0]["name"]
    asked = said(reader.get(f"/audit/queries/{one['name']}?thresholds={name}={one['thresholds'][0]['least']}&since=10"))

    assert asked["thresholds"][name] == one["thresholds"][0]["least"]
    assert asked["since"] == "10"
    assert problem(reader.get("/audit/queries/nothing"))[0] == 404
    assert problem(reader.get(f"/audit/queries/{one['name']}?thresholds=colour=1"))[:2] == (422, "faults")


def test_long_work_is_followed_to_its_result(writer: Program) -> None:
    """Verification and replay are jobs: sent again they start nothing, and what they found is kept."""
    first = said(writer.post("/audit/verification", {"read_models": False}))
    again = writer.again("/audit/verification")
    verified = done(writer, first)
    replayed = done(writer, said(writer.post("/audit/replay")))
    result = json.loads(writer.get(f"/jobs/{replayed['job']}/result").data)

    assert said(again)["job"] == first["job"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (verified["state"], replayed["state"]) == ("done", "done"), verified
    assert set(result["verdicts"]) == {"identical"}
    assert said(writer.get("/audit/replay"))["verdicts"] == result["verdicts"]
    assert said(writer.get("/audit/verification"))["report"]["changes"] == []
    assert {one["kind"] for one in said(writer.get("/jobs"))["rows"]} == {"verify", "replay"}
    assert said(writer.post(f"/jobs/{first['job']}/cancel"))["state"] == "done"
    assert said(writer.get("/audit/integrity"))["events"] > 0


def test_a_key_starts_one_piece_of_work(writer: Program) -> None:
    """Other work under the same key is refused."""
    rules = {"baseline": "competency-based/mastery", "candidate": "competency-based/mastery", "scale": "Four levels"}
    said(writer.post("/simulations", rules, key="work-0001"))
    response = writer.post("/simulations", {**rules, "on": "2026-08-03"}, key="work-0001")

    assert problem(response)[:2] == (409, "key-reused")


def test_work_of_others_is_not_there(writer: Program, own: Flask) -> None:
    """Nobody follows the work of somebody else, nor work that is none."""
    job = said(writer.post("/audit/replay"))["job"]

    assert problem(program(own, "m.ortiz").get(f"/jobs/{job}"))[:2] == (404, "not-found")
    assert problem(writer.get("/jobs/00000000-0000-4000-8000-000000000000/result"))[:2] == (404, "not-found")


def test_what_was_never_done_has_no_result(reader: Program) -> None:
    """Before the first verification there is nothing to be shown."""
    assert problem(reader.get("/audit/verification"))[:2] == (404, "not-found")


def test_rules_are_tried_on_the_learners_on_record(writer: Program) -> None:
    """A simulation is a job whose result names who would be decided about otherwise."""
    rules = {"baseline": "competency-based/mastery", "candidate": "competency-based/mastery", "scale": "Four levels"}
    started = said(writer.post("/simulations", {**rules, "candidate_values": {"level": "4"}, "groups": True}))
    job = done(writer, started)
    result = json.loads(writer.get(f"/jobs/{job['job']}/result").data)
    wrong = writer.post("/simulations", {**rules, "candidate_values": {"colour": "red"}})

    assert job["state"] == "done", job
    assert result["candidate"]["values"] == {"level": "4"}
    assert result["found"]["learners"] == 6
    assert problem(wrong)[:2] == (422, "unusable-policy")


def test_a_bundle_is_taken_away(alone: Program, own: Flask, made: Small) -> None:
    """A bundle is made as a job, is a ZIP file, and stands on record with the learner."""
    signed(ledgers_of(own).open("us-tx").ledger)
    learner = made.learners["S-1"]
    job = done(alone, said(alone.post("/bundles", {"basis": "Order 12", "learners": [learner]})))
    data = alone.get(f"/jobs/{job['job']}/result").data
    failed = done(alone, said(alone.post("/bundles", {"basis": "Order 12", "sample": 900, "seed": "7"})))
    several = said(alone.post("/bundles", {"basis": "Order 12", "decisions": [{"learner": learner, "version": 2}] * 5}))

    assert "bundle.json" in zipfile.ZipFile(BytesIO(data)).namelist()
    assert failed["state"] == "failed"
    assert problem(alone.get(f"/jobs/{failed['job']}/result"))[:2] == (409, "refused")
    assert several["words"].endswith("and 2 more")


def test_an_event_is_shown_without_what_it_says(reader: Program) -> None:
    """Where an event stands, by whom it was recorded, and what its proof rests on; nothing stands nowhere."""
    position = said(reader.get("/decisions?question=CREDIT"))["rows"][0]["position"]
    shown = said(reader.get(f"/events/{position}"))

    assert (shown["position"], shown["topic"]) == (position, "learner.decided.1")
    assert shown["lines"] != []
    assert problem(reader.get("/events/999999"))[:2] == (404, "not-found")


def test_who_looked_at_whom_is_listed(alone: Program, made: Small) -> None:
    """Reading a record over the API is a reading like any other; the list is searched, and goes on by a cursor."""
    learner = made.learners["S-1"]
    said(alone.get(f"/learners/{learner}"))
    said(alone.get(f"/learners/{learner}/progress"))
    first = said(alone.get(f"/reads?limit=1&learner={learner}&person=tester&action=read a learner's record"))
    second = said(
        alone.get(f"/reads?limit=1&learner={learner}&person=tester&after={first['next']}&first_day=2026-01-01")
    )

    assert [(one["who"], one["learner"]) for one in first["rows"] + second["rows"]] == [("tester", learner)] * 2
    assert said(alone.get("/reads?person=nobody.here"))["rows"] == []
