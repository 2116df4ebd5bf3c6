"""Whether one rule is met only where another is, read off two rules of like shape without asking about anybody.

It never says so wrongly; where the shapes differ too much it cannot tell, and boxes have to be explored.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from ledger.policy.analysis.comparing import folded_otherwise
from ledger.policy.analysis.side import Side
from ledger.policy.model import STAGES
from ledger.policy.nodes import (
    AllOf,
    Always,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Clause,
    Each,
    EnoughOf,
    FinalWhen,
    Not,
    Panel,
    Route,
    Some,
)
from ledger.policy.parameters import DECISION, ParameterDefinition, in_force
from ledger.policy.sheet import ABSENT, UNKNOWN, Table, Value
from ledger.policy.terms import Comparison, CountOf, Node, Operator, ParamTerm, SumTerm, Times, walk

_LONG_AGO, _ONE_DAY = date.min, timedelta(days=1)


Explored: TypeAlias = "Callable[[Any, Any], bool]"
"""Says whether exploring shows that a rule of the first side is met only where one of the second is."""


def implies(strict: Side, other: Side, explored: "Explored | None" = None) -> bool:
    """Say whether it is certain that whoever meets one policy meets the other.

    What the shapes do not show of two parts outside lists, `explored` may.
    """
    if strict.given.subject != other.given.subject or any(folded_otherwise(strict, other)):
        return False
    implying = Implying(strict, other, explored)
    return all(implying.rule(getattr(strict.policy, stage), getattr(other.policy, stage)) for stage in STAGES)


class Implying:
    """Two sides, of whose rules the first is to be met only where the second is.

    Of both ends of what a rule can still come to: where that of the first is met, so is that of the second.
    """

    def __init__(self, strict: Side, other: Side, explored: "Explored | None" = None) -> None:
        self.strict, self.other = strict, other
        self._explored = explored
        self._memo: dict[tuple[int, int], bool] = {}

    def rule(self, one: Node, other: Node) -> bool:
        """Say whether a rule or test of the first side is certainly met only where one of the second is."""
        key = (id(one), id(other))
        if key not in self._memo:
            one, other = bare(one), bare(other)
            found = isinstance(other, Always) or self.alike(one, other) or self._combined(one, other)
            self._memo[key] = found or self._shown(one, other)
        return self._memo[key]

    def _shown(self, one: Node, other: Node) -> bool:
        """Explore two parts, where the second is not as it is on the other side."""
        return self._explored is not None and not self._by_shape.alike(other, other) and self._explored(one, other)

    @property
    def _by_shape(self) -> "Implying":
        """The same two sides without exploring, for what is asked of the members of a list."""
        return Implying(self.strict, self.other)

    def alike(self, one: object, other: object) -> bool:
        """Say whether two nodes or constants are the same, with the same values in them."""
        if one is not other and one != other:
            return False
        parameters = [part for part in walk(one) if isinstance(part, ParamTerm)] if isinstance(one, Node) else []
        return all(_every(self._pairs(part, part), _same) for part in parameters)

    def _combined(self, one: Any, other: Any) -> bool:
        if isinstance(other, AllOf):
            return all(self.rule(one, part) for part in other.parts)
        if isinstance(one, AnyOf):
            return all(self.rule(part, other) for part in one.parts)
        within = isinstance(one, AllOf) and self._any([(part, other) for part in one.parts])
        among = isinstance(other, AnyOf) and self._any([(one, part) for part in other.parts])
        like = _LIKE.get(type(one))
        return within or among or (like is not None and type(one) is type(other) and like(self, one, other))

    def _any(self, pairs: "list[tuple[Any, Any]]") -> bool:
        """Say whether one of some pairs will do; those that are the same are found before others are looked into."""
        return any(self.alike(*pair) for pair in pairs) or any(self.rule(*pair) for pair in pairs)

    def counted(self, one: AtLeastOf, other: AtLeastOf) -> bool:
        """Compare two rules that ask for some of their parts."""
        return len(one.parts) == len(other.parts) and self._no_fewer(one.count, other.count) and self._each(one, other)

    def _each(self, one: Any, other: Any) -> bool:
        return all(self.rule(part, beside) for part, beside in zip(one.parts, other.parts, strict=True))

    def listed(self, one: Each, other: Each) -> bool:
        """Compare two rules over every member of a list."""
        return one.list == other.list and self._by_shape.rule(one.rule, other.rule)

    def some(self, one: Some, other: Some) -> bool:
        """Compare two rules over some members of a list."""
        like = one.list == other.list and self._no_fewer(one.at_least, other.at_least)
        return like and self._by_shape.rule(one.rule, other.rule)

    def turned(self, one: Not, other: Not) -> bool:
        """Compare two rules turned round."""
        return Implying(self.other, self.strict).rule(other.rule, one.rule)

    def by_case(self, one: ByCase, other: ByCase) -> bool:
        """Compare two rules that go by the value of one term."""
        if not self.alike(one.term, other.term) or [each.value for each in one.cases] != [
            each.value for each in other.cases
        ]:
            return False
        return all(self.rule(case.rule, beside.rule) for case, beside in zip(one.cases, other.cases, strict=True))

    def by_default(self, one: ByDefault, other: ByDefault) -> bool:
        """Compare two rules with the same exceptions."""
        if len(one.exceptions) != len(other.exceptions):
            return False
        pairs = list(zip(one.exceptions, other.exceptions, strict=True))
        same = all(self.alike(part.when, beside.when) for part, beside in pairs)
        return same and self.rule(one.base, other.base) and all(self.rule(a.rule, b.rule) for a, b in pairs)

    def panel(self, one: Panel, other: Panel) -> bool:
        """Compare two panels: both are met where they have decided and it was carried."""
        return self.rule(one.decided, other.decided) and self.rule(one.carried, other.carried)

    def enough(self, one: EnoughOf, other: EnoughOf) -> bool:
        """Compare two rules that ask for enough of several categories."""
        named = [take.category for take in one.takes] == [take.category for take in other.takes]
        same = one.list == other.list and one.kind == other.kind and self.alike(one.categories, other.categories)
        if not (
            named and same and self._no_fewer(one.total, other.total) and self._by_shape.rule(one.where, other.where)
        ):
            return False
        return all(
            self._no_fewer(take.at_least, beside.at_least)
            and (beside.at_most is None or (take.at_most is not None and self._no_more(take.at_most, beside.at_most)))
            for take, beside in zip(one.takes, other.takes, strict=True)
        )

    def compared(self, one: Comparison, other: Comparison) -> bool:
        """Compare two comparisons of the same kind."""
        if one.operator is not other.operator:
            return False
        if one.operator is Operator.IN:
            return self.alike(one.left, other.left) and _every(self._pairs(one.right, other.right), _fewer)
        if one.operator is Operator.IS:
            return self.alike(one.left, other.left) and _every(self._pairs(one.right, other.right), _same)
        if one.operator in (Operator.AT_LEAST, Operator.MORE):
            return self._not_above(one.left, other.left) and self._not_below(one.right, other.right)
        return self._not_below(one.left, other.left) and self._not_above(one.right, other.right)

    def is_set(self, one: ParamTerm, other: ParamTerm) -> bool:
        """Compare two parameters that are yes or no."""
        return _every(self._pairs(one, other), lambda first, second: first in (False, ABSENT) or second is True)

    def _not_above(self, one: object, other: object) -> bool:
        """Say whether a term of the first side is certainly at most one of the second, or has no value."""
        return self._ordered(one, other, lambda a, b: a is ABSENT or _at_most(a, b), self._by_shape.rule)

    def _not_below(self, one: object, other: object) -> bool:
        turned = Implying(self.other, self.strict)
        return self._ordered(one, other, lambda a, b: a is ABSENT or _at_most(b, a), lambda a, b: turned.rule(b, a))

    def _no_fewer(self, one: object, other: object) -> bool:
        return _every(self._pairs(one, other), lambda a, b: _at_most(b, a))

    def _no_more(self, one: object, other: object) -> bool:
        return _every(self._pairs(one, other), _at_most)

    def _ordered(
        self, one: Any, other: Any, way: "Callable[[Value, Value], bool]", members: "Callable[[Node, Node], bool]"
    ) -> bool:
        if self.alike(one, other):
            return True
        if isinstance(one, CountOf) and isinstance(other, CountOf):
            return one.list == other.list and members(one.where, other.where)
        if isinstance(one, SumTerm) and isinstance(other, SumTerm):
            parts = zip(one.parts, other.parts, strict=False)
            return len(one.parts) == len(other.parts) and all(self._ordered(*each, way, members) for each in parts)
        if isinstance(one, Times) and isinstance(other, Times):
            return one.factor == other.factor and self._ordered(one.term, other.term, way, members)
        return _every(self._pairs(one, other), way)

    def _pairs(self, one: object, other: object) -> "Iterator[tuple[Value, Value]] | None":
        """Return what two constants or parameters are together for anybody; nothing where that cannot be said."""
        if any(isinstance(each, Node) and not isinstance(each, ParamTerm) for each in (one, other)):
            return None
        sides = ((one, self.strict), (other, self.other))
        clocks = {side.clock(term.name) for term, side in sides if isinstance(term, ParamTerm)} - {DECISION}
        keys = {tuple(term.keys) for term, _ in sides if isinstance(term, ParamTerm)} - {()}
        if len(clocks) > 1 or len(keys) > 1 or any(True for key in keys for _ in _parameters(key)):
            return None
        days = self._days(sides, clocks)
        return (pair for day in days for pair in _looked_up(_value(*sides[0], day), _value(*sides[1], day), bool(keys)))

    def _days(self, sides: "tuple[tuple[object, Side], ...]", clocks: set[str]) -> list[date | None]:
        days: set[date | None] = {_LONG_AGO}
        for term, side in sides:
            if isinstance(term, ParamTerm) and term.name in side.parameters:
                for value in side.parameters[term.name].values:
                    days.update((value.first_day,) if value.first_day else ())
                    days.update((value.last_day + _ONE_DAY,) if value.last_day and value.last_day < date.max else ())
        known = [self.strict.facts.get(clock) for clock in clocks]
        if any(fact is None or fact.when_none is ABSENT for fact in known):
            days.add(None)
        return list(days)


def _parameters(keys: Iterable[object]) -> Iterator[ParamTerm]:
    for key in keys:
        yield from (part for part in walk(key) if isinstance(part, ParamTerm)) if isinstance(key, Node) else ()


def bare(node: Node) -> Node:
    """Return what has to be met for a node to be met: a sentence's test, a route's rule."""
    while isinstance(node, Clause | Route | FinalWhen):
        node = node.test if isinstance(node, Clause) else node.rule
    return node


def _value(term: object, side: Side, day: date | None) -> Value:
    if not isinstance(term, ParamTerm):
        return term  # type: ignore[return-value]
    definition: ParameterDefinition | None = side.parameters.get(term.name)
    if definition is None:
        return UNKNOWN
    if side.clock(term.name) == DECISION:
        return side.held(term.name)[0]
    return in_force(definition, day, side.overrides)


def _looked_up(one: Value, other: Value, keyed: bool) -> Iterator[tuple[Value, Value]]:
    """Yield two values, or those of two tables under every key either has."""
    if not keyed or not (isinstance(one, Table) or isinstance(other, Table)):
        yield one, other
        return
    keys = {line.keys for each in (one, other) if isinstance(each, Table) for line in each.entries}
    for key in keys:
        yield tuple(each.look_up(*key) if isinstance(each, Table) else each for each in (one, other))  # type: ignore[misc]


def _every(pairs: "Iterator[tuple[Value, Value]] | None", way: "Callable[[Value, Value], bool]") -> bool:
    return pairs is not None and all(way(one, other) for one, other in pairs)


def _same(one: Value, other: Value) -> bool:
    return one == other and type(one) is type(other)


def _fewer(one: Value, other: Value) -> bool:
    if one is ABSENT:
        return True
    return isinstance(one, tuple) and isinstance(other, tuple) and {*map(repr, one)} <= {*map(repr, other)}


def _at_most(one: Value, other: Value) -> bool:
    if isinstance(one, bool | str) or isinstance(other, bool | str):
        return _same(one, other)
    numbers = isinstance(one, int | Fraction) and isinstance(other, int | Fraction)
    return (numbers or (isinstance(one, date) and isinstance(other, date))) and one <= other  # type: ignore[operator]


_LIKE: dict[type, "Callable[[Implying, Any, Any], bool]"] = {
    AtLeastOf: Implying.counted,
    Each: Implying.listed,
    Some: Implying.some,
    Not: Implying.turned,
    ByCase: Implying.by_case,
    ByDefault: Implying.by_default,
    Panel: Implying.panel,
    EnoughOf: Implying.enough,
    Comparison: Implying.compared,
    ParamTerm: Implying.is_set,
}
