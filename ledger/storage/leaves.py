"""The leaf row every event gets in its own transaction: what a Merkle log is later built from.

The leaf record names log, stream, version, topic, instant, actor and the SHA-256 of the stored
bytes, or of those a tombstone stands for; its hash is RFC 6962's leaf hash. The seal is an HMAC of
that hash by a key the database's administrator need not see, so that a row inserted by SQL stands out.
"""

import hashlib
from collections.abc import Callable

from ledger.storage.tombstone import state_digest

RECORD_VERSION = 1

_BLOCK = 64
"""Bytes in a block of SHA-256."""

_TEMPLATE = b'{"actor":"%b","at":"%b","log":"%b","n":%d,"state":"%b","stream":"%b","topic":"%b","v":1}'


def leaf_record(
    *, log: str, stream: str, version: int, topic: str, instant: bytes, actor: bytes, state: bytes
) -> bytes:
    """Write the canonical leaf record of an event; every part is ASCII that needs no escape."""
    return _TEMPLATE % (
        actor,
        instant,
        log.encode(),
        version,
        state_digest(state).encode(),
        stream.encode(),
        topic.encode(),
    )


def leaf_hash(record: bytes) -> bytes:
    """Hash a leaf record as RFC 6962, section 2.1, does: SHA-256 of a zero byte and the record."""
    return hashlib.sha256(b"\x00" + record).digest()


def sealer(key: bytes) -> Callable[[bytes], bytes]:
    """Return the function that seals leaf hashes with a key: HMAC with SHA-256 (RFC 2104).

    The blocks that depend on the key alone are hashed once; a call to the library hashes them every time.
    """
    block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\x00")
    inner, outer = (hashlib.sha256(bytes(one ^ pad for one in block)) for pad in (0x36, 0x5C))

    def seal(leaf: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(leaf)
        second.update(first.digest())
        return second.digest()

    return seal
