"""Examples for the documentation, made from the schemas: of every body, of every answer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DEEPEST = 4
"""Objects inside one another that an example shows."""

UUID = "5f0c1a34-5b7e-4d52-9a3e-0d7c2f1b8e66"
NAMED: Mapping[str, Any] = MappingProxyType(
    {
        "scope": "us-tx~pine-valley",
        "jurisdiction": "us-tx/pine-valley",
        "organisation": "us-tx/pine-valley/north-high",
        "learner": UUID,
        "evidence": "0b6f3b7e-93f5-5d0e-9f0c-6a1d2c3b4e5f",
        "grant": UUID,
        "job": UUID,
        "framework": "Algebra 1",
        "edition": "competency-based~mastery",
        "policy": "competency-based/mastery",
        "number": 3,
        "position": 343,
        "version": 4,
        "pilot": "Two kinds of task",
        "book": "2026-spring",
        "query": "heaping",
        "competency": "A1.2",
        "course": "ALG1",
        "subject": "course/ALG1",
        "body": "Board of trustees",
        "minute": "2026-14",
        "reason": "Two kinds of task are not enough.",
        "scale": "Four levels",
        "level": "3",
        "key": "row-00017-of-2026-05",
        "digest": "5" * 64,
        "person": "t.rivera",
        "award": "standard",
    }
)
"""What stands for a name wherever it is met."""

_FORMS: Mapping[str, str] = MappingProxyType({"date": "2026-08-03", "date-time": "2026-06-05T15:30:00Z", "uuid": UUID})
_KINDS: Mapping[str, Any] = MappingProxyType(
    {"string": "text", "integer": 1, "number": "1", "boolean": True, "null": None}
)


def example_of(schema: Mapping[str, Any], known: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """Return an example of what a schema describes; `known` are the schemas of the document."""
    if "$ref" in schema:
        return example_of(known[str(schema["$ref"]).rpartition("/")[2]], known, name, depth)
    for key in ("allOf", "anyOf"):
        if key in schema and "properties" not in schema:
            return example_of(schema[key][0], known, name, depth)
    kind = _kind(schema)
    if kind == "object":
        return _object(schema, known, depth)
    if kind == "array":
        return _array(schema, known, name, depth)
    return _single(schema, kind, name)


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "object" if "properties" in schema else "")
    return str(kind[0]) if isinstance(kind, list) else str(kind)


def _object(schema: Mapping[str, Any], known: Mapping[str, Any], depth: int) -> dict[str, Any]:
    if depth >= DEEPEST:
        return {}
    members: Mapping[str, Any] = schema.get("properties", {})
    wanted = set(schema.get("required", members))
    wanted |= {names[0] for key in ("oneOf", "anyOf") for names in [one["required"] for one in schema.get(key, ())][:1]}
    return {name: example_of(members[name], known, name, depth + 1) for name in members if name in wanted}


def _array(schema: Mapping[str, Any], known: Mapping[str, Any], name: str, depth: int) -> list[Any]:
    if depth >= DEEPEST:
        return []
    inside = schema.get("items", {})
    return [example_of(inside, known, name.removesuffix("s"), depth)] * int(schema.get("minItems", 1) or 1)


def _single(schema: Mapping[str, Any], kind: str, name: str) -> Any:
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if kind == "integer" and not isinstance(NAMED.get(name), int):
        return schema.get("minimum", 1) or 1
    return NAMED.get(name, _FORMS.get(str(schema.get("format", "")), _KINDS.get(kind)))
