"""Holding stored rows against their leaves."""

from collections.abc import Iterator

from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.leaves import leaf_hash, leaf_record
from ledger.storage.log import Log
from ledger.storage.recorder import Row


class LeafCheck:
    """Recomputes the leaf of a row from its stored bytes and compares it with the leaf written then."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def holds(self, row: Row) -> bool:
        """Say whether a row fits its leaf."""
        leaf = self._log.recorder.leaves([row[0] - 1]).get(row[0] - 1)
        return leaf is not None and leaf == self._leaf(row)

    def stream(self, stream: str) -> Iterator[tuple[Row, bool]]:
        """Yield the rows of a stream, each with whether it fits its leaf."""
        rows = list(self._log.recorder.stream_rows(stream))
        leaves = self._log.recorder.leaves([row[0] - 1 for row in rows])
        for row in rows:
            yield row, leaves.get(row[0] - 1) == self._leaf(row)

    def _leaf(self, row: Row) -> bytes | None:
        _, stream, version, topic, state = row
        try:
            instant, actor = instant_of(state).encode(), actor_of(state)
        except (ValueError, TypeError):  # a row changed by SQL may hold anything, text included
            return None
        return leaf_hash(
            leaf_record(
                log=self._log.origin,
                stream=stream,
                version=version,
                topic=topic,
                instant=instant,
                actor=actor,
                state=state,
            )
        )
