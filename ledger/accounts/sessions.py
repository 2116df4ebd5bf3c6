"""Sessions: somebody is signed in at one browser until they leave, do nothing for a while, or the day is over.

Source: OWASP session management cheat sheet; NIST SP 800-63B-4, section 5.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ledger.accounts.instants import after, since
from ledger.storage.access_store import AccessStore, SessionRow
from ledger.values import random_identifier

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
"""Without a request, and in all."""

FRESH = timedelta(minutes=10)
"""For as long somebody counts as having just shown who they are."""

NOTED = timedelta(minutes=1)
"""Requests within so long of the last one noted are not written down."""

SECRET = 32
"""Random bytes in a session's secret."""


def is_live(session: SessionRow, now: str) -> bool:
    """Say whether a session still lets somebody in."""
    return since(session.seen, now) <= IDLE and since(session.begun, now) <= LONGEST


def is_fresh(session: SessionRow, now: str) -> bool:
    """Say whether somebody showed within the last ten minutes who they are."""
    return since(session.proved, now) <= FRESH


def digest_of(secret: str) -> bytes:
    """Return what of a secret is stored; it has 256 random bits, so that nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one home; `clock` tells the instant in UTC."""

    store: AccessStore
    clock: Callable[[], str]

    def begin(self, person: str, how: str, browser: str = "", proved: str | None = None) -> str:
        """Begin a session of a person; return its secret, which is told to the browser alone.

        `proved` is when they showed who they are: now, unless a provider says that it was before.
        """
        secret, now = secrets.token_urlsafe(SECRET), self.clock()
        self.store.remove_before(SessionRow, "begun", after(now, -LONGEST))
        self.store.remove_before(SessionRow, "seen", after(now, -IDLE))
        self.store.put(
            SessionRow(
                digest=digest_of(secret),
                session=random_identifier(),
                person=person,
                how=how,
                browser=browser,
                begun=now,
                seen=now,
                proved=min(proved or now, now),
            )
        )
        return secret

    def find(self, secret: str) -> SessionRow | None:
        """Return the session of a secret while it lives, and note that it is used."""
        digest, now = digest_of(secret), self.clock()
        found = self.store.one(SessionRow, digest=digest)
        if found is None:
            return None
        if not is_live(found, now):
            self.store.remove(SessionRow, digest=digest)
            return None
        if since(found.seen, now) > NOTED:
            self.store.change(SessionRow, {"digest": digest}, seen=now)
        return found

    def end(self, secret: str) -> None:
        """End the session of a secret."""
        self.store.remove(SessionRow, digest=digest_of(secret))

    def end_one(self, person: str, session: str) -> bool:
        """End a session of a person, named by its id; say whether there was one."""
        return self.store.remove(SessionRow, person=person, session=session) > 0

    def end_all(self, person: str) -> int:
        """End every session of a person; return how many there were."""
        return self.store.remove(SessionRow, person=person)

    def of(self, person: str) -> tuple[SessionRow, ...]:
        """Return the sessions of a person that live, the latest first."""
        now = self.clock()
        found = [one for one in self.store.find(SessionRow, person=person) if is_live(one, now)]
        return tuple(sorted(found, key=lambda one: (one.begun, one.session), reverse=True))
