"""Roles given and ended within reach."""

from flask import Flask

from tests.api.support import Program, problem, program, said
from tests.web.support import Small


def test_roles_are_given_and_ended(writer: Program, own: Flask, made: Small) -> None:
    """A role is given within reach, shown with its version, and ended on that version."""
    body = {"person": "a.new", "role": "teacher", "first_day": "2026-06-05", "reason": "New this year."}
    given = writer.post("/grants", {**body, "organisation": "us-tx/pine-valley", "section": "3"})
    grant = said(given)["grant"]
    one = said(writer.post("/grants", {**body, "learner": made.learners["S-1"]}))
    unseen = writer.post(f"/grants/{grant}/end", {"last_day": "2026-06-30"})
    ended = writer.post(
        f"/grants/{grant}/end", {"last_day": "2026-06-30"}, tag=writer.get(f"/grants/{grant}").headers["ETag"]
    )

    assert (said(given)["where"], one["learner"]) == ("section 3 of us-tx/pine-valley", made.learners["S-1"])
    assert problem(unseen)[:2] == (428, "version-needed")
    assert said(ended)["last_day"] == "2026-06-30"
    assert grant in {row["grant"] for row in said(writer.get("/grants?limit=100"))["rows"]}
    assert problem(writer.get("/grants/00000000-0000-4000-8000-000000000000"))[0] == 404
    assert (
        problem(writer.post("/grants/00000000-0000-4000-8000-000000000000/end", {"last_day": "2026-06-30"}, tag="*"))[0]
        == 404
    )


def test_nobody_gives_what_is_not_theirs_to_give(own: Flask, made: Small) -> None:
    """A district admin makes no auditor, nobody a director of themselves, and nobody reaches whom they do not."""
    ortiz = program(own, "m.ortiz")
    body = {"person": "a.new", "role": "auditor", "first_day": "2026-06-05"}
    unknown = {**body, "role": "guardian", "learner": "00000000-0000-4000-8000-000000000000"}

    assert problem(ortiz.post("/grants", body))[:2] == (409, "refused")
    assert problem(ortiz.post("/grants", {**body, "person": "m.ortiz", "role": "approver"}))[:2] == (409, "refused")
    assert problem(ortiz.post("/grants", unknown))[0] in (409, 422)
