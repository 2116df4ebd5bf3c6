"""JSON as the ledger writes it: keys in order, no white space, whole numbers, no key twice."""

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Write a value; RFC 8785 gives the same bytes for all that stands in a ledger."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(data: bytes) -> Any:
    """Read JSON; raise `ValueError` for a key that stands twice, fractions, NaN and text that is not UTF-8."""
    try:
        return json.loads(
            data.decode(), object_pairs_hook=_unique, parse_float=_no_fraction, parse_constant=_no_fraction
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_fraction(text: str) -> Any:
    raise ValueError(f"{text[:40]} is not a whole number")
