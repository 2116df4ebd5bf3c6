"""Grants: who holds which role where, and whether one of them reaches what is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ledger.access.actions import Action
from ledger.access.table import ABOUT_NOBODY, may
from ledger.domain.access import Place, Role, RoleEnded, RoleGranted


@dataclass(frozen=True, slots=True)
class Granted:
    """One grant as it stands: `given_by` is a vault id, `position` that of the event it was last given in."""

    grant: str
    person: str
    role: Role
    place: Place
    first_day: str
    last_day: str | None
    given_by: str
    position: int

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day of the ledger's zone."""
        return self.first_day <= day.isoformat() and (self.last_day is None or day.isoformat() <= self.last_day)


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody wants to act on or look at.

    Without a `learner` and a `section` it is the jurisdiction as a whole. `organisations` are those the
    learner is enrolled in today, or the one of a class; `sections` the classes the learner is in, each as
    organisation and section.
    """

    jurisdiction: str
    learner: str | None = None
    organisations: frozenset[str] = field(default_factory=frozenset)
    sections: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def fold_grants(events: Iterable[Any]) -> tuple[Granted, ...]:
    """Return the grants of one holder as their stream leaves them, in the order in which they were first given."""
    found: dict[str, Granted] = {}
    for event in events:
        match event.data:
            case RoleGranted() as given:
                found[given.grant] = Granted(
                    given.grant,
                    given.person,
                    given.role,
                    given.place,
                    given.first_day,
                    given.last_day,
                    event.actor,
                    event.position,
                )
            case RoleEnded() as ended if ended.grant in found:
                found[ended.grant] = replace(found[ended.grant], last_day=ended.last_day)
    return tuple(found.values())


def within(organisation: str, place: str) -> bool:
    """Say whether an organisation is a place or lies below it."""
    return organisation == place or organisation.startswith(f"{place}/")


def covers(place: Place, jurisdiction: str) -> bool:
    """Say whether a place is a whole jurisdiction, or more than it."""
    return place.kind == "jurisdiction" and within(jurisdiction, place.organisation or "")


def lies_in(place: Place, jurisdiction: str) -> bool:
    """Say whether a place is part of a jurisdiction, or the whole of it; of one learner alone nothing is known."""
    return place.kind != "learner" and within(place.organisation or "", jurisdiction)


def reaches(place: Place, target: Target) -> bool:
    """Say whether a grant in a place reaches a target.

    A jurisdiction reaches itself and all below it, and every learner of a ledger at or below it; a school
    those enrolled there; a class the learners in it; a learner that learner alone.
    """
    if place.kind == "learner":
        return target.learner is not None and target.learner == place.learner
    organisation = place.organisation or ""
    if place.kind == "class":
        return (organisation, place.section or "") in target.sections
    return covers(place, target.jurisdiction) or any(within(one, organisation) for one in target.organisations)


def granting(
    grants: Sequence[Granted], action: Action, target: Target, on: date, *, by_token: bool = False
) -> Granted | None:
    """Return the first grant by which somebody may do something to a target on a day, nothing where none is."""
    held = (one for one in grants if may(one.role, action, by_token=by_token) and one.holds_on(on))
    return next((one for one in held if reaches(one.place, target) or _is_part_of(one.place, action, target)), None)


def _is_part_of(place: Place, action: Action, target: Target) -> bool:
    """Say whether a role in a part of a ledger holds for the whole of it, as for what is about nobody."""
    whole = target.learner is None and not target.organisations and action in ABOUT_NOBODY
    return whole and (place.kind == "learner" or lies_in(place, target.jurisdiction))
