"""A page for each kind of problem: what it means, and what to do."""

from flask import Blueprint, Flask, Response, render_template
from werkzeug.exceptions import NotFound

from web import access
from web.api.kinds import KINDS

pages = Blueprint("problem-pages", __name__)


def register(app: Flask) -> None:
    """Add the pages to an application."""
    app.register_blueprint(pages)


@pages.get("/problems/<name>")
@access.public
def problem(name: str) -> Response:
    """Say what a kind of problem means."""
    if name not in KINDS:
        raise NotFound
    return Response(render_template("api_problem.html", kind=KINDS[name], kinds=KINDS.values()))
