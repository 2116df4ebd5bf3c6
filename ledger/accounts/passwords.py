"""Passwords: what one has to be like, and its argon2id hash.

Sources: NIST SP 800-63B-4, section 3.1.1 (length and no rules of composition); RFC 9106; OWASP password storage
cheat sheet (19 MiB, 2 passes, 1 lane).
"""

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ledger.errors import UsageError

SHORTEST, LONGEST = 12, 200
"""Characters in a password."""

FEWEST = 5
"""Different characters in a password."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of a password made here: none is taken for another when it is copied from paper."""

GROUPS, OF = 5, 4


@dataclass(frozen=True)
class Hasher:
    """Hashes passwords; `memory` is in KiB."""

    passes: int = 2
    memory: int = 19 * 1024
    lanes: int = 1

    @cached_property
    def _argon2(self) -> PasswordHasher:
        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory, parallelism=self.lanes)

    @cached_property
    def _of_nobody(self) -> str:
        return self._argon2.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """Return the hash of a password, with its salt and its costs."""
        return self._argon2.hash(plain(password))

    def holds(self, hashed: str | None, password: str) -> bool:
        """Say whether a hash is that of a password; without a hash it says no, and takes as long."""
        try:
            return self._argon2.verify(hashed or self._of_nobody, plain(password)) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, hashed: str) -> bool:
        """Say whether a hash was made at other costs than hashes are made at now."""
        return self._argon2.check_needs_rehash(hashed)


def plain(password: str) -> str:
    """Return a password in Unicode form NFC, so that every keyboard makes the same of it."""
    return unicodedata.normalize("NFC", password)


def checked(password: str, name: str) -> str:
    """Return a password that may be used; raise `UsageError` saying what it lacks."""
    given = plain(password)
    if not SHORTEST <= len(given) <= LONGEST:
        raise UsageError(f"a password has {SHORTEST} to {LONGEST} characters; this one has {len(given)}")
    if not given.isprintable():
        raise UsageError("a password holds no tab and no other sign that cannot be seen")
    if len(set(given)) < FEWEST or (len(name) > 2 and name.casefold() in given.casefold()):
        raise UsageError(f"a password has {FEWEST} different characters or more, and does not contain the id")
    return given


def made() -> str:
    """Return a new password of 98 random bits, such as m7kd-x3pq-9wfa-hh2r-t6ze."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(OF)) for _ in range(GROUPS))
