"""Tokens: by one a program acts for the person who made it, for some actions and some time.

A token is `mlk_<id>_<secret>`; the id finds it, and of the secret, 256 random bits, only the SHA-256 is kept.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from ledger.access.actions import Action
from ledger.accounts.instants import after, since
from ledger.accounts.sessions import NOTED, digest_of
from ledger.errors import Refused, UnknownName, UsageError
from ledger.storage.access_store import AccessStore, TokenRow
from ledger.vault import Vault

PREFIX = "mlk"
FORM = re.compile(rf"{PREFIX}_([0-9a-f]{{16}})_([\w-]{{43}})", re.ASCII)

LONGEST = 365
"""Days a token holds at most."""

LONGEST_PURPOSE = 100
"""Characters in what a token is for."""

NEVER = frozenset({Action.HOLD_TOKENS})
"""What no token allows: none makes another."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; `actions` are what it may be used for, instants are in UTC."""

    token: str
    purpose: str
    actions: tuple[Action, ...]
    made: str
    expires: str
    used: str | None
    revoked: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom a shown token acts for, and what it allows at most."""

    token: str
    person: str
    actions: frozenset[Action]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one home."""

    store: AccessStore
    vault: Vault
    clock: Callable[[], str]

    def make(self, person: str, purpose: str, actions: Iterable[Action], allowed: frozenset[Action], days: int) -> str:
        """Make a token for some of the actions a person is allowed; return its text, which is told once.

        Raises `UsageError` where what was asked makes no sense, `Refused` for more than the person may do.
        """
        wanted = frozenset(actions)
        if not wanted:
            raise UsageError("name what the token may be used for; without an action it allows nothing")
        if beyond := sorted(wanted - allowed | wanted & NEVER):
            raise Refused(f"a token allows nothing its maker may not do, so not to {', nor to '.join(beyond)}")
        if not 1 <= days <= LONGEST:
            raise UsageError(f"a token holds for 1 to {LONGEST} days")
        if not 1 <= len(purpose.strip()) <= LONGEST_PURPOSE or not purpose.isprintable():
            raise UsageError(f"say in 1 to {LONGEST_PURPOSE} characters what the token is for")
        return self._made(person, purpose.strip(), wanted, days)

    def _made(self, person: str, purpose: str, actions: frozenset[Action], days: int) -> str:
        token, secret, now = secrets.token_hex(8), secrets.token_urlsafe(32), self.clock()
        self.store.put(
            TokenRow(
                token=token,
                digest=digest_of(secret),
                person=person,
                purpose=self.vault.sealed(person, purpose.encode(), f"token/{token}"),
                actions=",".join(sorted(one.name for one in actions)),
                made=now,
                expires=after(now, timedelta(days=days)),
            )
        )
        return f"{PREFIX}_{token}_{secret}"

    def find(self, text: str) -> Shown | None:
        """Return what a token allows while it holds, and note that it is used; nothing for any other text."""
        match = FORM.fullmatch(text)
        found = self.store.one(TokenRow, token=match[1]) if match else None
        if match is None or found is None or not hmac.compare_digest(found.digest, digest_of(match[2])):
            return None
        now = self.clock()
        if found.revoked is not None or found.expires <= now:
            return None
        if found.used is None or since(found.used, now) > NOTED:
            self.store.change(TokenRow, {"token": found.token}, used=now)
        return Shown(found.token, found.person, frozenset(_actions(found)))

    def of(self, person: str) -> tuple[Token, ...]:
        """Return the tokens a person made, the latest first."""
        rows = sorted(self.store.find(TokenRow, person=person), key=lambda one: (one.made, one.token), reverse=True)
        return tuple(
            Token(one.token, self._purpose(one), _actions(one), one.made, one.expires, one.used, one.revoked)
            for one in rows
        )

    def revoke(self, person: str, token: str) -> None:
        """Let a token of a person hold no longer; raise `UnknownName` where there is none that holds."""
        if not self.store.change(TokenRow, {"person": person, "token": token, "revoked": None}, revoked=self.clock()):
            raise UnknownName(f"no token {token[:40]!r} of this person holds")

    def revoke_all(self, person: str) -> None:
        """Let no token of a person hold any longer."""
        self.store.change(TokenRow, {"person": person, "revoked": None}, revoked=self.clock())

    def _purpose(self, row: TokenRow) -> str:
        where = f"{self.store.path}: the token {row.token}"
        return self.vault.unsealed(row.person, row.purpose, f"token/{row.token}", where).decode()


def _actions(row: TokenRow) -> tuple[Action, ...]:
    """Return the actions of a token; one that this release does not know any more allows nothing."""
    return tuple(Action[name] for name in row.actions.split(",") if name in Action.__members__)
