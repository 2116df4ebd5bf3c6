"""One value of a parameter from plain data: TOML, or what a case or a command gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ledger.policy.parameters import ParameterDefinition, ParameterType, ParameterValue
from ledger.policy.sheet import Entry, Table
from ledger.values import decimal_text, exact

_LINE = ("keys", "value")


class PlainDecimal(str):
    """A decimal as it stood in the file, so that it can be refused by name."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value of one parameter looks like."""

    type: ParameterType
    entries: ParameterType
    choices: tuple[str, ...]


def parameter_value(definition: ParameterDefinition, raw: object) -> ParameterValue:
    """Read one value of a parameter from plain data, as a file writes it; raise `ValueError` with a sentence."""
    return read_value(raw, Shape(definition.type, definition.entries, definition.choices))


def read_value(raw: object, shape: Shape) -> ParameterValue:
    """Read a value of a known shape; raise `ValueError` with a sentence."""
    value: ParameterValue = _READERS[shape.type](raw, shape)
    return value


def _integer(raw: object, _: Shape) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise ValueError(_not_a("whole number", raw))


def _fraction(raw: object, shape: Shape) -> Fraction:
    if isinstance(raw, str) and not isinstance(raw, PlainDecimal):
        return exact(decimal_text(raw))
    return Fraction(_integer(raw, shape))


def _boolean(raw: object, _: Shape) -> bool:
    if isinstance(raw, bool):
        return raw
    raise ValueError(f"{shown(raw)} is neither true nor false")


def _date(raw: object, _: Shape) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise ValueError(_not_a("day such as 2013-06-14", raw))


def _plain(raw: object, _: Shape) -> str:
    if isinstance(raw, str) and not isinstance(raw, PlainDecimal):
        return raw
    raise ValueError(_not_a("text", raw))


def _chosen(raw: object, shape: Shape) -> str:
    text = _plain(raw, shape)
    if shape.choices and text not in shape.choices:
        raise ValueError(f"{text!r} is not one of {', '.join(shape.choices)}")
    return text


def _names(raw: object, shape: Shape) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise ValueError(_not_a("list of texts", raw))
    return tuple(_chosen(part, shape) for part in raw)


def _table(raw: object, shape: Shape) -> Table:
    if not isinstance(raw, list) or not all(isinstance(line, Mapping) and set(line) == set(_LINE) for line in raw):
        raise ValueError('a table is a list of lines such as {keys = ["writing"], value = 3}')
    lines = [Entry(_keys(line["keys"]), _READERS[shape.entries](line["value"], shape)) for line in raw]
    if len({line.keys for line in lines}) < len(lines):
        raise ValueError("two lines of the table have the same keys")
    return Table(tuple(lines))


def _keys(raw: object) -> tuple[str | int | bool | date, ...]:
    if not isinstance(raw, list) or not raw or any(isinstance(key, PlainDecimal | list | Mapping) for key in raw):
        raise ValueError(_not_a("list of keys", raw))
    return tuple(raw)


_READERS: Mapping[ParameterType, Callable[[object, Shape], Any]] = {
    ParameterType.INTEGER: _integer,
    ParameterType.FRACTION: _fraction,
    ParameterType.BOOLEAN: _boolean,
    ParameterType.DATE: _date,
    ParameterType.CHOICE: _chosen,
    ParameterType.TEXT: _plain,
    ParameterType.NAMES: _names,
    ParameterType.TABLE: _table,
}


def _not_a(wanted: str, raw: object) -> str:
    if isinstance(raw, PlainDecimal):
        return f"{raw} is a float: give a whole number in the fact's smallest unit."
    return f"{shown(raw)} is not a {wanted}"


def shown(raw: object) -> str:
    """Write what stands in a file the way it stands there."""
    return str(raw) if isinstance(raw, PlainDecimal | date) else repr(raw)
