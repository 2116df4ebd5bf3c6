"""Accounts with a password: for the first people of an installation, and where there is no identity provider."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from ledger.accounts.passwords import LONGEST, Hasher, checked
from ledger.accounts.sessions import Sessions
from ledger.accounts.throttling import FROM_ADDRESS, OF_ACCOUNT, Throttle
from ledger.accounts.tokens import Tokens
from ledger.errors import LedgerError, Refused, UnknownName, UsageError
from ledger.storage.access_store import AccessStore, AccountRow
from ledger.values import canonical
from ledger.vault import LONGEST_EXTERNAL_ID, Vault


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in with a password: the id, since when it holds, and since when it is closed."""

    name: str
    person: str
    changed: str
    closed: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying to sign in: the vault id of the person, else the seconds to wait where one has to."""

    person: str | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one home."""

    store: AccessStore
    vault: Vault
    clock: Callable[[], str]
    hasher: Hasher = field(default_factory=Hasher)

    def add(self, name: str, password: str) -> str:
        """Make an account, or open one that was closed; return the vault id of the person.

        Raises `UsageError` for a password that may not be used, `Refused` where there is an account.
        """
        given = checked(password, name)
        person = self.vault.person_id(name)
        found = self.store.one(AccountRow, person=person)
        if found is not None and found.closed is None:
            raise Refused(f"{name} has an account already; `mastery account password {name}` gives it a new password")
        self._write(person, given)
        return person

    def change(self, name: str, password: str) -> None:
        """Give an account a new password, and end every session that was begun with the old one."""
        given, found = checked(password, name), self._open(name)
        self._write(found.person, given)
        self._leave(found.person)
        Throttle(self.store, self.clock).forget(self._lookup("account", name))

    def close(self, name: str) -> None:
        """Close an account for good, with the sessions and tokens of the person; what they did stays on record."""
        found = self._open(name)
        self.store.change(AccountRow, {"person": found.person}, closed=self.clock(), password="")
        self._leave(found.person)
        Tokens(self.store, self.vault, self.clock).revoke_all(found.person)

    def every(self) -> tuple[Account, ...]:
        """Return all accounts, by id."""
        found = (Account(self._name(one.person), one.person, one.changed, one.closed) for one in self._rows())
        return tuple(sorted(found, key=lambda one: one.name))

    def sign_in(self, name: str, password: str, address: str) -> Tried:
        """Say who signs in with an id and a password from an address; whoever failed too often waits.

        An id that is not known takes as long, and counts as much, as a wrong password.
        """
        throttle, tried = Throttle(self.store, self.clock), self._lookup("account", name)
        source = self._lookup("address", address)
        with self.store.together():
            if wait := max(throttle.left(tried, OF_ACCOUNT), throttle.left(source, FROM_ADDRESS)):
                return Tried(wait=math.ceil(wait / timedelta(seconds=1)))
            throttle.count(tried, source)
        known = self._known(name)
        if not self.hasher.holds(known.password if known else None, password[: LONGEST + 1]) or known is None:
            return Tried()
        throttle.forget(tried)
        throttle.take_back(source)
        if self.hasher.is_outdated(known.password):
            self.store.change(AccountRow, {"person": known.person}, password=self.hasher.hash(password))
        return Tried(known.person)

    def _rows(self) -> tuple[AccountRow, ...]:
        return self.store.find(AccountRow)

    def _name(self, person: str) -> str:
        try:
            return self.vault.identity(person).external_id
        except LedgerError:
            return "somebody the vault does not know any more"

    def _known(self, name: str) -> AccountRow | None:
        """Return the open account of an id, nothing where there is none or the id cannot be one."""
        try:
            person = self.vault.find_person(name)
        except UsageError:
            return None
        found = self.store.one(AccountRow, person=person) if person else None
        return found if found is not None and found.closed is None else None

    def _open(self, name: str) -> AccountRow:
        found = self._known(name)
        if found is None:
            raise UnknownName(f"{name} has no open account; `mastery account list` shows those there are")
        return found

    def _write(self, person: str, password: str) -> None:
        self.store.put(AccountRow(person=person, password=self.hasher.hash(password), changed=self.clock()))

    def _leave(self, person: str) -> None:
        Sessions(self.store, self.clock).end_all(person)

    def _lookup(self, kind: str, text: str) -> bytes:
        return self.vault.draw(canonical(["sign-in failed", kind, text[:LONGEST_EXTERNAL_ID]]))
