"""What is sent to these pages: only by a form of our own, from our own site, small, and no field twice.

Sources: OWASP cross-site request forgery prevention cheat sheet; W3C Fetch Metadata Request Headers. A
page of another site cannot set Origin or Sec-Fetch-Site, and cannot read the token that stands in
every form; the token belongs to the person who acts, so a form made before somebody else took over
is refused too.
"""

from flask import Flask, request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

from ledger.values import ordered_identifier
from web import acting
from web.seals import seals

LONGEST = 64 * 1024
"""Bytes in what is sent."""

MOST_FIELDS = 500

TOKEN, COMMAND = "token", "command"
"""The fields every form carries: what shows that it is ours, and the id that makes a repeat harmless."""

FORM = "application/x-www-form-urlencoded"

ELSEWHERE = (
    "Only a page of this very address may send something here. Open the page again, and send its form from there."
)
STALE = (
    "This form was made for somebody else, or by another server, than act here now. Nothing was changed: "
    "go back, load the page again, and send it once more."
)


def register(app: Flask) -> None:
    """Guard everything that is sent to an application, and let its templates make forms."""
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.before_request(refuse_what_is_not_ours)
    app.add_template_global(token, "form_token")
    app.add_template_global(ordered_identifier, "command_id")


def token() -> str:
    """Return what shows that a form was made here, for whoever acts now."""
    return seals().seal("form", acting.who() or "")


def refuse_what_is_not_ours() -> None:
    """Refuse what is sent unless one of our own forms sent it; a page that cannot be sent to is said to be one."""
    if request.method in ("GET", "HEAD", "OPTIONS") or request.routing_exception is not None:
        return
    if not _from_here():
        raise Forbidden(ELSEWHERE)
    if request.mimetype != FORM:
        raise UnsupportedMediaType("Only the forms of these pages can be sent here.")
    try:
        fields = list(request.form.lists())
    except RequestEntityTooLarge:
        raise RequestEntityTooLarge(f"What was sent is too long: at most {LONGEST // 1024} kB.") from None
    if twice := sorted(name for name, values in fields if len(values) > 1):
        raise BadRequest(f"The field {twice[0][:40]!r} was sent twice; each may be sent once.")
    if not seals().holds("form", acting.who() or "", request.form.get(TOKEN, "")):
        raise Forbidden(STALE)


def _from_here() -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, request.host_url.rstrip("/"))
