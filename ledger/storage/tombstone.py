"""What stands in the place of an erased payload: who, when, and the digest the leaf was made with.

A tombstone is the canonical JSON `{"actor":A,"at":T,"erased":"<SHA-256 in hex>","v":1}`. The leaf of
an event holds the digest of its bytes and not the bytes, so it stays what it was, and every root and
proof with it. The bytes held 16 random ones, so nothing can be found out from their digest by trying.
"""

import hashlib
import re

from ledger.errors import UsageError
from ledger.storage.envelope import actor_of, instant_of

_TEMPLATE = b'{"actor":"%b","at":"%b","erased":"%b","v":1}'
_FORM = re.compile(rb'\{"actor":"([^"\\]*)","at":"([^"\\]*)","erased":"([0-9a-f]{64})","v":1\}')


def tombstone(state: bytes) -> bytes:
    """Return what replaces the stored bytes of an event; raise `UsageError` where they were replaced already."""
    if erased_digest(state) is not None:
        raise UsageError("these bytes are a tombstone already; the payload is gone")
    return _TEMPLATE % (actor_of(state), instant_of(state).encode(), hashlib.sha256(state).hexdigest().encode())


def erased_digest(state: bytes) -> str | None:
    """Return the digest of the bytes a tombstone stands for, nothing for the bytes of an event."""
    found = _FORM.fullmatch(state)
    return found[3].decode() if found else None


def state_digest(state: bytes) -> str:
    """Return the digest that the leaf of stored bytes holds: theirs, or that of the bytes erased."""
    return erased_digest(state) or hashlib.sha256(state).hexdigest()
