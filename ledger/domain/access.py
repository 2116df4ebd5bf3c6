"""Who may act and look, where, and from when to when. Stream `access/<person>`, the vault id of the holder.

A place is a jurisdiction with all below it, a class, or one learner. A state, a district and a school are
jurisdictions, named as in `us-tx/pine-valley/north-high`; a class is a section of an organisation.
"""

from typing import Literal

from ledger.domain.shapes import Payload, Shape, VaultText

Role = Literal[
    "state director",
    "state analyst",
    "district admin",
    "approver",
    "registrar",
    "principal",
    "counsellor",
    "teacher",
    "case manager",
    "learner",
    "guardian",
    "auditor",
    "integrator",
]

PlaceKind = Literal["jurisdiction", "class", "learner"]


class Place(Shape, frozen=True, kw_only=True):
    """Where a role holds; exactly what its kind needs is not null.

    A jurisdiction has an `organisation`, a class an `organisation` and the local code of its `section`,
    a learner the `learner`, a UUID.
    """

    kind: PlaceKind
    organisation: str | None = None
    section: str | None = None
    learner: str | None = None


class RoleGranted(Payload, frozen=True, kw_only=True):
    """A person holds a role in a place on every day from `first_day` to `last_day`.

    `grant` is a UUID; the same grant recorded again replaces what was recorded before. `person` is the
    vault id of the holder. `reason` may name somebody and lives in the vault, null where none was given.
    """

    grant: str
    person: str
    role: Role
    place: Place
    first_day: str
    last_day: str | None = None
    reason: VaultText | None = None


class RoleEnded(Payload, frozen=True, kw_only=True):
    """A grant holds no longer after `last_day`, which may be the day before its first: then it never held."""

    grant: str
    person: str
    last_day: str
    reason: VaultText | None = None


class ReadersShown(Payload, frozen=True, kw_only=True):
    """Whether families are shown who within the schools looked at a record, by role and without a name.

    Stream `access/readers`. Until it is recorded they are. What is given to somebody outside they always see.
    """

    shown: bool


EVENTS = frozenset({RoleGranted, RoleEnded, ReadersShown})
"""What one ledger says of those who use it, and passes on to nobody below."""
