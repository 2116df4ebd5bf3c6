"""What verification finds: which row or file, what kind of change, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The kinds of change."""

    EVENT_ALTERED = "event_altered"
    """The columns of an event are not those its leaf was made from."""

    EVENT_FORGED = "event_forged"
    """Event and leaf fit each other, but whoever wrote them had not the key that seals leaves."""

    EVENT_MISSING = "event_missing"
    """No event stands where one was written."""

    EVENT_UNREADABLE = "event_unreadable"
    """The stored bytes are those that were sealed, and no event this program knows."""

    LEAF_ALTERED = "leaf_altered"
    """The event is the one that was sealed; its leaf row is not."""

    LEAF_MISSING = "leaf_missing"
    """An event stands without the leaf every append writes with it."""

    TIME_WENT_BACK = "time_went_back"
    """An event says it was recorded before the one in front of it, or outside the times of checkpoints around it."""

    ERASED_WITHOUT_EVENT = "erased_without_event"
    """The payload was erased, and no event of the learner names that erasure."""

    NOT_ERASED = "not_erased"
    """An event says that payloads were erased, and they stand."""

    HEADS = "heads_differ"
    """An event that states the last event of every stream states another than there was."""

    EVIDENCE_INDEX = "evidence_index_differs"
    """The index of evidence says something else than the events."""

    COMMAND = "command_differs"
    """What is remembered of a command is not what the events say it wrote."""

    SNAPSHOT = "snapshot_differs"
    """A part of a learner's snapshot is not what the events amount to."""

    TABLES = "tables_changed"
    """The file has other tables, indices or triggers than a ledger is made with."""

    FILE = "file_unreadable"
    """A file cannot be read as what it should be."""

    CHECKPOINT = "checkpoint_differs"
    """The log is not the one a checkpoint kept here speaks of."""

    SIGNATURE = "signature_wrong"
    """A checkpoint kept here is not signed by a key of this log."""

    TILE = "tile_differs"
    """A tile of the published tree is not what the leaves give."""

    PIN = "pin_differs"
    """The log is not the one a checkpoint held elsewhere speaks of."""

    READ_MODEL = "read_model_differs"
    """What the pages and lists show is not what the events say."""


_FOLLOWS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.EVENT_ALTERED: "what it said is not on record any more; no decision that read it can be relied on",
        Kind.EVENT_FORGED: "it was never recorded by this ledger; no decision that read it can be relied on",
        Kind.EVENT_MISSING: "what it said is lost here; compare with a backup or with the copy another holds",
        Kind.EVENT_UNREADABLE: "nothing here can read it: a newer version wrote it, or somebody with the sealing key",
        Kind.LEAF_ALTERED: "the event still stands as sealed; the leaf can be made again from it",
        Kind.LEAF_MISSING: "nothing shows that this ledger recorded it",
        Kind.TIME_WENT_BACK: "its instant is not that of its recording; its place in the order is",
        Kind.ERASED_WITHOUT_EVENT: "an erasure without its event is a destroyed record",
        Kind.NOT_ERASED: "what the law took out of the record was put back, or never went: give `mastery erase` again",
        Kind.HEADS: "a bundle that rests on it can leave events out and still look whole",
        Kind.EVIDENCE_INDEX: "a repeated import may record evidence twice, or refuse what is not there",
        Kind.COMMAND: "a repeat of that command would be answered with something else than it wrote",
        Kind.SNAPSHOT: "the next decision about this learner may rest on it: `mastery replay` tells of those made",
        Kind.TABLES: "whatever is written from now on may not be what was meant",
        Kind.FILE: "what it holds shows nothing",
        Kind.CHECKPOINT: "the history before it was rewritten, or the checkpoint was replaced",
        Kind.SIGNATURE: "that checkpoint shows nothing",
        Kind.TILE: "proofs made from it fail; it was changed, or the leaves were rewritten after it was published",
        Kind.PIN: "the history that was pinned is not the history that stands here",
        Kind.READ_MODEL: "what is shown may be wrong; no decision reads it: `mastery rebuild` mends it",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One change: where, of what kind, what is seen, and what follows.

    `position` is that of the first event concerned, 0 where it is about no single event; `stream` the
    stream it is in, empty where that is not known.
    """

    kind: Kind
    place: str
    what: str
    position: int = 0
    stream: str = ""

    @property
    def follows(self) -> str:
        """Say what follows from it."""
        return _FOLLOWS[self.kind]

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}: {self.what}; {self.follows}"


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of one piece of work, at most `MOST` of them; `more` counts those left out."""

    findings: tuple[Finding, ...] = ()
    more: int = 0


MOST = 200
"""Findings one piece of work tells; a rewritten ledger has one for every row."""


def limited(findings: list[Finding]) -> Found:
    """Keep the first findings and count the rest."""
    return Found(tuple(findings[:MOST]), max(len(findings) - MOST, 0))
