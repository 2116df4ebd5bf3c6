"""The tree over the leaves that stand, put together from tiles of 256: its root at any size that is asked for.

Written apart from `ledger.audit.merkle`, which the signer uses, so that one does not repeat the other's mistake.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TILE = 256
"""Leaves under one hash of the next level of tiles (C2SP tlog-tiles)."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162, section 2.1.1)."""

_sha256 = hashlib.sha256


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over some hashes of one level, at least one; the last of an odd number moves up as it is."""
    level = hashes
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else ()
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [_sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level.extend(odd)
    return level[0]


@dataclass(slots=True)
class Growing:
    """A tree that grows by whole tiles; `complete` says that no leaf was missing so far."""

    complete: bool = True
    tiles: list[bytes] = field(default_factory=list)
    _stack: list[tuple[int, bytes]] = field(default_factory=list)

    def append(self, tile: bytes) -> None:
        """Add the root of a whole tile."""
        self.tiles.append(tile)
        count, top = 1, tile
        while self._stack and self._stack[-1][0] == count:
            _, left = self._stack.pop()
            count, top = 2 * count, _sha256(b"\x01" + left + top).digest()
        self._stack.append((count, top))

    def root(self, partial: bytes | None = None) -> bytes:
        """Return the root over the tiles so far and, where there is one, the root of a part of the next."""
        top = partial
        for _, left in reversed(self._stack):
            top = left if top is None else _sha256(b"\x01" + left + top).digest()
        return EMPTY if top is None else top


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaves of a span that begins a tile: the root of each whole tile, and of parts of tiles, by size of the log.

    `count` is how many stand without a gap from the first on.
    """

    tiles: tuple[bytes, ...]
    partial: Mapping[int, bytes]
    count: int


def leaves_of(first: int, leaves: Sequence[bytes], wanted: Iterable[int]) -> Leaves:
    """Fold the leaves of a span; `first` is the index of the first, `wanted` are sizes of the log."""
    sizes = {size for size in wanted if first < size <= first + len(leaves) and size % TILE}
    return Leaves(
        tuple(root_of(leaves[at : at + TILE]) for at in range(0, len(leaves) - TILE + 1, TILE)),
        {size: root_of(leaves[(size - first) // TILE * TILE : size - first]) for size in sizes},
        len(leaves),
    )


def roots_at(spans: Iterable[Leaves], wanted: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the root at each wanted size that the leaves reach without a gap, in rising order.

    A size within a tile must have been named to `leaves_of`.
    """
    sizes = sorted(set(wanted))
    growing, place = Growing(), 0
    while sizes and sizes[0] <= 0:
        yield sizes.pop(0), EMPTY
    for leaves in spans:
        reached = len(growing.tiles) * TILE + leaves.count
        whole = iter(leaves.tiles)
        while place < len(sizes) and sizes[place] <= reached:
            size = sizes[place]
            while len(growing.tiles) < size // TILE:
                growing.append(next(whole))
            place += 1
            if not size % TILE or size in leaves.partial:
                yield size, growing.root(leaves.partial.get(size))
        for tile in whole:
            growing.append(tile)
