"""Giving and ending roles: which roles can hold where, and what somebody may give and end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.access.actions import Action
from ledger.access.grants import Granted, Target, reaches, within
from ledger.access.table import APPOINTS, OF_A_STATE, PLACES, ROLES, may
from ledger.domain.access import Place, Role
from ledger.values import is_identifier, is_jurisdiction

NEEDED = {"jurisdiction": ("organisation",), "class": ("organisation", "section"), "learner": ("learner",)}
"""What each kind of place has to name, and nothing else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to hold which role where; `target` is the learner of a place that is one, null for other places."""

    person: str
    role: Role
    place: Place
    target: Target | None = None

    @property
    def where(self) -> str:
        """Name the place in a sentence."""
        return self.place.organisation or "this learner"


def misplaced(role: Role, place: Place) -> str | None:
    """Return the sentence that says why a role cannot hold in a place at all, nothing where it can."""
    needed = NEEDED[place.kind]
    if any(
        (getattr(place, name) is not None) is not (name in needed) for name in ("organisation", "section", "learner")
    ):
        return f"a {place.kind} is named by {' and '.join(needed)}, and by nothing else"
    if place.organisation is not None and not is_jurisdiction(place.organisation):
        return f"{place.organisation[:60]!r} is not a place; name it as in us-tx/pine-valley/north-high"
    if place.learner is not None and not is_identifier(place.learner):
        return f"{place.learner[:60]!r} is not a learner's id: a UUID in lower case"
    if place.kind not in PLACES[role]:
        return f"the role {role} holds in a {' or a '.join(PLACES[role])}, not in a {place.kind}"
    if role in OF_A_STATE and "/" in (place.organisation or ""):
        return f"the role {role} holds in a whole state, and {place.organisation} lies within one"
    return None


def refusal(grants: Sequence[Granted], granter: str, asked: Asked, on: date) -> str | None:
    """Return why somebody may not give or end a role in a place, nothing where one of their grants allows it."""
    if granter == asked.person:
        return "nobody gives a role to themselves; somebody else who may give it has to"
    if asked.role not in roles_given(grants, on):
        given = ", ".join(roles_given(grants, on)) or "none"
        return f"you may not give or end the role {asked.role}; those you may: {given}"
    if not any(_covers(one, asked) for one in _appointing(grants, on)):
        return f"{asked.where} lies outside of where you may give the role {asked.role}"
    return None


def roles_given(grants: Iterable[Granted], on: date) -> tuple[Role, ...]:
    """Return the roles somebody may give on a day, wherever they may."""
    found = {role for one in _appointing(grants, on) for role in APPOINTS.get(one.role, ())}
    return tuple(role for role in ROLES if role in found)


def _appointing(grants: Iterable[Granted], on: date) -> list[Granted]:
    return [one for one in grants if may(one.role, Action.GRANT_ROLES) and one.holds_on(on)]


def _covers(grant: Granted, asked: Asked) -> bool:
    own = grant.place.organisation or ""
    if asked.role not in APPOINTS.get(grant.role, ()) or grant.place.kind != "jurisdiction":
        return False
    if asked.place.kind == "learner":
        return asked.target is not None and reaches(grant.place, asked.target)
    return within(asked.place.organisation or "", own)


def others_appointing(grants: Iterable[Granted], ended: Granted, on: date) -> bool:
    """Say whether somebody else than the holder of a grant may give roles in its place after it ended."""
    return any(
        one.person != ended.person and one.place.kind == "jurisdiction"
        for one in _appointing(grants, on)
        if within(ended.place.organisation or "", one.place.organisation or "")
    )
