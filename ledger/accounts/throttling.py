"""How long whoever failed to sign in has to wait: not at first, then twice as long each time.

Source: OWASP authentication cheat sheet; NIST SP 800-63B-4, section 3.2.2.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from ledger.accounts.instants import after, since
from ledger.storage.access_store import AccessStore, FailureRow

OF_ACCOUNT, FROM_ADDRESS = 5, 20
"""Tries that may fail before anybody waits; behind one address there may be a whole school."""

FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=15)
"""The first time to wait, and the longest."""

FORGOTTEN = timedelta(hours=24)
"""After so long without a failure they count no more."""


def to_wait(times: int, free: int) -> timedelta:
    """Return how long to wait after the last of so many failures."""
    return min(FIRST * 2 ** min(times - free, 20), LONGEST) if times >= free else timedelta()


@dataclass(frozen=True, slots=True)
class Throttle:
    """Counts failures by what they are about: the HMAC of an account's id, or of an address."""

    store: AccessStore
    clock: Callable[[], str]

    def left(self, lookup: bytes, free: int) -> timedelta:
        """Return how long still to wait before the next try."""
        found, now = self.store.one(FailureRow, lookup=lookup), self.clock()
        return timedelta() if found is None else max(to_wait(found.times, free) - since(found.last, now), timedelta())

    def count(self, *lookups: bytes) -> None:
        """Count a try as failed; that is done before it is looked at, so that many at once count too."""
        now = self.clock()
        self.store.remove_before(FailureRow, "last", after(now, -FORGOTTEN))
        for lookup in lookups:
            found = self.store.one(FailureRow, lookup=lookup)
            self.store.put(FailureRow(lookup=lookup, times=(found.times if found else 0) + 1, last=now))

    def take_back(self, lookup: bytes) -> None:
        """Count the last try as none; those before it stay."""
        found = self.store.one(FailureRow, lookup=lookup)
        if found is not None:
            self.store.put(replace(found, times=max(found.times - 1, 0)))

    def forget(self, lookup: bytes) -> None:
        """Forget every failure."""
        self.store.remove(FailureRow, lookup=lookup)
