"""Commands about the signed history of a ledger: its keys introduced, its checkpoints handed out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from ledger.application.ledger import Ledger
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.endorsing import endorsement_file, is_endorsed
from ledger.audit.note import VerifierKey, opened
from ledger.domain.checkpoints import CheckpointHandedOut, KeyIntroduced, KeyReason, Means
from ledger.domain.shapes import Payload
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerError, Refused, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author, Event

STREAM = "ledger"

Kind = TypeVar("Kind", bound=Payload)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A checkpoint that was handed out: the signed note, and where that stands in the ledger."""

    note: str
    size: int
    appended: Appended


def store_of(ledger: Ledger) -> CheckpointStore:
    """Return the checkpoints kept of a ledger's log."""
    return CheckpointStore(ledger.home.log_folder(ledger.jurisdiction))


def events_of(ledger: Ledger, kind: type[Kind]) -> Iterator[Event[Kind]]:
    """Yield the events of one kind that is not about learners, in the order of the log; no other is decoded."""
    topic, log = TOPIC_OF[kind], ledger.log
    for position, stream, version, found, state in log.recorder.governing():
        if found == topic:
            yield log.mapper.read(stream, version, topic, state, position)


def key_events(ledger: Ledger) -> Iterator[Event[KeyIntroduced]]:
    """Yield the introductions of keys, in their order."""
    return events_of(ledger, KeyIntroduced)


def introduced(ledger: Ledger) -> tuple[KeyIntroduced, ...]:
    """Return the keys this ledger's log was ever signed with, in the order of their introduction."""
    return tuple(event.data for event in key_events(ledger))


def introduce_key(ledger: Ledger, author: Author, key: str, reason: KeyReason | None = None) -> Appended | None:
    """Record the verifier key under which checkpoints of this ledger's log are signed from here on.

    Nothing where it is the present one. A key that replaces another needs that one's endorsement, unless it
    was lost or disclosed. Raises `UsageError` for a key of another log, `Refused` without an endorsement.
    """
    _require_own(ledger, key)
    known = introduced(ledger)
    if known and known[-1].key == key:
        return None
    replaces = known[-1].key if known else None
    note = _endorsement(ledger, replaces, key) if replaces and reason in (None, "renewed") else None
    why: KeyReason = reason or ("renewed" if replaces else "first")
    if (why == "first") != (replaces is None):
        raise UsageError(f"the log has {'a' if replaces else 'no'} key so far, so the reason cannot be {why!r}")
    if why == "renewed" and note is None:
        raise Refused(
            "the key in use does not vouch for this one; run `mastery signing-key replace` where the key in use is "
            "kept, or say with --reason that it is lost or disclosed"
        )
    payload = KeyIntroduced(key=key, replaces=replaces, reason=why, endorsement=note)
    return ledger.write(author, STREAM, [payload])


def _require_own(ledger: Ledger, key: str) -> None:
    name, origin = VerifierKey.parse(key).name, ledger.opened.ledger
    if name != origin:
        raise UsageError(f"the key {key} is one of {name}; the log of this ledger is {origin}")


def _endorsement(ledger: Ledger, old: str, new: str) -> str | None:
    file = endorsement_file(ledger.home.log_folder(ledger.jurisdiction), new)
    note = file.read_text(encoding="utf-8") if file.is_file() else ""
    return note if is_endorsed(note, old, new) else None


def is_signed(note: str, key: str) -> bool:
    """Say whether a note carries a signature of one key that holds."""
    try:
        return bool(opened(note, [VerifierKey.parse(key)]).verified)
    except (LedgerError, ValueError):
        return False


def latest_checkpoint(ledger: Ledger) -> str:
    """Return the last checkpoint of this ledger's log; raise `Refused` where no known key signed one."""
    note = store_of(ledger).latest()
    if note is None:
        raise Refused(f"nothing of {ledger.opened.ledger} is signed yet; `mastery signer --once` signs it")
    known = introduced(ledger)
    if not known:
        raise Refused(
            "the key that signs is not introduced, so nobody could check the checkpoint; run "
            "`mastery signing-key introduce`"
        )
    if stated(note).origin != ledger.opened.ledger or not any(is_signed(note, one.key) for one in known):
        raise Refused(f"the checkpoint kept of {ledger.opened.ledger} is not signed by a key that was introduced")
    return note


def hand_out(ledger: Ledger, author: Author, to: str | None, means: Means) -> HandedOut:
    """Record that the last checkpoint is given to somebody, by their id, or is published for everybody."""
    note = latest_checkpoint(ledger)
    size, root = stated(note).size, note.split("\n")[2]
    who = None if to is None else ledger.vault.person_id(to)
    payload = CheckpointHandedOut(size=size, root=root, to=who, means=means)
    return HandedOut(note, size, ledger.write(author, STREAM, [payload]))
