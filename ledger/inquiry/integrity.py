"""What is known of a ledger's integrity: checkpoints, who holds them, keys, and a checkpoint somebody brings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ledger.application import Ledger
from ledger.application.checkpointing import events_of, key_events, store_of
from ledger.audit.base64_text import encoded
from ledger.audit.checkpoint_store import stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.exposed import exposure_of
from ledger.audit.exposure import Exposure
from ledger.audit.merkle import Frontier
from ledger.audit.note import VerifierKey, opened
from ledger.domain.checkpoints import CheckpointHandedOut
from ledger.errors import LedgerError

MOST_CHECKPOINTS = 50
"""Checkpoints that are listed, the newest first."""

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint kept beside the log: whose signatures hold, in whose names others are, and who was given it."""

    size: int
    root: str
    signed: tuple[str, ...]
    others: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntroducedKey:
    """A key this log introduced to sign its checkpoints with."""

    position: int
    at: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a log stands: its checkpoints, the newest first, how many are not listed, its keys, and what is exposed."""

    log: str
    events: int
    checkpoints: tuple[KeptCheckpoint, ...]
    more: int
    keys: tuple[IntroducedKey, ...]
    exposure: Exposure
    says: str


def standing(ledger: Ledger) -> Standing:
    """Return how a ledger's log stands now."""
    store = store_of(ledger)
    sizes = list(reversed(store.sizes()))
    keys = tuple(_keys(ledger))
    notes = (store.at(size) for size in sizes[:MOST_CHECKPOINTS])
    given = _given(ledger)
    exposure = exposure_of(ledger.home, ledger.jurisdiction, ledger.opened.ledger)
    return Standing(
        log=ledger.opened.ledger,
        events=exposure.events,
        checkpoints=tuple(_checkpoint(note, keys, given) for note in notes if note is not None),
        more=max(len(sizes) - MOST_CHECKPOINTS, 0),
        keys=keys,
        exposure=exposure,
        says=exposed_words(exposure),
    )


def _keys(ledger: Ledger) -> Iterator[IntroducedKey]:
    for event in key_events(ledger):
        yield IntroducedKey(event.position, event.at, event.data.key, event.data.reason)


def _given(ledger: Ledger) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for event in events_of(ledger, CheckpointHandedOut):
        said = event.data
        to = "everybody" if said.to is None else ledger.vault.display_name(said.to)
        found[said.size] = (*found.get(said.size, ()), f"{to}, by {said.means}")
    return found


def _checkpoint(note: str, keys: tuple[IntroducedKey, ...], given: dict[int, tuple[str, ...]]) -> KeptCheckpoint:
    said = stated(note)
    try:
        found = opened(note, [VerifierKey.parse(one.key) for one in keys])
        signed, others = tuple(dict.fromkeys(found.names)), found.unknown
    except LedgerError:
        signed, others = (), ()
    return KeptCheckpoint(said.size, encoded(said.root), signed, others, given.get(said.size, ()))


def exposed_words(found: Exposure) -> str:
    """Say in a line how many events are not held outside."""
    events = _events(found.events)
    if not found.exposed:
        return f"All {events} are covered by a checkpoint held outside ({found.how})."
    held = f" after position {found.held} ({found.how} up to there)" if found.held else ""
    return f"EXPOSED: {_events(found.exposed)}{held}: no checkpoint that covers them is held outside."


def _events(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class PinChecked:
    """A checkpoint somebody brought, held against the log as it stands; `here` is our root at its size, in base64.

    `verdict` is "same", "another", "longer" (it speaks of more than stands here), "foreign" (it is of another log),
    or "broken" (a leaf is missing).
    """

    origin: str
    size: int
    root: str
    here: str
    verdict: Literal["same", "another", "longer", "foreign", "broken"]
    signed: tuple[str, ...]
    after: int


def pin_checked(ledger: Ledger, text: str) -> PinChecked:
    """Hold a checkpoint against the leaves of the log; raise `LedgerDamaged` where the text is none."""
    said = stated(text)
    events = ledger.log.recorder.max_notification_id()
    here, verdict = _held_against(ledger, said, events)
    keys = tuple(_keys(ledger))
    signed = _checkpoint(text, keys, {}).signed if "\n\n" in text else ()
    after = max(events - said.size, 0)
    return PinChecked(said.origin, said.size, encoded(said.root), encoded(here), verdict, signed, after)


def _held_against(
    ledger: Ledger, said: Checkpoint, events: int
) -> tuple[bytes, Literal["same", "another", "longer", "foreign", "broken"]]:
    if said.origin != ledger.opened.ledger:
        return b"", "foreign"
    if said.size > events:
        return b"", "longer"
    root = root_of(ledger, said.size)
    if root is None:
        return b"", "broken"
    return root, "same" if root == said.root else "another"


def root_of(ledger: Ledger, size: int) -> bytes | None:
    """Return the root over the first leaves of the log as they lie in its file, nothing where one is missing."""
    frontier = Frontier()
    for first in range(0, size, _CHUNK):
        wanted = range(first, min(first + _CHUNK, size))
        leaves = ledger.log.recorder.leaves(wanted)
        if len(leaves) != len(wanted):
            return None
        frontier.extend(leaves[index] for index in wanted)
    return frontier.root()
