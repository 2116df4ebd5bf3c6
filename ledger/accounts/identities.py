"""Identities: a person as an identity provider knows them, so that signing in there signs in here.

What the provider says of roles counts for nothing; it says who somebody is, and the grants here say the rest.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ledger.errors import Refused, UsageError
from ledger.storage.access_store import AccessStore, IdentityRow
from ledger.values import canonical
from ledger.vault import Vault

LONGEST_SUBJECT = 255
"""Characters in the id a provider gives somebody (OpenID Connect Core, section 2)."""

BY_EMAIL = "email"
"""Stands in the place of a provider for an address that may still be claimed."""


@dataclass(frozen=True, slots=True)
class Identities:
    """The identities of one home."""

    store: AccessStore
    vault: Vault
    clock: Callable[[], str]

    def link(self, person: str, issuer: str, subject: str, provider: str) -> None:
        """Let an id of a provider stand for a person; raise `Refused` where it stands for another."""
        if not 1 <= len(subject) <= LONGEST_SUBJECT:
            raise UsageError(f"the id a provider gives somebody has 1 to {LONGEST_SUBJECT} characters")
        self._link(self._lookup(issuer, subject), person, provider)

    def link_email(self, person: str, email: str) -> None:
        """Let whoever first shows a verified address become a person; only a provider trusted with that is believed."""
        if "@" not in email:
            raise UsageError(f"{email!r} is not an address such as m.ortiz@example.org")
        self._link(self._lookup(BY_EMAIL, plain(email)), person, BY_EMAIL)

    def find(self, issuer: str, subject: str) -> str | None:
        """Return whom an id of a provider stands for."""
        return self._person(self._lookup(issuer, subject))

    def find_email(self, email: str) -> str | None:
        """Return whom a verified address leads to: linked here, or the id by which the vault knows somebody."""
        found = self._person(self._lookup(BY_EMAIL, plain(email)))
        return found or self.vault.find_person(plain(email))

    def of(self, person: str) -> tuple[IdentityRow, ...]:
        """Return the identities of a person."""
        return self.store.find(IdentityRow, person=person)

    def unlink(self, person: str) -> int:
        """Let no identity stand for a person any more; return how many did."""
        return self.store.remove(IdentityRow, person=person)

    def _link(self, lookup: bytes, person: str, provider: str) -> None:
        with self.store.together():
            found = self._person(lookup)
            if found not in (None, person):
                raise Refused("this identity stands for somebody else already; unlink it there first")
            self.store.put(IdentityRow(lookup=lookup, person=person, provider=provider, linked=self.clock()))

    def _person(self, lookup: bytes) -> str | None:
        found = self.store.one(IdentityRow, lookup=lookup)
        return found.person if found else None

    def _lookup(self, issuer: str, subject: str) -> bytes:
        return self.vault.draw(canonical(["identity", issuer, subject]))


def plain(email: str) -> str:
    """Return an address as it is compared: in lower case, Unicode form NFC, without spaces around it."""
    return unicodedata.normalize("NFC", email.strip()).casefold()
