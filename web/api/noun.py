"""A noun of the API: its operations, each declared once with its rule, what it takes and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, get_args, get_origin

import msgspec
from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import Schema

from ledger.projections.pages import Page
from web import access
from web.api import commands, paging, positions, reading, tags
from web.api.describing import COMMANDS, PARAMETERS, READS, header, heads, problem_names
from web.api.fields import Asked, Body, Nothing
from web.api.problems import Refusal
from web.api.shapes import schema_of

ROOT, SCOPE = "/api/v1", "/api/v1/ledgers/<scope>"

View = Callable[..., Any]
Declaring = Callable[[View], View]
Act = Callable[[View, Mapping[str, Any]], Any]


class Noun(Blueprint):  # type: ignore[misc]
    """The operations about one noun; `title` is what the documentation calls it.

    `also` are shapes the document describes beside those that are answered: lines, results of long work.
    """

    def __init__(self, name: str, title: str, description: str, *also: Any) -> None:
        super().__init__(f"api-{name}", __name__, description=description)
        self.title, self.also = title, also
        self.url_value_preprocessor(_take_scope)

    def reads(
        self, rule: str, shape: Any, *, query: type[Asked] = Nothing, tagged: bool = False, media: str | None = None
    ) -> Declaring:
        """Declare an address that is read: what it asks for, and the shape of its answer.

        With `media` the view returns the response itself, of that type.
        """
        notes = Notes(shape, query=query, tagged=tagged, media=media, statuses=READS)

        def read(view: View, path: Mapping[str, Any]) -> Any:
            _require_acceptable(media)
            asked = reading.query(query)
            positions.wait()
            return view(**path) if query is Nothing else view(asked, **path)

        return self._declared(rule, "GET", read, notes)

    def commands(
        self,
        rule: str,
        shape: Any,
        *,
        body: type[Body] | None = None,
        query: type[Asked] = Nothing,
        tagged: bool = False,
        takes: str | None = None,
        media: str | None = None,
        keyed: bool = True,
    ) -> Declaring:
        """Declare an address that carries out a command: its body, and the shape of its answer.

        With `takes` the view reads what was sent itself, which is of that type; where it is not `keyed`, the
        keys stand in what is sent.
        """
        notes = Notes(shape, query=query, body=body, tagged=tagged, takes=takes, media=media, statuses=COMMANDS)
        notes.keyed = keyed

        def carry_out(view: View, path: Mapping[str, Any]) -> Any:
            _require_acceptable(media)
            if keyed:
                commands.begin()
            if tagged:
                tags.require_given()
            if takes is not None and request.mimetype not in takes.split(", "):
                raise Refusal("wrong-type", f"this address takes {takes}, not {request.mimetype[:80] or 'nothing'}")
            asked = () if query is Nothing else (reading.query(query),)
            given = () if body is None else (reading.body(body),)
            return view(*given, *asked, **path)

        return self._declared(rule, "POST", carry_out, notes)

    def _declared(
        self, rule: str, method: str, act: Callable[[View, Mapping[str, Any]], Any], notes: "Notes"
    ) -> Declaring:
        def declare(view: View) -> View:
            @wraps(view)
            def answered(**path: Any) -> Response:
                return stamped(answer(act(view, path)))

            answered._apidoc = notes.written(view, rule, method)  # type: ignore[attr-defined]
            options = {"methods": [method], "parameters": notes.path(rule), "tags": [self.title]}
            self.add_url_rule(rule, view.__name__.replace("_", "-"), answered, **options)
            return answered

        return declare


def _take_scope(_: str | None, values: dict[str, Any] | None) -> None:
    if values and "scope" in values:
        g.scope = values.pop("scope")


def _require_acceptable(media: str | None) -> None:
    wanted = media or reading.JSON
    if request.accept_mimetypes and request.accept_mimetypes.best_match([wanted]) is None:
        raise Refusal("not-acceptable", f"this address answers {wanted}")


def answer(value: Any) -> Response:
    """Write a value as JSON; a response stays what it is."""
    if isinstance(value, Response):
        return value
    return Response(msgspec.json.encode(value), content_type=reading.JSON)


def stamped(response: Response) -> Response:
    """Put on an answer how far the ledger is, the version, the next page, and whether it is a repeat."""
    for part in (positions, tags, paging, commands):
        part.stamp(response)
    return response


class Notes:
    """What the documentation says of one operation, in the form in which flask-smorest keeps it."""

    def __init__(
        self,
        shape: Any,
        *,
        statuses: Sequence[int],
        query: type[Schema] = Nothing,
        body: type[Schema] | None = None,
        tagged: bool = False,
        takes: str | None = None,
        media: str | None = None,
    ) -> None:
        self.shape, self.statuses, self.query, self.body = shape, statuses, query, body
        self.tagged, self.takes, self.media, self.keyed = tagged, takes, media, True

    def written(self, view: View, rule: str, method: str) -> dict[str, Any]:
        """Return the notes on an operation."""
        found: dict[str, Any] = {"response": {"responses": self._responses()}}
        found["arguments"] = {"parameters": [*self._arguments(), *self._headers(rule, method)], "responses": {}}
        found["manual_doc"] = {"operationId": view.__name__, **_needed(view)}
        if self.takes is not None:
            kinds = {one: {"schema": {"type": "string"}} for one in self.takes.split(", ")}
            found["manual_doc"]["requestBody"] = {"required": True, "content": kinds}
        return found

    def path(self, rule: str) -> list[dict[str, Any]]:
        """Return what is known of the parameters in a rule."""
        return [known for name, known in PARAMETERS.items() if f"<{name}>" in rule or f":{name}>" in rule]

    def _responses(self) -> dict[int, list[Any]]:
        paged = get_origin(self.shape) is Page
        answer = {
            "description": "Done, or found.",
            "headers": heads(command=413 in self.statuses, tagged=self.tagged, paged=paged),
            "content_type": self.media,
            "schema": {} if self.media else _schema(self.shape),
        }
        more = (412, 428) if self.tagged and 413 in self.statuses else ()
        return {200: [answer], **{one: [problem_names()[one]] for one in (*self.statuses, *more)}}

    def _arguments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if self.query is not Nothing:
            found.append({"in": "query", "required": False, "schema": self.query})
        if self.body is not None:
            found.append({"in": "json", "required": True, "schema": self.body})
        return found

    def _headers(self, rule: str, method: str) -> list[dict[str, Any]]:
        if method == "GET":
            return [header("Ledger-Min-Position")] if "<scope>" in rule else []
        return [header(name) for name, given in ((commands.HEADER, self.keyed), ("If-Match", self.tagged)) if given]


def _needed(view: View) -> dict[str, str]:
    """Say which action a view needs, and of what: the whole ledger, a learner, a decision, or whatever is reached."""
    need = getattr(view, "need", None)
    if isinstance(need, access.Need):
        return {"x-action": need.action.value, "x-about": need.target.__name__}
    return {"x-action": "", "x-about": "oneself"}


def _schema(shape: Any) -> Any:
    if get_origin(shape) is list:
        return schema_of(get_args(shape)[0])(many=True)
    return schema_of(shape)()
