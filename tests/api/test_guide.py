"""docs/api.md does what it says."""

import json
import re
from pathlib import Path
from typing import Any

from flask import Flask

from tests.api.support import Program, problem, program, said
from tests.api.test_changes import STRICTER
from tests.web.support import Small

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def part(heading: str) -> tuple[list[str], list[str]]:
    """Return the requests and the JSON of a section."""
    text = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^    ((?:GET|POST) .*)$", text, re.MULTILINE), re.findall(r"```json\n(.*?)```", text, re.DOTALL)


def address(request: str, made: Small) -> str:
    """Return what a request asks below its ledger."""
    return request.partition("$LEDGER")[2].replace("$LEARNER", made.learners["S-5"])


def alike(shown: Any, answered: Any) -> bool:
    """Say whether an answer has the members that are shown, with the values shown where they are not left open."""
    if isinstance(shown, dict):
        return all(name in answered and alike(value, answered[name]) for name, value in shown.items())
    if isinstance(shown, list):
        return len(shown) <= len(answered) and all(map(alike, shown, answered))
    return shown == answered or "…" in str(shown) or isinstance(shown, int)


def test_reading_is_as_the_guide_shows(reader: Program, made: Small) -> None:
    """A list and a record as of a day answer as shown."""
    (listing, record), (shown,) = part("Reading")

    assert alike(json.loads(shown), said(reader.get(address(listing, made))))
    assert said(reader.get(address(record, made)))["as_of"] == "2026-02-28"


def test_recording_is_as_the_guide_shows(writer: Program, made: Small) -> None:
    """A piece of evidence is recorded once, and lines are answered one by one."""
    (single, bulk), (body, lines) = part("Recording")
    first = writer.post(address(single, made), json.loads(body), key="gradebook-7-row-17")
    again = writer.again(address(single, made))
    answers = writer.post(address(bulk, made), data=lines.encode(), content_type="application/x-ndjson")

    assert said(first) == said(again)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [json.loads(one)["status"] for one in answers.text.splitlines()] == ["recorded", "refused"]


def test_changing_rules_is_as_the_guide_shows(own: Flask, made: Small) -> None:
    """A step names the version that was seen."""
    ortiz = program(own, "m.ortiz")
    tag = ortiz.post("/changes", STRICTER).headers["ETag"]
    said(ortiz.post("/changes/1/preview", {}, tag=tag))
    (submit,), _ = part("Changing rules")

    assert problem(ortiz.post(address(submit, made), {}))[0] == 428
    assert problem(ortiz.post(address(submit, made), {}, tag='"v1"'))[0] == 412
    assert said(ortiz.post(address(submit, made), {}, tag='"v2"'))["row"]["status"] == "submitted"


def test_long_work_is_as_the_guide_shows(writer: Program, made: Small) -> None:
    """A job is answered with at once."""
    (start,), (shown,) = part("Long work")

    assert alike({**json.loads(shown), "state": "…"}, said(writer.post(address(start, made))))


def test_problems_are_as_the_guide_shows(reader: Program, made: Small) -> None:
    """A fault is told with its place and what is allowed."""
    _, (shown,) = part("When something is wrong")
    body = json.loads(part("Recording")[1][0])
    response = reader.post(f"/learners/{made.learners['S-5']}/evidence", {**body, "kind": "guess"})

    assert alike(json.loads(shown), said(response, 422))
