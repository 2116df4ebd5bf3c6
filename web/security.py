"""Headers on every answer, and the refusal of foreign host names.

Sources: W3C Content Security Policy 3; OWASP HTTP headers cheat sheet. A page that resolves a name of
its own to a loopback address (DNS rebinding) would read the ledger as if it were its own site; it
cannot choose the Host header, so that names only loopback hosts.
"""

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; "
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
    app.before_request(refuse_foreign_hosts)
    app.after_request(protect)


def refuse_foreign_hosts() -> None:
    """Refuse a request that was sent to another name than a loopback one."""
    host = request.headers.get("Host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name.lower() not in LOOPBACK:
        raise BadRequest("This address serves localhost only; open it as http://127.0.0.1 with the port it printed.")


def protect(response: Response) -> Response:
    """Put the headers on an answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", KEEP_NOTHING)
    return response
