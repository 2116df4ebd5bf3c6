"""A learner's record as parts that are stored and read one by one, so that no command reads a whole history.

`learner` holds statuses, approvals, awards, cohorts, votes, choices, belonging, settlements, and the version
(stamp) at which each subject was last written;
`subject/<subject>` its last entries, how far each of its facts is folded, and its standing decisions;
`entries/<number>/<subject>` 64 earlier entries. Most commands so read and write two parts. A part that is
missing or does not carry the stamp another part gives it raises `SnapshotUnusable`: the record is then
folded anew from the events, which alone are the truth. That a part's bytes are those written is for the
storage to know. A part is a list of its fields, unnamed to be short; a new field comes last.
"""

from typing import Protocol, TypeVar, cast

import msgspec
from msgspec import Struct

from ledger.errors import SnapshotUnusable
from ledger.facts.belonging import Belonging
from ledger.facts.entries import Entry
from ledger.facts.said import ChoiceEntry, CohortEntry, PanelEntry
from ledger.facts.settled import Settlement
from ledger.facts.standing import ApprovalEntry, Award, StandingDecision, StatusEntry
from ledger.facts.state import FactState
from ledger.facts.tries import Tries

LEARNER = "learner"


class PartSource(Protocol):
    """Where the parts of one learner are stored."""

    def part(self, name: str) -> bytes | None:
        """Return a part as it was written, or nothing."""


class LearnerPart(Struct, kw_only=True, array_like=True):
    """The part every command reads: `subjects` gives the stamp of each subject's part."""

    learner: str
    version: int
    subjects: dict[str, int]
    statuses: list[StatusEntry]
    approvals: list[ApprovalEntry]
    awards: list[Award]
    cohorts: list[CohortEntry] = []
    panels: list[PanelEntry] = []
    choices: list[ChoiceEntry] = []
    belonging: Belonging = msgspec.field(default_factory=Belonging)
    settlements: list[Settlement] = []
    erased: int = 0


class SubjectPart(Struct, kw_only=True, array_like=True):
    """One subject: the stamp of each chunk of entries, the entries after them, the facts, and what was decided."""

    version: int
    stamps: list[int]
    entries: list[Entry]
    states: dict[str, FactState]
    tries: dict[str, Tries]
    standing: list[StandingDecision]


class EntriesPart(Struct, kw_only=True, array_like=True):
    """One chunk of a subject's earlier entries."""

    version: int
    entries: list[Entry]


Part = TypeVar("Part", LearnerPart, SubjectPart, EntriesPart)

_encoder = msgspec.json.Encoder(order="sorted")
_decoders = {kind: msgspec.json.Decoder(kind) for kind in (LearnerPart, SubjectPart, EntriesPart)}


def subject_part(subject: str) -> str:
    """Name the part of a subject."""
    return f"subject/{subject}"


def entries_part(subject: str, number: int) -> str:
    """Name the part of one chunk of a subject's entries."""
    return f"entries/{number}/{subject}"


def written(part: "LearnerPart | SubjectPart | EntriesPart") -> bytes:
    """Return the bytes of a part; equal parts have equal bytes."""
    return _encoder.encode(part)


def read_learner(source: PartSource) -> LearnerPart | None:
    """Return the learner's part, nothing where there is none."""
    data = source.part(LEARNER)
    return None if data is None else _read(LearnerPart, LEARNER, data)


def read_part(kind: type[Part], source: PartSource, name: str, stamp: int) -> Part:
    """Return a part that must be there and carry this stamp; raise `SnapshotUnusable` otherwise."""
    data = source.part(name)
    if data is None:
        raise SnapshotUnusable(f"the snapshot part {name} is missing; fold the learner anew")
    part = _read(kind, name, data)
    if part.version != stamp:
        raise SnapshotUnusable(
            f"the snapshot part {name} is of version {part.version}, not {stamp}; fold the learner anew"
        )
    return part


def _read(kind: type[Part], name: str, data: bytes) -> Part:
    try:
        return cast("Part", _decoders[kind].decode(data))
    except msgspec.MsgspecError as error:
        raise SnapshotUnusable(f"the snapshot part {name} cannot be read ({error}); fold the learner anew") from None
