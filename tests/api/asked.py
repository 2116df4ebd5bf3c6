"""The document of the API as schemathesis asks by it: wherever a name is wanted, the names of what there is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Flask

from tests.api.support import Program, program, said
from tests.support.signing import signed
from tests.web.support import SCALE, Small
from web.ledgers import ledgers_of

MASTERY = "competency-based/mastery"
BOARD = {"body": "Board of trustees", "reason": "To see what comes of it."}

ALIKE: tuple[tuple[str, list[Any]], ...] = (
    ("competency local state", ["A1.1", "A1.2", "A1.3"]),
    ("framework local_framework state_framework", ["algebra"]),
    ("policy baseline candidate other", [MASTERY]),
    ("occurred submitted due scored dated day as_of", ["2026-05-20", "2026-05-29"]),
    ("on other_on", ["2026-06-05", "2026-09-01"]),
    ("level", ["1", "3", "4"]),
    ("scale", ["Four levels"]),
    ("beside", ["us-tx/pine-valley"]),
    ("jurisdiction", ["us-tx"]),
    ("subject", ["course/ALG1", "course/SPAN2"]),
    ("first_day", ["2026-08-03", "2027-01-11"]),
    ("last_day", ["2027-06-30"]),
    ("clock", ["decision"]),
    ("If-Match", ["*"]),
    ("values", ["level=4"]),
    ("other_values", ["level=2"]),
)
WORDS: Mapping[str, list[Any]] = {name: found for names, found in ALIKE for name in names.split()}
"""What stands for a field or a parameter of a name."""

VALUES = {"type": "object", "properties": {"level": {"enum": ["3", "4"]}}, "additionalProperties": False}

NAMED = {"competencies": "competency", "subjects": "competency"}
"""Lists, and what each of their members is."""

LEFT_OUT = {
    *("after", "since", "since_day", "closing", "pilot", "waives", "exit_by", "waiver", "waiver_says", "waiver_link"),
    *("attested_by", "attested", "confirm_by", "emergency", "section"),
}
"""What is asked for elsewhere: a cursor is made by the page before."""


class Real(dict[tuple[str, str], list[Any]]):
    """What stands for a parameter of an address, by a part of the address and the name; empty parts fit all."""

    def of(self, path: str, name: str) -> list[Any] | None:
        """Return what stands for a parameter, by the first part of an address that fits."""
        return next((found for (part, one), found in self.items() if one == name and part in path), None)


def furnished(app: Flask, small: Small) -> Real:
    """Fill a home with one of everything, and return what each is called."""
    ledger = ledgers_of(app).open("us-tx").ledger
    signed(ledger)
    writer = program(app)
    learner = small.learners["S-1"]
    evidence = said(writer.get(f"/learners/{small.learners['S-2']}/evidence"))["rows"]
    document = said(writer.post(f"/learners/{learner}/documents", data=b"minutes", content_type="text/plain"))
    return Real(
        {
            ("", "scope"): ["us-tx"],
            ("/evidence/", "learner"): [small.learners["S-2"]],
            ("/documents/", "learner"): [learner],
            ("", "learner"): [learner, small.learners["S-3"]],
            ("", "evidence"): [one["evidence_id"] for one in evidence],
            ("/bounds/", "position"): [_bound(writer)],
            ("", "position"): [_decision(writer)],
            ("", "framework"): ["algebra"],
            ("/documents/", "digest"): [document["digest"]],
            ("", "digest"): [_digest(writer)],
            ("", "edition"): ["competency-based~mastery", "us-tx~credit-by-examination"],
            ("", "number"): _changes(writer),
            ("", "pilot"): [_pilot(writer)],
            ("", "book"): [_books(writer)],
            ("", "query"): ["heaping", "undocumented"],
            ("", "grant"): [_grant(writer)],
            ("", "job"): [said(writer.post("/audit/replay"))["job"]],
            ("body", "learner"): [learner],
            ("body", "learners"): [learner],
            ("body", "position"): [_adoption(writer)],
            ("body", "name"): ["2026-autumn", "2027-spring"],
        }
    )


def _decision(writer: Program) -> int:
    return int(said(writer.get("/decisions?limit=1&question=CREDIT"))["rows"][0]["position"])


def _adoption(writer: Program) -> int:
    return int(said(writer.get("/adoptions"))["rows"][0]["position"])


def _digest(writer: Program) -> str:
    return str(next(one["digest"] for one in said(writer.get("/policies"))["rows"] if one["state"] == "in force"))


def _bound(writer: Program) -> int:
    bound = {**BOARD, "policy": "us-tx/credit-by-examination", "side": "floor", "first_day": "2027-01-11"}
    return int(said(writer.post("/bounds", bound))["position"])


def _changes(writer: Program) -> list[int]:
    body = {**BOARD, "policy": MASTERY, "first_day": "2026-08-03", "scale": SCALE, "parameters": {"level": "4"}}
    numbers = [int(said(writer.post("/changes", body))["row"]["number"])]
    said(writer.post(f"/changes/{numbers[0]}/preview", {}, tag="*"))
    return numbers


def _pilot(writer: Program) -> str:
    pilot = {
        "title": "Two kinds of task",
        "purpose": "Does a second kind of task help?",
        "body": "State board",
        "question": "MASTERY",
        "first_day": "2026-08-03",
        "last_day": "2027-06-30",
        "participants": [{"organisation": "us-tx/pine-valley"}],
        "exit_rule": "return-at-end",
    }
    said(writer.post("/pilots", pilot))
    return "Two kinds of task"


def _books(writer: Program) -> str:
    said(writer.post("/books", {"kind": "term", "name": "2026-spring", "body": "School board"}))
    return "2026-spring"


def _grant(writer: Program) -> str:
    grant = {"person": "n.new", "role": "approver", "first_day": "2026-06-05", "organisation": "us-tx"}
    return str(said(writer.post("/grants", grant))["grant"])


def narrowed(document: dict[str, Any], real: Real) -> dict[str, Any]:
    """Return the document with the names of what there is wherever a name is wanted."""
    for path, item in document["paths"].items():
        for parameters in _parameters(item):
            parameters[:] = [one for one in parameters if one["name"] not in LEFT_OUT]
            for one in parameters:
                names = real.of(path, one["name"]) if one["in"] == "path" else WORDS.get(one["name"])
                if names is not None:
                    one["schema"] = {"enum": names} if one["in"] == "path" else _or_else(names, one["schema"])
                if one["name"] == "Ledger-Min-Position":
                    one["schema"] = _or_else([1, 50, 100], one["schema"])
                if one["in"] == "query" and one["name"] == "learner":
                    one["schema"] = _or_else(real["", "learner"], one["schema"])
    for name in _bodies(document):
        _narrow(document["components"]["schemas"][name], real)
    return document


def _or_else(names: Sequence[Any], documented: dict[str, Any]) -> dict[str, Any]:
    """Prefer names of what there is; what the document allows is allowed still, so only what it forbids is wrong."""
    return {"anyOf": [{"enum": list(names)}, documented]}


def _parameters(item: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    if "parameters" in item:
        yield item["parameters"]
    for method in ("get", "post"):
        if method in item:
            yield item[method].get("parameters", [])


def _bodies(document: dict[str, Any]) -> set[str]:
    """Name the schemas of what is sent, and those inside them."""
    found: set[str] = set()
    for item in document["paths"].values():
        body = item.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        found |= set(_referred(body))
    for name in list(found):
        found |= set(_referred(document["components"]["schemas"][name]))
    return found


def _referred(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for part in schema.values():
            yield from _referred(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _referred(part)


def _narrow(schema: dict[str, Any], real: Real) -> None:
    members = schema.get("properties", {})
    for name in [name for name in members if name in LEFT_OUT and name not in schema.get("required", ())]:
        del members[name]
    for name, member in members.items():
        names = real.get(("body", name)) or WORDS.get(NAMED.get(name, name))
        if member.get("type") == "object":
            members[name] = {"anyOf": [VALUES, member]}
        elif names is not None and member.get("type") == "array":
            member["items"] = _or_else(names, member["items"])
        elif names is not None:
            members[name] = {"enum": names} if ("body", name) in real else _or_else(names, member)
