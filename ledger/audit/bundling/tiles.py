"""Covering a log with the leaves somebody is shown and, for all the rest, as few hashes as can be.

A tile is the hash of 2^level leaves from a first one on. The tree is cut at every size of which the root
shall follow too, so that a bundle shows how the log grew from there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ledger.audit.merkle import node

Tile: TypeAlias = tuple[int, int, bytes]
"""First leaf, level, hash."""

HashAt: TypeAlias = Callable[[int, int], bytes]
"""Returns the hash of a level and an index of the tree."""


@dataclass(slots=True)
class Cover:
    """Covers a log of a size; `shown` are the indices of leaves that stand in a bundle themselves."""

    size: int
    shown: Collection[int]
    cuts: Collection[int]
    hash_at: HashAt
    _shown: list[int] = field(init=False)
    _cuts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._shown, self._cuts = sorted(self.shown), sorted(self.cuts)

    def tiles(self) -> Iterator[Tile]:
        """Yield the tiles for all that is not shown, in the order of the log."""
        for first, level in whole_subtrees(self.size):
            yield from self._within(first, level)

    def _within(self, first: int, level: int) -> Iterator[Tile]:
        end = first + (1 << level)
        shown = bisect_left(self._shown, first) < bisect_left(self._shown, end)
        cut = bisect_right(self._cuts, first) < bisect_left(self._cuts, end)
        if not shown and not cut:
            yield first, level, self.hash_at(level, first >> level)
        elif level:
            yield from self._within(first, level - 1)
            yield from self._within(first + (1 << (level - 1)), level - 1)


def whole_subtrees(size: int) -> Iterator[tuple[int, int]]:
    """Yield first leaf and level of each full subtree that a log of a size is made of, the largest first."""
    first = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield first, level
            first += 1 << level


def root_over(tiles: Iterable[Tile]) -> bytes:
    """Return the root over tiles that cover a log; they need not come in order."""
    stack: list[tuple[int, bytes]] = []
    for _, level, digest in sorted(tiles):
        stack.append((level, digest))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            height, right = stack.pop()
            stack[-1] = (height + 1, node(stack[-1][1], right))
    digest = stack[-1][1]
    for _, left in reversed(stack[:-1]):
        digest = node(left, digest)
    return digest


def written(tiles: Iterable[Tile]) -> str:
    """Write tiles as lines: first leaf, level, hash."""
    return "".join(f"{first} {level} {digest.hex()}\n" for first, level, digest in tiles)
