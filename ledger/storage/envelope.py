"""What surrounds a payload in the ledger: who, when, in what role, by which command.

Stored bytes are the canonical JSON object `{"actor","at","behalf","cause","command","data","role",
"salt","v"}`. Instant and salt are set inside the write transaction, so a writer hands over bytes in
which both are still empty (`unstamped`), and the recorder fills them in (`stamped`).
"""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from ledger.domain import stream_names
from ledger.domain.shapes import Payload
from ledger.errors import UsageError

VERSION = 1
"""The version of the envelope itself."""

Data = TypeVar("Data")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.:@-]{0,199}")
_encode = msgspec.json.Encoder(order="sorted").encode

_BEFORE_ACTOR = b'{"actor":"'
_BEFORE_INSTANT = b'","at":"'
_AFTER_SALT = b'","v":1}'
_INSTANT_OFFSET = len(_BEFORE_ACTOR) + len(_BEFORE_INSTANT)


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: vault id, role, on whose behalf, under which command id; `cause` names what led to it."""

    actor: str
    role: str
    command: str
    behalf: str | None = None

    def __post_init__(self) -> None:
        for name in ("actor", "role", "command"):
            if not _NAME.fullmatch(getattr(self, name)):
                raise ValueError(f"{name} {getattr(self, name)!r}: letters, digits and / _ . : @ - only, 200 at most")


class Unstamped(Struct, frozen=True):
    """An event about to be written: its stream, the version it must get, and what happened."""

    stream: str
    version: int
    payload: Payload
    author: Author
    cause: str | None = None

    def __post_init__(self) -> None:
        if not stream_names.is_name(self.stream):
            raise UsageError(f"{self.stream!r} cannot name a stream: {stream_names.ALLOWED}")


class Event(Struct, Generic[Data], kw_only=True):
    """An event as read: the payload with all that surrounds it.

    It satisfies the domain-event protocol of the `eventsourcing` library. `position` is 0 where the
    event was read by stream and its place in the log was not asked for.
    """

    v: int
    at: str
    actor: str
    role: str
    behalf: str | None
    command: str
    cause: str | None
    salt: str
    data: Data
    originator_id: str = ""
    originator_version: int = 0
    position: int = 0


def unstamped(event: Unstamped) -> bytes:
    """Write the stored bytes of an event, with instant and salt still empty."""
    author = event.author
    return b"".join(
        (
            _BEFORE_ACTOR,
            author.actor.encode(),
            b'","at":"","behalf":',
            _encode(author.behalf) if author.behalf else b"null",
            b',"cause":',
            _encode(event.cause) if event.cause else b"null",
            b',"command":"',
            author.command.encode(),
            b'","data":',
            _encode(event.payload),
            b',"role":"',
            author.role.encode(),
            b'","salt":"',
            _AFTER_SALT,
        )
    )


def stamped(state: bytes, actor: bytes, instant: bytes, salt: bytes) -> bytes:
    """Fill instant and salt into unstamped bytes; both are ASCII and need no escape."""
    place = _INSTANT_OFFSET + len(actor)
    return b"".join((state[:place], instant, state[place:-8], salt, _AFTER_SALT))


def actor_of(state: bytes) -> bytes:
    """Read the actor off stored bytes."""
    return state[10 : state.index(b'"', 10)]


def instant_of(state: bytes) -> str:
    """Read the instant off stored bytes."""
    start = state.index(b'"', 10) + len(_BEFORE_INSTANT)
    return state[start : state.index(b'"', start)].decode()
