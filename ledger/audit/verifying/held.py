"""Checkpoints held against the tree over the leaves that stand: those kept here, and one held elsewhere."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.audit.verifying.findings import Finding, Kind


@dataclass(frozen=True, slots=True)
class Held:
    """What a checkpoint says, and where it was read: `kind` is that of a finding about it."""

    place: str
    size: int
    root: bytes
    kind: Kind = Kind.CHECKPOINT


def differing(held: Sequence[Held], roots: Mapping[int, bytes], stands: int) -> Iterator[Finding]:
    """Yield what the log is not, of checkpoints; `roots` are those of the log by size, `stands` is its last position.

    Of several checkpoints of one kind the first that differs is told, with how many after it do.
    """
    for kind in dict.fromkeys(one.kind for one in held):
        some = sorted((one for one in held if one.kind is kind), key=lambda one: one.size)
        wrong = [one for one in some if roots.get(one.size) != one.root]
        if wrong:
            fits = max((one.size for one in held if one not in wrong and one.size < wrong[0].size), default=0)
            yield _finding(wrong[0], len(wrong) - 1, fits, roots.get(wrong[0].size), stands)


def _finding(one: Held, others: int, fits: int, root: bytes | None, stands: int) -> Finding:
    after = f"; so do {others} after it" if others else ""
    if one.size > stands:
        what = (
            f"it speaks of {one.size} events, and {stands} stand here: the last {one.size - stands} were removed, "
            f"or an older copy was put back{after}"
        )
        return Finding(one.kind, one.place, what, stands + 1)
    where = f"between position {fits + 1} and position {one.size}"
    if root is None:
        return Finding(one.kind, one.place, f"a leaf is missing {where}, so that the tree has no root{after}", fits + 1)
    what = f"at {one.size} events the root is {text(root)} here and {text(one.root)} there: {where} the log is another"
    return Finding(one.kind, one.place, f"{what}{after}", fits + 1)


def text(root: bytes) -> str:
    """Write a root as checkpoints do."""
    return base64.b64encode(root).decode()
