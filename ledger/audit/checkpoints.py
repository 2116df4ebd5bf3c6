"""A checkpoint: three lines that say which root the tree of a log has at which size.

Source: C2SP tlog-checkpoint. Lines of extensions are never written, and refused where they are read.
"""

import re
from dataclasses import dataclass

from ledger.audit.base64_text import decoded, encoded
from ledger.errors import LedgerDamaged

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
LENGTH = 32
"""Bytes in a root."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, the number of its leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write the three lines, each ended by a line feed: what is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"


def parse(text: str) -> Checkpoint:
    """Read the text of a checkpoint; raise `LedgerDamaged` for anything that `text` would not have written."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise _not_one(text, "it has to be three lines, each ended by a line feed")
    origin, size, hashed = lines[:3]
    if not origin or origin != origin.strip():
        raise _not_one(text, "its first line has to be the name of a log")
    if not _SIZE.fullmatch(size):
        raise _not_one(text, "its second line has to be the number of leaves, in decimal digits")
    root = decoded(hashed)
    if root is None or len(root) != LENGTH:
        raise _not_one(text, f"its third line has to be {LENGTH} bytes in base64")
    return Checkpoint(origin, int(size), root)


def _not_one(text: str, why: str) -> LedgerDamaged:
    return LedgerDamaged(f"{text[:200]!r} is not a checkpoint: {why}")
