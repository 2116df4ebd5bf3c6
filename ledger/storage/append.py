"""What one append holds, and what became of it."""

from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent
from msgspec import Struct


class Command(Struct, frozen=True):
    """Who asked, under which id, and the SHA-256 of what was asked: a repeat gets the first answer."""

    client: str
    command: str
    body: bytes


class EvidenceEntry(Struct, frozen=True):
    """Where a piece of evidence stands, and the SHA-256 of its content.

    `entry` is the version of its first recording, `version` the one that holds now, 0 after a
    withdrawal. `replaces` says that it is known already and is corrected or withdrawn.
    """

    evidence: str
    stream: str
    entry: int
    version: int
    content: bytes
    replaces: bool = False


class Part(Struct, frozen=True):
    """One part of a learner's snapshot; `state` null removes it."""

    stream: str
    name: str
    state: bytes | None


class Erasure(Struct, frozen=True):
    """The versions of one learner's stream whose payloads are replaced by tombstones."""

    stream: str
    versions: Sequence[int]


class Append(Struct, frozen=True):
    """Events that are stored together or not at all, with all that must agree with them.

    The events carry unstamped bytes and the versions they must get: per stream the next ones.
    `governed_to` is the position of the last event about no learner that was read, null where it does
    not matter: with a later one nothing is stored. `erasure` is carried out once the events stand.
    """

    events: Sequence[StoredEvent]
    command: Command | None = None
    evidence: Sequence[EvidenceEntry] = ()
    parts: Sequence[Part] = ()
    governed_to: int | None = None
    erasure: Erasure | None = None


class Appended(Struct, frozen=True):
    """The positions an append got, both ends inclusive; 0 and 0 where it held no event."""

    first: int
    last: int
    repeated: bool = False
