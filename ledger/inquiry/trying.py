"""Trying two rules on the learners on record: which ledgers, which groups, what came of it; nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.application import Ledger, open_ledger
from ledger.errors import UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.home import Home
from ledger.policy.model import Policy
from ledger.policy.sheet import value_words
from ledger.simulation import Case, Engine, Grouping, Processes, Serial, WhatIf, simulate
from ledger.simulation.reading import Tried, reading
from ledger.vault import Vault

WARNING = "What-if, not a replay: nothing was decided and nothing was written."

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
class RuleTried:
    """A rule of a what-if, with the values set for it."""

    edition: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Simulated:
    """A what-if: `warning` says what it is not, `on` is the day asked about, `files` are those written."""

    warning: str
    on: str
    baseline: RuleTried
    candidate: RuleTried
    ledgers: tuple[LedgerRead, ...]
    found: WhatIf
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a what-if is asked: two rules of one question, a day, districts (none for all), groups, how and by whom."""

    baseline: Tried
    candidate: Tried
    on: date
    districts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    seed: int = 0
    processes: int = 1


def try_rules(folder: Path, vault: Vault, asking: Asking, progress: Callable[[int, int], None]) -> Simulated:
    """Say what the candidate would decide about the learners on record that the baseline would not.

    Raises `UsageError` where the rules answer different questions, `UnknownName` for a district that is not there.
    """
    tried = (asking.baseline, asking.candidate)
    _require_one_question(*(one.policy for one in tried))
    partitions, read = population(folder, ledgers_meant(folder, asking.districts), asking.on, *tried)
    engine: Engine = Serial() if asking.processes == 1 else Processes(asking.processes)
    found = simulate(
        partitions,
        *(one.side(asking.on) for one in tried),
        seed=asking.seed,
        engine=engine,
        grouping=grouping(vault, partitions, asking.groups),
        progress=progress,
    )
    before, after = (_shown(one) for one in tried)
    return Simulated(WARNING, asking.on.isoformat(), before, after, tuple(read), found)


def _require_one_question(baseline: Policy, candidate: Policy) -> None:
    first, second = ((one.question.value, one.award, one.subject) for one in (baseline, candidate))
    if first != second:
        raise UsageError(
            f"{baseline.edition} answers {_question(first)}, {candidate.edition} answers {_question(second)}; "
            "compare two rules for the same question"
        )


def _question(asked: tuple[str, str, str]) -> str:
    question, award, subject = asked
    return f"{question} ({award}) of a {subject}"


def _shown(tried: Tried) -> RuleTried:
    return RuleTried(tried.policy.edition, {name: value_words(value) for name, value in tried.overrides.items()})


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
