"""A pilot as it stands: whom it binds when, what is adopted under it, and how far its figures have come."""

from dataclasses import dataclass
from typing import Literal

from ledger.application import Ledger
from ledger.application.piloting import pilot_named
from ledger.application.under_pilot import adopted_under, reaching_beyond
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import Binding
from ledger.domain.pilot_fold import Pilot
from ledger.domain.pilot_terms import terms
from ledger.domain.pilots import PilotOpened

_KINDS = {
    "READINESS": "competency",
    "MASTERY": "competency",
    "SUPPORT": "competency",
    "CREDIT": "course",
    "ADVANCEMENT": "course",
}
"""Which kind of subject a question is usually about; the others are about the learner."""


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """An organisation that takes part, and the day from which it does."""

    organisation: str
    first_day: str


@dataclass(frozen=True, slots=True)
class TermsView:
    """An adoption that carries the pilot out: its days, whom it binds, and for which subjects; null for all."""

    first_day: str
    last_day: str | None
    binding: Binding | None
    subjects: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AdoptedUnder:
    """An adoption made under the pilot, and a sentence for each way in which it reaches beyond the pilot now."""

    position: int
    jurisdiction: str
    edition: str
    first_day: str
    last_day: str | None
    beyond: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiguresStanding:
    """How far the figures of a jurisdiction have come; `position` is that of the ledger they are of."""

    jurisdiction: str
    standing: Literal["submitted", "certified", "received", "not submitted"]
    position: int | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class PilotView:
    """A pilot with all that came of it; `opened` is what was said at first, the days are those that hold now.

    `terms` are what this ledger's jurisdiction would adopt to carry it out.
    """

    pilot: str
    title: str
    status: Literal["to come", "under way", "over"]
    first_day: str
    last_day: str
    exit_by: str | None
    ended_early: bool
    upstream: str | None
    opened: PilotOpened
    participants: tuple[ParticipantView, ...]
    terms: tuple[TermsView, ...]
    adoptions: tuple[AdoptedUnder, ...]
    figures: tuple[FiguresStanding, ...]


def pilot_views(ledger: Ledger) -> tuple[PilotView, ...]:
    """Return every pilot a ledger knows, in the order in which it came to know them."""
    governance = ledger.governance()
    return tuple(_view(ledger, governance, one) for one in governance.pilots)


def pilot_view(ledger: Ledger, name: str) -> PilotView:
    """Return a pilot by title, id or the beginning of an id; raise `UnknownName`."""
    governance = ledger.governance()
    return _view(ledger, governance, pilot_named(governance, name))


def _view(ledger: Ledger, governance: Governance, pilot: Pilot) -> PilotView:
    today = ledger.today().isoformat()
    kind = _KINDS.get(pilot.opened.question, "learner")
    beyond = list(reaching_beyond(governance, pilot))
    return PilotView(
        pilot=pilot.id,
        title=pilot.opened.title,
        status="to come" if today < pilot.first_day else "under way" if today <= pilot.last_day else "over",
        first_day=pilot.first_day,
        last_day=pilot.last_day,
        exit_by=pilot.exit_by,
        ended_early=pilot.ended_early,
        upstream=pilot.upstream,
        opened=pilot.opened,
        participants=tuple(
            ParticipantView(one.organisation, one.first_day or pilot.first_day)
            for one in pilot.opened.scope.organisations
        ),
        terms=tuple(
            TermsView(one.first_day, one.last_day, one.binding, one.subjects)
            for one in terms(pilot, ledger.jurisdiction, kind)
        ),
        adoptions=tuple(_adopted(governance, placed, beyond) for placed in adopted_under(governance, pilot)),
        figures=tuple(_figures(ledger, pilot)),
    )


def _adopted(governance: Governance, placed: Placed, beyond: list[tuple[Placed, str]]) -> AdoptedUnder:
    return AdoptedUnder(
        placed.position,
        placed.payload.jurisdiction,
        placed.payload.edition,
        placed.payload.first_day,
        governance.last_day_of(placed, governance.position),
        tuple(sentence for one, sentence in beyond if one.position == placed.position),
    )


def _figures(ledger: Ledger, pilot: Pilot) -> list[FiguresStanding]:
    """Return this ledger's own figures; in the ledger of the pilot, those received and those still missing."""
    found = []
    own = pilot.submission(ledger.jurisdiction)
    if own is not None:
        version, submission = own
        standing: Literal["certified", "submitted"] = "certified" if pilot.certificate(version) else "submitted"
        figures = submission.figures
        found.append(FiguresStanding(ledger.jurisdiction, standing, figures.position, figures.on))
    if pilot.upstream is not None:
        return found
    received = pilot.latest_received()
    found += [FiguresStanding(one.jurisdiction, "received", one.position) for one in received]
    told = {one.jurisdiction for one in found}
    missing = [
        name for name in pilot.organisations if not any(name == one or name.startswith(f"{one}/") for one in told)
    ]
    return [*found, *(FiguresStanding(name, "not submitted") for name in missing)]
