"""Errors as pages and as problem documents (RFC 9457): a sentence, and what to do; never a trace."""

import msgspec
from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from ledger.errors import LedgerError, Unavailable, UnknownName, UsageError

HEADINGS = {
    400: "That cannot be asked",
    404: "Not found",
    405: "Not allowed",
    500: "Something went wrong",
    503: "Not available now",
}
SENTENCES = {
    404: "There is nothing at this address. Check it for a slip, or start from the pages below.",
    405: "These pages are for reading only; nothing can be sent to them.",
    500: "The page could not be made. What went wrong is written where the server was started; nothing was changed.",
}


def register(app: Flask) -> None:
    """Make every error of an application a page."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(LedgerError, failed)


def refused(error: HTTPException) -> Response:
    """Answer an error of the protocol; a sentence of ours is kept, the library's is replaced."""
    status = error.code or 500
    ours = status == 400 and error.description != type(error).description
    answer = page(status, error.description or "" if ours else SENTENCES.get(status, f"{error.name}."))
    if allowed := getattr(error, "valid_methods", None):
        answer.headers["Allow"] = ", ".join(allowed)
    return answer


def failed(error: LedgerError) -> Response:
    """Answer an error of the ledger: what was asked wrongly is said, what is broken is only logged."""
    if isinstance(error, UnknownName):
        return page(404, str(error))
    if isinstance(error, UsageError):
        return page(400, str(error))
    current_app.logger.error("%s: %s", request.path, error, exc_info=error)
    if isinstance(error, Unavailable):
        return page(503, "The ledger is busy or cannot be reached. Nothing was changed; try again in a moment.")
    return page(500, SENTENCES[500])


def page(status: int, sentence: str) -> Response:
    """Return an error as a page, or as a problem document where JSON was asked for."""
    said = sentence[:1].upper() + sentence[1:]
    said += "" if said.endswith((".", "?")) else "."
    heading = HEADINGS.get(status, HEADINGS[400])
    if request.path.endswith(".json") or request.args.get("format") == "json":
        problem = {"title": heading, "status": status, "detail": said}
        return Response(msgspec.json.encode(problem), status, content_type="application/problem+json")
    return Response(render_template("error.html", heading=heading, sentence=said), status)
