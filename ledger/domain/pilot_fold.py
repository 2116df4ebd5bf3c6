"""Where each pilot stands: the fold of the `pilot/<uuid>` streams, and whom a pilot binds when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from ledger.domain import pilots as events
from ledger.domain.change_fold import Written
from ledger.domain.shapes import Payload

SHORTEST = 4
"""Characters of an id that may stand for it."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Figures as submitted, and by whom."""

    figures: events.FiguresSubmitted
    written: Written
    position: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Figures as certified, and its position in this ledger."""

    certified: events.FiguresCertified
    position: int


@dataclass(slots=True)
class Pilot:
    """One pilot as it stands; `position` is where it was opened, in the ledger it was opened in.

    `upstream` names that ledger where it is not this one. Days are ISO text, both ends inclusive.
    """

    opened: events.PilotOpened
    position: int
    upstream: str | None = None
    last_day: str = ""
    exit_by: str | None = None
    ended_early: bool = False
    steps: list[Payload] = field(default_factory=list)
    submissions: dict[int, Submission] = field(default_factory=dict)
    certificates: list[Certificate] = field(default_factory=list)
    received: list[events.FiguresReceived] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last_day, self.exit_by = self.opened.last_day, self.opened.exit_by

    @property
    def id(self) -> str:
        """Return the id."""
        return self.opened.pilot

    @property
    def first_day(self) -> str:
        """Return the first day of the pilot as a whole."""
        return self.opened.first_day

    @property
    def organisations(self) -> tuple[str, ...]:
        """Name the organisations that take part."""
        return tuple(one.organisation for one in self.opened.scope.organisations)

    def participant(self, organisation: str | None) -> events.Participant | None:
        """Return through whom an organisation takes part: itself or the nearest above it, nothing where none does."""
        above = [one for one in self.opened.scope.organisations if is_within(organisation, one.organisation)]
        return max(above, key=lambda one: len(one.organisation), default=None)

    def first_day_of(self, organisation: str | None) -> str | None:
        """Return the day from which an organisation takes part, nothing where it never does."""
        found = self.participant(organisation)
        return None if found is None else found.first_day or self.first_day

    def concerns(self, grade: str | None, courses: Collection[str]) -> bool:
        """Say whether somebody of a grade and in some courses is meant, whatever the school and the day."""
        scope = self.opened.scope
        return (scope.grades is None or grade in scope.grades) and (
            scope.courses is None or any(course in scope.courses for course in courses)
        )

    def covers(self, organisation: str | None, grade: str | None, courses: Collection[str], day: str) -> bool:
        """Say whether a learner of a school and grade, in some courses, is in the pilot on a day."""
        begins = self.first_day_of(organisation)
        return begins is not None and begins <= day <= self.last_day and self.concerns(grade, courses)

    def carries_on(self, begun: str | None, day: str) -> bool:
        """Say whether a learner of the pilot who began on a day is still under its rule on a later one.

        `begun` is the first day of the course, or of evidence about the competency: null where nothing
        has begun, empty where it is not dated, which is the oldest.
        """
        return (
            self.opened.exit_rule == "finish-under-pilot"
            and begun is not None
            and begun[:10] <= self.last_day < day
            and (self.exit_by is None or day <= self.exit_by)
        )

    def waives(self, bound: int, upstream: str | None = None) -> bool:
        """Say whether a bound is set aside for what is adopted under the pilot.

        `bound` is its position in the ledger it was set in, `upstream` that ledger where it is not this one.
        """
        return upstream == self.upstream and bound in self.opened.waives

    def apply(self, payload: Payload) -> None:
        """Fold a change of the pilot itself."""
        self.steps.append(payload)
        if isinstance(payload, events.PilotExtended):
            self.last_day, self.exit_by, self.ended_early = payload.last_day, payload.exit_by, False
        elif isinstance(payload, events.PilotEnded):
            self.last_day, self.ended_early = payload.last_day, True

    def submission(self, jurisdiction: str) -> tuple[int, Submission] | None:
        """Return the latest figures a jurisdiction submitted, with their version."""
        own = [each for each in self.submissions.items() if each[1].figures.jurisdiction == jurisdiction]
        return max(own, key=lambda each: each[0], default=None)

    def certificate(self, submission: int) -> Certificate | None:
        """Return the certificate of the figures submitted at a version, nothing where nobody has certified them."""
        return next((one for one in self.certificates if one.certified.submission == submission), None)

    def latest_received(self) -> Sequence[events.FiguresReceived]:
        """Return for each ledger the figures it handed over last, by jurisdiction."""
        latest: dict[str, events.FiguresReceived] = {}
        for one in self.received:
            held = latest.get(one.jurisdiction)
            if held is None or held.position <= one.position:
                latest[one.jurisdiction] = one
        return [latest[name] for name in sorted(latest)]


class Pilots:
    """Every pilot a ledger knows, by id, in the order in which it came to know them."""

    def __init__(self) -> None:
        self._by_id: dict[str, Pilot] = {}

    def __iter__(self) -> Iterator[Pilot]:
        return iter(tuple(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def apply(self, placed: "Placing", payload: Payload) -> None:
        """Fold one event; whatever is not about a pilot is passed over."""
        if isinstance(payload, events.PilotOpened):
            self._by_id[payload.pilot] = Pilot(payload, placed.there, placed.upstream)
            return
        found = self._by_id.get(getattr(payload, "pilot", None) or "")
        if found is None:
            return
        if isinstance(payload, events.PilotExtended | events.PilotEnded):
            found.apply(payload)
        elif isinstance(payload, events.FiguresSubmitted):
            found.submissions[placed.written.version] = Submission(payload, placed.written, placed.position)
        elif isinstance(payload, events.FiguresCertified):
            found.certificates.append(Certificate(payload, placed.position))
        elif isinstance(payload, events.FiguresReceived):
            found.received.append(payload)

    def find(self, name: str) -> Pilot | None:
        """Return the pilot of an id, of a title, or of the beginning of an id that only one has."""
        if name in self._by_id:
            return self._by_id[name]
        found = [one for one in self if one.opened.title.casefold() == name.casefold()]
        found = found or [one for one in self if len(name) >= SHORTEST and one.id.startswith(name)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an event stands: here, in the ledger it was written in, which one that is, and who wrote it."""

    position: int
    there: int
    upstream: str | None
    written: Written


def is_within(organisation: str | None, above: str) -> bool:
    """Say whether an organisation is another or stands below it."""
    return organisation is not None and (organisation == above or organisation.startswith(f"{above}/"))
