"""The way from an event to a signed checkpoint, line by line: each with its hash, and whether it holds.

Nothing is left out where a line does not hold: the lines after it say what they rest on. Whom to believe is for
the reader; what this ledger introduced as its own key is taken for that and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ledger.application import Ledger
from ledger.application.checkpointing import introduced, store_of
from ledger.audit.base64_text import encoded
from ledger.audit.checkpoint_store import stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.integrity import UNSOUND, LeafCheck
from ledger.audit.merkle import root_from
from ledger.audit.note import VerifierKey, opened
from ledger.audit.tiles import Tiles
from ledger.errors import LedgerError, UnknownName
from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.inspection import Inspection, Stored
from ledger.storage.tombstone import state_digest

Holds = Literal["holds", "fails", "open"]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One step: what it says, the hash it comes to (in hexadecimal digits, or base64 as checkpoints write it).

    `holds` is "open" where nothing speaks against it and this page cannot tell.
    """

    step: str
    says: str
    hash: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class ProofView:
    """The steps from the event at a position to whoever signed; `path` are the hashes that lead up, in base64.

    `size` is that of the checkpoint, null where none covers the event yet.
    """

    log: str
    position: int
    stream: str
    version: int
    topic: str
    recorded: str
    actor: str
    size: int | None
    note: str
    path: tuple[str, ...]
    lines: tuple[ProofLine, ...]

    @property
    def holds(self) -> Holds:
        """Say what the whole is worth: no more than its weakest line that was looked at."""
        found = {one.holds for one in self.lines if one.step != "witnesses"}
        return "fails" if "fails" in found else "open" if "open" in found else "holds"


def proof_view(ledger: Ledger, position: int) -> ProofView:
    """Return the way from the event at a position to its checkpoint; raise `UnknownName` where nothing stands there."""
    row = Inspection(ledger.log.recorder.datastore).at(position)
    if row is None:
        raise UnknownName(f"no event stands at position {position} of {ledger.jurisdiction}")
    note = store_of(ledger).covering(position) or ""
    said = _stated(note)
    path = _path(ledger, position, said)
    version = row.version if isinstance(row.version, int) else 0
    recorded, actor = _told(row)
    lines = (*_rows(ledger, row), *_tree(row, said, path), *_signed(ledger, note))
    return ProofView(
        log=ledger.log.origin,
        position=position,
        stream=str(row.stream),
        version=version,
        topic=str(row.topic),
        recorded=recorded,
        actor=actor,
        size=said.size if said else None,
        note=note,
        path=tuple(map(encoded, path)),
        lines=lines,
    )


def _stated(note: str) -> Checkpoint | None:
    try:
        return stated(note) if note else None
    except LedgerError:
        return None


def _path(ledger: Ledger, position: int, said: Checkpoint | None) -> tuple[bytes, ...]:
    if said is None:
        return ()
    try:
        return Tiles(ledger.home.log_folder(ledger.jurisdiction)).inclusion(position - 1, said.size)
    except (LedgerError, ValueError):
        return ()


def _told(row: Stored) -> tuple[str, str]:
    try:
        return instant_of(row.state), actor_of(row.state).decode()
    except UNSOUND:
        return "", ""


def _rows(ledger: Ledger, row: Stored) -> Iterator[ProofLine]:
    state = row.state if isinstance(row.state, bytes) else str(row.state).encode()
    yield ProofLine("event", f"The stored bytes of the event, {len(state):,} of them.", state_digest(state), "holds")
    check = LeafCheck(ledger.log)
    fault = check.fault(row)
    kept = row.leaf.hex() if isinstance(row.leaf, bytes) else ""
    if fault is not None:
        yield ProofLine("leaf", f"The leaf does not speak for this event: {fault}.", kept, "fails")
        return
    sealed = "its seal was made with an earlier key, which is not at hand" if check.unchecked else "its seal fits"
    yield ProofLine("leaf", f"The leaf made anew from the event is the one that was written; {sealed}.", kept, "holds")


def _tree(row: Stored, said: Checkpoint | None, path: tuple[bytes, ...]) -> Iterator[ProofLine]:
    if said is None:
        yield ProofLine("path", "No checkpoint covers this event yet: nothing leads up from it.", "", "open")
        return
    leaf = row.leaf if isinstance(row.leaf, bytes) else b""
    root = root_from(leaf, row.position - 1, said.size, path)
    if root is None:
        yield ProofLine("path", "The published tree gives no path from this leaf to the root.", "", "fails")
    else:
        steps = "1 hash leads" if len(path) == 1 else f"{len(path)} hashes lead"
        yield ProofLine("path", f"{steps} from the leaf to a root over {said.size:,} events.", encoded(root), "holds")
    same: Holds = "holds" if root == said.root else "fails"
    words = "It is the root of the checkpoint" if same == "holds" else "The checkpoint has another root"
    yield ProofLine("checkpoint", f"{words} over {said.size:,} events.", encoded(said.root), same)


def _signed(ledger: Ledger, note: str) -> Iterator[ProofLine]:
    if not note:
        return
    keys = tuple(VerifierKey.parse(one.key) for one in introduced(ledger))
    try:
        found = opened(note, keys)
    except LedgerError as error:
        yield ProofLine("signature", f"The signature does not hold: {error}.", "", "fails")
        return
    for key in found.verified:
        yield ProofLine("signature", f"Signed by {key.name} with the key this log introduced.", key.id.hex(), "holds")
    if not found.verified:
        yield ProofLine("signature", "No key that this log introduced signed the checkpoint.", "", "fails")
    if found.unknown:
        names = ", ".join(found.unknown)
        words = f"Cosigned in the name of {names}; check it with keys you were given yourself."
        yield ProofLine("witnesses", words, "", "open")
    else:
        yield ProofLine("witnesses", "Nobody else signed this checkpoint.", "", "open")
