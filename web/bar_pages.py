"""What the bar of every page sends: the colours somebody chose, and the day somebody looks back to."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Response, current_app, redirect, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.errors import UsageError
from web import access, asking, bar
from web.ledgers import here, ledgers
from web.looking_back import position_at_end_of
from web.pages import front, scoped
from web.signing_in import own_path

WHEN = ("as_of", "on", "known_at")
"""What an address says of the moment it shows."""

NOT_BEFORE = "nothing is on record here up to the end of that day"


@front.post("/appearance")
@access.public
def appearance() -> AnyResponse:
    """Remember which colours somebody chose, and lead back."""
    response = redirect(own_path(request.form.get("back", "")), 303)
    return bar.keep_scheme(response, request.form.get("scheme", ""))


@front.get("/theme.css")
@access.public
def theme() -> Response:
    """Give the style sheet of whoever runs this installation."""
    if not bar.has_theme():
        raise NotFound
    return Response((ledgers().home / bar.THEME).read_bytes(), mimetype="text/css")


@scoped.get("/as-of")
@access.needs(Action.READ_POLICIES, access.anywhere)
def look_back() -> AnyResponse:
    """Lead to a page as the ledger knew it at the end of a day, or as it is now where no day is given."""
    found = urlsplit(own_path(request.args.get("to", "")))
    kept = [pair for pair in parse_qsl(found.query) if pair[0] not in (*WHEN, "after")]
    query = urlencode([*kept, *_when(found.path)])
    return Response(status=303, headers={"Location": f"{found.path}?{query}" if query else found.path})


def _when(path: str) -> list[tuple[str, str]]:
    """Return what tells a page which moment to show; nothing for a page that shows the present alone."""
    day, today = asking.day("day"), here().ledger.today()
    if day is None or day >= today:
        return []
    position = position_at_end_of(here().ledger, day)
    if position == 0:
        raise UsageError(NOT_BEFORE)
    told = {"as_of": day.isoformat(), "on": day.isoformat(), "known_at": str(position)}
    return [(name, told[name]) for name in bar.LOOKS_BACK.get(_endpoint(path), ())]


def _endpoint(path: str) -> str:
    try:
        return str(current_app.url_map.bind("").match(path)[0])
    except HTTPException:
        return ""
