"""What is left of a rule once some facts are known: its open parts, with constants where others are settled.

A smaller rule reads fewer facts, so that what was found about it serves more learners. It comes to
the same as the rule it is left of, for everybody who shares those facts.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from ledger.policy.nodes import (
    AllOf,
    Always,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Clause,
    FinalWhen,
    Not,
    Panel,
    Route,
    Rule,
)
from ledger.policy.order import DENIED, MET, NEEDS_PANEL, NOT_YET, Pair, highest, lowest
from ledger.policy.result import Result
from ledger.policy.sheet import UNKNOWN
from ledger.policy.terms import Comparison, CountOf, SumTerm, Term

_NEVER = Not(Always())

CONSTANTS: dict[Pair, Rule] = {
    MET: Always(),
    NEEDS_PANEL: Panel("", "", _NEVER, Always()),
    NOT_YET: _NEVER,
    DENIED: Clause("", "", _NEVER, final=True),
}
"""A rule for every value."""


class Residues:
    """Makes what is left of rules, the same object for the same parts."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Rule] = {}

    def of(self, result: Result, counts: "Counts") -> Rule:
        """Return what is left of a rule that came to a result; `counts` are those that are known."""
        if result.settled:
            return CONSTANTS[result.pair]
        node = result.node
        if isinstance(node, AllOf | AnyOf):
            return self._combined(result, isinstance(node, AllOf), counts)
        if isinstance(node, AtLeastOf):
            return self._counted(result, node, counts)
        if isinstance(node, FinalWhen):
            return self._closed(result, counts)
        if isinstance(node, Not):
            inside = self.of(result.parts[0], counts)
            return self._once((Not, id(inside)), Not(inside))
        if isinstance(node, Comparison):
            return self._compared(node, counts)
        if isinstance(node, Clause):
            test = self.of(result.conditions[0], counts)
            return self._once((Clause, id(test)), Clause("", "", test, final=True)) if node.final else test
        return self.of(result.parts[0], counts) if isinstance(node, Route) or passes_on(result) else node

    def _once(self, key: tuple[object, ...], made: Rule) -> Rule:
        return self._made.setdefault(key, made)

    def _compared(self, node: Comparison, counts: "Counts") -> Rule:
        """Return a comparison with the counts that are known put in, so that only their sum matters."""
        left, right = _put_in(node.left, counts), _put_in(node.right, counts)
        if left is node.left and right is node.right:
            return node
        made = Comparison(left, node.operator, right)
        return self._made.setdefault((made,), made)

    def _combined(self, result: Result, every: bool, counts: "Counts") -> Rule:
        settled = [part.pair for part in result.parts if part.settled]
        parts = [self.of(part, counts) for part in result.parts if not part.settled]
        ends = MET if every else DENIED
        among = (lowest(settled) if every else highest(settled)) if settled else ends
        if among != ends:
            parts.insert(0, CONSTANTS[among])
        if len(parts) == 1:
            return parts[0]
        kind = AllOf if every else AnyOf
        return self._once((kind, *map(id, parts)), kind(tuple(parts)))

    def _counted(self, result: Result, node: AtLeastOf, counts: "Counts") -> Rule:
        if not isinstance(result.needed, int):
            return node
        parts = tuple(self.of(part, counts) for part in result.parts)
        return self._once((result.needed, *map(id, parts)), AtLeastOf(result.needed, parts))

    def _closed(self, result: Result, counts: "Counts") -> Rule:
        condition, inside = result.conditions[0], self.of(result.parts[0], counts)
        if condition.settled and condition.pair != MET:
            return inside
        when = self.of(condition, counts)
        return self._once((FinalWhen, id(when), id(inside)), FinalWhen(when, inside))


def _put_in(term: Any, counts: "Counts") -> Any:
    if isinstance(term, CountOf):
        found = counts(term)
        return term if found is None else found
    if not isinstance(term, SumTerm):
        return term
    parts: list[Any] = [_put_in(part, counts) for part in term.parts]
    if all(new is old for new, old in zip(parts, term.parts, strict=True)):
        return term
    open_ones = [part for part in parts if isinstance(part, Term)]
    known = sum(part for part in parts if not isinstance(part, Term))
    return SumTerm((*open_ones, known))


Counts: TypeAlias = Callable[[CountOf], int | None]
"""Gives the count of a list that is known, None for any other."""


def passes_on(result: Result) -> bool:
    """Say whether the branch is chosen, so that a by_case or by_default is as that branch is."""
    if len(result.parts) != 1 or result.parts[0].settled:
        return False
    if isinstance(result.node, ByCase):
        return result.got is not UNKNOWN
    return isinstance(result.node, ByDefault) and all(each.settled for each in result.conditions)
