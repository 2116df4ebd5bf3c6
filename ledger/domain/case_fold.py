"""A case as its events leave it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.domain.cases import (
    CaseConcluded,
    CaseNoted,
    CaseOpened,
    CaseReplayed,
    CaseSampled,
    DecisionsAdded,
)
from ledger.domain.shapes import Payload


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and the instant at which it was written."""

    at: str
    said: CaseNoted


@dataclass(slots=True)
class Case:
    """One case; `owner` is the vault id of whoever opened it, the only one who reads it."""

    opened: CaseOpened
    owner: str
    at: str
    sample: CaseSampled | None = None
    added: list[int] = field(default_factory=list)
    notes: list[Noted] = field(default_factory=list)
    replayed: CaseReplayed | None = None
    replayed_at: str = ""
    concluded: CaseConcluded | None = None

    @property
    def id(self) -> str:
        """Return the id of the case."""
        return self.opened.case

    @property
    def positions(self) -> tuple[int, ...]:
        """Return the positions of every decision of the case, once, rising."""
        drawn = (*self.sample.counted, *self.sample.besides) if self.sample else ()
        return tuple(sorted({*drawn, *self.added}))

    def apply(self, at: str, payload: Payload) -> None:
        """Step over the next event of the stream; what is none of a case says nothing."""
        if isinstance(payload, CaseSampled):
            self.sample = payload
        elif isinstance(payload, DecisionsAdded):
            self.added += [one for one in payload.positions if one not in self.added]
        elif isinstance(payload, CaseNoted):
            self.notes.append(Noted(at, payload))
        elif isinstance(payload, CaseReplayed):
            self.replayed, self.replayed_at = payload, at
        elif isinstance(payload, CaseConcluded):
            self.concluded = payload


def fold_case(events: Iterable[tuple[str, str, Payload]]) -> Case | None:
    """Return the case that events amount to, each with its actor and instant; nothing where it was never opened."""
    case: Case | None = None
    for actor, at, payload in events:
        if isinstance(payload, CaseOpened):
            case = Case(payload, actor, at)
        elif case is not None:
            case.apply(at, payload)
    return case
