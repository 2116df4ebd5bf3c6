"""The parameters of a policy as a JSON Schema (2020-12) of the values a jurisdiction may set itself."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from ledger.policy.model import Policy
from ledger.policy.parameters import Keep, ParameterDefinition, ParameterType, value_on
from ledger.policy.sheet import Missing, value_words

PATTERNS: Mapping[ParameterType, str] = MappingProxyType(
    {
        ParameterType.INTEGER: r"^[+-]?[0-9]{1,15}$",
        ParameterType.FRACTION: r"^-?[0-9]+(\.[0-9]+)?$",
        ParameterType.BOOLEAN: r"^(yes|no|true|false)$",
        ParameterType.DATE: r"^\d{4}-\d{2}-\d{2}$",
    }
)
"""How a value of a type is written: every value is text, so that none loses a digit."""

MAY: Mapping[Keep, str] = MappingProxyType(
    {
        Keep.EXACT: "The law's own value; nobody sets another.",
        Keep.AT_LEAST: "No local value may be lower.",
        Keep.AT_MOST: "No local value may be higher.",
        Keep.LOCAL: "Each jurisdiction sets its own.",
    }
)
"""What a lower level may do with a value."""


def parameter_schema(policy: Policy, on: date) -> dict[str, Any]:
    """Return the schema of a policy's parameters, each with the value that holds on a day as its default."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": policy.title,
        "type": "object",
        "properties": {one.name: _property(one, on) for one in policy.parameters},
        "additionalProperties": False,
    }


def _property(one: ParameterDefinition, on: date) -> dict[str, Any]:
    value = value_on(one, on)
    found: dict[str, Any] = {"type": "string", "title": one.says, "description": MAY[one.keep], "x-keep": one.keep}
    if one.type in PATTERNS:
        found["pattern"] = PATTERNS[one.type]
    if one.choices and one.type is ParameterType.CHOICE:
        found["enum"] = list(one.choices)
    if one.unit:
        found["x-unit"] = one.unit
    if not isinstance(value, Missing | Mapping):
        found["default"] = value_words(value)
    return found
