"""What was found of list members and of whole sheets, kept for equal ones; the evaluator stays the one that finds it.

A memory belongs to one asking: one policy, one day, the same local values. It changes no finding, for
what is kept is the evaluator's own result, under the value of everything it can depend on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from ledger.policy.decisive import Known
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.judge import Judge, refusing
from ledger.policy.model import Outcome, Policy
from ledger.policy.parameters import DECISION
from ledger.policy.result import Result
from ledger.policy.scope import EachMember, Scope
from ledger.policy.sheet import UNKNOWN, Sheet, Value
from ledger.policy.terms import FactTerm, Node, ParamTerm, walk

MOST_KEPT = 50_000
"""Members of one list, or whole sheets, that are kept before all of them are forgotten."""

FEW = 8
"""Sets of parameters read by members of one list that are looked through for an equal one."""

Kept = TypeVar("Kept")


@dataclass(slots=True)
class Shelf(Generic[Kept]):
    """What was found, by everything it can depend on; `asked` counts how often, `found` how often it was here."""

    kept: dict[object, Kept] = field(default_factory=dict)
    asked: int = 0
    found: int = 0

    def get(self, key: object, find: Callable[[], Kept]) -> Kept:
        """Return what is kept under a key, found now where nothing is."""
        self.asked += 1
        held = self.kept.get(key)
        if held is not None:
            self.found += 1
            return held
        made = find()
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[key] = made
        return made


class Member(NamedTuple):
    """What one member came to, with what the asking noted on the way."""

    result: Result
    used: Mapping[str, Value]
    conflict: bool


class Met(NamedTuple):
    """A member met before as the very same object, which is kept so that no other can take its place in memory."""

    member: Sheet
    name: str
    found: Member


@dataclass(frozen=True, slots=True)
class Body:
    """A rule asked of each member of a list: which facts it can read, and what it came to so far.

    `own` are the facts read of the member, each with its value for none, `outer` those read around it;
    `lists` says that one of them may be a list.
    """

    own: tuple[tuple[str, Value], ...]
    outer: tuple[str, ...]
    lists: bool
    members: Shelf[Member] = field(default_factory=Shelf)
    known: dict[tuple[int, int, str], Met] = field(default_factory=dict)
    noted: list[Mapping[str, Value]] = field(default_factory=list)

    def weighed(self, each: EachMember, member: Sheet, number: int, scope: Scope) -> Member:
        """Return what the member at a place of the list came to, and give it its name."""
        place = (id(member), 0 if each.own_name else number, scope.suffix)
        known = self.known.get(place)
        if known is not None and known.name not in each.names:
            each.names[known.name] = None
            return known.found
        name = each.name(member, number)
        found = self.members.get(self.key(member, name, scope), partial(self._weighed, each, member, name, scope))
        if known is None and not self.outer:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            self.known[place] = Met(member, name, found)
        return found

    def key(self, member: Sheet, name: str, scope: Scope) -> object:
        """Return what a member's result can depend on: its place in the rule, and every value read."""
        values = [member.get(each, none) for each, none in self.own]
        values += [scope.values.get(each, UNKNOWN) for each in self.outer]
        return scope.suffix, name, fingerprint(values, lists=self.lists)

    def _weighed(self, each: EachMember, member: Sheet, name: str, scope: Scope) -> Member:
        inside = scope.enter(each.list.name, member, name)
        asking = replace(inside.asking, used={}, conflict=False)
        result = each.weigh(replace(inside, asking=asking))
        return Member(result, self._one_of_equals(asking.used), asking.conflict)

    def _one_of_equals(self, used: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return the same object for the same parameters read, so that they are noted once for a whole list."""
        for held in self.noted:
            if held == used:
                return held
        if len(self.noted) < FEW:
            self.noted.append(used)
        return used


@dataclass(slots=True)
class Numbers:
    """Numbers for members of lists, the same for equal ones, so that a whole list is told by a few numbers."""

    _by_object: dict[int, tuple[object, int]] = field(default_factory=dict)
    _by_value: dict[object, int] = field(default_factory=dict)
    _given: int = 0

    def key(self, values: Iterable[Value]) -> object:
        """Return what is equal for equal values of equal types alone, each list told by the numbers of its members."""
        told = tuple([self._list(value) if isinstance(value, tuple) else value for value in values])
        return told, tuple(map(type, told))

    def _list(self, members: tuple[object, ...]) -> tuple[int, ...]:
        held = [self._by_object.get(id(member)) for member in members]
        return tuple(
            [self._number(member) if known is None else known[1] for known, member in zip(held, members, strict=True)]
        )

    def _number(self, member: object) -> int:
        if len(self._by_object) >= MOST_KEPT:
            self._by_object.clear()
            self._by_value.clear()
        self._given += 1
        number = self._by_value.setdefault(_plain_member(member), self._given)
        self._by_object[id(member)] = (member, number)
        return number


@dataclass(slots=True)
class Memory:
    """What one policy came to on one day under the same local values, over many sheets."""

    policy: Policy
    on: date
    overrides: Mapping[str, Value]
    known_on: date | None
    judge: Judge = refusing
    sheets: Shelf[Outcome] = field(default_factory=Shelf)
    _bodies: dict[tuple[int, int], Body] = field(default_factory=dict)
    _numbers: Numbers = field(default_factory=Numbers)
    _moves: Known = field(default_factory=dict)
    _clocks: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._clocks = {each.name: each.clock or self.policy.clock for each in self.policy.parameters}

    def __reduce__(self) -> tuple[type["Memory"], tuple[object, ...]]:
        """Travel empty: what is kept is told by where it lies in this process."""
        return Memory, (self.policy, self.on, self.overrides, self.known_on, self.judge)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return what is kept of each rule that was asked of members."""
        return tuple(self._bodies.values())

    def known_moves(self) -> Known:
        """Return what flipping clauses does to members met before."""
        if len(self._moves) >= MOST_KEPT:
            self._moves.clear()
        return self._moves

    def sheet_key(self, sheet: Sheet) -> object:
        """Return what a finding can depend on: the value of every fact the policy declares."""
        values = [sheet.get(each.name, each.when_none) for each in self.policy.sheet]
        return self._numbers.key(values)

    def members(self, each: EachMember, members: tuple[Sheet, ...], scope: Scope) -> tuple[Result, ...]:
        """Return what the members of a list came to, weighed now where no equal one was."""
        body = self._body(each.rule, scope.definition(each.list.name))
        asking, results, noted = scope.asking, [], None
        for number, member in enumerate(members, 1):
            found = body.weighed(each, member, number, scope)
            results.append(found.result)
            if found.used is not noted:
                noted = found.used
                asking.used.update(noted)
            if found.conflict:
                asking.conflict = True
        return tuple(results)

    def _body(self, rule: Node, listed: FactDefinition | None) -> Body:
        key = (id(rule), id(listed))
        found = self._bodies.get(key)
        if found is None:
            members = listed.members if listed else ()
            read = frozenset(self._facts_read(rule))
            found = self._bodies[key] = Body(
                tuple((each.name, each.when_none) for each in members if each.name in read),
                tuple(sorted(read - {each.name for each in members})),
                any(each.type is FactType.LIST and each.name in read for each in _all(self.policy.sheet)),
            )
        return found

    def _facts_read(self, rule: Node) -> Iterator[str]:
        """Name the facts a rule reads, among them those by which its parameters are dated."""
        for part in walk(rule):
            if isinstance(part, FactTerm):
                yield part.name
            elif isinstance(part, ParamTerm) and self._clocks.get(part.name, DECISION) != DECISION:
                yield self._clocks[part.name]


def fingerprint(values: Iterable[Value], *, lists: bool) -> object:
    """Return what is equal for equal values of equal types alone: true is not 1, and 2 is no fraction."""
    plain = tuple([_plain(value) for value in values]) if lists else tuple(values)
    return plain, tuple(map(type, plain))


def _plain(value: Value) -> object:
    if not isinstance(value, tuple):
        return value
    return tuple([_plain_member(part) for part in value])


def _plain_member(member: object) -> object:
    if not isinstance(member, Mapping):
        return member
    lists = tuple in map(type, member.values())
    return tuple(member), fingerprint(member.values(), lists=lists)


def _all(definitions: Iterable[FactDefinition]) -> Iterator[FactDefinition]:
    for definition in definitions:
        yield definition
        yield from _all(definition.members)
