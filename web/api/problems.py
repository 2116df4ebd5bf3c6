"""Everything that can go wrong, as problem documents (RFC 9457): a kind with a page of its own, and a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from ledger import errors
from ledger.errors import (
    CommandReused,
    InputFaults,
    KeyUnusable,
    LedgerError,
    PolicyProblems,
    Refused,
    StreamConflict,
    Unavailable,
    UnknownName,
    UsageError,
)
from web.api.kinds import KINDS
from web.ledgers import ledgers

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
VALUE = "param."
"""What the place of a value of a rule begins with."""


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong with what was sent.

    `pointer` says where (RFC 6901), in what was sent or, with `source` other than "body", in that part of the
    request. `allowed` says what is allowed there; `clause` and `citation` name the rule and the law that are
    against it. What is not known is null.
    """

    pointer: str
    message: str
    source: str = "body"
    allowed: str | None = None
    clause: str | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong; `type` is the address of a page about its kind, `version` the present one where that matters."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[Error, ...]
    version: int | None = None
    changed_by: str | None = None


BY_STATUS = {
    400: "malformed",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "refused",
    413: "too-large",
    415: "wrong-type",
    422: "faults",
    429: "too-many",
    503: "busy",
}
"""The kind of an error of the protocol, which comes without a kind of ours."""

BY_ERROR: tuple[tuple[type[LedgerError], str], ...] = (
    (UnknownName, "faults"),
    (UsageError, "faults"),
    (CommandReused, "key-reused"),
    (StreamConflict, "refused"),
    (Refused, "refused"),
    (PolicyProblems, "unusable-policy"),
    (Unavailable, "busy"),
)
"""The kind of an error of the ledger, by the first class that fits."""

OUR_OWN = frozenset({400, 403, 413, 415})
"""The errors of the protocol raised with a sentence of ours; a sentence of the library's is replaced."""


class Refusal(Exception):
    """A problem that ends a request; `more` are further members of the document."""

    def __init__(self, kind: str, detail: str, errors: Iterable[Error] = (), **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors, self.more = kind, detail, tuple(errors), more


def is_here() -> bool:
    """Say whether the request is one to the API, whose errors are problem documents."""
    return request.path.startswith(PREFIX)


def answer(kind: str, detail: str, errors: Iterable[Error] = (), **more: Any) -> Response:
    """Return a problem document."""
    meant = KINDS[kind]
    said = f"{detail[:1].upper()}{detail[1:]}"
    said += "" if said.endswith((".", "?")) else "."
    problem = Problem(f"/problems/{kind}", meant.title, meant.status, said, request.path, tuple(errors), **more)
    response = Response(msgspec.json.encode(problem), meant.status, content_type=MEDIA_TYPE)
    if meant.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Mastery Ledger"'
    if meant.status == 503:
        response.headers["Retry-After"] = "2"
    return response


def refused(error: Refusal) -> Response:
    """Answer a problem that a request was ended with."""
    return answer(error.kind, error.detail, error.errors, **error.more)


def of_protocol(error: HTTPException) -> Response:
    """Answer an error of the protocol; its headers are kept, its sentence where it is ours."""
    status = error.code or 500
    kind = BY_STATUS.get(status, "broken" if status >= 500 else "malformed")
    ours = status in OUR_OWN and error.description and error.description != type(error).description
    response = answer(kind, str(error.description) if ours else KINDS[kind].means)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(allowed)
    if (after := getattr(error, "retry_after", None)) is not None:
        response.headers["Retry-After"] = str(after)
    return response


def of_ledger(error: LedgerError) -> Response:
    """Answer an error of the ledger: what was asked wrongly is said, what is broken is only logged."""
    kind = next((name for known, name in BY_ERROR if isinstance(error, known)), "broken")
    if isinstance(error, UnknownName) and request.method in ("GET", "HEAD"):
        return answer("not-found", str(error))
    if isinstance(error, KeyUnusable) or kind in ("broken", "busy"):
        current_app.logger.error("%r: %s", request.path, error, exc_info=error)
        kind = "busy" if kind == "busy" else "broken"
        return answer(kind, KINDS[kind].means)
    if isinstance(error, InputFaults):
        return answer(kind, KINDS[kind].means, faults_of(error))
    if isinstance(error, PolicyProblems):
        return answer(kind, str(error), map(_of_policy, error.problems))
    return answer(kind, KINDS[kind].means if isinstance(error, CommandReused) else str(error))


def values_stand_in(field: str) -> None:
    """Say in which field of the body the values of a rule stand: what is wrong with one is told at its place."""
    g.api_values = field


def _of_policy(one: errors.Problem) -> Error:
    """Return what stands against a rule or a value of it, with the law that gives the value."""
    name = one.where.removeprefix(VALUE)
    if name == one.where:
        return Error("", one.what, clause=one.where or None)
    pointer = _pointer(0, name) if "api_values" in g else ""
    return Error(f"/{g.api_values}{pointer}" if pointer else "", one.what, "body", None, one.where, _law(one, name))


def _law(one: errors.Problem, name: str) -> str | None:
    """Return the citation of the value the law gives a parameter; null where there is no such parameter."""
    policies = (each for each in ledgers().catalogue.policies if each.edition == one.policy)
    known = (each for policy in policies for each in policy.parameters if each.name == name)
    return next((str(value.cites) for each in known for value in reversed(each.values)), None)


def faults_of(error: InputFaults) -> list[Error]:
    """Return the faults of what was sent, each with its place."""
    return [Error(one.pointer or _pointer(one.line, one.field), one.why) for one in error.faults]


def _pointer(line: int, field: str) -> str:
    parts = (*((str(line),) if line else ()), *((field,) if field else ()))
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)
