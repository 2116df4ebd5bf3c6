"""The bar of every page: where one is, who is signed in, how far back one looks, and how the pages look."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from werkzeug.wrappers import Response

from ledger.demonstration.personas import Persona as Invented
from ledger.errors import LedgerError
from web import access, guard, navigation, signing_in
from web.ledgers import ledgers
from web.pages import TOLD

SCHEMES = ("auto", "light", "dark")
COOKIE = "mastery-scheme"
A_YEAR = 365 * 24 * 3600

THEME = "theme.css"
"""A style sheet in the home: a state sets the custom properties there."""

LOOKS_BACK = {
    "scoped.learner": ("as_of", "known_at"),
    "scoped.decisions": ("known_at",),
    "scoped.coverage": ("on", "known_at"),
    "scoped.designations": ("on", "known_at"),
}
"""The pages that can be seen as they were, and the parameters of their addresses that say when."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is signed in: the name, the roles held here, and whether an account of the demonstration."""

    called: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of a demonstration whom one may be."""

    name: str
    title: str
    current: bool


def register(app: Flask) -> None:
    """Give every page its bar."""
    for one in (person, personas, scheme, looks_back, has_theme, own_address, bar_token):
        app.add_template_global(one)
    app.jinja_env.globals["SCHEMES"] = SCHEMES
    navigation.register(app)


def person() -> Person | None:
    """Return whoever is signed in, nothing where nobody is or it cannot be known now."""
    try:
        known = access.visitor()
        if known is None:
            return None
        if "bar" not in g:
            g.bar = Person(ledgers().vault.display_name(known.person), _roles() if "opened" in g else ())
    except LedgerError:  # what went wrong is what the page itself is about
        return None
    found: Person = g.bar
    return found


def _roles() -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.role for one in access.held()))


def personas() -> list[Persona]:
    """Return whom one may be in a demonstration; nobody anywhere else."""
    try:
        known = access.visitor()
        return [Persona(one.name, one.title, known is not None and known.name == one.name) for one in _offered()]
    except LedgerError:
        return []


def _offered() -> tuple[Invented, ...]:
    return signing_in.personas() if ledgers().jurisdictions() else ()


def scheme() -> str:
    """Return the colours somebody chose: auto, light or dark."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in SCHEMES else SCHEMES[0]


def keep_scheme(response: Response, chosen: str) -> Response:
    """Remember which colours somebody chose."""
    if chosen in SCHEMES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def looks_back() -> tuple[str, ...]:
    """Return how the page at hand is told what moment to show, nothing where it shows the present alone."""
    return LOOKS_BACK.get(str(request.endpoint), ()) if "opened" in g else ()


def has_theme() -> bool:
    """Say whether whoever runs this installation restyles the pages."""
    return (ledgers().home / THEME).is_file()


def bar_token() -> str:
    """Return what shows that a form of the bar is ours, nothing where none can be sent: there is no ledger, no key."""
    try:
        return guard.token() if ledgers().jurisdictions() else ""
    except LedgerError:
        return ""


def own_address() -> str:
    """Return the address of the page at hand, to be led back to, without its news; the front page for what was sent."""
    if request.method != "GET":
        return url_for("front.home")
    kept = urlencode({name: value for name, value in request.args.items() if name not in TOLD})
    return f"{request.path}?{kept}" if kept else request.path
