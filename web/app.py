"""Making the application that serves one home."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask

from ledger.storage.factory import wall_clock
from web import acting_pages, assets, change_pages, errors, framework_pages, guard, security, settling_pages, wording
from web.ledgers import Ledgers
from web.pages import front, scoped
from web.seals import Seals


def create_app(
    home: Path, *, clock: Callable[[], str] = wall_clock, environment: Mapping[str, str] = os.environ
) -> Flask:
    """Make the application for the ledgers in a folder; each is opened when it is first asked for.

    There is no sign-in: serve it on a loopback address only.
    """
    app = Flask("web")
    app.extensions["ledgers"] = Ledgers(home, clock, environment)
    app.extensions["seals"] = Seals(home, environment)
    for part in (security, guard, errors, assets, wording, acting_pages, change_pages, settling_pages, framework_pages):
        part.register(app)
    app.register_blueprint(front)
    app.register_blueprint(scoped)
    return app
