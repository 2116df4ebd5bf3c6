"""Errors as pages and as problem documents (RFC 9457): a sentence, and what to do; never a trace."""

import msgspec
from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from ledger.errors import (
    CommandReused,
    KeyUnusable,
    LedgerError,
    PolicyProblems,
    Refused,
    Unavailable,
    UnknownName,
    UsageError,
)
from web.api import problems

HEADINGS = {
    400: "That cannot be asked",
    403: "Not accepted",
    404: "Not found",
    405: "Not allowed",
    409: "Not possible now",
    413: "Not accepted",
    415: "Not accepted",
    422: "Something is missing or wrong",
    500: "Something went wrong",
    503: "Not available now",
}
SENTENCES = {
    404: "There is nothing at this address. Check it for a slip, or start from the pages below.",
    405: "This page is for reading only; nothing can be sent to it.",
    500: "The page could not be made. What went wrong is written where the server was started; nothing was changed.",
}

OUR_OWN = (400, 403, 413, 415)
"""The errors of the protocol that we raise ourselves, with a sentence of ours."""

SENT_BEFORE = (
    "this form was sent before with something else in it, and that was done; look at what it did, and load the page "
    "again before sending more"
)

BY_KIND: tuple[tuple[type[LedgerError], int], ...] = (
    (UnknownName, 404),
    (UsageError, 400),
    (Refused, 409),
    (PolicyProblems, 422),
)
"""What was asked wrongly, or is not allowed, by the first kind of error that fits."""


def register(app: Flask) -> None:
    """Make every error of an application a page."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(LedgerError, failed)


def refused(error: HTTPException) -> Response:
    """Answer an error of the protocol; a sentence of ours is kept, the library's is replaced."""
    if problems.is_here():
        return problems.of_protocol(error)
    status = error.code or 500
    ours = status in OUR_OWN and error.description != type(error).description
    answer = page(status, error.description or "" if ours else SENTENCES.get(status, f"{error.name}."))
    if allowed := getattr(error, "valid_methods", None):
        answer.headers["Allow"] = ", ".join(allowed)
    return answer


def failed(error: LedgerError) -> Response:
    """Answer an error of the ledger: what was asked wrongly is said, what is broken is only logged."""
    if problems.is_here():
        return problems.of_ledger(error)
    for kind, status in BY_KIND:
        if isinstance(error, kind) and not isinstance(error, KeyUnusable):
            return page(status, words_of(error))
    current_app.logger.error("%r: %s", request.path, error, exc_info=error)
    if isinstance(error, Unavailable):
        return page(503, "The ledger is busy or cannot be reached. Nothing was changed; try again in a moment.")
    return page(500, SENTENCES[500])


def words_of(error: LedgerError) -> str:
    """Return what a page says of an error; the number of a command means nothing to a person."""
    return SENT_BEFORE if isinstance(error, CommandReused) else str(error)


def page(status: int, sentence: str) -> Response:
    """Return an error as a page, or as a problem document where JSON was asked for."""
    said = sentence[:1].upper() + sentence[1:]
    said += "" if said.endswith((".", "?")) else "."
    heading = HEADINGS.get(status, HEADINGS[400])
    if request.path.endswith(".json") or request.args.get("format") == "json":
        problem = {"title": heading, "status": status, "detail": said}
        return Response(msgspec.json.encode(problem), status, content_type="application/problem+json")
    return Response(render_template("error.html", heading=heading, sentence=said), status)
