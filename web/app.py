"""Making the application that serves one home."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask

from ledger.storage.factory import wall_clock
from web import (
    access,
    assets,
    audit_pages,
    bar,
    bar_pages,  # noqa: F401 - its addresses are made when it is read
    change_impact_pages,
    change_packet_pages,
    change_pages,
    change_proposal_pages,
    clone_pages,
    errors,
    framework_pages,
    grants_pages,  # noqa: F401 - its addresses are made when it is read
    guard,
    homes,
    job_pages,
    jobs,
    my_pages,
    pilot_pages,
    policy_pages,
    reading_log,
    reads_pages,  # noqa: F401 - its addresses are made when it is read
    recording_parts,
    remembering,
    security,
    settling_pages,
    signing_in,
    signing_in_elsewhere,  # noqa: F401 - its addresses are made when it is read
    signing_in_pages,  # noqa: F401 - its addresses are made when it is read
    token_pages,  # noqa: F401 - its addresses are made when it is read
    tour,
    what_if_pages,  # noqa: F401 - its addresses are made when it is read
    wording,
)
from web.api import serving
from web.ledgers import Ledgers
from web.pages import front, scoped
from web.seals import Seals


def create_app(
    home: Path, *, clock: Callable[[], str] = wall_clock, environment: Mapping[str, str] = os.environ
) -> Flask:
    """Make the application for the ledgers in a folder; each is opened when it is first asked for."""
    app = Flask("web")
    app.extensions["ledgers"] = Ledgers(home, clock, environment)
    app.extensions["seals"] = Seals(home, environment)
    for part in (
        security,
        guard,
        access,
        errors,
        signing_in,
        assets,
        wording,
        audit_pages,
        change_pages,
        change_proposal_pages,
        change_impact_pages,
        change_packet_pages,
        policy_pages,
        clone_pages,
        settling_pages,
        recording_parts,
        framework_pages,
        pilot_pages,
        reading_log,
        remembering,
        jobs,
        job_pages,
        bar,
        homes,
        tour,
        my_pages,
    ):
        part.register(app)
    app.register_blueprint(front)
    app.register_blueprint(scoped)
    serving.register(app)
    return app
