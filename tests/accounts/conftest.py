"""A folder with a ledger, a clock that is set, and a hasher that is quick."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.accounts.identities import Identities
from ledger.accounts.instants import after
from ledger.accounts.local import Accounts
from ledger.accounts.passwords import Hasher
from ledger.accounts.sessions import Sessions
from ledger.accounts.throttling import Throttle
from ledger.accounts.tokens import Tokens
from ledger.application import initialise
from ledger.home import Home
from ledger.storage.access_store import AccessStore
from ledger.vault import Vault

QUICK = Hasher(passes=1, memory=8)
PASSWORD = "seven quiet lanterns"


@dataclass
class Office:
    """Everything about who may sign in to a folder, at the instant `now`."""

    vault: Vault
    store: AccessStore
    now: str = "2026-06-05T15:30:00.000000Z"
    hasher: Hasher = field(default_factory=lambda: QUICK)

    def clock(self) -> str:
        """Return the instant it is."""
        return self.now

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now = after(self.now, timedelta(**time))

    @property
    def accounts(self) -> Accounts:
        """Return the accounts."""
        return Accounts(self.store, self.vault, self.clock, self.hasher)

    @property
    def sessions(self) -> Sessions:
        """Return the sessions."""
        return Sessions(self.store, self.clock)

    @property
    def throttle(self) -> Throttle:
        """Return the throttle."""
        return Throttle(self.store, self.clock)

    @property
    def tokens(self) -> Tokens:
        """Return the tokens."""
        return Tokens(self.store, self.vault, self.clock)

    @property
    def identities(self) -> Identities:
        """Return the identities at providers."""
        return Identities(self.store, self.vault, self.clock)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Open a folder with a ledger, in which nobody has an account."""
    initialise(tmp_path, "us-tx", kind="state", zone="America/Chicago").close()
    vault, store = Vault.open(tmp_path), AccessStore(Home(tmp_path).access_file)
    with vault:
        yield Office(vault, store)
    store.close()
