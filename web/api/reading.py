"""Reading what is sent: strict JSON, checked against a schema, with every fault and its place."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import OneOf, Range, Regexp

from ledger.values import DEEPEST, parse_json_exactly
from web.api.fields import OTHERWISE
from web.api.kinds import KINDS
from web.api.problems import Error, Refusal

JSON = "application/json"
LONGEST = 256 * 1024
"""Bytes of a body, where an operation does not say otherwise."""


def body(schema: type[Schema], longest: int = LONGEST) -> dict[str, Any]:
    """Return the JSON that was sent, checked; raise `Refusal` where it is none or does not fit."""
    if request.mimetype != JSON:
        raise Refusal("wrong-type", f"this address takes {JSON}, not {request.mimetype[:80] or 'nothing'}")
    return checked(schema, parsed(raw(longest)), "body")


def raw(longest: int) -> bytes:
    """Return the bytes that were sent; raise `Refusal` where there are more than are taken."""
    request.max_content_length = longest
    return request.get_data(cache=False)


def parsed(data: bytes) -> Any:
    """Read JSON as the ledger takes it: no key twice, no broken text, every number exact."""
    try:
        found = parse_json_exactly(data)
        json.dumps(found, ensure_ascii=False, default=str).encode()
        _refuse_depth(found, 0)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Refusal("malformed", f"what was sent cannot be read as JSON: {_reason(error)}") from None
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half of a surrogate pair"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, ArithmeticError):
        return "a number is too large"
    return str(error)[:200] or "it is nested too deeply"


def _refuse_depth(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError(f"it is nested deeper than {DEEPEST} levels")
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_depth(part, depth + 1)


def query(schema: type[Schema]) -> dict[str, Any]:
    """Return what the address asks, checked; raise `Refusal` where it does not fit."""
    if twice := sorted(name for name, values in request.args.lists() if len(values) > 1):
        raise Refusal("faults", "a parameter stands twice", [Error(f"/{twice[0][:80]}", "It stands twice.", "query")])
    return checked(schema, {name: unicodedata.normalize("NFC", text) for name, text in request.args.items()}, "query")


def checked(schema: type[Schema], given: Any, source: str) -> dict[str, Any]:
    """Return what a schema makes of something; raise `Refusal` with every fault."""
    made = schema()
    try:
        return dict(made.load(given))
    except ValidationError as error:
        raise Refusal("faults", KINDS["faults"].means, list(faults(made, error.messages_dict, source))) from None


def faults(schema: Schema, messages: Mapping[Any, Any], source: str = "body") -> Iterator[Error]:
    """Yield every fault a schema found, with its place and what is allowed there."""
    for path, message in _walked(messages, ()):
        pointer = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)
        yield Error(pointer, message, source, _allowed(schema, path))


def _walked(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            yield from _walked(below, path if name == "_schema" else (*path, str(name)))
    else:
        yield from ((path, str(one)) for one in messages)


def _allowed(schema: Schema, path: tuple[str, ...]) -> str | None:
    """Say what is allowed at a place, nothing where the message says it all."""
    found: Any = schema
    for part in path:
        known: dict[str, Any] = getattr(found, "fields", {})
        if isinstance(found, Schema) and part not in known:
            return f"one of {', '.join(sorted(known))}" if known else "nothing"
        found = _below(found, part)
    return _of_field(found) if isinstance(found, fields.Field) else None


def _below(found: Any, part: str) -> Any:
    if isinstance(found, Schema):
        field = found.fields[part]
        return field.schema if isinstance(field, fields.Nested) else field
    inner = getattr(found, "inner", None) or getattr(found, "value_field", None)
    return inner.schema if isinstance(inner, fields.Nested) else inner


def _of_field(field: fields.Field[Any]) -> str | None:
    for one in field.validators:
        if isinstance(one, OneOf):
            return f"one of {', '.join(map(str, one.choices))}"
        if isinstance(one, Range):
            return f"{one.min} to {one.max}"
        if isinstance(one, Regexp) and one.error == OTHERWISE:
            return f"text that fits {one.regex.pattern!s}"
    return None
