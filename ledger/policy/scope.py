"""What a term can see: the facts and parameters of a policy, and of the list members around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ledger.policy.facts import FactDefinition
from ledger.policy.judge import Judge, refusing
from ledger.policy.model import Policy
from ledger.policy.parameters import DECISION, ParameterDefinition, clock_day, in_force
from ledger.policy.result import Result
from ledger.policy.sheet import ABSENT, UNKNOWN, Between, Sheet, Table, Value, value_words
from ledger.policy.terms import FactTerm, Node


@dataclass(frozen=True, slots=True)
class EachMember:
    """A rule asked of each member of a list, how it is weighed in a member's scope, and what the members are called.

    `names` gives each member its name, by its place from 1; `own_name` says that the name follows from
    the member alone, unless another has it already.
    """

    rule: Node
    list: FactTerm
    weigh: "Callable[[Scope], Result]"
    own_name: bool
    name: Callable[[Sheet, int], str]
    names: dict[str, None]


class Remembers(Protocol):
    """Keeps what members of lists came to; see `ledger.policy.memory`."""

    def members(self, each: "EachMember", members: "tuple[Sheet, ...]", scope: "Scope") -> "tuple[Result, ...]":
        """Return what the members of a list came to, weighed now where no equal one was."""


@dataclass(slots=True)
class Asking:
    """One asking of one policy: the day, what is known, who judges by code, and which parameters were read."""

    policy: Policy
    on: date
    overrides: Mapping[str, Value]
    known_on: date | None
    by_member: tuple[ParameterDefinition, ...] = ()
    member_names: frozenset[str] = frozenset()
    used: dict[str, Value] = field(default_factory=dict)
    conflict: bool = False
    memory: Remembers | None = None
    judge: Judge = refusing

    def clock(self, definition: ParameterDefinition) -> str:
        """Name the clock of a parameter."""
        return definition.clock or self.policy.clock

    def value(self, definition: ParameterDefinition, values: Sheet) -> Value:
        """Return the value in force by the parameter's own clock."""
        day = clock_day(self.clock(definition), self.on, values)
        return in_force(definition, day, self.overrides, self.known_on)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a term can see; inside a list, the member's own and all outer ones.

    `own` are the definitions of this level, `suffix` the members it stands in (`[writing]`).
    """

    asking: Asking
    values: Sheet
    parameters: Mapping[str, Value]
    own: Mapping[str, FactDefinition]
    suffix: str = ""
    outer: "Scope | None" = None

    def enter(self, members: str, member: Sheet, name: str) -> "Scope":
        """Return the scope inside one member of a list."""
        listed = self.definition(members)
        own = {each.name: each for each in listed.members} if listed else {}
        values = {
            **self.values,
            **{each: member.get(each, definition.when_none) for each, definition in own.items()},
        }
        asking = self.asking
        parameters = self.parameters
        if asking.by_member:
            read_here = {
                each.name: asking.value(each, values) for each in asking.by_member if asking.clock(each) in own
            }
            parameters = {**parameters, **read_here}
        return Scope(asking, values, parameters, own, f"{self.suffix}[{name}]", self)

    def definition(self, name: str) -> FactDefinition | None:
        """Return the definition of a fact that can be seen from here."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.own:
                return scope.own[name]
            scope = scope.outer
        return None

    def named(self, name: str) -> str:
        """Return a fact's name with the member that carries it: `area_level[writing]`."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.own:
                return name + scope.suffix
            scope = scope.outer
        return name

    def fact(self, term: FactTerm) -> Value:
        """Return the value of a fact; one that is not declared is UNKNOWN."""
        return self.values.get(term.name, UNKNOWN)

    def parameter(self, name: str) -> Value:
        """Return the value of a parameter in force here, and note that it was read."""
        value = self.parameters.get(name, UNKNOWN)
        self.asking.used[self._place(name)] = value
        return value

    def entry(self, name: str, keys: "tuple[Value | Between, ...]") -> Value:
        """Return an entry of a table; ABSENT where the key is not in it, UNKNOWN where a key is."""
        held = self.parameters.get(name, UNKNOWN)
        if not isinstance(held, Table):
            if held is not ABSENT and held is not UNKNOWN:
                raise TypeError(f"param.{name} is {held!r}, not a table: leave out .by(...).")
            self.asking.used[self._place(name)] = held
            return held
        if any(key is UNKNOWN or isinstance(key, Between) for key in keys):
            return UNKNOWN
        value = held.look_up(*keys)
        text = ", ".join(value_words(key) for key in keys)
        self.asking.used[f"{self._place(name)}[{text}]"] = value
        return value

    def _place(self, name: str) -> str:
        return name + self.suffix if self.suffix and name in self.asking.member_names else name

    def unknown_fact(self, term: FactTerm) -> Iterator[str]:
        """Name a fact if it is not known."""
        if self.fact(term) is UNKNOWN:
            yield self.named(term.name)

    def unknown_parameter(self, name: str) -> Iterator[str]:
        """Name what keeps a parameter from having a value: the fact its clock reads, or a gap in its values."""
        if self.parameters.get(name, UNKNOWN) is UNKNOWN:
            clock = next((self.asking.clock(each) for each in self.asking.policy.parameters if each.name == name), "")
            unread = clock and clock_day(clock, self.asking.on, self.values) is None
            yield self.named(clock) if unread else f"param.{name}"


def open_scope(
    policy: Policy,
    sheet: Sheet,
    on: date,
    overrides: Mapping[str, Value],
    known_on: date | None,
    memory: Remembers | None = None,
    judge: Judge = refusing,
) -> Scope:
    """Return the scope of a whole policy; a fact missing from the sheet is its definition's `when_none`."""
    own = {definition.name: definition for definition in policy.sheet}
    values = {name: sheet.get(name, definition.when_none) for name, definition in own.items()}
    asking = Asking(policy, on, overrides, known_on, memory=memory, judge=judge)
    by_member, parameters = [], {}
    for each in policy.parameters:
        clock = each.clock or policy.clock
        parameters[each.name] = in_force(each, clock_day(clock, on, values), overrides, known_on)
        if clock != DECISION and clock not in own:
            by_member.append(each)
    asking.by_member = tuple(by_member)
    asking.member_names = frozenset(each.name for each in by_member)
    return Scope(asking, values, parameters, own)
