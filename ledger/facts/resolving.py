"""Making a definition ready to fold: parameters put in, filters made into tests, a key of its own.

The key is the digest of everything that may move the state: method and version, measure, order,
filters and arguments with the values in force, and the bands where scores are read as levels. Names,
sentences and the type a value takes in the end are not part of it, so that facts share their states.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias, cast

from ledger.facts.bands import Bands
from ledger.facts.filters import Test, asks_for_preparation, day_key, purposes_of, tests_of
from ledger.facts.items import ApprovalItem, EvidenceItem, Item, PreparationItem
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import ArgumentWanted, Method
from ledger.facts.methods.lists import fields_held
from ledger.facts.ratios import ONE, ZERO, Pair
from ledger.policy.facts import FactDefinition, Filter, Order, Prepared, Reads, Ready
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Table, Value, value_data
from ledger.policy.terms import ParamTerm
from ledger.values import Json, canonical, digest

Measure: TypeAlias = Callable[[Item, str], Pair | None]

_ITEMS: Mapping[Reads, type[Item]] = {
    Reads.EVIDENCE: EvidenceItem,
    Reads.PREPARATION: PreparationItem,
    Reads.APPROVAL: ApprovalItem,
}


@dataclass(frozen=True, slots=True, eq=False)
class Folding:
    """A definition ready to fold: nothing in it is still to be looked up but the learner's `days`.

    `tries` is the key under which a subject remembers tries, null where preparation does not matter.
    """

    key: str
    method: Method
    arguments: Mapping[str, Value]
    items: type[Item]
    order: Order
    measure: Measure
    purposes: frozenset[str] | None
    tests: tuple[Test, ...]
    days: tuple[str, ...]
    tries: str | None


def resolved(value: object, parameters: Mapping[str, Value]) -> Value:
    """Return an argument with the parameter's value in force; UNKNOWN where the parameter has none."""
    if not isinstance(value, ParamTerm):
        return cast("Value", value)
    found = parameters.get(value.name, UNKNOWN)
    if not value.keys or isinstance(found, Missing):
        return found
    return found.look_up(*value.keys) if isinstance(found, Table) else ABSENT


def arguments_of(
    wanted: tuple[ArgumentWanted, ...], given: Mapping[str, object], parameters: Mapping[str, Value]
) -> dict[str, Value]:
    """Return every argument a method declares, as given or by its default; UNKNOWN where it has neither."""
    found: dict[str, Value] = {}
    for argument in wanted:
        default = UNKNOWN if argument.default is None else argument.default
        found[argument.name] = resolved(given.get(argument.name, default), parameters)
    return found


def folding_of(definition: FactDefinition, parameters: Mapping[str, Value], bands: Bands | None) -> Folding | Missing:
    """Return a definition ready to fold.

    Where an argument is not known the fact is UNKNOWN, and where one is not in force the fact is
    ABSENT; preparation or readiness whose requirement is not in force is not required.
    """
    method = METHODS[definition.method]
    if not isinstance(method, Method):
        raise TypeError(f"{definition.method} is a look-up and folds nothing")
    arguments = arguments_of(method.arguments, dict(definition.arguments), parameters)
    where = tuple(_filter(part, parameters) for part in definition.where)
    members = [(member.method, member_arguments(member, parameters)) for member in definition.members]
    values = {*arguments.values(), *(value for part in where for value in _values(part))}
    values.update(value for _, each in members for value in each.values())
    for missing in (UNKNOWN, ABSENT):
        if missing in values:
            return missing
    if members:
        arguments["fields"] = fields_held(members)
    return _folding(definition, method, arguments, where, bands)


def member_arguments(member: FactDefinition, parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Return the resolved arguments of one member of a list."""
    return arguments_of(ITEM_METHODS[member.method].arguments, dict(member.arguments), parameters)


def _folding(
    definition: FactDefinition,
    method: Method,
    arguments: dict[str, Value],
    where: tuple[Filter, ...],
    bands: Bands | None,
) -> Folding:
    days = tuple(dict.fromkeys(key for part in where if (key := day_key(part))))
    purposes = purposes_of(where) if definition.reads is Reads.EVIDENCE else None
    reading = bands if definition.measure == "level" else None
    return Folding(
        key=_digest(
            {
                "arguments": {name: value_data(value) for name, value in sorted(arguments.items())},
                "bands": reading.digest if reading else None,
                "measure": definition.measure,
                "method": method.name,
                "order": definition.order.value,
                "reads": definition.reads.value,
                "where": [[type(part).__name__, *map(_data, _values(part))] for part in where],
            }
        ),
        method=method,
        arguments=arguments,
        items=_ITEMS[definition.reads],
        order=definition.order,
        measure=_measure(definition, reading),
        purposes=purposes,
        tests=tests_of(where, days),
        days=days,
        tries=_tries_key(definition.order, purposes) if purposes and asks_for_preparation(where) else None,
    )


def _filter(part: Filter, parameters: Mapping[str, Value]) -> Filter:
    changes: dict[str, Any] = {field.name: resolved(getattr(part, field.name), parameters) for field in fields(part)}
    if isinstance(part, Prepared | Ready):
        changes["required"] = _required(changes["required"])
    return replace(part, **changes)


def _required(value: object) -> bool | Missing:
    if isinstance(value, bool) or value is UNKNOWN:
        return value
    if value is ABSENT:
        return False
    raise TypeError(f"whether something is required is true or false, not {value!r}")


def _values(part: Filter) -> Iterator[Value]:
    for field in fields(part):
        yield getattr(part, field.name)


def _data(value: Value) -> Json:
    return value_data(value)


def _tries_key(order: Order, purposes: frozenset[str]) -> str:
    return f"{order.value} {' '.join(sorted(purposes))}"


def _digest(parts: Json) -> str:
    return digest(canonical(parts))


def _measure(definition: FactDefinition, bands: Bands | None) -> Measure:
    if definition.measure == "presence":
        return lambda item, _day: ONE if getattr(item, "absent_reason", None) is None else None
    if definition.measure == "passed":
        return _passed
    if definition.measure == "level" and bands is not None:
        return lambda item, day: _level(item, day, bands)
    name = definition.measure
    return lambda item, _day: getattr(item, name, None)


def _passed(item: Item, _day: str) -> Pair | None:
    passed = getattr(item, "passed", None)
    if passed is None:
        return None
    return ONE if passed else ZERO


def _level(item: Item, day: str, bands: Bands) -> Pair | None:
    if not isinstance(item, EvidenceItem):
        return None
    if item.level is not None or item.percent is None:
        return item.level
    return bands.level(item.percent, day)
