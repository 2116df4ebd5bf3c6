"""One ledger file as the `eventsourcing` library sees it: its application, with our parts inside."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from eventsourcing.application import Application

from ledger.domain import stream_names
from ledger.errors import UsageError
from ledger.storage.append import Append, Appended, Command, Erasure, EvidenceEntry, Part
from ledger.storage.envelope import Event, Unstamped, actor_of, instant_of
from ledger.storage.factory import TOPIC, Factory
from ledger.storage.leaves import leaf_hash, leaf_record
from ledger.storage.mapper import LedgerMapper
from ledger.storage.parts import PartReader
from ledger.storage.recorder import LedgerRecorder, Row

State = TypeVar("State")


class Log(Application[str]):
    """The log of one ledger: events in, events out; knows nothing of what they mean."""

    name = "ledger"
    env = {  # noqa: RUF012 - the library's own declaration
        "PERSISTENCE_MODULE": TOPIC,
        "MAPPER_TOPIC": "ledger.storage.mapper:LedgerMapper",
        "ORIGINATOR_ID_TYPE": "text",
    }
    mapper: LedgerMapper
    recorder: LedgerRecorder

    def __init__(self, path: Path, name: str, seal_key: bytes, clock: Callable[[], str] | None = None) -> None:
        if not stream_names.is_name(name):
            raise UsageError(f"{name!r} cannot name a log: {stream_names.ALLOWED}")
        self.path = path
        self.origin = name
        self._clock = clock
        super().__init__({"LEDGER_FILE": str(path), "LEDGER_LOG": name, "LEDGER_SEAL_KEY": seal_key.hex()})

    def construct_factory(self, env: Any) -> Any:
        """Build our factory, with the clock this log was given."""
        factory = cast("Factory", super().construct_factory(env))
        if self._clock is not None:
            factory.clock = self._clock
        return factory

    def fold(self, stream: str, fold: Callable[[State | None, Any], State | None], version: int | None = None) -> State:
        """Fold a stream up to a version; raise the library's `AggregateNotFoundError` for an empty one."""
        return cast("State", self.repository.get(stream, version=version, projector_func=cast("Any", fold)))

    def scan(self, after: int = 0, upto: int | None = None, topics: Sequence[str] = ()) -> Iterator[Event[Any]]:
        """Read events in the order of the log."""
        return self._read(self.recorder.scan(after, upto, topics=topics))

    def governing(self, after: int = 0, upto: int | None = None) -> Iterator[Event[Any]]:
        """Read the events that are not about one learner."""
        return self._read(self.recorder.governing(after, upto))

    def stream(self, stream: str, after: int = 0, upto: int | None = None) -> Iterator[Event[Any]]:
        """Read the events of one stream."""
        return self._read(self.recorder.stream_rows(stream, after, upto))

    def versions(self, stream: str, wanted: Sequence[int]) -> Iterator[Event[Any]]:
        """Read some versions of one stream."""
        return self._read(self.recorder.versions(stream, wanted))

    def _read(self, rows: Any) -> Iterator[Event[Any]]:
        read = self.mapper.read
        for position, stream, version, topic, state in rows:
            yield read(stream, version, topic, state, position)

    def leaf(self, row: Sequence[Any]) -> bytes | None:
        """Return the leaf that position, stream, version, topic and stored bytes of a row give.

        A tombstone gives the leaf of the bytes it stands for. Nothing where the bytes hold no actor or
        instant: a row changed by SQL may hold anything.
        """
        _, stream, version, topic, state = row[:5]
        try:
            instant, actor = instant_of(state).encode(), actor_of(state)
        except (AttributeError, TypeError, ValueError):
            return None
        return leaf_hash(
            leaf_record(
                log=self.origin,
                stream=stream,
                version=version,
                topic=topic,
                instant=instant,
                actor=actor,
                state=state,
            )
        )

    def fits_its_leaf(self, row: Row) -> bool:
        """Say whether stored bytes are those the leaf of their position was made from."""
        written = self.recorder.leaves([row[0] - 1]).get(row[0] - 1)
        return written is not None and written == self.leaf(row)

    def parts(self, stream: str) -> PartReader:
        """Read the snapshot parts of one stream."""
        return PartReader(self.recorder.datastore, stream)

    def prepared(
        self,
        events: Sequence[Unstamped],
        *,
        command: Command | None = None,
        evidence: Sequence[EvidenceEntry] = (),
        parts: Sequence[Part] = (),
        governed_to: int | None = None,
        erasure: Erasure | None = None,
    ) -> Append:
        """Write events as the rows they will become, outside of the transaction."""
        stored = [self.mapper.to_stored_event(event) for event in events]
        return Append(stored, command, evidence, parts, governed_to, erasure)

    def append(self, append: Append) -> Appended:
        """Store an append."""
        return self.recorder.append(append)
