"""Commands about access: giving somebody a role in a place, and ending it."""

from collections.abc import Iterator
from datetime import date
from weakref import WeakKeyDictionary

from ledger.access.giving import misplaced
from ledger.access.grants import Granted, fold_grants
from ledger.application.ledger import Ledger
from ledger.domain.access import Place, ReadersShown, Role, RoleEnded, RoleGranted
from ledger.errors import UnknownName, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import identifier

READERS = "access/readers"
"""The stream that says what families are shown of readings."""

_FOLDED: "WeakKeyDictionary[Ledger, dict[str, tuple[int, tuple[Granted, ...]]]]" = WeakKeyDictionary()
"""For each open ledger what was folded of each holder, with the version of the stream it was folded to."""


def grant_role(
    ledger: Ledger,
    author: Author,
    person: str,
    role: Role,
    place: Place,
    *,
    first_day: date,
    last_day: date | None = None,
    reason: str = "",
) -> Appended:
    """Give a person, named by vault id, a role in a place; the reason is kept in the vault.

    Raises `UsageError` for days in the wrong order, and for a place in which the role cannot hold.
    """
    if (wrong := misplaced(role, place)) is not None:
        raise UsageError(wrong)
    if last_day is not None and last_day < first_day:
        raise UsageError(f"{last_day} is before {first_day}; a role holds to its last day")
    payload = RoleGranted(
        grant=identifier("grant", author.command),
        person=person,
        role=role,
        place=place,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat() if last_day else None,
        reason=ledger.vault.put_text(person, reason) if reason else None,
    )
    return ledger.write_all(author, [(f"access/{person}", payload)], ["grant", person, role, str(place), reason])


def end_role(ledger: Ledger, author: Author, person: str, grant: str, last_day: date, reason: str = "") -> Appended:
    """End a grant with a day, which is its last; raise `UnknownName` where the person holds no such grant."""
    if all(one.grant != grant for one in grants_of(ledger, person)):
        raise UnknownName(f"no grant {grant!r} was ever given to this person")
    payload = RoleEnded(
        grant=grant,
        person=person,
        last_day=last_day.isoformat(),
        reason=ledger.vault.put_text(person, reason) if reason else None,
    )
    asked = ["end grant", grant, last_day.isoformat(), reason]
    return ledger.write_all(author, [(f"access/{person}", payload)], asked)


def show_readers(ledger: Ledger, author: Author, *, shown: bool) -> Appended:
    """Set whether families are shown who within the schools looked at a record."""
    return ledger.write(author, READERS, [ReadersShown(shown=shown)])


def readers_are_shown(ledger: Ledger) -> bool:
    """Say whether families are shown who within the schools looked at a record; they are until it is set."""
    version = ledger.log.recorder.last_version(READERS)
    said = next(ledger.log.versions(READERS, [version]), None) if version else None
    return said is None or bool(said.data.shown)


def grants_of(ledger: Ledger, person: str) -> tuple[Granted, ...]:
    """Return the grants one ledger ever gave a person; read again as soon as another was written."""
    version = ledger.log.recorder.last_version(f"access/{person}")
    known = _FOLDED.setdefault(ledger, {})
    held = known.get(person)
    if held is None or held[0] != version:
        held = known[person] = version, fold_grants(ledger.log.stream(f"access/{person}"))
    return held[1]


def all_grants(ledger: Ledger) -> Iterator[Granted]:
    """Yield every grant of a ledger, holder by holder."""
    topics = ("access.role-granted.1",)
    people = dict.fromkeys(event.data.person for event in ledger.log.scan(topics=topics))
    for person in people:
        yield from grants_of(ledger, person)
