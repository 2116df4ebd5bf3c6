"""Facts of which more can never hurt, read off the rule: they stand only where a higher value can help.

A proof without asking anybody: every operator of the language keeps the order of its parts, but for
not_ and for the tests that choose a branch, close a route or count down.
"""

from collections.abc import Iterable

from ledger.policy.analysis.side import Side
from ledger.policy.model import STAGES
from ledger.policy.nodes import (
    AllOf,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Clause,
    Each,
    EnoughOf,
    FinalWhen,
    Route,
    Some,
)
from ledger.policy.terms import Comparison, CountOf, Exists, FactTerm, Node, Operator, SumTerm, Times

_UP = (Operator.AT_LEAST, Operator.MORE)
_DOWN = (Operator.AT_MOST, Operator.LESS)


def never_hurts(side: Side, name: str) -> bool:
    """Say whether a higher value of a fact can be seen never to lower an outcome."""
    return all(_helps(getattr(side.policy, stage), name, side) for stage in STAGES)


def _helps(node: Node, name: str, side: Side) -> bool:
    """Say whether a higher value of a fact can only raise a rule or a test, or does not touch it."""
    if name not in side.reads(node):
        return True
    if isinstance(node, Comparison):
        return _compared(node, name, side)
    if isinstance(node, FactTerm | Exists):
        return True
    if isinstance(node, AllOf | AnyOf | AtLeastOf):
        return _all(node.parts, name, side)
    if isinstance(node, Clause):
        return _helps(node.test, name, side)
    if isinstance(node, Each | Some | Route):
        return _helps(node.rule, name, side)
    return _beside_others(node, name, side)


def _all(nodes: Iterable[Node], name: str, side: Side) -> bool:
    return all(_helps(node, name, side) for node in nodes)


def _beside_others(node: Node, name: str, side: Side) -> bool:
    if isinstance(node, EnoughOf):
        return _untouched((node.kind, node.categories), name, side) and _helps(node.where, name, side)
    if isinstance(node, FinalWhen):
        return _untouched((node.when,), name, side) and _helps(node.rule, name, side)
    if isinstance(node, ByDefault):
        tests = tuple(exception.when for exception in node.exceptions)
        rules = (node.base, *(exception.rule for exception in node.exceptions))
        return _untouched(tests, name, side) and _all(rules, name, side)
    if isinstance(node, ByCase):
        return _untouched((node.term,), name, side) and _all([case.rule for case in node.cases], name, side)
    return False


def _untouched(nodes: Iterable[Node], name: str, side: Side) -> bool:
    return all(name not in side.reads(node) for node in nodes)


def _compared(node: Comparison, name: str, side: Side) -> bool:
    if node.operator in _UP:
        return _rises(node.left, name, side) and _free(node.right, name, side)
    if node.operator in _DOWN:
        return _rises(node.right, name, side) and _free(node.left, name, side)
    return False


def _free(term: object, name: str, side: Side) -> bool:
    return not isinstance(term, Node) or name not in side.reads(term)


def _rises(term: object, name: str, side: Side) -> bool:
    """Say whether a term can only rise with a fact."""
    if _free(term, name, side) or isinstance(term, FactTerm):
        return True
    if isinstance(term, SumTerm):
        return all(_rises(part, name, side) for part in term.parts)
    if isinstance(term, Times):
        return _rises(term.term, name, side)
    return isinstance(term, CountOf) and _helps(term.where, name, side)
