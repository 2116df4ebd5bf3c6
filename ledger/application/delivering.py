"""Checkpoints of a district delivered to the ledger above, which holds them from then on.

What arrives is an event of the ledger above, so that every district's history is a leaf of the state's.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from ledger.application.checkpointing import events_of, introduced, is_signed, latest_checkpoint
from ledger.application.ledger import Ledger
from ledger.audit.checkpoint_store import stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.endorsing import is_endorsed
from ledger.audit.merkle import verify_consistency
from ledger.audit.note import VerifierKey
from ledger.audit.tiles import Tiles
from ledger.domain.checkpoints import CheckpointReceived
from ledger.domain.pilot_fold import is_within
from ledger.errors import Refused, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import canonical, parse_json

DOCUMENT = "mastery checkpoint 1"
"""What the first key of a document says, so that no other file is taken for one."""

STREAM = "ledger"


class KeyStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One key of the log, the key it replaced, and the note by which that one vouches for it where there is one."""

    key: str
    replaces: str | None
    endorsement: str | None


class CheckpointDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A checkpoint as it travels: the signed note, and the proof that it only adds to the one over `since` events.

    `consistency` is that proof (RFC 9162, section 2.1.4), each hash in hexadecimal digits.
    """

    document: str
    jurisdiction: str
    note: str
    since: int
    consistency: tuple[str, ...]
    keys: tuple[KeyStep, ...]


def delivery(ledger: Ledger, since: int = 0) -> bytes:
    """Return the last checkpoint as it is delivered to one who holds that over `since` events, 0 for none."""
    note = latest_checkpoint(ledger)
    size = stated(note).size
    if since > size:
        raise UsageError(f"the last checkpoint is over {size} events; nobody can hold one over {since}")
    tiles = Tiles(ledger.home.log_folder(ledger.jurisdiction))
    document = CheckpointDocument(
        document=DOCUMENT,
        jurisdiction=ledger.jurisdiction,
        note=note,
        since=since,
        consistency=tuple(one.hex() for one in tiles.consistency(since, size)) if 0 < since < size else (),
        keys=tuple(
            KeyStep(key=one.key, replaces=one.replaces, endorsement=one.endorsement) for one in introduced(ledger)
        ),
    )
    return canonical(msgspec.to_builtins(document))


def read_delivery(data: bytes) -> CheckpointDocument:
    """Read a delivered checkpoint; raise `UsageError` saying what is wrong with it."""
    try:
        document = msgspec.convert(parse_json(data), CheckpointDocument)
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"this is no delivered checkpoint: {error}") from None
    if document.document != DOCUMENT:
        raise UsageError(f"this is no delivered checkpoint: it does not begin as {DOCUMENT!r} does")
    return document


def held_of(ledger: Ledger, jurisdiction: str) -> CheckpointReceived | None:
    """Return the checkpoint of a jurisdiction's log received last, nothing where none was."""
    found = [one.data for one in events_of(ledger, CheckpointReceived) if one.data.jurisdiction == jurisdiction]
    return found[-1] if found else None


def receive_checkpoint(ledger: Ledger, author: Author, data: bytes, key: str | None = None) -> Appended | None:
    """Take a district's checkpoint into this ledger; nothing where it is held already.

    `key` is the district's verifier key, as somebody here learnt it by another way: needed for the first,
    and where a key was replaced without its own signature. Raises `Refused` with what does not hold.
    """
    document = read_delivery(data)
    held = held_of(ledger, document.jurisdiction)
    said = stated(document.note)
    trusted = _trusted(document, held, key)
    refused = [*_not_theirs(ledger, document, said, held, trusted), *_not_added(document, said, held)]
    if refused:
        raise Refused("\n".join(refused))
    if held is not None and held.size == said.size and held.key == trusted:
        return None
    payload = CheckpointReceived(
        jurisdiction=document.jurisdiction,
        origin=said.origin,
        size=said.size,
        root=document.note.split("\n")[2],
        key=trusted,
        note=document.note,
        since=held.size if held else None,
    )
    return ledger.write(author, STREAM, [payload])


def _trusted(document: CheckpointDocument, held: CheckpointReceived | None, key: str | None) -> str:
    """Return the key the note has to be signed with: the one named, else the one held or its successor."""
    if key is not None:
        return key
    if held is None:
        raise Refused(
            f"no key of {document.jurisdiction} is known here: ask for it by another way than this file, and name it "
            "with --key"
        )
    trusted = held.key
    for step in document.keys:
        if step.endorsement is not None and is_endorsed(step.endorsement, trusted, step.key):
            trusted = step.key
    return trusted


def _not_theirs(
    ledger: Ledger, document: CheckpointDocument, said: Checkpoint, held: CheckpointReceived | None, trusted: str
) -> Iterator[str]:
    if document.jurisdiction == ledger.jurisdiction or not is_within(document.jurisdiction, ledger.jurisdiction):
        yield f"{document.jurisdiction} is not below {ledger.jurisdiction}"
    if held is not None and held.origin != said.origin:
        yield f"the log of {document.jurisdiction} called itself {held.origin} so far, and {said.origin} now"
    if VerifierKey.parse(trusted).name != said.origin:
        yield f"the key {trusted} is not one of {said.origin}"
    elif not is_signed(document.note, trusted):
        yield (
            f"the checkpoint of {said.origin} is not signed with the key {trusted}; where the key was replaced and the "
            "old one could not sign any more, learn the new one by another way and name it with --key"
        )


def _not_added(document: CheckpointDocument, said: Checkpoint, held: CheckpointReceived | None) -> Iterator[str]:
    if held is None:
        return
    before = stated(held.note)
    if said.size < before.size:
        yield (
            f"a checkpoint over {before.size} events of {said.origin} is held, and this one is over {said.size}: "
            "events were removed, or it is an old one"
        )
    elif said.size == before.size and said.root != before.root:
        yield (
            f"the checkpoint held over {before.size} events of {said.origin} has another root: two histories were "
            "signed; keep both checkpoints, they show it to anybody"
        )
    elif said.size > before.size and document.since != before.size:
        yield (
            f"the checkpoint held is over {before.size} events, and the proof begins at {document.since}; ask for it "
            f"with `mastery checkpoints deliver --since {before.size}`"
        )
    elif said.size > before.size and not _is_consistent(before, said, document.consistency):
        yield (
            f"the proof does not show that {said.origin} only grew from {before.size} to {said.size} events; where no "
            "proof can be given that does, its history was rewritten: keep both checkpoints"
        )


def _is_consistent(before: Checkpoint, said: Checkpoint, proof: Sequence[str]) -> bool:
    try:
        path = tuple(bytes.fromhex(one) for one in proof)
    except ValueError:
        return False
    return verify_consistency(before.size, said.size, before.root, said.root, path)
