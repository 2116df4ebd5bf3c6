"""How much of a log nobody outside could miss: the events that no checkpoint held elsewhere covers.

A checkpoint counts as held outside where a witness cosigned it, where the ledger above received it, or
where it is on record that it was handed out; each only if the log still is what that checkpoint says.
"""

import base64
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.integrity import UNSOUND
from ledger.audit.note import VerifierKey, opened
from ledger.domain.checkpoints import CheckpointHandedOut, CheckpointReceived
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerError
from ledger.home import Home
from ledger.storage.mapper import LedgerMapper
from ledger.storage.survey import Survey

How: TypeAlias = Literal["pinned", "cosigned", "received", "handed out"]
RootAt: TypeAlias = Callable[[int], bytes | None]
"""Gives the root of the log as it stands at a size, nothing where it has none."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint somebody outside is known to hold, and by what it is known."""

    size: int
    root: bytes
    how: How


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many events there are, up to which size they are covered from outside, by what, and how many are not."""

    events: int
    held: int
    how: How | None

    @property
    def exposed(self) -> int:
        """Return how many events whoever has this machine and its keys could still rewrite unseen."""
        return max(self.events - self.held, 0)


def exposure(claims: Iterable[Outside], events: int, root_at: RootAt) -> Exposure:
    """Judge what is said to be held outside of a log with so many events."""
    for claim in sorted(claims, key=lambda one: one.size, reverse=True):
        if claim.size <= events and root_at(claim.size) == claim.root:
            return Exposure(events, claim.size, claim.how)
    return Exposure(events, 0, None)


def claims(home: Home, jurisdiction: str, origin: str, witnesses: Iterable[VerifierKey] = ()) -> list[Outside]:
    """Return every checkpoint of a log that somebody outside is known to hold.

    Looks at the checkpoints kept beside it, at the ledger itself, and at every other ledger of the home.
    """
    found = list(_cosigned(CheckpointStore(home.log_folder(jurisdiction)), tuple(witnesses)))
    handed = _payloads(home.ledger_file(jurisdiction), CheckpointHandedOut)
    found += (Outside(one.size, _root(one.root), "handed out") for one in handed)
    for other in home.jurisdictions():
        if other != jurisdiction:
            received = _payloads(home.ledger_file(other), CheckpointReceived)
            found += (Outside(one.size, _root(one.root), "received") for one in received if one.origin == origin)
    return found


def _cosigned(store: CheckpointStore, witnesses: tuple[VerifierKey, ...]) -> Iterator[Outside]:
    for size in reversed(store.sizes()) if witnesses else ():
        note = store.at(size) or ""
        if _is_signed(note, witnesses):
            yield Outside(size, stated(note).root, "cosigned")
            return


def _is_signed(note: str, keys: tuple[VerifierKey, ...]) -> bool:
    try:
        return bool(opened(note, keys).verified)
    except (LedgerError, ValueError):
        return False


def _payloads(path: Path, kind: type[Any]) -> Iterator[Any]:
    """Yield the payloads of one kind that can be read; what cannot is for verification to tell."""
    mapper, topic = LedgerMapper(), TOPIC_OF[kind]
    survey = Survey(path)
    try:
        with survey.one_state():
            rows = [row for row in survey.governing() if row[3] == topic]
    finally:
        survey.close()
    for position, stream, version, _, state in rows:
        try:
            event = mapper.read(stream, version, topic, state, position)
        except UNSOUND:
            continue
        if isinstance(event.data, kind):
            yield event.data


def _root(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
