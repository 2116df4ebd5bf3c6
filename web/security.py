"""Headers on every answer, and the refusal of host names that are not ours.

Sources: W3C Content Security Policy 3; OWASP HTTP headers cheat sheet. A page that resolves a name of
its own to a loopback address (DNS rebinding) would read the ledger as if it were its own site; it
cannot choose the Host header, so that names only loopback hosts, and the public one where there is one.
Under that name only a proxy on this computer reaches us, which speaks https to the world.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import BadRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PUBLIC = "PUBLIC_HOST"
"""The name of the setting that holds the public host, null where these pages are for this computer alone."""

HTTPS_ALONE = "max-age=31536000"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
KEEP_NOTHING = "no-store"
"""Every page may name a learner, so none is kept by a browser or by what stands between."""


def register(app: Flask) -> None:
    """Guard every request and every answer of an application."""
    app.config.setdefault(PUBLIC, None)
    setattr(app, "wsgi_app", _behind_https(app.wsgi_app, app))  # noqa: B010 - it is a method to the type checker
    app.before_request(refuse_foreign_hosts)
    app.after_request(protect)


def _behind_https(wsgi: "WSGIApplication", app: Flask) -> "WSGIApplication":
    """Say of what was sent to the public host that it came over https."""

    def answered(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if app.config[PUBLIC] is not None and _name(environ.get("HTTP_HOST", "")) == app.config[PUBLIC]:
            environ["wsgi.url_scheme"] = "https"
        return wsgi(environ, start)

    return answered


def _name(host: str) -> str:
    """Return a host without its port, in small letters."""
    return (host if host.endswith("]") else host.rpartition(":")[0] or host).lower()


def is_this_computer() -> bool:
    """Say whether somebody at this very computer asks, and these pages are for nobody else."""
    near = request.remote_addr in ("127.0.0.1", "::1")
    return near and current_app.config[PUBLIC] is None and _name(request.headers.get("Host", "")) in LOOPBACK


def refuse_foreign_hosts() -> None:
    """Refuse a request that was sent to another name than a loopback one or the public one."""
    if _name(request.headers.get("Host", "")) not in (*LOOPBACK, current_app.config[PUBLIC]):
        raise BadRequest("This address serves localhost only; open it as http://127.0.0.1 with the port it printed.")


def protect(response: Response) -> Response:
    """Put the headers on an answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ALONE)
    response.headers.setdefault("Cache-Control", KEEP_NOTHING)
    return response
