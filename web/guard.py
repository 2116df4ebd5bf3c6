"""What is sent to these pages: only by a form of our own, from our own site, small, and no field twice.

Sources: OWASP cross-site request forgery prevention cheat sheet; W3C Fetch Metadata Request Headers. A
page of another site cannot set Origin or Sec-Fetch-Site, and cannot read the token that stands in
every form; the token belongs to the session, so a form made before somebody else signed in is refused too.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

from ledger.errors import UsageError
from ledger.values import is_identifier, ordered_identifier
from web import sessions
from web.api.problems import is_here
from web.seals import seals

View = TypeVar("View", bound=Callable[..., Any])

LONGEST = 64 * 1024
"""Bytes in what is sent."""

MOST_FIELDS = 500

TOKEN, COMMAND = "token", "command"
"""The fields every form carries: what shows that it is ours, and the id that makes a repeat harmless."""

FORM, UPLOAD = "application/x-www-form-urlencoded", "multipart/form-data"

ELSEWHERE = (
    "Only a page of this very address may send something here. Open the page again, and send its form from there."
)
STALE = (
    "This form was made for somebody else, or for a session that is over. Nothing was changed: "
    "go back, load the page again, and send it once more."
)


def register(app: Flask) -> None:
    """Guard everything that is sent to an application, and let its templates make forms."""
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.before_request(refuse_what_is_not_ours)
    app.add_template_global(token, "form_token")
    app.add_template_global(ordered_identifier, "command_id")


def uploads(longest: int) -> Callable[[View], View]:
    """Declare that a form of an address may carry a file, with so many bytes in all at most."""

    def declare(view: View) -> View:
        view.uploads = longest  # type: ignore[attr-defined]
        return view

    return declare


def uploads_of(endpoint: str | None) -> int:
    """Return how many bytes may be sent to an address that takes a file, 0 where it takes none."""
    return getattr(current_app.view_functions.get(endpoint or ""), "uploads", 0)


def token() -> str:
    """Return what shows that a form was made here, for whoever acts now."""
    return seals().seal("form", sessions.bound_to())


def command_of(given: str) -> str:
    """Return the id of a command as a form was given it; raise `UsageError` where it was lost."""
    if not is_identifier(given):
        raise UsageError("the form has lost the number that keeps it from being sent twice; load the page again")
    return given


def refuse_what_is_not_ours() -> None:
    """Refuse what is sent unless one of our own forms sent it; a page that cannot be sent to is said to be one."""
    if request.method in ("GET", "HEAD", "OPTIONS") or request.routing_exception is not None:
        return
    if is_here():  # no cookie is looked at there, so no other site can make a browser act
        return
    if not _from_here():
        raise Forbidden(ELSEWHERE)
    _require_a_form()
    try:
        fields = list(request.form.lists())
    except RequestEntityTooLarge:
        most = (request.max_content_length or LONGEST) // 1024
        raise RequestEntityTooLarge(f"What was sent is too long: at most {most:,} kB.") from None
    if twice := sorted(name for name, values in fields if len(values) > 1):
        raise BadRequest(f"The field {twice[0][:40]!r} was sent twice; each may be sent once.")
    if not seals().holds("form", sessions.bound_to(), request.form.get(TOKEN, "")):
        raise Forbidden(STALE)


def _require_a_form() -> None:
    """Refuse what is no form; one that may carry a file may be longer."""
    if (longest := uploads_of(request.endpoint)) and request.mimetype == UPLOAD:
        request.max_content_length = longest
    elif request.mimetype != FORM:
        raise UnsupportedMediaType("Only the forms of these pages can be sent here.")


def _from_here() -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, request.host_url.rstrip("/"))
