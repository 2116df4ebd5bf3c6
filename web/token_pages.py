"""The page of one's own tokens: what programs may do in one's name; a token is shown once, when it is made."""

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.access.table import may
from ledger.accounts.tokens import LONGEST, NEVER
from ledger.errors import Refused, UnknownName, UsageError
from web import access, bearer
from web.fields import typed
from web.ledgers import here
from web.pages import scoped

PREFIX = "action."
"""Before the name of an action in the name of its field."""

USUAL = 90
"""Days a token holds unless another number is given."""


@scoped.get("/tokens")
@access.needs(Action.HOLD_TOKENS)
def tokens() -> Response:
    """Show one's own tokens, and the form that makes another."""
    return _page({"days": str(USUAL)})


def _page(given: dict[str, str], status: int = 200, problem: str = "", made: str = "") -> Response:
    ledger, known = here().ledger, access.person()
    shown = {
        "view": bearer.tokens(ledger.vault).of(known.person),
        "now": ledger.clock(),
        "choices": sorted(_allowed(), key=list(Action).index),
        "typed": given,
        "problem": problem,
        "made": made,
        "longest": LONGEST,
        "revoked": request.args.get("revoked") == "yes",
    }
    return Response(render_template("tokens.html", **shown), status)


def _allowed() -> frozenset[Action]:
    """Return what a token of whoever is signed in may be used for: what their roles here allow today."""
    today = here().ledger.today()
    roles = {one.role for one in access.person().grants if one.holds_on(today)}
    return frozenset(one for one in Action for role in roles if may(role, one, by_token=True)) - NEVER


@scoped.post("/tokens")
@access.needs(Action.HOLD_TOKENS)
@access.needs_fresh
def make_token() -> AnyResponse:
    """Make a token and show it, this once."""
    given, known = typed(request.form), access.person()
    chosen = [one for one in Action if given.get(PREFIX + one.name)]
    days = given.get("days", "")
    try:
        number = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0
        made = bearer.tokens(here().ledger.vault).make(
            known.person, given.get("purpose", ""), chosen, _allowed(), number
        )
    except (Refused, UsageError) as error:
        return _page(given, 422, str(error))
    return _page({"days": str(USUAL)}, 200, made=made)


@scoped.post("/tokens/revoke")
@access.needs(Action.HOLD_TOKENS)
def revoke_token() -> AnyResponse:
    """Let a token hold no longer."""
    try:
        bearer.tokens(here().ledger.vault).revoke(access.person().person, request.form.get("of", ""))
    except UnknownName as error:
        return _page({"days": str(USUAL)}, 409, str(error))
    return redirect(url_for("scoped.tokens", revoked="yes"), 303)
