"""What the documentation says of every operation alike: parameters of addresses, headers, problems."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from web.api.fields import LARGEST
from web.api.kinds import KINDS

READS = (401, 403, 404, 406, 409, 412, 422, 429, 503)
"""What may be the answer to a question that is not answered."""

COMMANDS = (400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 503)
"""What may be the answer to a command that is not carried out."""

UUID = {"type": "string", "format": "uuid", "pattern": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
COUNTED = {"type": "integer", "minimum": 1, "maximum": LARGEST}
DIGEST = {"type": "string", "pattern": r"^[0-9a-f]{64}$"}
NAME = {"type": "string", "minLength": 1, "maxLength": 200}


def _path(name: str, schema: Mapping[str, Any], description: str) -> tuple[str, dict[str, Any]]:
    return name, {
        "in": "path",
        "name": name,
        "required": True,
        "schema": dict(schema),
        "description": description,
    }


PARAMETERS: Mapping[str, dict[str, Any]] = MappingProxyType(
    dict(
        (
            _path("scope", NAME, "The jurisdiction of the ledger, tildes for slashes: `us-tx~pine-valley`."),
            _path("learner", UUID, "A learner, by UUID."),
            _path("evidence", UUID, "A piece of evidence, by its id."),
            _path("position", COUNTED, "A position of the log."),
            _path("version", COUNTED, "A version in the learner's stream."),
            _path("number", COUNTED, "The number of a change."),
            _path("framework", NAME, "A framework, by id or title."),
            _path("digest", DIGEST, "The SHA-256 of a policy as it is archived, or of a document."),
            _path("edition", NAME, "An edition of a policy, `policy@first-day`, tildes for slashes."),
            _path("pilot", NAME, "A pilot, by id or title."),
            _path("grant", UUID, "A grant, by its id."),
            _path("book", NAME, "The name of books that were closed."),
            _path("query", NAME, "The name of an audit query."),
            _path("job", NAME, "A piece of long work, by its id."),
            _path("token", NAME, "A token, by its id."),
        )
    )
)
"""What is known of the parameters of addresses, by name."""

_HEADERS: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "Idempotency-Key": {
            "required": True,
            "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[!-~]+$"},
            "description": "A key of the client's choice that makes a repeat harmless; a new one for each command.",
        },
        "If-Match": {
            "required": True,
            "schema": {"type": "string", "pattern": r'^(\*|"v[0-9]+")$'},
            "description": "The ETag of what is to be changed, as it was read.",
        },
        "Ledger-Min-Position": {
            "required": False,
            "schema": COUNTED,
            "description": "Answer once the ledger is as far as this position: the `Ledger-Position` of a command.",
        },
    }
)


def header(name: str) -> dict[str, Any]:
    """Return what is known of a header that is sent."""
    return {"in": "header", "name": name, **_HEADERS[name]}


def heads(*, command: bool, tagged: bool, paged: bool) -> dict[str, Any]:
    """Return the headers of an answer."""
    found: dict[str, Any] = {"Ledger-Position": _head("integer", "The last position of the ledger.")}
    if tagged:
        found["ETag"] = _head("string", "The version, as If-Match wants it.")
    if command:
        found["Idempotent-Replayed"] = _head("string", "`true` where the command had been carried out before.")
    if paged:
        found["Link"] = _head("string", 'The address of the next page, rel="next".')
    return found


def _head(kind: str, description: str) -> dict[str, Any]:
    return {"schema": {"type": kind}, "description": description}


def problem_names() -> dict[int, str]:
    """Return the name of the response for each status, as it stands in the document."""
    return {one.status: f"Problem{one.status}" for one in KINDS.values()}


def problem_words(status: int) -> str:
    """Say which kinds of problems come with a status."""
    kinds = [one for one in KINDS.values() if one.status == status]
    return " ".join(f"{one.title}: `/problems/{one.name}`." for one in kinds)
