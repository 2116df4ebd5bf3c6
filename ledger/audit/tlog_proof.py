"""The file that proves that a leaf is in a log: leaf record, index, path and signed checkpoint in one text.

Whoever trusts the key of the log needs nothing else to check it. The leaf record stands where the format
leaves room for more data; nothing vouches for it but the path. Source: C2SP tlog-proof.
"""

import re
from dataclasses import dataclass

from ledger.audit.base64_text import decoded, encoded
from ledger.audit.merkle import LONGEST_PATH, verify_inclusion
from ledger.errors import LedgerDamaged
from ledger.storage.leaves import leaf_hash

FIRST = "c2sp.org/tlog-proof@v1"
"""The first line of every such file."""

_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})", re.ASCII)
_HASH = 32


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof: `record` is a leaf record, `index` counts from 0, `path` goes up from the leaf.

    `checkpoint` is a signed note.
    """

    record: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """Write the file."""
        lines = [FIRST, f"extra {encoded(self.record)}", f"index {self.index}", *map(encoded, self.path)]
        return "".join(f"{line}\n" for line in lines) + f"\n{self.checkpoint}"

    def holds(self, size: int, root: bytes) -> bool:
        """Say whether the path leads from the record to the root of a tree with so many leaves."""
        return verify_inclusion(leaf_hash(self.record), self.index, size, root, self.path)


def parse(text: str) -> Proof:
    """Read the file; raise `LedgerDamaged` for anything that `Proof.text` would not have written."""
    head, gap, checkpoint = text.partition("\n\n")
    first, *lines = head.split("\n")
    if first != FIRST or not gap:
        raise _not_one(f"it has to begin with the line {FIRST} and hold a checkpoint after an empty line")
    extra = lines[0] if lines else ""
    record = decoded(extra.removeprefix("extra "))
    if not extra.startswith("extra ") or not record:
        raise _not_one("its second line has to be `extra` and the leaf record in base64")
    index = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
    if index is None:
        raise _not_one("its third line has to be `index` and a number")
    path = tuple(one for one in map(decoded, lines[2:]) if one is not None and len(one) == _HASH)
    if len(path) != len(lines) - 2 or len(path) > LONGEST_PATH:
        raise _not_one(f"each further line has to be a hash of {_HASH} bytes in base64, {LONGEST_PATH} lines at most")
    return Proof(record, int(index[1]), path, checkpoint)


def _not_one(why: str) -> LedgerDamaged:
    return LedgerDamaged(f"this is not the proof of a leaf: {why}")
