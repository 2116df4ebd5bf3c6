"""What the worker is told: values as JSON, each kind with a form of its own."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ledger.policy.nodes import Judged
from ledger.policy.sheet import ABSENT, Table, Value
from ledger.values import Json, canonical


def question(judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value]) -> bytes:
    """Return one question as one line: the code with its digest, and what it is asked with."""
    return canonical(
        {
            "digest": judged.digest,
            "source": judged.source,
            "function": judged.function,
            "facts": {name: told(value) for name, value in facts.items()},
            "parameters": {name: told(value) for name, value in parameters.items()},
        }
    )


def told(value: Value) -> Json:
    """Return a value as the worker reads it: plain, or a list that begins with the name of its kind."""
    if value is ABSENT:
        return None
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return ["fraction", value.numerator, value.denominator]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, Table):
        return ["table", *([[told(key) for key in line.keys], told(line.value)] for line in value.entries)]
    if isinstance(value, tuple):
        return ["list", *(_member(part) for part in value)]
    raise TypeError(f"{value!r} is nothing that code can be asked with")


def _member(part: "str | Mapping[str, Value]") -> Json:
    return part if isinstance(part, str) else {name: told(value) for name, value in part.items()}
