"""The documentation of the API: the OpenAPI document, and a page made from it that needs no script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app, render_template, request

from ledger.access.actions import Action
from ledger.access.table import MAY, ROLES
from web import access
from web.api.examples import NAMED, example_of
from web.api.kinds import KINDS

pages = Blueprint("api-pages", __name__)

ABOUT = {
    "jurisdiction": "for the ledger as a whole",
    "anywhere": "for some part of the ledger; the answer is cut to it",
    "learner": "for this learner",
    "decision": "for the learner this decision is about",
    "event_target": "for the learner this event is about, or the ledger where it is about none",
    "oneself": "signed in, about oneself",
}
"""What an action has to be allowed for, by the name of what an operation is about."""


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter, a header or a field: where it stands, its kind, whether it has to be there, what it says."""

    name: str
    place: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as its documentation shows it; `body` and `answer` are examples, empty for none."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    action: str
    about: str
    roles: tuple[str, ...]
    parameters: tuple[Named, ...]
    fields: tuple[Named, ...]
    body: str
    takes: str
    answer: str
    gives: str
    curl: str
    problems: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations about one noun."""

    title: str
    description: str
    operations: tuple[Operation, ...]

    @property
    def anchor(self) -> str:
        """Return the anchor of the group."""
        return self.title.lower().replace(" ", "-")


def register(app: Flask) -> None:
    """Add the document and its page to an application."""
    app.register_blueprint(pages)


def document() -> dict[str, Any]:
    """Return the OpenAPI document of the application at work."""
    found: dict[str, Any] = current_app.extensions["api-document"].to_dict()
    return found


@pages.get("/api/v1/openapi.json")
@access.public
def openapi() -> Response:
    """Return the OpenAPI document."""
    return Response(msgspec.json.encode(document()), content_type="application/json")


@pages.get("/api")
@access.public
def index() -> Response:
    """Show every operation, or those that speak of what is sought."""
    sought = request.args.get("q", "").strip()[:100]
    groups = [one for group in _groups_of(current_app.extensions["api-document"]) if (one := _narrowed(group, sought))]
    return Response(render_template("api_documentation.html", groups=groups, sought=sought, kinds=KINDS.values()))


def _narrowed(group: Group, sought: str) -> Group | None:
    wanted = sought.casefold()
    found = tuple(
        one
        for one in group.operations
        if wanted in f"{one.summary} {one.path} {one.name} {one.action} {group.title}".casefold()
    )
    return Group(group.title, group.description, found) if found else None


@lru_cache(maxsize=2)
def _groups_of(spec: Any) -> tuple[Group, ...]:
    return groups_of(spec.to_dict())


def groups_of(said: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return what a document says, noun by noun."""
    found = list(_operations(said))
    return tuple(
        Group(tag["name"], tag["description"], tuple(one for title, one in found if title == tag["name"]))
        for tag in said["tags"]
    )


def _operations(said: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, item in said["paths"].items():
        for method in ("get", "post"):
            if method in item:
                yield item[method]["tags"][0], _operation(said, path, method, item)


def _operation(said: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> Operation:
    one, known = item[method], said["components"]["schemas"]
    takes, sent = _content(one.get("requestBody", {}))
    gives, answered = _content(one["responses"]["200"])
    body = _written(sent, known)
    action = next((each for each in Action if each.value == one["x-action"]), None)
    return Operation(
        name=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        description=one.get("description", ""),
        action=one["x-action"],
        about=ABOUT[one["x-about"]],
        roles=tuple(role for role in ROLES if action in MAY[role]),
        parameters=tuple(_parameters([*item.get("parameters", ()), *one.get("parameters", ())])),
        fields=tuple(_fields(sent, known)),
        body=body,
        takes=takes,
        answer=_written(answered, known),
        gives=gives,
        curl=_curl(path, method, one, takes, body),
        problems=tuple(_problems(one["responses"])),
    )


def _content(held: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    content = held.get("content", {})
    kinds = ", ".join(content)
    return kinds, content.get("application/json", {}).get("schema", {})


def _written(schema: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    if not schema:
        return ""
    return msgspec.json.format(msgspec.json.encode(example_of(schema, known)), indent=2).decode()


def _parameters(parameters: list[Mapping[str, Any]]) -> Iterator[Named]:
    for one in parameters:
        yield Named(one["name"], one["in"], _kind(one["schema"]), bool(one.get("required")), one.get("description", ""))


def _fields(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Named]:
    found = known[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for name, one in found.get("properties", {}).items():
        yield Named(name, "body", _kind(one), name in found.get("required", ()), one.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"])
    if "$ref" in schema:
        return "object"
    kind = schema.get("type", "")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    form = schema.get("format")
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return f"{words} ({form})" if form else words


def _curl(path: str, method: str, one: Mapping[str, Any], takes: str, body: str) -> str:
    filled = path
    for name, value in NAMED.items():
        filled = filled.replace(f"{{{name}}}", str(value).replace(" ", "%20"))
    lines = [f"curl http://127.0.0.1:8765{filled}", '-H "Authorization: Bearer $TOKEN"']
    named = {each["name"] for each in one.get("parameters", ()) if each.get("in") == "header"}
    if method == "post":
        lines.insert(1, "-X POST")
    if "Idempotency-Key" in named:
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if "If-Match" in named:
        lines.append("""-H 'If-Match: "v3"'""")
    if body:
        lines.append(f"--json '{msgspec.json.encode(msgspec.json.decode(body)).decode()}'")
    elif takes:
        lines.append(f'-H "Content-Type: {takes.partition(",")[0]}" --data-binary @file')
    return " \\\n  ".join(lines)


def _problems(responses: Mapping[str, Any]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for status in sorted(responses):
        names = tuple(one.name for one in KINDS.values() if str(one.status) == status)
        if names:
            yield int(status), names
