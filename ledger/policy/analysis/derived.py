"""What facts must have to do with one another because of how they are folded, so that no impossible learner is asked.

Recognised by the definitions: the same items (what is read, filters, order, subject) under different methods.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, TypeAlias

from ledger.policy.analysis.linear import Form, number
from ledger.policy.analysis.side import Known, Side
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Value

_NOT_ABOVE = {
    ("first_date.1", "last_date.1"),
    ("latest.1", "best.1"),
    ("mean.1", "best.1"),
    ("median.1", "best.1"),
    ("mode_of_last.1", "best.1"),
    ("distinct.1", "count.1"),
    ("crowded.1", "count.1"),
}
"""Pairs of methods of which the first never exceeds the second over the same items."""

_OF_SOMETHING = ("first_date.1", "last_date.1", "latest.1", "best.1", "mean.1", "median.1", "mode_of_last.1")
"""Methods that have a value only where at least one item counts."""


class NotAbove(NamedTuple):
    """The first fact is at most the second; `together` says that one has a value only where the other has."""

    low: str
    high: str
    together: bool
    offset: int = 0


class Length(NamedTuple):
    """The first fact counts the members of the second."""

    counter: str
    list: str


class NeedsOne(NamedTuple):
    """The second fact has a value only where the first counts at least one."""

    counter: str
    other: str


class Fixed(NamedTuple):
    """The fact has one value on the day asked."""

    name: str
    value: Value


Relation: TypeAlias = NotAbove | Length | NeedsOne | Fixed


def names_in(relation: Relation) -> tuple[str, ...]:
    """Name the facts of a relation."""
    return (relation.name,) if isinstance(relation, Fixed) else (relation[0], relation[1])


def relations(sides: Iterable[Side]) -> tuple[Relation, ...]:
    """Return every relation between the facts of some policies that can be recognised."""
    found: dict[Relation, None] = {}
    for side in sides:
        for level in _levels(side.policy.sheet):
            found.update(dict.fromkeys(_between(level)))
            found.update(dict.fromkeys(_of_position(level)))
        for definition in side.policy.sheet:
            if definition.method == "today.1":
                found[Fixed(definition.name, side.on)] = None
    days = [each for each in found if isinstance(each, Fixed)]
    differing = {each.name for each in days if len([one for one in days if one.name == each.name]) > 1}
    return tuple(each for each in found if not (isinstance(each, Fixed) and each.name in differing))


def _levels(sheet: tuple[FactDefinition, ...]) -> Iterator[tuple[FactDefinition, ...]]:
    yield sheet
    for definition in sheet:
        if definition.members:
            yield from _levels(definition.members)


def _between(level: tuple[FactDefinition, ...]) -> Iterator[Relation]:
    whole = [each for each in level if not each.method.startswith("item.")]
    for one, other in combinations(whole, 2):
        if _items(one) == _items(other):
            yield from _related(one, other)
            yield from _related(other, one)


def _items(definition: FactDefinition) -> tuple[object, ...]:
    return definition.reads, definition.where, definition.order, getattr(definition, "about", "")


def _related(one: FactDefinition, other: FactDefinition) -> Iterator[Relation]:
    counts = one.method == "count.1" and one.measure == "presence"
    if (one.method, other.method) in _NOT_ABOVE and _measured_alike(one, other):
        together = one.when_none is other.when_none and isinstance(one.when_none, Missing)
        yield NotAbove(one.name, other.name, together)
    if counts and other.method == "items.1" and one.when_none == 0:
        yield Length(one.name, other.name)
    if counts and other.method in _OF_SOMETHING and isinstance(other.when_none, Missing):
        yield NeedsOne(one.name, other.name)


def _measured_alike(one: FactDefinition, other: FactDefinition) -> bool:
    return one.measure == other.measure or one.type is FactType.DATE or other.measure == "presence"


def _of_position(level: tuple[FactDefinition, ...]) -> Iterator[Relation]:
    places = [each.name for each in level if each.method == "item.ordinal"]
    earlier = [each.name for each in level if each.method == "item.earlier_in_window"]
    for place in places:
        yield from (NotAbove(name, place, together=False, offset=1) for name in earlier)


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of an analysis: whether what is known can be so, and which facts hang together."""

    every: tuple[Relation, ...]

    def possible(self, known: Known, names: Iterable[str] = ()) -> bool:
        """Say whether no relation is broken; only those of the named facts are looked at, all where none is named."""
        named = frozenset(names)
        return all(
            _kept(relation, known) for relation in self.every if not named or not named.isdisjoint(names_in(relation))
        )

    def forms(self) -> Iterator[Form]:
        """Yield the forms of those relations that compare."""
        for each in self.every:
            if isinstance(each, NotAbove):
                factors = sorted([(each.low, Fraction(1)), (each.high, Fraction(-1))])
                yield Form(tuple(factors), Fraction(each.offset))

    def counted_lists(self) -> Iterator[Length]:
        """Yield the lists whose members are counted by a fact."""
        yield from (each for each in self.every if isinstance(each, Length))


def _kept(relation: Relation, known: Known) -> bool:
    if isinstance(relation, Fixed):
        return known.get(relation.name, relation.value) == relation.value
    one, other = known.get(relation[0], UNKNOWN), known.get(relation[1], UNKNOWN)
    if one is UNKNOWN or other is UNKNOWN:
        return True
    if isinstance(relation, Length):
        return one == (len(other) if isinstance(other, tuple) else 0)
    if isinstance(relation, NeedsOne):
        return other is ABSENT or one != 0
    return _ordered(relation, one, other)


def _ordered(relation: NotAbove, one: Value, other: Value) -> bool:
    low, high = number(one), number(other)
    if low is None or high is None:
        return not relation.together or one is other
    return low + relation.offset <= high
