"""What is sent wrongly is refused with the place, what is wrong there, and what is allowed; nothing is stored."""

from typing import Any

import pytest

from tests.api.support import Program, problem, said
from tests.web.support import Small

EVIDENCE = {"competencies": ["A1.1"], "kind": "exam", "purpose": "summative", "level": "3", "occurred": "2026-05-20"}


def errors(program: Program, address: str, body: Any) -> list[tuple[str, str, str | None]]:
    """Return what is wrong with a body: where, what, and what is allowed."""
    found = said(program.post(address, body), 422)["errors"]
    return [(one["pointer"], one["message"], one["allowed"]) for one in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "guess"}, ("/kind", "It is none of the words allowed.", "one of task, exam, course_grade, hours")),
        ({"kind": None}, ("/kind", "It may not be null; leave it out.", "one of task, exam, course_grade")),
        ({"grade": "A"}, ("/grade", "There is no field of this name.", "one of absent_reason, assessor, attempt")),
        ({"score": "3"}, ("/level", "Give exactly one of level, score, passed, absent_reason.", None)),
        ({"attempt": 0}, ("/attempt", "It may be 1 to 99,999.", "1 to 99999")),
        ({"attempt": "1"}, ("/attempt", "It is not a whole number.", "1 to 99999")),
        ({"attempt": True}, ("/attempt", "It is not a whole number.", "1 to 99999")),
        ({"attempt": 4.5}, ("/attempt", "It is not a whole number.", "1 to 99999")),
        ({"occurred": "20 May"}, ("/occurred", "It is not a date such as 2026-05-30 or 2026-05-30T14:05.", None)),
        ({"task": ""}, ("/task", "It may have 1 to 200 characters.", None)),
        ({"task": 7}, ("/task", "It is not text; write it in quotation marks.", None)),
        ({"task": "a\u0000b"}, ("/task", "It is blank, or holds signs that cannot be shown.", None)),
        (
            {"conditions": ["loud"]},
            ("/conditions/0", "It is none of the words allowed.", "one of accommodated"),
        ),
        ({"conditions": []}, ("/conditions", "It may hold 1 to 3 values.", None)),
        ({"conditions": "loud"}, ("/conditions", "It is not a list.", None)),
        ({"passed": "yes", "level": "3"}, ("/passed", "It is neither true nor false.", None)),
    ],
)
def test_each_fault_is_told_with_its_place(
    reader: Program, made: Small, changes: dict[str, Any], expected: tuple[str, str, str | None]
) -> None:
    """A fault names the place, the sentence, and what is allowed there."""
    found = errors(reader, f"/learners/{made.learners['S-1']}/evidence", {**EVIDENCE, **changes})
    place, message, allowed = expected

    assert [(where, what) for where, what, _ in found if where == place][:1] == [(place, message)]
    assert all((said_allowed or "").startswith(allowed or "") for where, _, said_allowed in found if where == place)


def test_rules_of_the_ledger_are_told_alike(reader: Program, made: Small) -> None:
    """What the ledger itself does not take is told with its place too."""
    found = errors(reader, f"/learners/{made.learners['S-1']}/evidence", {**EVIDENCE, "level": "9"})

    assert found[0][0] == "/level"
    assert "its levels are: Beginning (1), Developing (2)" in found[0][1]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"{", "What was sent cannot be read as JSON: Expecting property name enclosed in double quotes"),
        (b"", "What was sent cannot be read as JSON: Expecting value: line 1 column 1 (char 0)."),
        (b'{"a": 1, "a": 2}', "What was sent cannot be read as JSON: the key 'a' stands twice in one object."),
        (b'{"a": NaN}', "What was sent cannot be read as JSON: NaN is not a number."),
        (b'{"a": 1e999999999999999999999}', "What was sent cannot be read as JSON: a number is too large."),
        (b'{"a": "\\ud800"}', "What was sent cannot be read as JSON: a text holds half of a surrogate pair."),
        (b'{"a": "\xff"}', "What was sent cannot be read as JSON: it is not UTF-8."),
        (b"[" * 40 + b"]" * 40, "What was sent cannot be read as JSON: it is nested deeper than 32 levels."),
        (b"[" * 200_000, "What was sent cannot be read as JSON: the JSON is nested too deeply to be read."),
    ],
)
def test_broken_json_is_told_from_wrong_json(reader: Program, made: Small, body: bytes, detail: str) -> None:
    """What cannot be read at all is a fault of the request, and no field of it is named."""
    address = f"/learners/{made.learners['S-1']}/evidence"
    status, kind, said_of_it = problem(reader.post(address, data=body, content_type="application/json"))

    assert (status, kind) == (400, "malformed")
    assert said_of_it.startswith(detail.removesuffix("."))


def test_numbers_are_whole_as_json_has_them(writer: Program, made: Small) -> None:
    """4.0 is the whole number 4, whatever the language it was written in."""
    body = b'{"competencies": ["A1.1"], "kind": "exam", "purpose": "practice", "level": "3", "attempt": 4.0}'
    response = writer.post(f"/learners/{made.learners['S-1']}/evidence", data=body, content_type="application/json")

    assert response.status_code == 200, response.text


def test_another_type_is_refused(reader: Program, made: Small) -> None:
    """A form of a browser is not taken."""
    response = reader.post(f"/learners/{made.learners['S-1']}/evidence", data={"kind": "exam"})

    assert problem(response)[:2] == (415, "wrong-type")


def test_too_long_a_body_is_refused(reader: Program, made: Small) -> None:
    """What is longer than is taken is not read to its end."""
    body = b'{"note": "' + b"x" * 300_000 + b'"}'
    response = reader.post(f"/learners/{made.learners['S-1']}/evidence", data=body, content_type="application/json")

    assert problem(response)[:2] == (413, "too-large")


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with blank", "ümläut-key"])
def test_a_command_needs_a_key(reader: Program, made: Small, key: str) -> None:
    """A command without a key of 8 to 64 visible ASCII characters is not carried out."""
    address = f"/learners/{made.learners['S-1']}/evidence"
    headers = {"Idempotency-Key": key.encode("utf-8").decode("latin-1")}

    assert problem(reader.post(address, EVIDENCE, headers=headers))[:2] == (400, "key-missing")


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("limit=ten", "/limit"),
        ("color=red", "/color"),
        ("outcome=fine", "/outcome"),
        ("limit=1&limit=2", "/limit"),
        ("after=nonsense", "/after"),
    ],
)
def test_what_an_address_asks_is_checked_too(reader: Program, asked: str, pointer: str) -> None:
    """A parameter that is not known, twice there, or out of bounds is refused by name."""
    found = said(reader.get(f"/learners?{asked}"), 422)

    assert [(one["pointer"], one["source"]) for one in found["errors"]] == [(pointer, "query")]


def test_nothing_is_stored_of_what_is_refused(reader: Program, made: Small) -> None:
    """The ledger is as far after a refused command as before it."""
    before = reader.get("/learners").headers["Ledger-Position"]
    errors(reader, f"/learners/{made.learners['S-1']}/evidence", {**EVIDENCE, "level": "9"})

    assert reader.get("/learners").headers["Ledger-Position"] == before
