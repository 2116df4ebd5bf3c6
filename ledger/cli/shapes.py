"""What the keys of printed JSON hold, read off the dataclasses and structs that are printed."""

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    date: "a day",
    type(None): "null",
    Any: "anything",
}


def keys_of(shape: type[Any]) -> dict[str, str]:
    """Return what each key of a shape holds."""
    return {name: said(kind) for name, kind in _members(shape).items()}


def shapes_in(printed: Iterable[Any]) -> list[type[Any]]:
    """Return every shape that is printed, and every one inside another, each once, in order of appearance."""
    found: dict[type[Any], None] = {}
    for kind in printed:
        _collect(kind, found)
    return list(found)


def said(kind: Any) -> str:
    """Say in words what a value of a type is in JSON."""
    if _is_shape(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(f"`{member.value}`" for member in kind)
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return " or ".join(said(one) for one in get_args(kind))
    if get_origin(kind) is not None:
        return _several(get_origin(kind), get_args(kind))
    return _PLAIN.get(kind, "any JSON")


def _several(origin: Any, inside: tuple[Any, ...]) -> str:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"an object, each value {said(inside[1])}"
    if inside[-1] is Ellipsis:
        return f"a list, each member {said(inside[0])}"
    return f"a list of {len(inside)}: {', '.join(said(one) for one in inside)}"


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, msgspec.Struct))


def _members(shape: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(shape)
    names = [field.name for field in fields(shape)] if is_dataclass(shape) else shape.__struct_fields__
    return {name: hints[name] for name in names}


def _collect(kind: Any, found: dict[type[Any], None]) -> None:
    for shape in _shapes_of(kind):
        if shape not in found:
            found[shape] = None
            for inside in _members(shape).values():
                _collect(inside, found)


def _shapes_of(kind: Any) -> Iterator[type[Any]]:
    if _is_shape(kind):
        yield kind
    for inside in get_args(kind):
        yield from _shapes_of(inside)
