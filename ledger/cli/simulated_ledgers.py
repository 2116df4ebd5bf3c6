"""The learners of the ledgers in a folder, as partitions a what-if can work on in any process."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.application import Ledger, open_ledger
from ledger.errors import UnknownName
from ledger.facts.record import LearnerRecord
from ledger.home import Home
from ledger.simulation import Case, Grouping
from ledger.simulation.reading import Tried, reading
from ledger.vault import Vault

LEARNERS = 250
"""Learners in one partition."""

EVERY_GROUP = "all"
"""What `--group` names all groups with."""


@dataclass(frozen=True, slots=True)
class LedgerRead:
    """A ledger a what-if was about: its position when it was read, and how many learners it holds."""

    jurisdiction: str
    position: int
    learners: int


@dataclass(frozen=True, slots=True)
class LedgerPartition:
    """Some whole learners of one ledger, folded up to a position; whoever asks for its cases opens the file."""

    folder: Path
    ledger: str
    position: int
    learners: tuple[str, ...]
    on: date
    baseline: Tried
    candidate: Tried

    @property
    def size(self) -> int:
        """Return how many learners it holds."""
        return len(self.learners)

    def cases(self) -> Iterable[Case]:
        """Yield every case of every learner."""
        with open_ledger(self.folder, self.ledger) as ledger:
            read = reading(self.ledger, ledger.governance(), self.on, self.baseline, self.candidate)
            for learner in self.learners:
                yield from read.cases(_folded(ledger, learner, self.position))


def _folded(ledger: Ledger, learner: str, position: int) -> LearnerRecord:
    record = LearnerRecord(learner)
    for event in ledger.log.stream(f"learner/{learner}"):
        if event.position <= position:
            record.apply(event.originator_version, event.data)
    return record


def ledgers_meant(folder: Path, districts: Sequence[str]) -> tuple[str, ...]:
    """Return the ledgers named, or all there are; raise `UnknownName` for one that is not there."""
    here = Home(folder).jurisdictions()
    if not here:
        raise UnknownName(f"there is no ledger in {folder}; make one with `mastery init`")
    for wanted in districts:
        if wanted not in here:
            raise UnknownName(f"there is no ledger {wanted!r} in {folder}; there are {', '.join(here)}")
    return tuple(dict.fromkeys(districts)) or here


def today_in(folder: Path, ledger: str) -> date:
    """Return the day in a ledger's zone."""
    with open_ledger(folder, ledger) as opened:
        return opened.today()


def population(
    folder: Path, ledgers: Sequence[str], on: date, baseline: Tried, candidate: Tried
) -> tuple[list[LedgerPartition], list[LedgerRead]]:
    """Cut the learners of ledgers, as they stand, into partitions."""
    partitions, read = [], []
    for name in ledgers:
        with open_ledger(folder, name) as ledger:
            position = ledger.log.recorder.max_notification_id()
            learners = [stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")]
        read.append(LedgerRead(name, position, len(learners)))
        partitions += [
            LedgerPartition(folder, name, position, some, on, baseline, candidate) for some in _cut(learners)
        ]
    return partitions, read


def _cut(learners: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(learners), LEARNERS):
        yield tuple(learners[start : start + LEARNERS])


def grouping(vault: Vault, partitions: Sequence[LedgerPartition], wanted: Sequence[str]) -> Grouping | None:
    """Return the groups of the learners, read from the vault alone, nothing where no group is wanted."""
    if not wanted:
        return None
    learners = {learner for partition in partitions for learner in partition.learners}
    named = () if EVERY_GROUP in wanted else tuple(dict.fromkeys(wanted))
    return Grouping(vault.groups(learners), vault.draw, named)
