"""The page on which a person says who acts."""

import re

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.errors import UsageError
from web import acting
from web.pages import scoped

_OURS = re.compile(r"/(?![/\\])[\w.~/?=&%@:+,-]*", re.ASCII)
"""An address of these pages; anything that may lead elsewhere is none."""


def register(app: Flask) -> None:
    """Let every page say who acts."""
    app.add_template_global(acting.who, "acting_who")


@scoped.get("/acting")
def who_acts() -> Response:
    """Ask who acts."""
    return _asked(200, acting.who() or "", "")


@scoped.post("/acting")
def take_over() -> AnyResponse:
    """Remember who acts, or that nobody does any more, and lead back."""
    response = redirect(_back(), 303)
    if "leave" in request.form:
        acting.forget(response)
        return response
    given = request.form.get("who", "")
    try:
        acting.remember(response, acting.read(given))
    except UsageError as error:
        return _asked(422, given, str(error))
    return response


def _asked(status: int, given: str, problem: str) -> Response:
    return Response(render_template("acting.html", given=given, problem=problem, back=_back()), status)


def _back() -> str:
    """Return the page to lead back to: one of ours, else the list of changes."""
    wanted = request.values.get("back", "")
    return wanted if _OURS.fullmatch(wanted) else url_for("scoped.changes")
