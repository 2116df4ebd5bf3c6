"""Where each change of rules stands: the fold of the `change/<uuid>` streams."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ledger.domain import changes as events
from ledger.domain.shapes import Payload


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote an event, on whose behalf, when, and the version it has in its stream; ids are vault ids."""

    actor: str = ""
    behalf: str | None = None
    at: str = ""
    version: int = 0

    def acts_for(self, person: str) -> bool:
        """Say whether it was this person who acted, or somebody on that person's behalf."""
        return person in (self.actor, self.behalf)


class ChangeStatus(StrEnum):
    """How far a change has come."""

    PROPOSED = "proposed"
    """It was proposed; nobody has asked for approval since."""

    SUBMITTED = "submitted"
    """Approval is asked for."""

    DECLINED = "declined"
    """Approval was refused; it may be previewed and submitted again."""

    APPROVED = "approved"
    """Another person agreed."""

    SCHEDULED = "scheduled"
    """It waits for its day."""

    ACTIVE = "active"
    """It governs, from its first day on."""

    ROLLED_BACK = "rolled-back"
    """It governed, until another change undid it."""

    WITHDRAWN = "withdrawn"
    """It was given up."""


PENDING = frozenset(
    {
        ChangeStatus.PROPOSED,
        ChangeStatus.SUBMITTED,
        ChangeStatus.DECLINED,
        ChangeStatus.APPROVED,
        ChangeStatus.SCHEDULED,
    }
)
"""The statuses of a change that may still come to govern."""


@dataclass(slots=True)
class Change:
    """One change: what was proposed, every step since, and who took it; steps that were overtaken are null."""

    proposed: events.ChangeProposed
    position: int
    steps: list[tuple[Payload, Written]] = field(default_factory=list)
    version: int = 0
    status: ChangeStatus = ChangeStatus.PROPOSED
    previews: dict[int, events.ChangePreviewed] = field(default_factory=dict)
    submitted: int | None = None
    approved: tuple[events.ChangeApproved, Written] | None = None
    scheduled: events.ChangeScheduled | None = None
    activated_at: int | None = None
    confirmed: bool = False
    rolled_back_by: str | None = None

    @property
    def id(self) -> str:
        """Return the id."""
        return self.proposed.change

    @property
    def proposer(self) -> Written:
        """Return who proposed it."""
        return self.steps[0][1]

    @property
    def pending(self) -> bool:
        """Say whether it may still come to govern."""
        return self.status in PENDING

    @property
    def latest_preview(self) -> int | None:
        """Return the version of the latest preview, nothing where there is none."""
        return max(self.previews, default=None)

    @property
    def preview(self) -> events.ChangePreviewed | None:
        """Return the preview the change rests on: the latest while it is under way, then the one approved."""
        version = self.latest_preview if self.pending else self.submitted
        return None if version is None else self.previews[version]

    @property
    def approval(self) -> int:
        """Return the version of the approval the change rests on, 0 where there is none."""
        return self.approved[1].version if self.approved else 0

    def apply(self, position: int, payload: Payload, written: Written) -> None:
        """Fold the next step."""
        self.steps.append((payload, written))
        self.version = written.version
        step = _STEPS.get(type(payload))
        if step is not None:
            step(self, position, payload, written)

    def _previewed(self, _: int, payload: events.ChangePreviewed, written: Written) -> None:
        self.previews[written.version] = payload

    def _submitted(self, _: int, payload: events.ChangeSubmitted, __: Written) -> None:
        self.submitted, self.approved, self.scheduled = payload.preview, None, None
        self.status = ChangeStatus.SUBMITTED

    def _approved(self, _: int, payload: events.ChangeApproved, written: Written) -> None:
        self.approved, self.status = (payload, written), ChangeStatus.APPROVED

    def _declined(self, _: int, __: events.ChangeDeclined, ___: Written) -> None:
        self.submitted, self.approved, self.scheduled = None, None, None
        self.status = ChangeStatus.DECLINED

    def _scheduled(self, _: int, payload: events.ChangeScheduled, __: Written) -> None:
        self.scheduled, self.status = payload, ChangeStatus.SCHEDULED

    def _activated(self, position: int, _: events.ChangeActivated, __: Written) -> None:
        self.activated_at, self.status = position, ChangeStatus.ACTIVE

    def _withdrawn(self, _: int, __: events.ChangeWithdrawn, ___: Written) -> None:
        self.status = ChangeStatus.WITHDRAWN

    def _confirmed(self, _: int, __: events.ChangeConfirmed, ___: Written) -> None:
        self.confirmed = True


_STEPS: Mapping[type[Payload], Callable[[Change, int, Any, Written], None]] = MappingProxyType(
    {
        events.ChangePreviewed: Change._previewed,
        events.ChangeSubmitted: Change._submitted,
        events.ChangeApproved: Change._approved,
        events.ChangeDeclined: Change._declined,
        events.ChangeScheduled: Change._scheduled,
        events.ChangeActivated: Change._activated,
        events.ChangeWithdrawn: Change._withdrawn,
        events.ChangeConfirmed: Change._confirmed,
    }
)


class Changes:
    """Every change of a ledger, by id, in the order of proposal."""

    def __init__(self) -> None:
        self._by_id: dict[str, Change] = {}

    def __iter__(self) -> Iterator[Change]:
        return iter(tuple(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def apply(self, position: int, payload: Payload, written: Written) -> None:
        """Fold one event; whatever is not about a change is passed over."""
        if isinstance(payload, events.ChangeProposed):
            change = self._by_id[payload.change] = Change(payload, position)
            change.apply(position, payload, written)
        elif (found := self._by_id.get(getattr(payload, "change", None) or "")) and type(payload) in EVENTS:
            found.apply(position, payload, written)
            if isinstance(payload, events.ChangeActivated):
                self._undo(found)

    def _undo(self, change: Change) -> None:
        undone = self._by_id.get(change.proposed.rolls_back or "")
        if undone is not None:
            undone.status, undone.rolled_back_by = ChangeStatus.ROLLED_BACK, change.id

    def find(self, name: str) -> Change | None:
        """Return the change of an id, of a number written out, or of the beginning of an id that only one has."""
        if name in self._by_id:
            return self._by_id[name]
        found = [one for one in self if str(one.proposed.number) == name] if name.isdigit() else []
        found = found or [one for one in self if len(name) >= SHORTEST and one.id.startswith(name)]
        return found[0] if len(found) == 1 else None


SHORTEST = 4
"""Characters of an id that may stand for it."""

EVENTS: frozenset[type[Payload]] = frozenset(
    {events.ChangeProposed, events.ChangeCommented, events.NoticeGiven, *_STEPS}
)
