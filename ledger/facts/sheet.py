"""A policy's fact sheet for one subject of one learner: the value of every fact, and what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, cast

from msgspec import Struct

from ledger.domain.learner import FactSeen
from ledger.facts.backing import Backing, joined
from ledger.facts.bands import Levels
from ledger.facts.days import days_of
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import Raw
from ledger.facts.methods.gathering import IDENTITY, GatheringMethod
from ledger.facts.methods.tables import Asked, TableMethod
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import (
    Folding,
    arguments_of,
    folding_of,
    member_arguments,
    reads_levels,
    resolved,
    whole_facts,
)
from ledger.facts.surroundings import Surroundings
from ledger.policy.canonical import value_text
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.model import Policy
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Sheet, Value
from ledger.policy.terms import ParamTerm

MOST_REMEMBERED = 1024
"""Definitions made ready, and texts of values, that one reader keeps before it forgets them all."""

Kept = TypeVar("Kept")


class FactSheet(Struct, frozen=True):
    """The facts of a policy about one subject: for the evaluator, and for the decision's event."""

    values: Sheet
    seen: tuple[FactSeen, ...]


class FactReader:
    """Reads the sheets of one policy; it remembers only what follows from the policy and its numbers."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        read = tuple(whole_facts(policy.sheet))
        self._needed = {definition.name: _parameters_of(definition) for definition in read}
        self._levels = {definition.name: reads_levels(definition) for definition in read}
        self._foldings: dict[object, Folding | Missing] = {}
        self._last: dict[str, tuple[Mapping[str, Value], Levels, Folding | Missing]] = {}
        self._texts: dict[object, str] = {}

    def sheet(
        self,
        record: LearnerRecord,
        subject: str,
        on: date,
        parameters: Mapping[str, Value],
        surroundings: Surroundings,
    ) -> FactSheet:
        """Return the sheet of a subject, named by its key, on a day, under these parameter values.

        Raises `EvidenceErased` where payloads of the learner were erased.
        """
        record.require_whole()
        values: dict[str, Value] = {}
        seen = []
        asking = _Asking(record, subject, on, parameters, surroundings, values)
        for definition in self.policy.sheet:
            value, backing = self._fact(definition, asking)
            values[definition.name] = value
            seen.append(
                FactSeen(
                    name=definition.name,
                    value=self._text(value),
                    versions=backing.versions,
                    count=backing.count,
                    digest=backing.digest,
                )
            )
        return FactSheet(values, tuple(seen))

    def _fact(self, definition: FactDefinition, asking: "_Asking") -> tuple[Value, Backing]:
        if definition.about != "":
            key = resolved(definition.about, asking.parameters, asking.facts)
            if not isinstance(key, str):
                return (definition.when_none if key is ABSENT else UNKNOWN), Backing()
            asking = asking.about(key)
        method = METHODS[definition.method]
        if isinstance(method, TableMethod):
            return _looked_up(definition, method, asking)
        if isinstance(method, GatheringMethod):
            return self._gathered(definition, asking)
        folding = self._folding(definition, asking.parameters, asking.surroundings.levels)
        if isinstance(folding, Missing):
            return folding, Backing()
        days = days_of(folding, asking.record, asking.subject)
        state = asking.record.subject(asking.subject).state_for(folding, days).state
        raw, backing = method.result(state, folding.arguments)
        return _typed(definition, raw, asking), backing

    def _gathered(self, definition: FactDefinition, asking: "_Asking") -> tuple[Value, Backing]:
        keys = resolved(dict(definition.arguments)["of"], asking.parameters, asking.facts)
        if isinstance(keys, Missing):
            return keys, Backing()
        found = [self._member(definition, asking.about(str(key))) for key in cast("tuple[str, ...]", keys)]
        return tuple(sheet for sheet, _ in found), joined([each for _, backings in found for each in backings])

    def _member(self, definition: FactDefinition, asking: "_Asking") -> tuple[Sheet, list[Backing]]:
        values: dict[str, Value] = {}
        backings = []
        for member in definition.members:
            if member.method == IDENTITY:
                values[member.name] = asking.subject.partition("/")[2]
            else:
                values[member.name], backing = self._fact(member, asking)
                backings.append(backing)
        return values, backings

    def _text(self, value: Value) -> str:
        if isinstance(value, tuple):
            return value_text(value)
        key = (type(value), value)
        found = self._texts.get(key)
        if found is None:
            found = _remember(self._texts, key, value_text(value))
        return found

    def _folding(
        self, definition: FactDefinition, parameters: Mapping[str, Value], levels: Levels
    ) -> Folding | Missing:
        last = self._last.get(definition.name)
        if last is not None and last[0] is parameters and last[1] is levels:
            return last[2]
        read = levels.key if self._levels[definition.name] else None
        needed = self._needed[definition.name]
        key = (definition.name, read, *[parameters.get(name, UNKNOWN) for name in needed])
        found = self._foldings.get(key)
        if found is None:
            found = _remember(self._foldings, key, folding_of(definition, parameters, levels))
        self._last[definition.name] = (parameters, levels, found)
        return found


def _remember(memory: dict[object, Kept], key: object, value: Kept) -> Kept:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


@dataclass(frozen=True, slots=True)
class _Asking:
    record: LearnerRecord
    subject: str
    on: date
    parameters: Mapping[str, Value]
    surroundings: Surroundings
    facts: Mapping[str, Value]

    def about(self, subject: str) -> "_Asking":
        """Return the same asking about another subject, of which only the scale is known from outside."""
        if subject == self.subject:
            return self
        return replace(self, subject=subject, surroundings=Surroundings(levels=self.surroundings.levels))

    def holds(self, code: str, day: str) -> bool | None:
        found = self.record.status_on(code, self.subject, day)
        return None if found is None else found.holds


def fact_sheet(
    policy: Policy,
    record: LearnerRecord,
    subject: str,
    on: date,
    parameters: Mapping[str, Value],
    surroundings: Surroundings,
) -> FactSheet:
    """Return the sheet of one subject; to read many sheets of one policy keep a `FactReader`."""
    return FactReader(policy).sheet(record, subject, on, parameters, surroundings)


def _looked_up(definition: FactDefinition, method: TableMethod, asking: _Asking) -> tuple[Value, Backing]:
    arguments = arguments_of(method.arguments, dict(definition.arguments), asking.parameters)
    for missing in (UNKNOWN, ABSENT):
        if missing in arguments.values():
            return missing, Backing()
    raw, backing = method.read(
        Asked(asking.record, asking.subject, asking.on, asking.surroundings, arguments, definition.type)
    )
    return _typed(definition, raw, asking), backing


def _typed(definition: FactDefinition, raw: Raw, asking: _Asking) -> Value:
    if raw is None:
        return definition.when_none
    if definition.type is FactType.LIST and isinstance(raw, list):
        return _members(definition, raw, asking)
    return typed(raw, definition.type)


def _members(definition: FactDefinition, rows: Sequence[dict[str, Any]], asking: _Asking) -> tuple[Sheet, ...]:
    members = [
        (member, ITEM_METHODS[member.method], member_arguments(member, asking.parameters))
        for member in definition.members
    ]
    return tuple(
        {
            member.name: _typed(member, method.value(rows, place, arguments, asking), asking)
            for member, method, arguments in members
        }
        for place in range(len(rows))
    )


def typed(raw: Any, kind: FactType) -> Value:
    """Return a result as the type its definition declares; nothing is rounded.

    A fraction is always a `Fraction`; a whole number is an int, and stays a fraction where the
    definition wrongly calls a broken number whole.
    """
    if isinstance(raw, list | tuple):
        return _number(Fraction(*raw), kind)
    if kind is FactType.FRACTION and not isinstance(raw, Missing):
        return Fraction(raw)
    if kind is FactType.DATE and isinstance(raw, str):
        return date.fromisoformat(raw)
    return cast("Value", raw)


def _number(number: Fraction, kind: FactType) -> Value:
    if kind is FactType.BOOLEAN:
        return number > 0
    return number.numerator if kind is FactType.INTEGER and number.denominator == 1 else number


def _parameters_of(definition: FactDefinition) -> tuple[str, ...]:
    found: dict[str, None] = {}
    parts = [value for _, value in definition.arguments]
    parts += [getattr(part, field.name) for part in definition.where for field in fields(part)]
    parts += [value for member in definition.members for _, value in member.arguments]
    for part in parts:
        if isinstance(part, ParamTerm):
            found[part.name] = None
    return tuple(found)
