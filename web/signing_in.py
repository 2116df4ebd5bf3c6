"""Signing in: who may, by which ways, and how somebody who was stopped at a page gets there in the end."""

import re
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from ledger.accounts.identities import Identities
from ledger.accounts.instants import read
from ledger.accounts.local import Accounts
from ledger.accounts.passwords import Hasher
from ledger.accounts.providers import Provider, providers_of
from ledger.demonstration import finished
from ledger.demonstration.personas import PERSONAS, Persona
from ledger.errors import InputFaults, KeyUnusable
from ledger.policy.wording import said_day
from web import errors, openid, security, sessions
from web.answering import form_of
from web.api import problems
from web.ledgers import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as AnyResponse

View = TypeVar("View", bound="Callable[..., Any]")

OURS = re.compile(r"/(?![/\\])[\w.~/?=&%@:+,-]*", re.ASCII)
"""An address of these pages; anything that may lead elsewhere is none."""

PAGE = "/sign-in"

SIGN_IN_FIRST = "sign in first; nothing was changed"


def register(app: Flask) -> None:
    """Lead whoever is not signed in to the page where one does that."""
    app.extensions.setdefault("hasher", Hasher())
    app.extensions.setdefault("fetch", openid.fetch)
    app.register_error_handler(401, led_there)
    app.add_template_filter(in_utc)


def in_utc(instant: str) -> str:
    """Write an instant for people where no ledger says in which zone they live."""
    at = read(instant)
    return f"{said_day(at.date())}, {at:%H:%M} UTC"


def accounts() -> Accounts:
    """Return the accounts of the application at work."""
    known = ledgers()
    return Accounts(known.access, known.vault, known.clock, current_app.extensions["hasher"])


def identities() -> Identities:
    """Return the identities of the application at work."""
    known = ledgers()
    return Identities(known.access, known.vault, known.clock)


def providers() -> tuple[Provider, ...]:
    """Return the identity providers of the application at work; what is wrong with their file is only logged."""
    try:
        return providers_of(ledgers().home, ledgers().environment)
    except (InputFaults, KeyUnusable) as error:
        current_app.logger.error("%s", error)
        return ()


def personas() -> tuple[Persona, ...]:
    """Return whom anybody may be without a password: in a demonstration, at this computer, and nowhere else."""
    known = ledgers()
    if not security.is_this_computer() or finished(known.home) is None:
        return ()
    return tuple(one for one in PERSONAS if known.vault.find_person(one.name))


def own_path(wanted: str) -> str:
    """Return the page to lead back to: one of ours, else the first."""
    return wanted if OURS.fullmatch(wanted) and not wanted.startswith((PAGE, "/sign-out")) else url_for("front.home")


def led_there(error: HTTPException) -> "AnyResponse":
    """Lead somebody who is not signed in to where one signs in and back; tell a program so."""
    if problems.is_here():
        return problems.of_protocol(error)
    if request.method not in ("GET", "HEAD") or _asks_for_data():
        return errors.page(401, SIGN_IN_FIRST)
    return redirect(url_for("front.sign_in", back=request.full_path.rstrip("?")), 303)


def _asks_for_data() -> bool:
    return request.path.endswith((".json", ".csv")) or form_of("html") != "html"


def again(back: str) -> Response:
    """Lead somebody to sign in once more, and from there to a page."""
    return Response(status=303, headers={"Location": url_for("front.sign_in", back=back, again="yes")})


def needs_fresh(view: View) -> View:
    """Declare that a page is for somebody who signed in a short while ago; whoever did not is led to do so and back."""

    @wraps(view)
    def asked(*given: Any, **named: Any) -> Any:
        return view(*given, **named) if sessions.stepped_up() else again(_page())

    return asked  # type: ignore[return-value]


def _page() -> str:
    """Return the page at hand, or the one whose form was sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = request.headers.get("Referer", "")
    return came_from.removeprefix(request.host_url.rstrip("/")) if came_from.startswith(request.host_url) else "/"
