"""`events.txt`: the events of a bundle, each with the very bytes that stand in the ledger.

A line is the index in the log, the stream, the version in it, the topic, and the stored bytes: one
line of JSON. The leaf of an event is the hash of a record that names all of these and the log; where
the payload was erased, the digest of the bytes that were there.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import canonical
from .refusing import Refused, shown
from .tree import leaf, lines

NAME = "events.txt"
ERASURE = "learner.payloads-erased.1"
"""The topic of the event that says that payloads of its stream were erased."""

_LINE = re.compile(r"(0|[1-9][0-9]{0,15}) ([A-Za-z0-9/_.:@~-]+) ([1-9][0-9]{0,15}) ([a-z0-9.-]+) (\{.*\})", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ERASED = {"actor", "at", "erased", "v"}


@dataclass(frozen=True, slots=True)
class Event:
    """An event: where it stands, when it was recorded, and what is stored; `leaf` is what the log holds of it.

    `data` is the payload, null where it was erased.
    """

    index: int
    stream: str
    version: int
    topic: str
    at: str
    data: Any
    leaf: bytes
    record: bytes

    @property
    def is_learner_s(self) -> bool:
        """Say whether this is about one learner; all others govern."""
        return self.stream.startswith("learner/")

    @property
    def place(self) -> str:
        """Say where the event stands, for people."""
        return f"{NAME}: {self.stream} version {self.version}, index {self.index}"


def events_of(content: bytes, log: str) -> list[Event]:
    """Read the events, in the order of the log; raise `Refused` naming the line that is none."""
    found: list[Event] = []
    seen: set[tuple[str, int]] = set()
    for number, line in enumerate(lines(content, NAME), start=1):
        event = _event(line, number, log)
        if found and event.index <= found[-1].index:
            raise Refused(f"{NAME}, line {number}: index {event.index} does not follow index {found[-1].index}")
        if (event.stream, event.version) in seen:
            raise Refused(f"{NAME}, line {number}: {event.stream} version {event.version} stands twice")
        seen.add((event.stream, event.version))
        found.append(event)
    return found


def record(log: str, stream: str, version: int, topic: str, at: str, actor: str, digest: str) -> bytes:
    """Write the record of which a leaf is the hash."""
    parts = {"actor": actor, "at": at, "log": log, "n": version, "state": digest}
    return canonical.canonical({**parts, "stream": stream, "topic": topic, "v": 1})


def _event(line: str, number: int, log: str) -> Event:
    found = _LINE.fullmatch(line)
    if not found:
        raise Refused(f"{NAME}, line {number}: {shown(line)!r} is not index, stream, version, topic and stored bytes")
    index, stream, version, topic, state = int(found[1]), found[2], int(found[3]), found[4], found[5].encode()
    try:
        stored = canonical.read(state)
    except ValueError as error:
        raise Refused(f"{NAME}, line {number}: the stored bytes are not JSON: {error}") from error
    at, actor = stored.get("at"), stored.get("actor")
    if not isinstance(actor, str) or not _is_instant(at):
        raise Refused(f"{NAME}, line {number}: the stored bytes do not say when, or by whom")
    digest = _digest(stored, state, stream)
    if digest is None:
        raise Refused(f"{NAME}, line {number}: the stored bytes hold no payload, and are not what erasing one leaves")
    made = record(log, stream, version, topic, at, actor, digest)
    return Event(index, stream, version, topic, at, stored.get("data"), leaf(made), made)


def _is_instant(at: Any) -> bool:
    """Say whether a value is an instant as the ledger writes it, and one there is."""
    if not isinstance(at, str) or not _INSTANT.fullmatch(at):
        return False
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _digest(stored: dict[str, Any], state: bytes, stream: str) -> str | None:
    if isinstance(stored.get("data"), dict):
        return hashlib.sha256(state).hexdigest()
    erased = stored.get("erased")
    whole = set(stored) == _ERASED and stored["v"] == 1 and stream.startswith("learner/")
    return erased if whole and isinstance(erased, str) and _HEX.fullmatch(erased) else None
