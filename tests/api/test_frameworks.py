"""Frameworks, scales, alignments and designations, brought in and looked at."""

from tests.api.support import Program, problem, said

CSV = b"id,code,statement\nG.1,G.1,Prove that two triangles are congruent.\nG.2,G.2,Find the area of a circle.\n"
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


def test_frameworks_come_in_and_are_aligned(alone: Program) -> None:
    """A plain CSV becomes a framework, is aligned to another, and the alignment ends."""
    brought = said(alone.post("/frameworks?name=geometry&title=Geometry", data=CSV, content_type="text/csv"))
    again = said(alone.post("/frameworks?name=geometry&title=Geometry", data=CSV, content_type="text/csv"))
    pair = {"local": "G.1", "state": "A1.1", "body": "Curriculum board"}
    aligned = said(alone.post("/alignments", {**pair, "relation": "isPartOf", "first_day": "2026-06-05"}))
    listed = said(alone.get("/alignments?framework=geometry"))["rows"]
    ended = said(alone.post("/alignments/end", {**pair, "last_day": "2026-12-31", "reason": "Reworded."}))
    rows = b"state,local,relation,from\nA1.2,G.2,isPeerOf,2026-06-05\n"
    file = said(alone.post("/alignments/import?body=Curriculum%20board", data=rows, content_type="text/csv"))

    assert (brought["new"], again["held"], brought["competencies"]) == (True, True, 2)
    assert [(one["local"], one["standard"]) for one in listed] == [("G.1", "A1.1")]
    assert ended["position"] > aligned["position"]
    assert (file["new"], file["same"]) == (1, 0)
    assert [one["title"] for one in said(alone.get("/frameworks"))["rows"]] == ["Algebra 1", "Geometry"]
    assert len(said(alone.get("/frameworks/geometry"))["items"]) == 2
    assert said(alone.get("/frameworks/algebra/coverage"))["title"] == "Algebra 1"


def test_a_framework_with_faults_stays_out(reader: Program) -> None:
    """Every fault of a file is told with its line."""
    response = reader.post("/frameworks", data=b"id,statement\nG.1,\n", content_type="text/csv")

    assert problem(response)[:2] == (422, "faults")
    assert response.get_json()["errors"][0]["pointer"] == "/2/statement"


def test_scales_come_in(alone: Program) -> None:
    """A scale in TOML joins those that are held."""
    brought = said(alone.post("/scales", data=SCALE, content_type="text/plain"))

    assert [one["title"] for one in said(alone.get("/scales"))["rows"]] == ["Four levels", "Three levels"]
    assert len(brought["levels"]) == 3


def test_competencies_are_designated(writer: Program) -> None:
    """Priority standards are designated, listed and taken back."""
    body = {"competencies": ["A1.1"], "course": "GEO1", "body": "Department", "first_day": "2026-06-05"}
    said(writer.post("/designations", body))
    held = said(writer.get("/designations?course=GEO1"))["rows"]
    said(writer.post("/designations", {**body, "taken_back": True}))

    assert [one["code"] for one in held] == ["A1.1"]
    assert said(writer.get("/designations?course=GEO1"))["rows"] == []
    assert len(said(writer.get("/designations?course=GEO1&everything=true"))["rows"]) == 2
