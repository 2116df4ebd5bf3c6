"""Re-decide history from the ledger alone, and say of each decision what came of it.

Neither installed plugins nor snapshots nor read models are read: the rule comes out of the archive
in the log, the facts out of the learner's events, and every event is held against its leaf.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ledger.audit.governing import GoverningFold
from ledger.audit.integrity import LeafCheck
from ledger.audit.shape import shape_damage
from ledger.audit.stream import StreamReplay
from ledger.audit.verdicts import Replayed
from ledger.deciding import Shelf
from ledger.deciding.again import Again
from ledger.domain.governance import Governance
from ledger.storage.inspection import Inspection
from ledger.storage.log import Log


@dataclass(slots=True)
class Replay:
    """Replays the decisions of one ledger as it stood when this was made; the governing events are folded once."""

    log: Log
    again: Again = field(init=False)
    _inspection: Inspection = field(init=False)
    _check: LeafCheck = field(init=False)
    _governing: GoverningFold = field(init=False)

    def __post_init__(self) -> None:
        self._inspection = Inspection(self.log.recorder.datastore)
        self._check = LeafCheck(self.log)
        self._governing = GoverningFold(self.log, self._check, self._inspection.last())
        self.again = Again(self.governance, Shelf(self.governance))

    @property
    def governance(self) -> Governance:
        """Return what governs, as far as it is what was written."""
        return self._governing.governance

    @property
    def seals_unchecked(self) -> int:
        """Return how many seals could not be checked so far, for they were made with another key."""
        return self._check.unchecked

    def learners(self) -> list[str]:
        """Name every learner of the ledger."""
        streams = self._inspection.learner_streams()
        return [stream.removeprefix("learner/") for stream in streams if isinstance(stream, str)]

    def replay(self, learners: Iterable[str], *, whole: bool = False) -> Iterator[Replayed]:
        """Yield the replay of every decision about these learners, in stream order, then damage no decision tells of.

        What governs is always held against its leaves. With `whole`, for all learners, the log is
        also held against its leaves as a whole: what was removed at the end of a stream shows there.
        """
        self._governing.fold(self._inspection)
        for learner in learners:
            rows = self._inspection.stream(f"learner/{learner}", self._governing.upto)
            yield from StreamReplay(self.log, learner, self._check, self._governing, self.again).replay(rows)
        for damage in self._governing.untold():
            yield damage.replayed()
        if whole:
            for damage in shape_damage(self._inspection, self._governing.upto):
                yield damage.replayed()
