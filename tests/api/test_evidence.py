"""Evidence over the API: recorded, sent again, foretold, corrected, withdrawn, and by the thousand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask

from ledger.application.granting import grant_role
from ledger.domain.access import Place
from tests.api.support import HERE, Program, problem, program, said
from tests.web.support import FIRST_DAY, Small, author
from web.ledgers import ledgers_of

EVIDENCE: dict[str, Any] = {
    "competencies": ["A1.5"],
    "kind": "performance",
    "purpose": "summative",
    "level": "4",
    "task": "A second project",
    "occurred": "2026-05-29",
}


def of(made: Small, name: str = "S-5") -> str:
    """Return the address of a learner's evidence."""
    return f"/learners/{made.learners[name]}/evidence"


def test_evidence_is_decided_at_once(writer: Program, made: Small) -> None:
    """The answer to evidence says what it decided, and what is still missing."""
    answer = said(writer.post(of(made), EVIDENCE))

    assert answer["result"]["learner"] == made.learners["S-5"]
    assert {one["summary"]["question"] for one in answer["result"]["decided"]} >= {"MASTERY"}
    assert answer["evidence"] in {one["evidence_id"] for one in said(writer.get(of(made)))["rows"]}


def test_evidence_sent_again_answers_as_the_first_time(writer: Program, made: Small) -> None:
    """A command that was repeated is carried out once, and says so."""
    first = writer.post(of(made), {**EVIDENCE, "note": "She explained every step."})
    again = writer.again(of(made))

    assert said(again) == said(first)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Ledger-Position"] == first.headers["Ledger-Position"]


def test_a_key_cannot_be_used_twice(writer: Program, made: Small) -> None:
    """Another body under a key that was used is refused."""
    said(writer.post(of(made), EVIDENCE, key="one-key-0001"))
    response = writer.post(of(made), {**EVIDENCE, "level": "1"}, key="one-key-0001")

    assert problem(response)[:2] == (409, "key-reused")


def test_a_record_of_another_system_is_known_again(writer: Program, made: Small) -> None:
    """The id of evidence follows from the record it came from, as at an import."""
    body = {**EVIDENCE, "source_system": "gradebook-7", "source_record": "17"}
    said(writer.post(of(made), body))
    status, kind, detail = problem(writer.post(of(made), body))

    assert (status, kind) == (409, "refused")
    assert detail.endswith("is on record already; nothing is to be done.")


def test_what_evidence_would_decide_is_foretold(reader: Program, made: Small) -> None:
    """Foretelling says the outcome and stores nothing."""
    before = reader.get("/overview").headers["Ledger-Position"]
    foretold = said(reader.post(f"{of(made)}/foretell", EVIDENCE))

    assert [one["subject"]["code"] for one in foretold] == ["A1.5"]
    assert reader.get("/overview").headers["Ledger-Position"] == before


def test_evidence_is_corrected_and_withdrawn(writer: Program, made: Small) -> None:
    """A correction changes what it names and nothing else; what was withdrawn counts no more; both can be repeated."""
    evidence = said(writer.post(of(made), EVIDENCE))["evidence"]
    one = f"{of(made)}/{evidence}"
    corrected = said(writer.post(f"{one}/correct", {"level": "2", "reason": "Misread."}))
    again = writer.again(f"{one}/correct")
    withdrawn = said(writer.post(f"{one}/withdraw", {"reason": "Another learner's work."}))
    row = next(each for each in said(writer.get(of(made)))["rows"] if each["evidence_id"] == evidence)

    assert said(again)["result"]["version"] == corrected["result"]["version"]
    assert said(writer.again(f"{one}/withdraw"))["result"]["version"] == withdrawn["result"]["version"]
    assert (row["task"], row["corrected"], row["withdrawn"]) == ("A second project", True, True)
    assert problem(writer.post(f"{one}/correct", {"level": "2", "reason": "Again."}))[:2] == (409, "refused")


def test_a_correction_that_changes_nothing_is_refused(writer: Program, made: Small) -> None:
    """Nothing is written for what the evidence says already."""
    evidence = said(writer.post(of(made), EVIDENCE))["evidence"]
    response = writer.post(f"{of(made)}/{evidence}/correct", {"level": "4", "reason": "Sure?"})

    assert problem(response)[2] == "This is what the evidence says already; nothing was changed."


def test_evidence_that_is_not_there_is_not_found(reader: Program, made: Small) -> None:
    """Evidence of another learner is not found under this one."""
    evidence = said(reader.get(of(made, "S-1")))["rows"][0]["evidence_id"]

    assert problem(reader.post(f"{of(made)}/{evidence}/withdraw", {"reason": "No."}))[:2] == (404, "not-found")


def test_a_document_stands_behind_a_correction(writer: Program, made: Small) -> None:
    """A document that is kept can be named; one that is not cannot."""
    learner, evidence = made.learners["S-5"], said(writer.post(of(made), EVIDENCE))["evidence"]
    address = f"/learners/{learner}/documents"
    kept = said(writer.post(address, data=b"%PDF-1.7", content_type="application/pdf"))
    one = f"{of(made)}/{evidence}/correct"
    said(writer.post(one, {"level": "3", "reason": "See the sheet.", "document": kept["digest"]}))
    listed = said(writer.get(address))["rows"]
    sent = writer.get(f"{address}/{kept['digest']}")

    assert [(row["digest"], row["kept"]) for row in listed] == [(kept["digest"], True)]
    assert (sent.data, sent.content_type) == (b"%PDF-1.7", "application/octet-stream")
    assert problem(writer.post(one, {"level": "2", "reason": "No.", "document": "0" * 64}))[:2] == (422, "faults")


def line(number: int, learner: str, **changes: Any) -> dict[str, Any]:
    """Return a line of bulk evidence."""
    return {**EVIDENCE, "task": f"Sheet {number}", "key": f"line-{number:05}", "learner": learner, **changes}


def bulk(sender: Program, lines: Sequence[Mapping[str, Any] | bytes], asked: str = "") -> list[dict[str, Any]]:
    """Send lines, and return what became of each."""
    data = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    address, headers = f"{HERE}/evidence{asked}", {"Authorization": f"Bearer {sender.token}"}
    response = sender.client.post(address, data=data, content_type="application/x-ndjson", headers=headers)
    assert response.status_code == 200, response.text
    return [json.loads(one) for one in response.text.splitlines()]


def test_every_line_is_a_command_of_its_own(alone: Program, made: Small) -> None:
    """Good lines are recorded whatever the others are; each is answered in its place."""
    lines = [
        line(1, made.learners["S-5"]),
        b"{broken",
        line(2, "nobody"),
        b"",
        line(3, made.learners["S-6"], level="9"),
        line(4, "new-1", new=True),
        {"kind": "exam"},
    ]
    found = bulk(alone, lines)

    assert [(one["line"], one["status"]) for one in found] == [
        (1, "recorded"),
        (2, "refused"),
        (3, "refused"),
        (5, "refused"),
        (6, "recorded"),
        (7, "refused"),
    ]
    assert found[0]["decided"][0]["question"] in ("READINESS", "MASTERY")
    assert found[2]["errors"][0]["pointer"] == "/learner"
    assert found[3]["errors"][0]["pointer"] == "/level"
    assert {one["pointer"] for one in found[5]["errors"]} >= {"/key", "/learner", "/purpose", "/level"}


def test_lines_sent_again_are_replayed(writer: Program, made: Small) -> None:
    """A body that was broken off is sent whole once more, and nothing is recorded twice."""
    lines = [line(number, made.learners["S-5"]) for number in range(1, 4)]
    first = bulk(writer, lines[:2])
    again = bulk(writer, lines)

    assert [one["status"] for one in again] == ["replayed", "replayed", "recorded"]
    assert [one["evidence"] for one in again[:2]] == [one["evidence"] for one in first]


def test_a_dry_run_stores_nothing(reader: Program, made: Small) -> None:
    """Lines can be looked at before they are sent in earnest."""
    before = reader.get("/overview").headers["Ledger-Position"]
    found = bulk(reader, [line(1, made.learners["S-5"]), line(2, "new-2", new=True), line(3, "new-3")], "?dry_run=true")

    assert [one["status"] for one in found] == ["sound", "sound", "refused"]
    assert reader.get("/overview").headers["Ledger-Position"] == before


def test_too_many_lines_are_refused_at_once(reader: Program) -> None:
    """A body of more than 10 MB is not read."""
    response = reader.post("/evidence", data=b"{}\n" * 4_000_000, content_type="application/x-ndjson")

    assert problem(response)[:2] == (413, "too-large")


def test_a_line_that_is_too_long_is_refused(reader: Program, made: Small) -> None:
    """A line of more than 64 kB is none."""
    found = bulk(reader, [b'{"note": "' + b"x" * 70_000 + b'"}', line(1, made.learners["S-5"])], "?dry_run=true")

    assert (found[0]["status"], found[0]["detail"]) == ("refused", "a line may have 64 kB")


def test_lines_that_are_all_refused_are_a_problem(reader: Program) -> None:
    """Where nothing was recorded the status says so, and each pointer begins with its line."""
    response = reader.post("/evidence", data=b'874\n\n{"kind": "exam"}\n', content_type="application/x-ndjson")
    nothing = reader.post("/evidence", data=b"\n", content_type="application/x-ndjson")
    pointers = [one["pointer"] for one in response.get_json()["errors"]]

    assert problem(response)[:2] == (422, "faults")
    assert pointers[0].startswith("/1")
    assert {"/3/key", "/3/learner"} <= set(pointers)
    assert problem(nothing)[2] == "No line was sent."


def test_a_program_of_a_class_records_for_that_class_alone(own: Flask, made: Small) -> None:
    """A role for one learner records nothing about another: that learner is not there for it."""
    ledger = ledgers_of(own).open("us-tx").ledger
    place = Place(kind="learner", learner=made.learners["S-5"])
    grant_role(ledger, author(ledger), ledger.vault.person_id("coach"), "teacher", place, first_day=FIRST_DAY)
    coach = program(own, "coach")
    found = bulk(coach, [line(1, made.learners["S-5"]), line(2, made.learners["S-1"]), line(3, "new-4", new=True)])

    assert [one["status"] for one in found] == ["recorded", "refused", "refused"]
    assert problem(coach.get(f"/learners/{made.learners['S-1']}"))[:2] == (404, "not-found")
    assert [one["learner"] for one in said(coach.get("/learners"))["rows"]] == [made.learners["S-5"]]
    assert said(coach.get("/decisions"))["rows"] != []
    assert {one["learner"] for one in said(coach.get("/decisions"))["rows"]} == {made.learners["S-5"]}
