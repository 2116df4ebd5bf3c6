"""The OpenAPI document: made from the operations as they are declared, by flask-smorest."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from web.api.describing import problem_names, problem_words
from web.api.fields import (
    AskedNumber,
    AskedTruth,
    Day,
    Moment,
    Number,
    Truth,
    WholeNumber,
)
from web.api.noun import Noun
from web.api.problems import MEDIA_TYPE, Problem
from web.api.shapes import described, schema_of

TITLE, VERSION, OPENAPI = "Mastery Ledger", "1", "3.1.0"

DESCRIPTION = """Everything the command line does, over HTTP.

Sign in with `Authorization: Bearer` and a token. Every command needs an `Idempotency-Key`; what changes an existing
thing needs `If-Match`. Every error is a problem document (RFC 9457). Exact numbers are text, instants are RFC 3339."""

_KINDS = (
    (WholeNumber, "integer", None),
    (AskedNumber, "integer", None),
    (Truth, "boolean", None),
    (AskedTruth, "boolean", None),
    (Day, "string", "date"),
    (Moment, "string", None),
    (Number, "string", None),
)


class Specified(Api):  # type: ignore[misc]
    """The document of this API; its problems are ours, and its own pages and error handlers are left out."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def register_blueprint(self, noun: Noun, **options: Any) -> None:
        """Register the operations of a noun, and the noun under its title."""
        self._app.register_blueprint(noun, **options)
        noun.register_views_in_doc(self, self._app, self.spec, name=noun.name, parameters=[])
        for shape in noun.also:
            self.spec.components.schema(shape.__name__, schema=schema_of(shape))
        self.spec.tag({"name": noun.title, "description": noun.description})

    def _register_doc_blueprint(self) -> None:
        """Serve no page: ours need neither a script nor another site."""

    def _register_error_handlers(self) -> None:
        """Handle no error: ours are handled where every other error is."""

    def _register_responses(self) -> None:
        for status, name in problem_names().items():
            content = {MEDIA_TYPE: {"schema": schema_of(Problem)}}
            self.spec.components.response(name, {"description": problem_words(status), "content": content})


def specified(app: Flask) -> Specified:
    """Return the document of an application, without an operation yet."""
    app.config.update(API_TITLE=TITLE, API_VERSION=VERSION, OPENAPI_VERSION=OPENAPI)
    scheme = {"type": "http", "scheme": "bearer", "description": "A token that a person made."}
    options: dict[str, Any] = {
        "info": {"description": DESCRIPTION},
        "security": [{"token": []}],
    }
    api = Specified(spec_kwargs=options)
    for kind in _KINDS:
        api.register_field(*kind)
    api.init_app(app)
    api.spec.components.security_scheme("token", scheme)
    api.ma_plugin.converter.add_attribute_function(described)
    return api


def complete(api: Specified) -> None:
    """Say of every body of which fields exactly one, or one at least, is sent."""
    schemas = api.spec.components.schemas
    for key, name in api.ma_plugin.converter.refs.items():
        for rule, word in (("one_of", "oneOf"), ("any_of", "anyOf")):
            if names := getattr(key[0], rule, ()):
                schemas[name][word] = [{"required": [one]} for one in names]
