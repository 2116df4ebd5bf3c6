"""Which way a number of a rule leans: whether more of it asks more of a learner, read off the rule's form.

Where the form does not show it, or shows both, nothing is said: it is a hint for people, never a proof.
"""

from collections.abc import Iterator
from typing import Literal

from ledger.policy.checks.places import definitions
from ledger.policy.facts import AtLevel, FactDefinition
from ledger.policy.model import Policy
from ledger.policy.nodes import AllOf, AnyOf, AtLeastOf, Clause, Each, EnoughOf, FinalWhen, Not, Route, Some
from ledger.policy.sheet import Missing, Table, Value
from ledger.policy.terms import Comparison, CountOf, FactTerm, Node, Operator, ParamTerm, SumTerm, Times, walk

Lean = Literal["more asks more", "more asks less", ""]
Movement = Literal["raises the bar", "lowers the bar", ""]

_UP, _DOWN = 1, -1
_SIGNS = {Operator.AT_LEAST: _UP, Operator.MORE: _UP, Operator.AT_MOST: _DOWN, Operator.LESS: _DOWN}


def lean_of(policy: Policy, parameter: str) -> Lean:
    """Say whether a higher value of a parameter asks more of a learner, or less; empty where nobody can tell."""
    reader = _Reader(policy, parameter)
    signs = {sign for rule in (policy.eligible, policy.requires) for sign in reader.rule(rule, _UP)}
    if len(signs) != 1 or 0 in signs or reader.elsewhere():
        return ""
    return "more asks more" if signs == {_UP} else "more asks less"


def movement(policy: Policy, parameter: str, before: Value | None, after: Value | None) -> Movement:
    """Say whether another value of a parameter raises the bar or lowers it; empty where nobody can tell."""
    lean = lean_of(policy, parameter)
    if not lean or before is None or type(before) is not type(after) or before == after:
        return ""
    if isinstance(before, Missing | str | Table | tuple | bool):
        return ""
    grows = before < after  # type: ignore[operator]
    return "raises the bar" if grows is (lean == "more asks more") else "lowers the bar"


_THROUGH = (AllOf, AnyOf, AtLeastOf, Clause, Each, EnoughOf, FinalWhen, Not, Route, Some)
"""The nodes whose value never falls where that of a part rises, and `Not`."""


class _Reader:
    """Reads one policy for where one parameter stands; a sign of 0 says that nobody can tell."""

    def __init__(self, policy: Policy, parameter: str) -> None:
        self.policy, self.parameter = policy, parameter
        self.facts = {one.name: one for one, _ in definitions(policy.sheet)}

    def elsewhere(self) -> bool:
        """Say whether it stands in what a policy applies to, or in what it gives."""
        places: list[Node] = [self.policy.applies, *self.policy.grants]
        return any(self._inside(one) for one in places)

    def _inside(self, node: Node) -> bool:
        return any(isinstance(one, ParamTerm) and one.name == self.parameter for one in walk(node))

    def rule(self, node: Node, sign: int) -> Iterator[int]:
        """Yield the sign of every place in a rule, turned round inside a `Not`."""
        if isinstance(node, Comparison) and node.operator in _SIGNS:
            yield from self._term(node.right, sign * _SIGNS[node.operator])
            yield from self._term(node.left, -sign * _SIGNS[node.operator])
        elif isinstance(node, _THROUGH):
            yield from self._through(node, -sign if isinstance(node, Not) else sign)
        else:
            yield from self._unclear(node)

    def _through(self, node: Node, sign: int) -> Iterator[int]:
        """Yield the signs of the numbers of a node and of what stands below it."""
        for name in ("count", "at_least", "total"):
            yield from self._number(getattr(node, name, None), sign)
        if isinstance(node, FinalWhen):
            yield from self._unclear(node.when)
        for name in ("parts", "rule", "test", "where"):
            below = getattr(node, name, ())
            for part in below if isinstance(below, tuple) else (below,):
                yield from self.rule(part, sign)

    def _number(self, count: object, sign: int) -> Iterator[int]:
        if isinstance(count, ParamTerm) and count.name == self.parameter:
            yield sign

    def _unclear(self, node: Node) -> Iterator[int]:
        named = [one for one in walk(node) if isinstance(one, FactTerm) and one.name in self.facts]
        if self._inside(node) or any(self._read_by(self.facts[one.name]) for one in named):
            yield 0

    def _term(self, term: object, sign: int) -> Iterator[int]:
        """Yield the sign of a term where more of it asks more (`sign` 1), or less (-1)."""
        if isinstance(term, ParamTerm) and term.name == self.parameter:
            yield sign
        elif isinstance(term, SumTerm):
            for part in term.parts:
                yield from self._term(part, sign)
        elif isinstance(term, Times):
            yield from self._term(term.term, sign)
        elif isinstance(term, CountOf):
            yield from self._term(term.list, sign)
            yield from self.rule(term.where, -sign)
        elif isinstance(term, FactTerm) and term.name in self.facts:
            yield from self._fact(self.facts[term.name], sign)

    def _fact(self, fact: FactDefinition, sign: int) -> Iterator[int]:
        """Yield the sign of a fact: of a level that has to be reached for work to count, else nobody can tell."""
        if not self._read_by(fact):
            return
        levels = [one for one in fact.where if isinstance(one, AtLevel) and self._is(one.at_least)]
        only = sum(self._is(value) for value in _values(fact)) == len(levels)
        yield -sign if levels and only and fact.method.partition(".")[0] in _COUNTS else 0

    def _read_by(self, fact: FactDefinition) -> bool:
        return any(self._is(value) for value in _values(fact))

    def _is(self, value: object) -> bool:
        return isinstance(value, ParamTerm) and value.name == self.parameter


_COUNTS = frozenset({"count", "distinct"})
"""The methods of which a narrower choice can only give less."""


def _values(fact: FactDefinition) -> Iterator[object]:
    """Yield everything a fact's definition is given: in its filters, its arguments, and what it is about."""
    for one in fact.where:
        yield from (getattr(one, name) for name in one.__slots__)
    yield from (value for _, value in fact.arguments)
    yield fact.about
