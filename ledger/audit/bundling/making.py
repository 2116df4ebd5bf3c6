"""Putting a bundle together: what is shown, the hashes for all that is not, and what links it to checkpoints.

Nothing of the vault is read: a learner is a UUID in a bundle, and so is everybody who acted.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.audit.bundling.archive import archive
from ledger.audit.bundling.heads import heads_of
from ledger.audit.bundling.readme import README
from ledger.audit.bundling.tiles import Cover, Tile, root_over, written
from ledger.audit.bundling.wanted import Wanted
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.tiles import Tiles
from ledger.domain.disclosure import HeadsCommitted
from ledger.domain.erasure import PayloadsErased
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerDamaged
from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.leaves import leaf_hash, leaf_record
from ledger.storage.log import Log
from ledger.storage.recorder import Row
from ledger.storage.tombstone import erased_digest
from ledger.values import Json, canonical

FORMAT = "mastery-ledger audit bundle 1"

_COSIGNED = 104
"""Characters in the base64 of a witness' signature: the id of its key, a time, and 64 bytes."""


@dataclass(slots=True)
class Making:
    """Makes one bundle that stands on one checkpoint; `pins` are sizes of the log an auditor keeps a root of.

    `last` says through which version each learner's stream is shown, once the bundle was made.
    """

    log: Log
    store: CheckpointStore
    note: str
    wanted: Wanted
    pins: Sequence[int] = ()
    leaves: bool = False
    last: Mapping[str, int] = field(init=False)
    _on: Checkpoint = field(init=False)
    _rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        self._on = stated(self.note)
        rows = [row for stream, through in self.wanted.streams.items() for row in self._stream(stream, through)]
        self.last = {row[1]: row[2] for row in rows}
        self._rows = sorted((*self.log.recorder.governing(0, self._on.size), *rows))

    def made(self) -> bytes:
        """Return the file; raise `LedgerDamaged` where the ledger is not what was signed."""
        events = {row[0] - 1: self._sound(row) for row in self._rows}
        earlier = {size: note for size in self._linked() if (note := self.store.at(size)) is not None}
        files = {
            "README.txt": README,
            "checkpoint": self.note,
            "events.txt": "".join(self._line(row) for row in self._rows),
            **{f"checkpoints/{size}": note for size, note in earlier.items()},
            **(self._all_leaves() if self.leaves else self._tree(events, {*earlier, *self.pins})),
            **({} if self.leaves else self._heads()),
        }
        return archive(self._described({name: text.encode() for name, text in files.items()}))

    def _described(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        about: dict[str, Json] = {
            "decisions": self.wanted.decisions,
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
            "format": FORMAT,
            "kind": self.wanted.kind,
            "log": self._on.origin,
            "seed": self.wanted.seed,
            "size": self._on.size,
            "streams": dict(self.last),
        }
        return {**files, "bundle.json": canonical(about)}

    def _stream(self, stream: str, through: int) -> list[Row]:
        """Read a learner's stream; where payloads of it were erased, on to the event that says so."""
        rows = [row for row in self.log.recorder.stream_rows(stream) if row[0] <= self._on.size]
        if any(erased_digest(row[4]) for row in rows if row[2] <= through):
            told = [row[2] for row in rows if row[3] == TOPIC_OF[PayloadsErased]]
            if not told:
                raise LedgerDamaged(
                    f"{stream}: payloads were erased, and the checkpoint of {self._on.size:,} events does not reach "
                    "the event that says so; run `mastery signer --once`, and ask again"
                )
            through = max(through, *told)
        return [row for row in rows if row[2] <= through]

    def _sound(self, row: Row) -> bytes:
        """Return the leaf of a row; raise `LedgerDamaged` where it is not the one that was written."""
        if not self.log.fits_its_leaf(row):
            raise LedgerDamaged(
                f"{row[1]} version {row[2]}, position {row[0]:,}: it does not fit its leaf; nothing is handed out "
                "until `mastery verify` has said what happened"
            )
        return self.log.recorder.leaves([row[0] - 1])[row[0] - 1]

    def _line(self, row: Row) -> str:
        position, stream, version, topic, state = row
        return f"{position - 1} {stream} {version} {topic} {state.decode()}\n"

    def _linked(self) -> set[int]:
        """Return the sizes of earlier checkpoints to be shown: those pinned, and the cosigned ones around events."""
        linked = {size for size in self.pins if size < self._on.size}
        sizes = [size for size in self.store.sizes() if size < self._on.size and _cosigned(self.store.at(size) or "")]
        for row in self._rows:
            place = bisect_right(sizes, row[0] - 1)
            linked |= set(sizes[max(place - 1, 0) : place + 1])
        return linked

    def _tree(self, events: Mapping[int, bytes], cuts: set[int]) -> dict[str, str]:
        cover = Cover(self._on.size, events, cuts, Tiles(self.store.folder).hash_at)
        hashes = list(cover.tiles())
        self._require_root([*hashes, *((index, 0, leaf) for index, leaf in events.items())])
        return {"tree.txt": written(hashes)}

    def _all_leaves(self) -> dict[str, str]:
        records = [self._record(row) for row in self.log.recorder.scan(0, self._on.size)]
        self._require_root([(index, 0, leaf_hash(one)) for index, one in enumerate(records)])
        return {"leaves.txt": "".join(f"{one.decode()}\n" for one in records)}

    def _record(self, row: Row) -> bytes:
        position, stream, version, topic, state = row
        try:
            instant, actor = instant_of(state).encode(), actor_of(state)
        except (AttributeError, TypeError, ValueError):
            raise LedgerDamaged(f"position {position:,} holds what was never written; run `mastery verify`") from None
        return leaf_record(
            log=self._on.origin,
            stream=stream,
            version=version,
            topic=topic,
            instant=instant,
            actor=actor,
            state=state,
        )

    def _require_root(self, tiles: Sequence[Tile]) -> None:
        if not tiles or root_over(tiles) != self._on.root:
            raise LedgerDamaged(
                f"the log does not give the root of its checkpoint of {self._on.size:,} events; nothing is handed out "
                "until `mastery verify` has said what happened"
            )

    def _heads(self) -> dict[str, str]:
        """Write the heads of the last commitment the checkpoint reaches, if there is any."""
        committed = [row for row in self._rows if row[3] == TOPIC_OF[HeadsCommitted]]
        if not committed:
            return {}
        event = self.log.mapper.read(*_columns(committed[-1]))
        found = heads_of(self.log, event.data.size)
        if found.payload() != event.data:
            raise LedgerDamaged(
                f"the streams do not end as the ledger committed to at position {committed[-1][0]:,}; nothing is "
                "handed out until `mastery verify` has said what happened"
            )
        learners = self.wanted.streams if self.wanted.kind == "learner" else {}
        return {"heads.txt": found.file(committed[-1][0] - 1, learners)}


def _columns(row: Row) -> tuple[str, int, str, bytes]:
    return row[1], row[2], row[3], row[4]


def _cosigned(note: str) -> bool:
    """Say whether a note carries a signature with a time; whose it is, and whether it holds, others check."""
    return any(len(line.rpartition(" ")[2]) == _COSIGNED for line in _signatures(note))


def _signatures(note: str) -> Iterator[str]:
    yield from note.partition("\n\n")[2].splitlines()
