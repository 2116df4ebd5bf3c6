"""Which clauses a decision rests on, found by flipping each alone in the tree of results."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from ledger.policy.nodes import Clause, EnoughOf, FinalWhen, Not, Panel
from ledger.policy.order import DENIED, MET, NOT_YET, Pair
from ledger.policy.result import Result, recombine

Moves: TypeAlias = Sequence[tuple[str, Pair | None]]
"""Every clause in a result, in order, with what the result would be if that clause flipped; None where it stays."""

Known: TypeAlias = dict[int, tuple[Result, Moves]]
"""The moves of results that are met again and again, by where they lie; each is held, so that none takes its place."""


def flips(root: Result, changes: Callable[[Pair], bool], known: Known | None = None) -> Iterator[str]:
    """Name each clause whose flip alone gives the root a pair for which `changes` holds.

    Met is flipped to the clause's own failing value, anything else to met; a clause that stands in
    several places is flipped in all of them.
    """
    moves = _moves(root, known)
    places = Counter([key for key, _ in moves])
    for key, moved in dict(moves).items():
        pair = moved if places[key] == 1 else _pair_with_flipped(root, key)
        if pair is not None and pair != root.pair and changes(pair):
            yield key


def flipped(clause: Result) -> Pair:
    """Return what a clause would be if it went the other way."""
    if clause.pair != MET:
        return MET
    node = clause.node
    final = isinstance(node, Panel) or (isinstance(node, Clause | EnoughOf) and node.final)
    return DENIED if final else NOT_YET


def _moves(result: Result, known: Known | None) -> Moves:
    if result.key:
        return ((result.key, flipped(result)),)
    pairs = [part.pair for part in result.parts]
    found: list[tuple[str, Pair | None]] = []
    for place, part in enumerate(result.parts):
        moves = _remembered(part, known) if known is not None and result.members else _moves(part, known)
        became: dict[Pair | None, Pair | None] = {None: None}
        for key, pair in moves:
            if pair is not None and pair not in became:
                changed = recombine(result, [*pairs[:place], pair, *pairs[place + 1 :]])
                became[pair] = None if changed == result.pair else changed
            found.append((key, became[pair]))
    return found


def _remembered(member: Result, known: Known) -> Moves:
    """Return the moves of a member of a list, found once where equal members share their result."""
    held = known.get(id(member))
    if held is None:
        held = known[id(member)] = (member, _moves(member, known))
    return held[1]


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
