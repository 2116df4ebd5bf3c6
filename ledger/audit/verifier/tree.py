"""The hash tree of a log, of which a bundle holds some leaves and, for all the rest, hashes.

A tile is the hash of 2^level leaves from a first one on; a leaf is the tile of level 0. The tiles of a
bundle cover a log from its first leaf to its last, each leaf once: so the root follows, and so does the
root of every earlier size that ends between two tiles. That both come out as signed shows that the log
only grew in between.

Source: RFC 9162, section 2.1.1.
"""

import hashlib
import re
from collections.abc import Collection, Iterable

from .refusing import Refused

_LINE = re.compile(r"(0|[1-9][0-9]{0,15}) (0|[1-9][0-9]?) ([0-9a-f]{64})", re.ASCII)
_HIGHEST = 52

Tile = tuple[int, int, bytes]
"""First leaf, level, hash."""


def leaf(record: bytes) -> bytes:
    """Hash a leaf."""
    return hashlib.sha256(b"\x00" + record).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash two hashes into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots(tiles: Iterable[Tile], size: int, wanted: Collection[int], name: str) -> dict[int, bytes]:
    """Return the root of the whole, and of each size wanted that ends between two tiles.

    Raises `Refused`, with the name of the file, where the tiles do not cover a log of that size.
    """
    found, stack, reached = {}, list[tuple[int, bytes]](), 0
    for first, level, digest in sorted(tiles):
        if first != reached:
            what = "twice" if first < reached else "not at all"
            raise Refused(f"{name}: what stands at index {min(first, reached)} is covered {what}")
        if first % (1 << level):
            raise Refused(f"{name}: no hash of {1 << level} leaves can begin at index {first}")
        stack.append((level, digest))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            height, right = stack.pop()
            stack[-1] = (height + 1, node(stack[-1][1], right))
        reached = first + (1 << level)
        if reached == size or reached in wanted:
            found[reached] = _root(stack)
    if reached != size:
        raise Refused(f"{name}: covers {reached:,} leaves, and {size:,} are spoken of")
    return found


def tiles_of(text: bytes, name: str) -> list[Tile]:
    """Read lines of first leaf, level and hash; raise `Refused` for any other line."""
    return [_tile(line, number, name) for number, line in enumerate(lines(text, name), start=1)]


def lines(content: bytes, name: str) -> list[str]:
    """Return the lines of a file of text, each of which has an end; raise `Refused` for other bytes."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: is not text in UTF-8: {error}") from error
    if content and not content.endswith(b"\n"):
        raise Refused(f"{name}: its last line has no end; the file is cut short")
    return text.split("\n")[:-1]


def _tile(line: str, number: int, name: str) -> Tile:
    found = _LINE.fullmatch(line)
    if not found or int(found[2]) > _HIGHEST:
        raise Refused(f"{name}: line {number} does not give a first index, a level and a hash")
    return int(found[1]), int(found[2]), bytes.fromhex(found[3])


def _root(stack: list[tuple[int, bytes]]) -> bytes:
    digest = stack[-1][1]
    for _, left in reversed(stack[:-1]):
        digest = node(left, digest)
    return digest
