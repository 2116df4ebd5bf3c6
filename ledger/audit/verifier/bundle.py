"""A bundle as read: every file in its form, nothing believed yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from . import events, heads, manifest, tree
from .archive import members
from .events import Event, events_of
from .heads import Heads
from .manifest import Manifest, manifest_of
from .notes import Checkpoint, Note, checkpoint_of, note_of
from .refusing import Refused
from .tree import Tile


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint and the note it stands in; `name` is the file."""

    name: str
    checkpoint: Checkpoint
    note: Note


@dataclass(frozen=True)
class Bundle:
    """What a file holds: `checkpoint` is the one all stands on, `earlier` those before it, the smallest first.

    `records` are those of every leaf of the log where the bundle has them, else nothing; `tiles` are
    then empty.
    """

    digest: str
    manifest: Manifest
    checkpoint: Signed
    earlier: tuple[Signed, ...]
    events: tuple[Event, ...]
    records: tuple[bytes, ...] | None
    tiles: tuple[Tile, ...]
    heads: Heads | None

    @cached_property
    def streams(self) -> Mapping[str, dict[int, Event]]:
        """Return the events of each stream by version."""
        found: dict[str, dict[int, Event]] = {}
        for event in self.events:
            found.setdefault(event.stream, {})[event.version] = event
        return found


def bundle_of(data: bytes) -> Bundle:
    """Read a bundle; raise `Refused` with a sentence naming the file in it that is not in its form."""
    files = members(data)
    said = manifest_of(files)
    last = _signed("checkpoint", files["checkpoint"], said)
    if last.checkpoint.size != said.size:
        raise Refused(f"checkpoint: is of size {last.checkpoint.size:,}, and {manifest.NAME} speaks of {said.size:,}")
    sizes = sorted(int(name.partition("/")[2]) for name in files if name.startswith("checkpoints/"))
    found = events_of(files[events.NAME], said.log)
    if not found or found[-1].index >= said.size:
        raise Refused(f"{events.NAME}: holds no event, or one that is not in a log of {said.size:,} events")
    return Bundle(
        hashlib.sha256(data).hexdigest(),
        said,
        last,
        tuple(_earlier(size, files, said) for size in sizes),
        tuple(found),
        _records(files, said.size),
        tuple(tree.tiles_of(files["tree.txt"], "tree.txt")) if "tree.txt" in files else (),
        heads.heads_of(files[heads.NAME]) if heads.NAME in files else None,
    )


def _signed(name: str, content: bytes, said: Manifest) -> Signed:
    note = note_of(content, name)
    checkpoint = checkpoint_of(note.text, name)
    if checkpoint.origin != said.log:
        raise Refused(f"{name}: is of the log {checkpoint.origin[:80]!a}, and {manifest.NAME} speaks of another")
    return Signed(name, checkpoint, note)


def _earlier(size: int, files: Mapping[str, bytes], said: Manifest) -> Signed:
    name = f"checkpoints/{size}"
    found = _signed(name, files[name], said)
    if found.checkpoint.size != size or size >= said.size:
        raise Refused(f"{name}: is of size {found.checkpoint.size:,}; its name says another, or it is no earlier one")
    return found


def _records(files: Mapping[str, bytes], size: int) -> tuple[bytes, ...] | None:
    if "leaves.txt" not in files:
        return None
    found = tuple(line.encode() for line in tree.lines(files["leaves.txt"], "leaves.txt"))
    if len(found) != size:
        raise Refused(f"leaves.txt: holds {len(found):,} records, and the checkpoint speaks of {size:,}")
    return found
