"""What governs a ledger: jurisdictions, adoptions, policies, frameworks and scales, with positions.

One fold over the events that are not about a learner, local ones and those received from upstream.
Every answer takes `read_to`, the position up to which the asker has read, so that a decision made
years ago can be asked for exactly what it could see.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from ledger.domain import competencies
from ledger.domain.alignment import AlignmentEnded, CompetencyAligned
from ledger.domain.change_fold import Changes, Written
from ledger.domain.framework import CompetencyDesignated, FrameworkImported, ScaleDefined
from ledger.domain.jurisdiction import (
    AdoptionEnded,
    BoundEnded,
    BoundSet,
    DocumentsRequired,
    PolicyAdopted,
    PolicyArchived,
)
from ledger.domain.ledger import LedgerOpened, Ticked, UpstreamReceived
from ledger.domain.pilot_fold import Pilots, Placing
from ledger.domain.shapes import Payload
from ledger.domain.upcasting import payload_of
from ledger.errors import LedgerDamaged
from ledger.values import digest


@dataclass(frozen=True, slots=True)
class Placed:
    """A payload and the position at which this ledger knew it; `upstream` names where it came from.

    `there` is its position in the ledger it was written in: the same for one written here.
    """

    position: int
    payload: Any
    upstream: str | None = None
    there: int = 0


@dataclass(slots=True)
class Governance:
    """The fold; `position` is the last one folded."""

    position: int = 0
    opened: LedgerOpened | None = None
    parents: dict[str, str | None] = field(default_factory=dict)
    adoptions: list[Placed] = field(default_factory=list)
    endings: list[Placed] = field(default_factory=list)
    bounds: list[Placed] = field(default_factory=list)
    bound_endings: list[Placed] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    pilots: Pilots = field(default_factory=Pilots)
    archived: dict[str, Placed] = field(default_factory=dict)
    editions: dict[str, list[Placed]] = field(default_factory=dict)
    designations: list[Placed] = field(default_factory=list)
    alignments: list[Placed] = field(default_factory=list)
    alignment_endings: list[Placed] = field(default_factory=list)
    scales: list[Placed] = field(default_factory=list)
    documents_required: dict[str, DocumentsRequired] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    ticked: str | None = None
    _outlines: dict[str, competencies.Outline] = field(default_factory=dict)
    _speaking: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def apply(
        self,
        position: int,
        payload: Payload,
        upstream: str | None = None,
        *,
        written: Written | None = None,
        there: int | None = None,
    ) -> None:
        """Fold one event; an event received from upstream counts from its receipt.

        `written` says who wrote it; `there` is its position upstream.
        """
        if isinstance(payload, UpstreamReceived):
            self.received[payload.origin] = payload.position
            self.apply(position, received_payload(payload), payload.origin, there=payload.position)
        elif isinstance(payload, LedgerOpened):
            self._open(payload, upstream)
        elif isinstance(payload, Ticked):
            self.ticked = payload.through
        elif isinstance(payload, DocumentsRequired):
            self.documents_required[payload.jurisdiction] = payload
        elif isinstance(payload, PolicyArchived):
            self.archived.setdefault(payload.digest, Placed(position, payload, upstream))
        elif isinstance(payload, FrameworkImported):
            self.editions.setdefault(payload.framework, []).append(Placed(position, payload, upstream))
        else:
            self.changes.apply(position, payload, written or Written())
            self.pilots.apply(Placing(position, there or position, upstream, written or Written()), payload)
            self._list(Placed(position, payload, upstream, position if there is None else there))
        self.position = max(self.position, position)

    def _open(self, payload: LedgerOpened, upstream: str | None) -> None:
        self.parents[payload.jurisdiction] = payload.parent
        if upstream is None:
            self.opened = payload

    def _list(self, placed: Placed) -> None:
        lists: dict[type[Payload], list[Placed]] = {
            PolicyAdopted: self.adoptions,
            AdoptionEnded: self.endings,
            BoundSet: self.bounds,
            BoundEnded: self.bound_endings,
            CompetencyDesignated: self.designations,
            CompetencyAligned: self.alignments,
            AlignmentEnded: self.alignment_endings,
            ScaleDefined: self.scales,
        }
        if (found := lists.get(type(placed.payload))) is not None:
            found.append(placed)

    def chain(self) -> Iterator[str]:
        """Name the jurisdictions whose rules bind this ledger, the nearest first."""
        here, passed = self.opened.jurisdiction if self.opened else None, set[str]()
        while here is not None and here not in passed:
            yield here
            passed.add(here)
            here = self.parents.get(here)

    def last_day_of(self, adoption: Placed, read_to: int) -> str | None:
        """Return the last day an adoption binds, as known at a position: its own, or that of its end where sooner."""
        ends = _ends(adoption, self.endings, "adoption", read_to)
        return min([*ends, *([adoption.payload.last_day] if adoption.payload.last_day else [])], default=None)

    def last_day_of_bound(self, bound: Placed, read_to: int) -> str | None:
        """Return the last day a bound holds, as known at a position."""
        ends = _ends(bound, self.bound_endings, "bound", read_to)
        return min([*ends, *([bound.payload.last_day] if bound.payload.last_day else [])], default=None)

    def outline(self, digest: str) -> competencies.Outline:
        """Return a framework edition by digest; raise `KeyError` where it is not held."""
        if digest not in self._outlines:
            for placed in (one for some in tuple(self.editions.values()) for one in some):
                if placed.payload.digest == digest:
                    edition = competencies.edition_of(placed.payload.content)
                    self._outlines[digest] = competencies.outline(edition)
                    break
            else:
                raise KeyError(digest)
        return self._outlines[digest]

    def current_editions(self, read_to: int) -> dict[str, str]:
        """Return for each framework the digest of the edition held at a position."""
        held = {}
        for framework, placed in tuple(self.editions.items()):
            known = [one.payload.digest for one in placed if one.position <= read_to]
            if known:
                held[framework] = known[-1]
        return held

    def editions_of_competencies(self, read_to: int) -> Mapping[str, str]:
        """Return for each competency the digest of the edition that speaks for it at a position.

        That is the edition held of the framework imported first among those that have it; where no
        edition held has it any more, the last one that had. It is worked out once for each edition that
        came, for a history is read to a great many positions.
        """
        known = (one.position for some in tuple(self.editions.values()) for one in some if one.position <= read_to)
        last = max(known, default=0)
        if last not in self._speaking:
            self._speaking[last] = self._editions_speaking(last)
        return self._speaking[last]

    def _editions_speaking(self, read_to: int) -> dict[str, str]:
        found: dict[str, str] = {}
        held = list(self.current_editions(read_to).values())
        older = [
            one.payload.digest
            for some in tuple(self.editions.values())
            for one in reversed(some)
            if one.position <= read_to
        ]
        for edition in (*held, *older):
            for identity in self.outline(edition).by_id:
                found.setdefault(identity, edition)
        return found

    def designated(self, course: str, day: date, read_to: int) -> tuple[str, ...]:
        """Return the priority competencies of a course on a day, sorted by id."""
        return tuple(self.designated_kinds(course, day, read_to))

    def designated_kinds(self, course: str, day: date, read_to: int) -> dict[str, str]:
        """Return the priority competencies of a course on a day, by id, each with its kind."""
        latest: dict[str, CompetencyDesignated] = {}
        for placed in self.designations:
            one: CompetencyDesignated = placed.payload
            if one.course == course and placed.position <= read_to and covers(one.first_day, one.last_day, day):
                latest[one.competency] = one
        return {name: latest[name].kind for name in sorted(latest) if latest[name].priority}

    def courses_of(self, competency: str, day: date, read_to: int) -> tuple[str, ...]:
        """Return the courses for which a competency is a priority standard on a day."""
        courses = {placed.payload.course for placed in self.designations if placed.payload.competency == competency}
        return tuple(sorted(course for course in courses if competency in self.designated(course, day, read_to)))

    def courses(self, read_to: int) -> tuple[str, ...]:
        """Return every course that has a designation."""
        return tuple(sorted({one.payload.course for one in self.designations if one.position <= read_to}))

    def scale(self, digest: str) -> ScaleDefined | None:
        """Return a scale edition by digest."""
        return next((one.payload for one in self.scales if one.payload.digest == digest), None)

    def scale_editions(self, scale: str, read_to: int) -> tuple[str, ...]:
        """Return the digest of every edition of a scale known at a position."""
        known = (one.payload for one in self.scales if one.position <= read_to)
        return tuple(edition.digest for edition in known if edition.scale == scale)


def _ends(placed: Placed, endings: Iterable[Placed], name: str, read_to: int) -> list[str]:
    return [
        one.payload.last_day
        for one in endings
        if one.position <= read_to and one.upstream == placed.upstream and getattr(one.payload, name) == placed.there
    ]


def covers(first_day: str | None, last_day: str | None, day: date) -> bool:
    """Say whether a day lies in a span; both ends are inclusive, null is open."""
    text = day.isoformat()
    return (first_day is None or first_day <= text) and (last_day is None or text <= last_day)


def received_payload(received: UpstreamReceived) -> Payload:
    """Read the payload out of the bytes of an upstream event; raise `LedgerDamaged` where they are not those sent."""
    if digest(received.state.encode()) != received.digest:
        raise LedgerDamaged(
            f"position {received.position} of {received.origin} arrived with the digest {received.digest[:16]}; "
            "its bytes have another now"
        )
    return payload_of(received.topic, msgspec.json.decode(received.state, type=_Data).data)


class _Data(msgspec.Struct):
    data: msgspec.Raw
