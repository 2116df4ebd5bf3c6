"""The state of the log on the home page: what is exposed, what the last verification found, what is new."""

from collections.abc import Iterator

from flask import g, request, url_for
from werkzeug.wrappers import Response

from ledger.access.actions import Action
from ledger.audit.exposed import exposure_of
from ledger.inquiry.auditing import VERIFIED, KeptVerification
from ledger.inquiry.integrity import exposed_words
from ledger.inquiry.kept import kept
from ledger.inquiry.verified import outcome_words
from ledger.projections import queries
from web import access, navigation
from web.homes.shapes import HomeCard, Waiting
from web.ledgers import here
from web.remembering import remembered

COOKIE = "mastery-visit"
A_YEAR = 365 * 24 * 3600


def card() -> HomeCard | None:
    """Return how the log stands, for whoever may verify it."""
    if not access.may(Action.VERIFY) or not navigation.exists("scoped.integrity"):
        return None
    return HomeCard("The log", (*_new(), _verified(), _exposed()))


def _verified() -> Waiting:
    found = kept(here().ledger, VERIFIED, KeptVerification)
    address = url_for("scoped.integrity")
    if found is None:
        return Waiting("Not verified", "nobody verified the log from these pages yet", address, "open")
    words = f"when the log was last verified, on {found.at[:10]}"
    return Waiting(outcome_words(found.report).capitalize(), words, address, "bad" if found.report.changes else "good")


def _exposed() -> Waiting:
    ledger = here().ledger
    found = remembered(
        ("exposure", ledger.jurisdiction, here().position),
        lambda: exposure_of(ledger.home, ledger.jurisdiction, ledger.opened.ledger),
    )
    figure, tone = (f"{found.exposed:,} exposed", "open") if found.exposed else ("None exposed", "good")
    return Waiting(figure, exposed_words(found).removeprefix("EXPOSED: "), url_for("scoped.integrity"), tone)


def _new() -> Iterator[Waiting]:
    """Yield how many decisions were made since an auditor last came, and remember that they came."""
    if not access.may(Action.REPLAY):
        return
    made, day = queries.overview(here().models).decisions, here().ledger.today().isoformat()
    before, since = _last_visit()
    g.visited = f"{here().scope}.{made}.{day}"
    if before is not None and made > before:
        address = url_for("scoped.decisions", recorded_from=since)
        yield Waiting(f"{made - before:,}", f"new decisions since you were here last, on {since}", address, "ask")


def _last_visit() -> tuple[int | None, str]:
    scope, _, rest = request.cookies.get(COOKIE, "").partition(".")
    made, _, day = rest.partition(".")
    return (int(made), day) if scope == here().scope and made.isdecimal() and len(made) < 16 else (None, "")


def remember_visit(response: Response) -> Response:
    """Keep in the browser how far an auditor has seen."""
    if "visited" in g:
        response.set_cookie(COOKIE, g.visited, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response
