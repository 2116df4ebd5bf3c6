"""What evaluating a rule leaves behind: a tree of results, one per node, and how parents follow from parts."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ledger.policy.nodes import (
    AllOf,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Each,
    FinalWhen,
    Not,
    Route,
    Some,
)
from ledger.policy.order import (
    MET,
    NOT_YET,
    Pair,
    Rank,
    closed_when,
    highest,
    hull,
    lowest,
    nth_highest,
    turned,
)
from ledger.policy.sheet import ABSENT, Between, Value
from ledger.policy.terms import Node


class Result(NamedTuple):
    """What one node came to.

    `key` names a clause with the members it stands in (`area[writing]`), empty for other nodes.
    `parts` are the rules combined, `conditions` the tests that choose or close. `members` names the
    part of each member of a list. `got` and `needed` are the two sides of a comparison; a node that
    counts or chooses keeps its number or its value there. `unknown` names what would settle an open
    leaf.
    """

    node: Node
    pair: Pair
    key: str = ""
    parts: "tuple[Result, ...]" = ()
    conditions: "tuple[Result, ...]" = ()
    members: tuple[str, ...] = ()
    got: Value | Between = ABSENT
    needed: Value | Between = ABSENT
    unknown: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Say whether nothing unknown can change it."""
        return self.pair[0] == self.pair[1]

    @property
    def conflict(self) -> bool:
        """Say whether several exceptions to one default are known to hold at once."""
        return len([one for one in self.conditions if one.pair == MET]) > 1 and isinstance(self.node, ByDefault)


def combine(
    node: Node, pairs: Sequence[Pair], needed: Value | Between = ABSENT, conditions: Sequence[Result] = ()
) -> Pair:
    """Return the pair of a node from those of its parts, and from the number or conditions it goes by."""
    return _COMBINE[type(node)](pairs, needed, conditions)


def recombine(result: Result, pairs: Sequence[Pair]) -> Pair:
    """Return the pair a result would have if its parts had these, everything else being equal."""
    return _COMBINE[type(result.node)](pairs, result.needed, result.conditions)


_Combine: TypeAlias = "Callable[[Sequence[Pair], Value | Between, Sequence[Result]], Pair]"

_COMBINE: dict[type[Node], _Combine] = {
    AllOf: lambda pairs, needed, conditions: lowest(pairs),
    Each: lambda pairs, needed, conditions: lowest(pairs),
    AnyOf: lambda pairs, needed, conditions: highest(pairs),
    AtLeastOf: lambda pairs, needed, conditions: nth_highest(needed, pairs),
    Some: lambda pairs, needed, conditions: nth_highest(needed, pairs),
    Not: lambda pairs, needed, conditions: turned(pairs[0]),
    ByDefault: lambda pairs, needed, conditions: hull(pairs),
    ByCase: lambda pairs, needed, conditions: hull([*pairs, NOT_YET] if needed is True else pairs),
    Route: lambda pairs, needed, conditions: pairs[0],
    FinalWhen: lambda pairs, needed, conditions: closed_when(conditions[0].pair, pairs[0]),
}


def sentences(result: Result) -> Iterator[Result]:
    """Yield the result of every clause, enough_of and panel, in the order of the rule."""
    if result.key:
        yield result
    for part in result.parts:
        yield from sentences(part)


def needs(result: Result) -> Iterator[str]:
    """Name what would settle a result: only what stands under nodes that are still open."""
    if result.settled:
        return
    yield from result.unknown
    for part in (*result.conditions, *result.parts):
        yield from needs(part)


def missing(result: Result) -> list[Result]:
    """Return the sentences that are not met and would help; none under a node that can only be denied."""
    found: list[Result] = []
    _missing(result, found)
    return found


def _missing(result: Result, found: list[Result]) -> None:
    low, high = result.pair
    if low is Rank.MET or high is Rank.DENIED or isinstance(result.node, Not):
        return
    if result.key:
        found.append(result)
        return
    for part in result.parts:
        _missing(part, found)
