"""What of one learner's stream was lawfully erased, and which decisions that touches.

A tombstone is lawful where an erasure of the same stream, written after it, names its version; one that
nobody names is altered evidence. What an erased event said is gone, its topic is not: the leaf holds it.
So an erased event may have been about any subject, and touches a later decision of this learner where

- the decision names its version as behind a fact, or
- the rule of the decision reads things of its kind, about whatever subject, or
- which rule governed depended on the learner, and things of its kind say whom a rule binds, or
- it was a decision itself, for then nobody can say whether the later one superseded it, or
- nobody knows its topic any more.

All other decisions are made again as ever: nothing of what they could have read is gone. What was said
before the first erased version is whole too. An event that cannot be folded because of what was erased, the
correction of an erased piece of evidence, counts as erased with it. A decision that is touched is not
compared, even where the rest of the record would give the same: what is gone might have spoken against it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledger.deciding.agenda import BINDING, read_as
from ledger.domain.belonging import BelongingRetracted
from ledger.domain.erasure import PayloadsErased
from ledger.domain.learner import Decided, EvidenceCorrected, EvidenceWithdrawn
from ledger.domain.topics import TOPIC_OF
from ledger.policy.facts import Reads
from ledger.storage.envelope import Event

DECIDED = TOPIC_OF[Decided]
ERASURE = TOPIC_OF[PayloadsErased]
REFERRING = frozenset({TOPIC_OF[EvidenceCorrected], TOPIC_OF[EvidenceWithdrawn], TOPIC_OF[BelongingRetracted]})
"""Events that name another of the stream, without which they cannot be folded."""


@dataclass(frozen=True, slots=True)
class Order:
    """The erasure of a version: the version and position of the event that names it, and what it rests on."""

    version: int
    position: int
    basis: str

    def __str__(self) -> str:
        return f"as version {self.version}, position {self.position} says ({self.basis})"


def ordered(erasures: Iterable[Event[PayloadsErased]]) -> dict[int, Order]:
    """Return every version that erasures of a stream name, each with the first that does; none names a later one."""
    found: dict[int, Order] = {}
    for event in erasures:
        order = Order(event.originator_version, event.position, event.data.basis)
        for version in event.data.versions:
            if version < order.version:
                found.setdefault(version, order)
    return found


@dataclass(slots=True)
class Gone:
    """The erased events of one stream that were passed so far, by version."""

    orders: Mapping[int, Order] = field(default_factory=dict)
    _versions: set[int] = field(default_factory=set)
    _first: dict[Reads, int] = field(default_factory=dict)

    def add(self, version: int, topic: str) -> None:
        """Pass an erased event, or one that cannot be folded because of another that is."""
        self._versions.add(version)
        for kind in read_as(topic):
            self._first.setdefault(kind, version)

    def __bool__(self) -> bool:
        return bool(self._versions)

    def touching(self, made: Decided, reads: frozenset[Reads], *, bound: bool) -> int | None:
        """Return the version of an erased event that a decision could have read, nothing where there is none.

        `reads` are the kinds its rule reads; `bound` says whether which rule governed depended on the learner.
        """
        named = {version for fact in made.facts for version in fact.versions}
        kinds = reads | {Reads.DECISION} | (BINDING if bound else frozenset())
        touching = (named & self._versions) | {self._first[kind] for kind in kinds if kind in self._first}
        return min(touching, default=None)

    def sentence(self, version: int) -> str:
        """Say that a version was erased, and by what."""
        order = self.orders.get(version)
        said = str(order) if order else "with what it corrects or takes back"
        return f"version {version}, which it could have read, was erased, {said}"

    def own(self, version: int) -> str:
        """Say that a decision was erased itself."""
        return f"the decision itself was erased, {self.orders[version]}"
