"""The session of whoever is signed in: the cookie that carries its secret, and what it says of the person."""

from flask import g, request
from werkzeug.wrappers import Response

from ledger.accounts.sessions import Sessions, is_fresh
from ledger.storage.access_store import SessionRow
from web.ledgers import ledgers

PLAIN, LOCKED = "mastery", "__Host-mastery"
"""The cookie over http, which is for this computer alone, and over https, where no other host can set it."""

SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
BROWSERS = ("Edg/", "Firefox/", "Chrome/", "Safari/")


def sessions() -> Sessions:
    """Return the sessions of the application at work."""
    known = ledgers()
    return Sessions(known.access, known.clock)


def cookie() -> str:
    """Return the name of the cookie."""
    return LOCKED if request.is_secure else PLAIN


def current() -> SessionRow | None:
    """Return the session the request is part of, nothing where nobody is signed in."""
    if "session" not in g:
        secret = request.cookies.get(cookie(), "")
        g.session = sessions().find(secret) if secret else None
    found: SessionRow | None = g.session
    return found


def begin(response: Response, person: str, how: str, proved: str | None = None) -> None:
    """Let a person be signed in from this answer on, under a secret that nobody knew before."""
    _end()
    secret = sessions().begin(person, how, browser_words(request.user_agent.string), proved)
    response.set_cookie(cookie(), secret, httponly=True, samesite="Lax", secure=request.is_secure)


def leave(response: Response) -> None:
    """Let nobody be signed in at this browser any more."""
    _end()
    response.delete_cookie(cookie(), httponly=True, samesite="Lax", secure=request.is_secure)


def _end() -> None:
    if secret := request.cookies.get(cookie(), ""):
        sessions().end(secret)


def bound_to() -> str:
    """Return what binds a form to the session it was made in."""
    found = current()
    return found.digest.hex() if found else ""


def stepped_up() -> bool:
    """Say whether whoever is signed in showed a short while ago who they are."""
    found = current()
    return found is not None and is_fresh(found, ledgers().clock())


def browser_words(agent: str) -> str:
    """Name a browser so that a person knows it again: no version, nothing that tells people apart."""
    known = [name.rstrip("/") for name in BROWSERS if name in agent][:1]
    system = [name for name in SYSTEMS if name in agent][:1]
    return " on ".join([*known, *system]).replace("Edg ", "Edge ") or "a browser"
