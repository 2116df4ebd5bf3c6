"""The page that documents the API, and the schemas it is made from."""

from dataclasses import dataclass
from typing import Literal

import pytest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask

from ledger.projections.pages import Page
from web.api.examples import example_of
from web.api.shapes import Either, Row, field_of, schema_of


def test_every_operation_stands_on_the_page(app: Flask) -> None:
    """Each operation has an anchor, what it needs, an example and its problems."""
    client = app.test_client()
    page, document = client.get("/api").text, client.get("/api/v1/openapi.json").get_json()
    names = [
        one[method]["operationId"] for one in document["paths"].values() for method in ("get", "post") if method in one
    ]

    assert [name for name in names if f'id="{name}"' not in page] == []
    assert "Needs a role that may record evidence, for this learner" in page
    assert "curl http://127.0.0.1:8765/api/v1/ledgers/us-tx~pine-valley/learners" in page


def test_operations_are_found_by_a_word(app: Flask) -> None:
    """The page can be narrowed to what speaks of a word, and says where nothing does."""
    client = app.test_client()

    assert "Start" not in client.get("/api?q=designat").text
    assert 'id="designate_competencies"' in client.get("/api?q=designat").text
    assert "No operation speaks of" in client.get("/api?q=xyzzy").text


def test_examples_of_bodies_are_sound(app: Flask) -> None:
    """An example holds what is required, and exactly one of what stands for one another."""
    schemas = app.test_client().get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    found = example_of({"$ref": "#/components/schemas/NewEvidence"}, schemas)

    assert set(found) == {"kind", "purpose", "level", "competencies"}


@dataclass(frozen=True)
class Inner:
    """A part."""

    letter: Literal["a", "b"]


@dataclass(frozen=True)
class Outer:
    """A whole."""

    text: str | None
    pairs: tuple[tuple[str, int], ...]
    mixed: tuple[str, str]
    either: Inner | int
    table: dict[str, int]
    inner: Inner


def test_a_schema_says_what_a_shape_holds() -> None:
    """Nulls, lists, pairs, choices, tables and parts of a dataclass all stand in its schema."""
    fields = schema_of(Outer)().fields

    assert all(one.required for one in fields.values())
    assert [name for name, one in fields.items() if one.allow_none] == ["text"]
    assert isinstance(fields["either"], Either)
    assert isinstance(fields["mixed"], Row)
    assert schema_of(Inner)().fields["letter"].validators[0].choices == ("a", "b")  # type: ignore[attr-defined]
    assert set(schema_of(Page[Inner])().fields) == {"rows", "next", "position"}


def test_two_shapes_never_share_a_name() -> None:
    """A second shape of the same name would hide the first, so it is refused."""
    other = dataclass(frozen=True)(type("Inner", (), {"__annotations__": {"other": str}}))
    schema_of(Inner)

    with pytest.raises(TypeError, match="would both be called Inner"):
        schema_of(other)


def test_what_is_of_no_kind_can_be_anything() -> None:
    """A value whose type says nothing is documented as anything."""
    converter = MarshmallowPlugin()

    assert type(field_of(object)).__name__ == "Raw"
    assert converter is not None
