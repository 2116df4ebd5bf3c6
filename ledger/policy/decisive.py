"""Which clauses a decision rests on, found by flipping each alone in the tree of results."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from ledger.policy.nodes import Clause, EnoughOf, FinalWhen, Not, Panel
from ledger.policy.order import DENIED, MET, NOT_YET, Pair
from ledger.policy.result import Result, recombine

_Path: TypeAlias = "tuple[Result, int, _Path] | None"
"""The parents of a result from the inside out, each with the place of the part that leads to it."""

_Above: TypeAlias = dict[tuple[int, Pair], Pair | None]
"""What the root comes to once a node has another pair, None where it stays as it was."""


def flips(root: Result, changes: Callable[[Pair], bool]) -> Iterator[str]:
    """Name each clause whose flip alone gives the root a pair for which `changes` holds.

    Met is flipped to the clause's own failing value, anything else to met; a clause that stands in
    several places is flipped in all of them.
    """
    places: dict[str, list[tuple[Result, _Path]]] = {}
    above: _Above = {}
    _clauses(root, None, places)
    for key, found in places.items():
        if len(found) == 1:
            clause, path = found[0]
            pair = _root_pair(path, flipped(clause), above)
        else:
            pair = _pair_with_flipped(root, key)
        if pair is not None and pair != root.pair and changes(pair):
            yield key


def flipped(clause: Result) -> Pair:
    """Return what a clause would be if it went the other way."""
    if clause.pair != MET:
        return MET
    node = clause.node
    final = isinstance(node, Panel) or (isinstance(node, Clause | EnoughOf) and node.final)
    return DENIED if final else NOT_YET


def _clauses(result: Result, path: _Path, found: dict[str, list[tuple[Result, _Path]]]) -> None:
    """Collect every clause with its path; a generator in a generator would cost more than the rest."""
    if result.key:
        found.setdefault(result.key, []).append((result, path))
        return
    for place, part in enumerate(result.parts):
        _clauses(part, (result, place, path), found)


def _root_pair(path: _Path, pair: Pair, above: _Above) -> Pair | None:
    """Return the root's pair once a part at the end of a path has another, None if it stays as it was.

    What follows above a node from its new pair is the same for every clause below it: `above` remembers.
    """
    if path is None:
        return pair
    parent, place, further = path
    pairs = [part.pair for part in parent.parts]
    pairs[place] = pair
    changed = recombine(parent, pairs)
    if changed == parent.pair:
        return None
    key = (id(parent), changed)
    if key not in above:
        above[key] = _root_pair(further, changed, above)
    return above[key]


def _pair_with_flipped(result: Result, key: str) -> Pair:
    if result.key:
        return flipped(result) if result.key == key else result.pair
    if not result.parts:
        return result.pair
    return recombine(result, [_pair_with_flipped(part, key) for part in result.parts])


def carriers(result: Result, carries: Callable[[Pair], bool]) -> Iterator[str]:
    """Name the clauses of every part that is as its parent is, from the root down.

    Where a node changes what is inside it (not_, final_when) its inside is followed as it stands.
    """
    if result.key:
        yield result.key
        return
    for part in result.parts:
        if isinstance(result.node, Not | FinalWhen) and not carries(part.pair):
            yield from carriers(part, part.pair.__eq__)
        elif carries(part.pair):
            yield from carriers(part, carries)
