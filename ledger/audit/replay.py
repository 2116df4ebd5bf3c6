"""Re-decide history from the ledger alone, and say of each decision what came of it.

Neither installed plugins nor snapshots nor read models are read: the rule comes out of the archive
in the log, the facts out of the learner's events, and every event is held against its leaf.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from ledger.audit.governing import GoverningFold
from ledger.audit.integrity import LeafCheck
from ledger.audit.shape import shape_damage
from ledger.audit.stream import StreamReplay, Wanted, every
from ledger.audit.verdicts import Damage, Replayed
from ledger.deciding import Shelf
from ledger.deciding.again import Again
from ledger.domain.governance import Governance
from ledger.storage.inspection import HIGHEST, Inspection
from ledger.storage.log import Log


@dataclass(slots=True)
class Replay:
    """Replays the decisions of one ledger as it stood at a position; the governing events are folded once.

    Without `upto` that is the last position when this was made.
    """

    log: Log
    upto: int | None = None
    again: Again = field(init=False)
    inspection: Inspection = field(init=False)
    _check: LeafCheck = field(init=False)
    _governing: GoverningFold = field(init=False)

    def __post_init__(self) -> None:
        self.inspection = Inspection(self.log.recorder.datastore)
        self._check = LeafCheck(self.log)
        self._governing = GoverningFold(
            self.log, self._check, self.inspection.last() if self.upto is None else self.upto
        )
        self.again = Again(self.governance, Shelf(self.governance))

    @property
    def governance(self) -> Governance:
        """Return what governs, as far as it is what was written."""
        return self._governing.governance

    @property
    def position(self) -> int:
        """Return the position up to which this speaks of the ledger."""
        return self._governing.upto

    @property
    def seals_unchecked(self) -> int:
        """Return how many seals could not be checked so far, for they were made with another key."""
        return self._check.unchecked

    @property
    def told(self) -> frozenset[int]:
        """Return the positions of the damaged governing events that decisions told of so far."""
        return frozenset(self._governing.told)

    def learners(self) -> list[str]:
        """Name every learner of the ledger."""
        streams = self.inspection.learner_streams()
        return [stream.removeprefix("learner/") for stream in streams if isinstance(stream, str)]

    def folded(self) -> Governance:
        """Fold what governs, and return it."""
        self._governing.fold(self.inspection)
        return self.governance

    def replay(self, learners: Iterable[str], *, whole: bool = False) -> Iterator[Replayed]:
        """Yield the replay of every decision about these learners, in stream order, then damage no decision tells of.

        What governs is always held against its leaves. With `whole`, for all learners, the log is
        also held against its leaves as a whole: what was removed at the end of a stream shows there.
        """
        for learner in learners:
            for _, one in self.stream(learner):
                yield one
        for damage in self.damage(whole=whole):
            yield damage.replayed()

    def stream(self, learner: str, wanted: Wanted = every) -> Iterator[tuple[StreamReplay, Replayed]]:
        """Yield the replay of every decision wanted about a learner, beside what it was made with."""
        self.folded()
        replay = StreamReplay(self.log, learner, self._check, self._governing, self.again, wanted)
        for one in replay.replay(list(self.inspection.stream(f"learner/{learner}", HIGHEST))):
            yield replay, one

    def damage(self, told: Collection[int] = (), *, whole: bool = False) -> Iterator[Damage]:
        """Yield the damage to what governs that no decision told of, and with `whole` that to the log's shape.

        `told` are positions told of elsewhere.
        """
        self.folded()
        yield from (one for one in self._governing.untold() if one.position not in told)
        if whole:
            yield from shape_damage(self.inspection, self._governing.upto)
