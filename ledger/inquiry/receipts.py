"""Receipts: a decision of consequence with the proof that it is in the signed log, for the learner to keep.

A receipt is given only once a checkpoint covers the decision; until then it waits.
"""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.application.checkpointing import introduced, is_signed, store_of
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.merkle import verify_inclusion
from ledger.audit.tiles import Tiles
from ledger.domain.learner import Decided
from ledger.errors import LedgerDamaged, Unavailable, UnknownName, UsageError
from ledger.storage.envelope import Event

QUESTIONS = ("CREDIT", "GRADUATION")
"""What a receipt is given for."""

PAUSE = 50
"""Milliseconds between two looks for a checkpoint."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A decision, and the proof that it is in a log whose checkpoint is signed.

    `event` are the bytes stored at `position`; the leaf made from them stands at `index` of the tree over
    `size` events, and `path` leads from it to the root (RFC 9162, section 2.1.3), each hash in base64.
    `checkpoint` is the signed note, `key` the verifier key it is signed with. `superseded_by` is the version
    of a later decision of the same question, subject and award, null while this one stands.
    """

    log: str
    learner: str
    version: int
    position: int
    question: str
    subject: str
    award: str
    outcome: str
    level: str | None
    decided_for: str
    superseded_by: int | None
    topic: str
    event: str
    index: int
    leaf: str
    path: tuple[str, ...]
    size: int
    key: str
    checkpoint: str


def receipt(
    ledger: Ledger,
    learner: str,
    version: int,
    *,
    patience: int = 10_000,
    pause: Callable[[int], None] = lambda milliseconds: time.sleep(milliseconds / 1000),
) -> Receipt:
    """Return the receipt of a decision, after waiting so many milliseconds at most for its checkpoint.

    Raises `UnknownName` where that version is no decision, `UsageError` for a question that gets no receipt,
    `Unavailable` where the signer does not come to it in time.
    """
    event = _decision(ledger, learner, version)
    store = store_of(ledger)
    note = _awaited(store, event.position, patience, pause)
    if note is None:
        raise Unavailable(
            f"no checkpoint covers position {event.position} after {patience // 1000} seconds, so no receipt is given: "
            "see that `mastery signer` runs, and that it does not refuse"
        )
    return _receipt(ledger, event, note)


def _decision(ledger: Ledger, learner: str, version: int) -> Event[Decided]:
    event = next(iter(ledger.log.versions(f"learner/{learner}", [version])), None)
    if event is None or not isinstance(event.data, Decided):
        raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")
    if event.data.question not in QUESTIONS:
        raise UsageError(
            f"receipts are given for {' and '.join(QUESTIONS)}; this is {event.data.question}, of which "
            f"`mastery proof {event.position}` shows the same"
        )
    return event


def _awaited(store: CheckpointStore, position: int, patience: int, pause: Callable[[int], None]) -> str | None:
    for waited in range(0, max(patience, 1), PAUSE):
        if (note := store.covering(position)) is not None:
            return note
        if waited + PAUSE <= patience:
            pause(PAUSE)
    return store.covering(position)


def _receipt(ledger: Ledger, event: Event[Decided], note: str) -> Receipt:
    made, said, index = event.data, stated(note), event.position - 1
    row = ledger.log.recorder.at(event.position)
    leaf = ledger.log.leaf(row) if row else None
    path = Tiles(ledger.home.log_folder(ledger.jurisdiction)).inclusion(index, said.size)
    key = next((one.key for one in introduced(ledger) if is_signed(note, one.key)), None)
    if row is None or leaf is None or not verify_inclusion(leaf, index, said.size, said.root, path):
        raise LedgerDamaged(
            f"position {event.position} of {said.origin} is not what was signed, so no receipt is given; "
            "`mastery verify` says what was changed"
        )
    if key is None or said.origin != ledger.opened.ledger:
        raise LedgerDamaged(
            f"the checkpoint over {said.size} events of {ledger.opened.ledger} is not signed by a key that was "
            "introduced, so no receipt is given"
        )
    return Receipt(
        log=said.origin,
        learner=event.originator_id.removeprefix("learner/"),
        version=event.originator_version,
        position=event.position,
        question=made.question,
        subject=made.subject.key,
        award=made.award,
        outcome=made.outcome,
        level=made.level,
        decided_for=made.on,
        superseded_by=_superseded(ledger, event),
        topic=row[3],
        event=row[4].decode(),
        index=index,
        leaf=_text(leaf),
        path=tuple(map(_text, path)),
        size=said.size,
        key=key,
        checkpoint=note,
    )


def _superseded(ledger: Ledger, event: Event[Decided]) -> int | None:
    made = event.data
    for later in ledger.log.stream(event.originator_id, event.originator_version):
        one = later.data
        if isinstance(one, Decided) and (one.question, one.subject.key, one.award) == (
            made.question,
            made.subject.key,
            made.award,
        ):
            return later.originator_version
    return None


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
