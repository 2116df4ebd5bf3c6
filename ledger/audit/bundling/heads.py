"""The last event of every stream, and the root over them that the ledger commits to.

Inclusion in the log never shows that nothing is left out. A commitment does: for each stream a record of
its name, last version and leaf, those streams first that are not a learner's, each kind sorted by name.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ledger.audit.bundling.tiles import Cover
from ledger.audit.merkle import Tree
from ledger.domain.disclosure import HeadsCommitted
from ledger.storage.heads import Head, heads_at
from ledger.storage.leaves import leaf_hash
from ledger.storage.log import Log
from ledger.values import canonical

_LEARNER = "learner/"


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads at a size of the log, in the order in which they are hashed."""

    size: int
    heads: Sequence[Head]

    @property
    def governing(self) -> int:
        """Return how many streams are not a learner's."""
        return sum(not head.stream.startswith(_LEARNER) for head in self.heads)

    def tree(self) -> Tree:
        """Return the hash tree over the records."""
        return Tree(leaf_hash(record(head)) for head in self.heads)

    def payload(self) -> HeadsCommitted:
        """Return the event that commits to these heads."""
        root = self.tree().root().hex()
        return HeadsCommitted(size=self.size, root=root, streams=len(self.heads), governing=self.governing)

    def file(self, committed: int, learners: Collection[str]) -> str:
        """Write what of the heads concerns some learners' streams and all that govern; hashes for all others.

        `committed` is the index of the event that commits to them.
        """
        shown = [
            place
            for place, head in enumerate(self.heads)
            if not head.stream.startswith(_LEARNER) or head.stream in learners
        ]
        return "".join((f"committed {committed}\n", *self._lines(shown)))

    def _lines(self, shown: Sequence[int]) -> Iterator[str]:
        for place in shown:
            head = self.heads[place]
            yield f"head {place} {head.stream} {head.version} {head.leaf.hex()}\n"
        for first, level, digest in Cover(len(self.heads), shown, (), self.tree().hash_at).tiles():
            yield f"hash {first} {level} {digest.hex()}\n"


def heads_of(log: Log, size: int) -> Heads:
    """Read the heads as they were at a size of the log."""
    found = heads_at(log.recorder.datastore, size)
    return Heads(size, sorted(found, key=lambda head: (head.stream.startswith(_LEARNER), head.stream)))


def record(head: Head) -> bytes:
    """Write the record of a stream's last event."""
    return canonical({"leaf": head.leaf.hex(), "n": head.version, "stream": head.stream})
