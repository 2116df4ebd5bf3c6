"""Adding the API to an application: every noun, its documentation, and the pages of its problems."""

from flask import Flask
from werkzeug.routing import BaseConverter

from web.api import (
    adoptions,
    audit,
    belonging,
    books,
    bulk,
    bundles,
    changes,
    decisions,
    differing,
    documentation,
    documents,
    evidence,
    frameworks,
    grants,
    jobs,
    learners,
    ledgers,
    logs,
    pilots,
    policies,
    problem_pages,
    records,
    scales,
    simulations,
)
from web.api.problems import Refusal, refused
from web.api.specification import complete, specified

NOUNS = (
    ledgers.NOUN,
    frameworks.NOUN,
    scales.NOUN,
    learners.NOUN,
    evidence.NOUN,
    bulk.NOUN,
    records.NOUN,
    belonging.NOUN,
    decisions.NOUN,
    policies.NOUN,
    adoptions.NOUN,
    changes.NOUN,
    differing.NOUN,
    simulations.NOUN,
    pilots.NOUN,
    audit.NOUN,
    bundles.NOUN,
    books.NOUN,
    documents.NOUN,
    grants.NOUN,
    logs.NOUN,
    jobs.NOUN,
)
"""Every noun, in the order in which the documentation tells of them."""


class Identifier(BaseConverter):
    """A UUID in lower case: nothing else is even looked up."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def register(app: Flask) -> None:
    """Add every operation to an application, with its documentation and the pages of its problems."""
    app.url_map.converters["identifier"] = Identifier
    api = specified(app)
    for noun in NOUNS:
        api.register_blueprint(noun)
    complete(api)
    app.register_error_handler(Refusal, refused)
    app.extensions["api-document"] = api.spec
    documentation.register(app)
    problem_pages.register(app)
