"""A Merkle tree over the leaves of a log: its root, and the proofs that hold without the log.

An inclusion proof shows that a leaf stands at an index of a tree with a known root; a consistency proof
that a tree is an earlier one with leaves added. Source: RFC 9162, section 2.1. A hash of the tree is
named by level and index: level 0 holds the leaves, each hash above stands over two below it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

LONGEST_PATH = 63
"""Hashes a proof may have: a tree that needs more has more leaves than anybody can count."""

HashAt = Callable[[int, int], bytes]
"""Gives the hash at a level and an index; only those over a full number of leaves are asked for."""

_sha256 = hashlib.sha256


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash over two others."""
    return _sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree of which only the hashes are kept that what is added later needs: one for each bit of its size."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError(
                f"a tree of {size} leaves has {size.bit_count()} hashes at its edge, not {len(self.hashes)}"
            )

    def append(self, leaf: bytes) -> None:
        """Add a leaf."""
        below, rest = leaf, self.size
        while rest & 1:
            below, rest = node(self.hashes.pop(), below), rest >> 1
        self.hashes.append(below)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves, in their order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """Return the root."""
        return _joined(self.hashes) if self.hashes else EMPTY_ROOT


class Tree:
    """A tree whose every hash is in memory."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels: list[list[bytes]] = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            self._levels.append([node(left, right) for left, right in _pairs(below)])

    @property
    def size(self) -> int:
        """Return the number of leaves."""
        return len(self._levels[0])

    def hash_at(self, level: int, index: int) -> bytes:
        """Return a hash by its place."""
        return self._levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` leaves, of all without one."""
        return root_at(self._reached(self.size if size is None else size), self.hash_at)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that a leaf stands at an index of the tree of the first `size` leaves."""
        return inclusion_path(index, self._reached(size), self.hash_at)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return the proof that the first `new` leaves begin with the first `old`."""
        return consistency_path(old, self._reached(new), self.hash_at)

    def _reached(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size


def root_at(size: int, hash_at: HashAt) -> bytes:
    """Return the root of the first `size` leaves."""
    return _over(0, size, hash_at) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, hash_at: HashAt) -> tuple[bytes, ...]:
    """Return the proof that a leaf stands at an index of a tree, from the leaf up (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(_over(middle, last, hash_at))
            last = middle
        else:
            path.append(_over(first, middle, hash_at))
            first = middle
    return tuple(reversed(path))


def consistency_path(old: int, new: int, hash_at: HashAt) -> tuple[bytes, ...]:
    """Return the proof that a tree of `new` leaves begins with that of `old` (section 2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves does not begin with one of {old}")
    path = []
    first, last = 0, new
    while old != last:
        middle = first + _split(last - first)
        if old <= middle:
            path.append(_over(middle, last, hash_at))
            last = middle
        else:
            path.append(_over(first, middle, hash_at))
            first = middle
    if first:
        path.append(_over(first, last, hash_at))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether a proof shows that a leaf stands at an index of the tree with this root (section 2.1.3.2)."""
    return _sound([root]) and root_from(leaf, index, size, path) == root


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which a path leads from a leaf, nothing where it is not a path of a tree of that size."""
    if not 0 <= index < size or len(path) > LONGEST_PATH or not _sound([leaf, *path]):
        return None
    found = leaf
    here, last = index, size - 1
    for sibling in path:
        if not last:
            return None
        if here & 1 or here == last:
            found = node(sibling, found)
            here, last = _right_edge(here, last)
        else:
            found = node(found, sibling)
        here, last = here >> 1, last >> 1
    return None if last else found


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether a proof shows that the one tree begins with the other (section 2.1.4.2)."""
    if not 0 < old <= new or not _sound([old_root, new_root, *path]):
        return False
    if old == new:
        return not path and old_root == new_root
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    return bool(hashes) and _both_roots(old, new, hashes) == (old_root, new_root)


def _both_roots(old: int, new: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the two roots that a proof leads to, nothing where it is too long or too short."""
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if not last:
            return None
        if here & 1 or here == last:
            before, after = node(sibling, before), node(sibling, after)
            here, last = _right_edge(here, last)
        else:
            after = node(after, sibling)
        here, last = here >> 1, last >> 1
    return None if last else (before, after)


def _right_edge(here: int, last: int) -> tuple[int, int]:
    """Climb past the levels where a subtree at the right edge stands alone."""
    while not here & 1 and here:
        here, last = here >> 1, last >> 1
    return here, last


def _split(count: int) -> int:
    """Return the largest power of two below a count of at least two."""
    return 1 << (count - 1).bit_length() - 1


def _over(first: int, last: int, hash_at: HashAt) -> bytes:
    """Return the hash over a span of leaves that begins where a subtree of its size may."""
    return _joined([hash_at(level, index) for level, index in _whole(first, last)])


def _whole(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Name the full subtrees of a span, the largest first."""
    while first < last:
        level = (last - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def _joined(hashes: Sequence[bytes]) -> bytes:
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node(left, found)
    return found


def _pairs(hashes: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    return zip(hashes[::2], hashes[1::2], strict=False)


def _sound(hashes: Sequence[Any]) -> bool:
    return all(isinstance(one, bytes) and len(one) == 32 for one in hashes)
