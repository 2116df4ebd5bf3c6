"""Giving and ending roles as somebody who holds one that allows it, never outside of their own place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.access.giving import Asked, others_appointing, refusal
from ledger.access.grants import Granted
from ledger.application.granting import end_role, grant_role, grants_of
from ledger.application.ledger import Ledger
from ledger.errors import Refused, UnknownName
from ledger.storage.append import Appended
from ledger.storage.envelope import Author

LEAVES_NOBODY = (
    "after this nobody could give roles in {} any more but whoever runs the server; "
    "confirm that this is meant, or give the role to somebody else first"
)


@dataclass(frozen=True, slots=True)
class Term:
    """From which day to which a role is held, and why; without a last day until it is ended."""

    first_day: date
    last_day: date | None = None
    reason: str = ""


def appoint(ledger: Ledger, author: Author, held: Sequence[Granted], asked: Asked, term: Term) -> Appended:
    """Give a role in a place, as the holder of these grants; raise `Refused` where none of them allows it."""
    if (why := refusal(held, author.actor, asked, ledger.today())) is not None:
        raise Refused(why)
    return grant_role(
        ledger,
        author,
        asked.person,
        asked.role,
        asked.place,
        first_day=term.first_day,
        last_day=term.last_day,
        reason=term.reason,
    )


def dismiss(
    ledger: Ledger,
    author: Author,
    held: Sequence[Granted],
    everybody: Iterable[Granted],
    ended: Asked,
    grant: str,
    last_day: date,
    reason: str = "",
    *,
    leaves_nobody: bool = False,
) -> Appended:
    """End a grant, as the holder of these grants; one's own may be ended too.

    Raises `Refused` where none of them allows it, and where nobody would be left who gives roles in that place,
    unless `leaves_nobody` says that this is meant.
    """
    found = next((one for one in grants_of(ledger, ended.person) if one.grant == grant), None)
    if found is None:
        raise UnknownName(f"no grant {grant!r} was ever given to this person")
    own = author.actor == ended.person
    why = None if own else refusal(held, author.actor, ended, ledger.today())
    if why is not None:
        raise Refused(why)
    if own and not leaves_nobody and not others_appointing(everybody, found, ledger.today()):
        raise Refused(LEAVES_NOBODY.format(found.place.organisation))
    return end_role(ledger, author, ended.person, grant, last_day, reason)
