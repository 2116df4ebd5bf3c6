"""Static files: named with the digest of their bytes, so that a browser may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOLDER = Path(__file__).with_name("static")
A_YEAR = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Teach an application's templates to name static files, and browsers to keep them."""
    app.add_template_global(asset)
    app.after_request(keep)


def asset(name: str) -> str:
    """Return the address of a static file with its version."""
    return url_for("static", filename=name, v=version(name))


@lru_cache
def version(name: str) -> str:
    """Return the first 8 digits of a static file's SHA-256."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:8]


def keep(response: Response) -> Response:
    """Let a file that was asked for by its version be kept; any other is asked for anew."""
    if request.endpoint == "static" and response.status_code == 200:
        known = request.args.get("v") == version(str((request.view_args or {})["filename"]))
        response.headers["Cache-Control"] = A_YEAR if known else "no-cache"
    return response
