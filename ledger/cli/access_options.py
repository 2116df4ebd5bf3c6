"""What the commands about access share: actions and roles as they are typed, and the person meant."""

from ledger.access.actions import Action
from ledger.access.table import ROLES
from ledger.application import Ledger
from ledger.domain.access import Role
from ledger.errors import UnknownName

ACTIONS = {one.name.lower().replace("_", "-"): one for one in Action}
"""Every action by the word that is typed."""

OF_ROLES: dict[str, Role] = {role.replace(" ", "-"): role for role in ROLES}
"""Every role by the word that is typed."""


def person_of(ledger: Ledger, person: str) -> str:
    """Return the vault id of a person by the id known here; raise `UnknownName` where there is none."""
    found = ledger.vault.find_person(person)
    if found is None:
        raise UnknownName(f"nobody is known here by the id {person!r}; `mastery access list` shows who holds a role")
    return found
