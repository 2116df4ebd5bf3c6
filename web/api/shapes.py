"""Schemas of what is answered, read off the dataclasses and structs that are answered, so that neither drifts."""

import types
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from ledger.projections.pages import Page

_NAMES: dict[str, Any] = {}
"""The name of every schema made, with what it was made of: two shapes of one name would hide each other."""

_PLAIN: Mapping[Any, type[fields.Field[Any]]] = {
    str: fields.String,
    int: fields.Integer,
    bool: fields.Boolean,
    date: fields.Date,
    datetime: fields.AwareDateTime,
    Decimal: fields.String,
}


class Either(fields.Field[Any]):
    """A value of one of several kinds."""

    def __init__(self, *kinds: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = kinds


class Row(fields.Field[Any]):
    """A list of fixed length, each place of a kind of its own."""

    def __init__(self, *places: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.places = places


def described(converter: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    """Say in OpenAPI what the kinds of field made here hold; `converter` is that of apispec."""
    if isinstance(field, Either):
        return {"anyOf": [converter.field2property(one) for one in field.kinds]}
    if isinstance(field, Row):
        places = [converter.field2property(one) for one in field.places]
        inside = places[0] if all(one == places[0] for one in places) else {"anyOf": places}
        return {"type": "array", "items": inside, "minItems": len(places), "maxItems": len(places)}
    return {}


@cache
def schema_of(shape: Any) -> type[Schema]:
    """Return the schema of a dataclass, a struct, or a page of them; raise `TypeError` where a name is taken."""
    if get_origin(shape) is Page:
        return _page(get_args(shape)[0])
    hints = get_type_hints(shape)
    names = [one.name for one in fields_of(shape)] if is_dataclass(shape) else shape.__struct_fields__
    return _made(shape, shape.__name__, {name: field_of(hints[name]) for name in names})


def _page(row: Any) -> type[Schema]:
    members = {
        "rows": fields.List(_nested(row), required=True),
        "next": field_of(str | None),
        "position": field_of(int),
    }
    return _made(Page[row], f"{row.__name__}Page", members)


def _made(shape: Any, name: str, members: dict[str, Any]) -> type[Schema]:
    if _NAMES.setdefault(name, shape) != shape:
        raise TypeError(f"{shape} and {_NAMES[name]} would both be called {name}")
    return Schema.from_dict(members, name=name)


def _nested(shape: Any, **kwargs: Any) -> fields.Nested:
    return fields.Nested(lambda: schema_of(shape)(), **kwargs)


def field_of(kind: Any) -> fields.Field[Any]:
    """Return the field that holds a value of a type; it is always there, and null only where the type says so."""
    members = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    kinds = [one for one in members if one is not type(None)]
    given: dict[str, Any] = {"required": True, "allow_none": len(kinds) < len(members)}
    return _single(kinds[0], given) if len(kinds) == 1 else Either(*map(field_of, kinds), **given)


def _single(kind: Any, given: dict[str, Any]) -> fields.Field[Any]:
    origin = get_origin(kind)
    if _is_shape(kind) or origin is Page:
        return _nested(kind, **given)
    if origin is Literal:
        return fields.String(validate=OneOf(get_args(kind)), **given)
    if origin is not None:
        return _several(origin, get_args(kind), given)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return fields.String(validate=OneOf([one.value for one in kind]), **given)
    return _PLAIN.get(kind, fields.Raw)(**given)


def _several(origin: Any, inside: tuple[Any, ...], given: dict[str, Any]) -> fields.Field[Any]:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return fields.Dict(keys=fields.String(), values=field_of(inside[1]), **given)
    if origin is not tuple or inside[-1] is Ellipsis:
        return fields.List(field_of(inside[0]), **given)
    return Row(*map(field_of, inside), **given)


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, msgspec.Struct))


Shape = TypeVar("Shape")
