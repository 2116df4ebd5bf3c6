"""One policy on one day, as the analysis asks it: its facts, the values its parameters can have, its scope."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from ledger.policy.checks.places import definitions
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.model import Policy
from ledger.policy.parameters import DECISION, ParameterDefinition, ParameterValue
from ledger.policy.scope import Asking, Scope
from ledger.policy.sheet import UNKNOWN, Table, Value
from ledger.policy.terms import FactTerm, Node, ParamTerm, walk

Known = Mapping[str, Value]
"""What is taken as known: facts by name, those of the list members at hand among them; names are used once."""


def focus_of(members: str) -> str:
    """Name the fact that marks the one member of a list an analysis is about; no author can write it."""
    return f"focus of {members}"


class Side:
    """A policy on a day, with overrides; every list member carries a mark beside its own facts."""

    def __init__(self, policy: Policy, on: date, overrides: Mapping[str, Value] | None = None) -> None:
        self.given = policy
        self.policy = replace(policy, sheet=tuple(_marked(definition) for definition in policy.sheet))
        self.on = on
        self.overrides = overrides or {}
        self.facts: dict[str, FactDefinition] = {}
        self.homes: dict[str, str] = {}
        for definition, home in definitions(self.policy.sheet):
            self.facts.setdefault(definition.name, definition)
            self.homes.setdefault(definition.name, home)
        self.parameters = {definition.name: definition for definition in policy.parameters}
        self._own = {definition.name: definition for definition in self.policy.sheet}
        self._asking = Asking(self.policy, on, self.overrides, None)

    def clock(self, name: str) -> str:
        """Name the clock of a parameter, `decision` for one that is not declared."""
        definition = self.parameters.get(name)
        return DECISION if definition is None else self._asking.clock(definition)

    @cached_property
    def _on_the_day(self) -> dict[str, Value]:
        return {
            name: self._asking.value(definition, {})
            for name, definition in self.parameters.items()
            if self.clock(name) == DECISION
        }

    @cached_property
    def _by_fact(self) -> tuple[ParameterDefinition, ...]:
        return tuple(each for name, each in self.parameters.items() if self.clock(name) != DECISION)

    @cached_property
    def _by_member(self) -> tuple[ParameterDefinition, ...]:
        return tuple(each for each in self._by_fact if self.clock(each.name) not in self._own)

    def scope(self, known: Known, lists: Sequence[str] = ()) -> Scope:
        """Return the evaluator's scope of what is known, inside one member of each of some nested lists."""
        values = {name: known.get(name, UNKNOWN) for name in self._own}
        asking = Asking(self.policy, self.on, self.overrides, None)
        parameters = dict(self._on_the_day)
        for each in self._by_fact:
            parameters[each.name] = asking.value(each, values)
        asking.by_member = self._by_member
        asking.member_names = frozenset(each.name for each in self._by_member)
        scope = Scope(asking, values, parameters, self._own)
        for name in lists:
            member = {each.name: known.get(each.name, UNKNOWN) for each in self.facts[name].members}
            scope = scope.enter(name, member, "")
        return scope

    def values(self, term: ParamTerm) -> tuple[object, ...]:
        """Return every value a parameter, or an entry of its table, can have for someone on the day asked."""
        found = [part for value in self.held(term.name) for part in _entries(value, bool(term.keys))]
        return tuple(dict.fromkeys(found))

    def held(self, name: str) -> tuple[Value, ...]:
        """Return every value a parameter can have for someone on the day asked."""
        definition = self.parameters.get(name)
        if definition is None:
            return ()
        if self.clock(name) == DECISION:
            return (self._on_the_day[name],)
        dated = tuple(each.value for each in definition.values)
        return (*dated, self.overrides[name]) if name in self.overrides else dated

    def tables(self, name: str) -> Iterator[Table]:
        """Yield every table a parameter can be."""
        yield from (value for value in self.held(name) if isinstance(value, Table))

    def reads(self, node: Node) -> frozenset[str]:
        """Name every fact a node reads, the clocks of its parameters included."""
        names = set()
        for part in walk(node):
            if isinstance(part, FactTerm):
                names.add(part.name)
            elif isinstance(part, ParamTerm) and (clock := self.clock(part.name)) != DECISION:
                names.add(clock)
        return frozenset(names)


def _entries(value: ParameterValue | Value, keyed: bool) -> Iterator[object]:
    if keyed and isinstance(value, Table):
        for line in value.entries:
            yield from _entries(line.value, keyed=False)
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value


def _marked(definition: FactDefinition) -> FactDefinition:
    if definition.type is not FactType.LIST:
        return definition
    mark = replace(
        definition, name=focus_of(definition.name), type=FactType.BOOLEAN, when_none=False, members=(), where=()
    )
    return replace(definition, members=(*(_marked(each) for each in definition.members), mark))
