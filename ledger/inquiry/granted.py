"""Who holds which role where, in the words of people, and why somebody may do something or may not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ledger.access.actions import Action
from ledger.access.grants import Granted, Target, granting
from ledger.access.table import may
from ledger.application.granting import all_grants
from ledger.application.ledger import Ledger
from ledger.domain.access import Place
from ledger.errors import LedgerError
from ledger.vault import Vault, pseudonym

Naming = Callable[[Iterable[str]], Mapping[str, str]]
State = Literal["holds", "to come", "over"]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant: `person` and `given_by` are the ids by which people are known here, `where` its place in words.

    `last_day` is null where it holds until it is ended, `ledger` the jurisdiction in whose ledger it was given.
    """

    grant: str
    person: str
    role: str
    where: str
    organisation: str | None
    section: str | None
    learner: str | None
    first_day: str
    last_day: str | None
    state: State
    given_by: str
    ledger: str
    position: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether somebody may do something: the grant that allows it, or of each grant held why it does not."""

    allowed: bool
    grant: GrantRow | None
    because: tuple[str, ...]


def known_as(vault: Vault, person: str) -> str:
    """Return the id by which a person is known here, else a pseudonym."""
    try:
        return vault.identity(person).external_id
    except LedgerError:
        return pseudonym(person, "person")


def grant_rows(ledgers: Sequence[Ledger], on: date, names: Naming, wanted: str | None = None) -> Iterator[GrantRow]:
    """Yield every grant of some ledgers, or those of one holder by vault id, as it stands on a day."""
    for ledger in ledgers:
        for one in all_grants(ledger):
            if wanted in (None, one.person):
                yield grant_row(ledger, one, on, names)


def grant_row(ledger: Ledger, one: Granted, on: date, names: Naming) -> GrantRow:
    """Return a grant in words; who is beside a learner is named only where that learner is."""
    place = one.place
    return GrantRow(
        grant=one.grant,
        person=_holder(ledger.vault, one, names),
        role=one.role,
        where=where_words(place, names),
        organisation=place.organisation,
        section=place.section,
        learner=place.learner,
        first_day=one.first_day,
        last_day=one.last_day,
        state=state_on(one, on),
        given_by=known_as(ledger.vault, one.given_by),
        ledger=ledger.jurisdiction,
        position=one.position,
    )


def _holder(vault: Vault, one: Granted, names: Naming) -> str:
    learner = one.place.learner
    if learner is not None and names([learner])[learner] == pseudonym(learner):
        return pseudonym(one.person, "person")
    return known_as(vault, one.person)


def where_words(place: Place, names: Naming) -> str:
    """Say where a grant holds."""
    if place.learner is not None:
        return names([place.learner])[place.learner]
    return f"section {place.section} of {place.organisation}" if place.section else str(place.organisation)


def state_on(one: Granted, on: date) -> State:
    """Say whether a grant holds on a day, will, or did and never does again."""
    if one.holds_on(on):
        return "holds"
    return "to come" if one.first_day > on.isoformat() and _ever(one) else "over"


def _ever(one: Granted) -> bool:
    return one.last_day is None or one.first_day <= one.last_day


def allowed(ledgers: Sequence[Ledger], person: str, action: Action, target: Target, on: date, names: Naming) -> Allowed:
    """Say whether a person may do something to a target on a day, and by which grant, or why by none."""
    held = [(ledger, one) for ledger in ledgers for one in all_grants(ledger) if one.person == person]
    for ledger, one in held:
        if granting((one,), action, target, on):
            return Allowed(True, grant_row(ledger, one, on, names), ())
    why = tuple(_why_not(one, action, on, names) for _, one in held)
    return Allowed(False, None, why or ("no role was ever given to this person in this ledger or in one above it",))


def _why_not(one: Granted, action: Action, on: date, names: Naming) -> str:
    said = f"{one.role} in {where_words(one.place, names)}"
    if (state := state_on(one, on)) != "holds":
        return f"{said}: {'it holds from ' + one.first_day if state == 'to come' else 'it is over'}"
    if not may(one.role, action, by_token=True):
        return f"{said}: the role does not allow it"
    if not may(one.role, action):
        return f"{said}: the role allows it to a program that shows a token, and to nobody else"
    return f"{said}: this lies out of its reach"
