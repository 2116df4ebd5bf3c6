"""A result taken apart into its open parts, and put together again from what each part came to.

Only the evaluator's own operators combine: what is not taken apart here is a part of its own.
"""

from typing import NamedTuple, cast

from ledger.policy.analysis.residue import passes_on
from ledger.policy.nodes import AllOf, AnyOf, AtLeastOf, FinalWhen, Not, Route
from ledger.policy.order import Pair, closed_when, highest, lowest, nth_highest, turned
from ledger.policy.result import Result
from ledger.policy.sheet import UNKNOWN
from ledger.policy.terms import Node

CONDITION, INSIDE = "condition", "inside"


class Part(NamedTuple):
    """An open part of a result; `place` says where it stands in a node of two different parts."""

    node: Node
    place: str = INSIDE


def parted(result: Result) -> list[Part]:
    """Return the open parts of an open result, itself where it cannot be taken apart."""
    node = result.node
    if isinstance(node, AllOf | AnyOf) or (isinstance(node, AtLeastOf) and result.needed is not UNKNOWN):
        return [Part(part.node) for part in result.parts if not part.settled]
    if isinstance(node, FinalWhen):
        places = [(CONDITION, result.conditions[0]), (INSIDE, result.parts[0])]
        return [Part(part.node, place) for place, part in places if not part.settled]
    if isinstance(node, Not | Route) or passes_on(result):
        return [Part(result.parts[0].node)]
    return [Part(node)]


def started(result: Result) -> object:
    """Return what is known of a result before any of its open parts is: what its settled parts came to."""
    node = result.node
    settled = [part.pair for part in result.parts if part.settled]
    if isinstance(node, AllOf):
        return lowest(settled) if settled else None
    if isinstance(node, AnyOf):
        return highest(settled) if settled else None
    if _counts(result):
        return tuple(sorted(settled))
    if isinstance(node, FinalWhen):
        condition, inside = result.conditions[0], result.parts[0]
        return (condition.pair if condition.settled else None, inside.pair if inside.settled else None)
    return None


def taken(result: Result, state: object, part: Part, pair: Pair) -> object:
    """Return what is known of a result once one more part is."""
    node = result.node
    if isinstance(node, AllOf):
        return pair if state is None else lowest((state, pair))  # type: ignore[arg-type]
    if isinstance(node, AnyOf):
        return pair if state is None else highest((state, pair))  # type: ignore[arg-type]
    if _counts(result):
        return tuple(sorted((*state, pair)))  # type: ignore[misc]
    if isinstance(node, FinalWhen):
        both = cast("tuple[Pair | None, Pair | None]", state)
        return (pair, both[1]) if part.place == CONDITION else (both[0], pair)
    return pair


def finished(result: Result, state: object) -> Pair:
    """Return what a result comes to once all its parts are known."""
    node = result.node
    if _counts(result):
        return nth_highest(result.needed, state)  # type: ignore[arg-type]
    if isinstance(node, FinalWhen):
        return closed_when(*cast("tuple[Pair, Pair]", state))
    if isinstance(node, Not):
        return turned(state)  # type: ignore[arg-type]
    return state  # type: ignore[return-value]


def _counts(result: Result) -> bool:
    return isinstance(result.node, AtLeastOf) and result.needed is not UNKNOWN
