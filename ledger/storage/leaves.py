"""The leaf row every event gets in its own transaction: what a Merkle log is later built from.

The leaf record names log, stream, version, topic, instant, actor and the SHA-256 of the stored
bytes; its hash is RFC 6962's leaf hash. The seal is an HMAC of that hash by a key the database's
administrator need not see, so that a row inserted by SQL stands out.
"""

import hashlib
import hmac
from collections.abc import Callable

RECORD_VERSION = 1

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
        hashlib.sha256(state).hexdigest().encode(),
        stream.encode(),
        topic.encode(),
    )


def leaf_hash(record: bytes) -> bytes:
    """Hash a leaf record as RFC 6962, section 2.1, does: SHA-256 of a zero byte and the record."""
    return hashlib.sha256(b"\x00" + record).digest()


def sealer(key: bytes) -> Callable[[bytes], bytes]:
    """Return the function that seals leaf hashes with a key."""
    return lambda leaf: hmac.digest(key, leaf, "sha256")
