"""`heads.txt`: the last event of every stream at a size of the log, as far as it concerns the bundle.

The ledger commits to them by an event, `log.heads-committed.1`: the root of a hash tree over one
record for each stream, those that are not a learner's first, each kind sorted by name. The file
names the index of that event; then lines `head` (index, stream, last version, its leaf) and, for
the streams of other learners, lines `hash` (first index, level, hash).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import canonical
from .refusing import Refused, shown
from .tree import Tile, leaf, lines, tiles_of

NAME = "heads.txt"
COMMITTED = "log.heads-committed.1"

_FIRST = re.compile(r"committed (0|[1-9][0-9]{0,15})", re.ASCII)
_HEAD = re.compile(r"head (0|[1-9][0-9]{0,15}) ([A-Za-z0-9/_.:@~-]+) ([1-9][0-9]{0,15}) ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """The last version of a stream and its leaf; `place` is where it stands among all."""

    place: int
    version: int
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Heads:
    """What `heads.txt` says; `committed` is the index of the event."""

    committed: int
    heads: Mapping[str, Head]
    hashes: tuple[Tile, ...]

    @property
    def tiles(self) -> list[Tile]:
        """Return the heads and the hashes as tiles of one tree."""
        known = [
            (head.place, 0, leaf(head_record(stream, head.version, head.leaf))) for stream, head in self.heads.items()
        ]
        return [*known, *self.hashes]


def head_record(stream: str, version: int, digest: bytes) -> bytes:
    """Write the record of a stream's last event."""
    return canonical.canonical({"leaf": digest.hex(), "n": version, "stream": stream})


def heads_of(content: bytes) -> Heads:
    """Read the file; raise `Refused` naming the line that is not in its form."""
    every = lines(content, NAME)
    committed = _FIRST.fullmatch(every[0]) if every else None
    if committed is None:
        raise Refused(f"{NAME}, line 1: does not name the event that commits to the heads")
    found: dict[str, Head] = {}
    hashes = []
    for number, line in enumerate(every[1:], start=2):
        head = _HEAD.fullmatch(line)
        if head:
            if head[2] in found:
                raise Refused(f"{NAME}, line {number}: {head[2]} stands twice")
            found[head[2]] = Head(int(head[1]), int(head[3]), bytes.fromhex(head[4]))
        elif line.startswith("hash "):
            hashes += tiles_of(f"{line[5:]}\n".encode(), f"{NAME} (line {number})")
        else:
            raise Refused(f"{NAME}, line {number}: {shown(line)!r} is neither a head nor a hash")
    return Heads(int(committed[1]), found, tuple(hashes))
