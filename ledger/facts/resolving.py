"""Making a definition ready to fold: parameters put in, filters made into tests, a key of its own.

The key is the digest of everything that may move the state: method and version, measure, order,
filters and arguments with the values in force, and the scale where levels are read. Names, sentences,
rounding and the type a value takes in the end are not part of it, so that facts share their states.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias, cast

from ledger.facts.bands import Levels
from ledger.facts.filters import Test, asks_for_preparation, day_key, level_pair, purposes_of, tests_of, texts
from ledger.facts.items import ApprovalItem, EvidenceItem, Item, PreparationItem, SupportItem
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import ArgumentWanted, Method
from ledger.facts.methods.gathering import IDENTITY, GatheringMethod
from ledger.facts.methods.lists import fields_held
from ledger.facts.ratios import ONE, ZERO, Pair
from ledger.facts.readiness import ReadinessEvidence
from ledger.policy.facts import FactDefinition, Filter, Order, Prepared, Reads, Ready
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Table, Value, value_data
from ledger.policy.terms import FactTerm, ParamTerm
from ledger.values import Json, canonical, digest

Measure: TypeAlias = Callable[[Item, str], Pair | None]

_KEY_DIGITS = 32
"""Hexadecimal digits of a state's key: enough to tell the few states of one subject apart, and short to store."""

_ITEMS: Mapping[Reads, type[Item]] = {
    Reads.EVIDENCE: EvidenceItem,
    Reads.PREPARATION: PreparationItem,
    Reads.APPROVAL: ApprovalItem,
    Reads.SUPPORT: SupportItem,
}


@dataclass(frozen=True, slots=True, eq=False)
class Folding:
    """A definition ready to fold: nothing in it is still to be looked up but the learner's `days`.

    `readiness` says what evidence shows readiness, by the key of the days it opens; `tries` is the key
    under which a subject remembers tries, null where preparation does not matter.
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
    readiness: Mapping[str, ReadinessEvidence]
    tries: str | None


def resolved(value: object, parameters: Mapping[str, Value], facts: Mapping[str, Value] | None = None) -> Value:
    """Return an argument with the parameter's value in force; UNKNOWN where the parameter has none.

    A table is looked into under constants, or under `facts` that were read before.
    """
    if not isinstance(value, ParamTerm):
        return cast("Value", value)
    found = parameters.get(value.name, UNKNOWN)
    if not value.keys or isinstance(found, Missing):
        return found
    keys = tuple((facts or {}).get(key.name, UNKNOWN) if isinstance(key, FactTerm) else key for key in value.keys)
    if UNKNOWN in keys:
        return UNKNOWN
    return found.look_up(*keys) if isinstance(found, Table) else ABSENT


def arguments_of(
    wanted: tuple[ArgumentWanted, ...], given: Mapping[str, object], parameters: Mapping[str, Value]
) -> dict[str, Value]:
    """Return every argument a method declares, as given or by its default; UNKNOWN where it has neither.

    An optional one that is not given, or not in force, is left out. Raises `ValueError` where a
    parameter's value is none of the choices of its argument, or beyond its limits.
    """
    found: dict[str, Value] = {}
    for argument in wanted:
        default = UNKNOWN if argument.default is None else argument.default
        value = resolved(given.get(argument.name, default), parameters)
        argument.refuse(value)
        if not (argument.optional and value is ABSENT):
            found[argument.name] = value
    return found


def folding_of(definition: FactDefinition, parameters: Mapping[str, Value], levels: Levels) -> Folding | Missing:
    """Return a definition ready to fold.

    Where an argument is not known the fact is UNKNOWN, and where one is not in force the fact is
    ABSENT; preparation or readiness whose requirement is not in force is not required, and where the
    level or the purposes of readiness are not in force only a decision shows it.
    """
    method = METHODS[definition.method]
    if not isinstance(method, Method):
        raise TypeError(f"{definition.method} is a look-up and folds nothing")
    arguments = arguments_of(method.arguments, dict(definition.arguments), parameters)
    where = filters_of(definition, parameters)
    members = [(member.method, member_arguments(member, parameters)) for member in definition.members]
    values = {*arguments.values(), *(value for part in where for value in _values(part))}
    values.update(value for _, each in members for value in each.values())
    for missing in (UNKNOWN, ABSENT):
        if missing in values:
            return missing
    if members:
        arguments["fields"] = fields_held(members)
    return _folding(definition, method, arguments, where, levels)


def filters_of(definition: FactDefinition, parameters: Mapping[str, Value]) -> tuple[Filter, ...]:
    """Return the filters of a definition with the values of parameters put in."""
    return tuple(_filter(part, parameters) for part in definition.where)


def member_arguments(member: FactDefinition, parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Return the resolved arguments of one member of a list."""
    return arguments_of(ITEM_METHODS[member.method].arguments, dict(member.arguments), parameters)


def _folding(
    definition: FactDefinition,
    method: Method,
    arguments: dict[str, Value],
    where: tuple[Filter, ...],
    levels: Levels,
) -> Folding:
    at_the_end = {argument.name for argument in method.arguments if not argument.folds}
    days = tuple(dict.fromkeys(key for part in where if (key := day_key(part))))
    purposes = purposes_of(where) if definition.reads is Reads.EVIDENCE else None
    return Folding(
        key=_digest(
            {
                "arguments": {
                    name: value_data(value) for name, value in sorted(arguments.items()) if name not in at_the_end
                },
                "levels": levels.key if reads_levels(definition) else None,
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
        measure=_measure(definition, levels),
        purposes=purposes,
        tests=tests_of(where, days),
        days=days,
        readiness=dict(_readiness(where, definition.order, levels)),
        tries=_tries_key(definition.order, purposes) if purposes and asks_for_preparation(where) else None,
    )


def _filter(part: Filter, parameters: Mapping[str, Value]) -> Filter:
    changes: dict[str, Any] = {field.name: resolved(getattr(part, field.name), parameters) for field in fields(part)}
    if isinstance(part, Prepared | Ready):
        changes["required"] = _required(changes["required"])
    made = replace(part, **changes)
    if isinstance(made, Ready) and (made.required is not True or ABSENT in (made.purposes, made.at_least)):
        return Ready(made.required)
    return made


def _readiness(where: Iterable[Filter], order: Order, levels: Levels) -> Iterator[tuple[str, ReadinessEvidence]]:
    for part in where:
        key = day_key(part)
        if isinstance(part, Ready) and part.purposes and key:
            at_least = None if part.at_least is None else level_pair(part.at_least)
            identity = digest(canonical([key, order.value, levels.key]))
            yield key, ReadinessEvidence(f"ready {identity}", texts(part.purposes), at_least, order, levels)


def _required(value: object) -> bool | Missing:
    if isinstance(value, bool) or value is UNKNOWN:
        return value
    if value is ABSENT:
        return False
    raise TypeError(f"whether something is required is true or false, not {value!r}")


def _values(part: Filter) -> Iterator[Value]:
    for field in fields(part):
        yield getattr(part, field.name)


def _data(value: Value | None) -> Json:
    return None if value is None else value_data(value)


def _tries_key(order: Order, purposes: frozenset[str]) -> str:
    return f"{order.value} {' '.join(sorted(purposes))}"


def _digest(parts: Json) -> str:
    return digest(canonical(parts))[:_KEY_DIGITS]


def whole_facts(definitions: Iterable[FactDefinition]) -> Iterator[FactDefinition]:
    """Yield every definition that is read of a subject as a whole: the members of gathered subjects too."""
    for definition in definitions:
        yield definition
        if isinstance(METHODS.get(definition.method), GatheringMethod):
            yield from (member for member in definition.members if member.method != IDENTITY)


def reads_levels(definition: FactDefinition) -> bool:
    """Say whether a fact of evidence depends on how levels are read."""
    readiness = any(isinstance(part, Ready) and part.at_least is not None for part in definition.where)
    return definition.reads is Reads.EVIDENCE and (definition.measure == "level" or readiness)


def _measure(definition: FactDefinition, levels: Levels) -> Measure:
    if definition.measure == "presence":
        return lambda item, _day: ONE if getattr(item, "absent_reason", None) is None else None
    if definition.measure == "passed":
        return _passed
    if definition.measure == "level":
        return lambda item, day: levels.level(item, day) if isinstance(item, EvidenceItem) else None
    name = definition.measure
    return lambda item, _day: getattr(item, name, None)


def _passed(item: Item, _day: str) -> Pair | None:
    passed = getattr(item, "passed", None)
    if passed is None:
        return None
    return ONE if passed else ZERO
