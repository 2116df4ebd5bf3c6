"""Replaying a ledger in pieces of whole learners, one after the other or in several processes.

Each process opens the ledger and folds what governs once; all of them speak of the ledger as it stood at one
position. What they found is put together in the order of the learners, whoever was quicker.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ledger.audit.replay import Replay
from ledger.audit.stream import Wanted
from ledger.audit.verdicts import Replayed, Verdict
from ledger.simulation.engines import Engine, Processes, Serial
from ledger.storage.log import Log

PartFound = TypeVar("PartFound")

EVENTS = 4_000
"""Events of one piece, about; a learner is never cut."""

LARGE = 20_000
"""Events from which on other processes are worth starting."""

Told = Callable[[int, int], None]
"""Told how many learners are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A log as any process opens it, and the position up to which it is replayed."""

    path: Path
    origin: str
    seal_key: bytes = field(repr=False)
    upto: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole learners, with the number of their events; `versions` are the decisions wanted of each, null for all."""

    learners: tuple[str, ...]
    events: int
    versions: Mapping[str, Collection[int]] | None = None

    def wanted(self, learner: str, after: int) -> Wanted:
        """Return what says of a decision about a learner whether it is made again."""
        versions = None if self.versions is None else self.versions[learner]
        return lambda version, position: position > after and (versions is None or version in versions)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which decisions are made again: those after a position, of learners named, or at versions of some; else all."""

    after: int = 0
    learners: tuple[str, ...] | None = None
    versions: Mapping[str, Collection[int]] | None = None


@dataclass(slots=True)
class Part:
    """What replaying a piece came to: a count by verdict, and what is to be told one by one.

    `told` are positions of governing events whose damage some decision told; `unchecked` counts seals.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    kept: list[Replayed] = field(default_factory=list)
    told: frozenset[int] = frozenset()
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class ReplayedAll:
    """What a replay came to, damage that no decision tells of at the end; `kept` is in the order of the learners."""

    position: int
    learners: int
    verdicts: Counter[Verdict]
    kept: tuple[Replayed, ...]
    seals_unchecked: int


_HELD: dict[Place, Replay] = {}
"""The replay of this process, for the place it was last asked about."""


def replay_at(place: Place) -> Replay:
    """Return the replay that this process holds of a place, made the first time."""
    if place not in _HELD:
        _HELD.clear()
        _HELD[place] = Replay(Log(place.path, place.origin, place.seal_key), place.upto)
    return _HELD[place]


@dataclass(frozen=True, slots=True)
class Work:
    """Replays pieces; it travels to the processes that do. With `all_kept`, identical decisions are told too."""

    place: Place
    after: int
    all_kept: bool

    def __call__(self, piece: Piece) -> Part:
        """Replay a piece."""
        replay, part = replay_at(self.place), Part()
        replay.folded()
        before = replay.seals_unchecked
        for learner in piece.learners:
            for _, one in replay.stream(learner, piece.wanted(learner, self.after)):
                part.verdicts[one.verdict] += one.is_decision
                if self.all_kept or one.verdict is not Verdict.IDENTICAL:
                    part.kept.append(one)
        part.told, part.unchecked = replay.told, replay.seals_unchecked - before
        return part


def replay_all(
    log: Log, choice: Choice, *, processes: int = 1, progress: Told | None = None, all_kept: bool = False
) -> ReplayedAll:
    """Replay what is chosen of a ledger as it stands; raise `Unavailable` where worker processes keep dying.

    What governs is always held against its leaves, and the shape of the log unless learners are named.
    """
    with held(log) as place:
        replay = replay_at(place)
        pieces, unchecked = pieces_of(replay, choice), replay.seals_unchecked
        parts = worked(Work(place, choice.after, all_kept), pieces, processes, progress)
        told = frozenset[int]().union(*(part.told for part in parts))
        damage = replay.damage(told, whole=choice.learners is None)
        return ReplayedAll(
            place.upto,
            sum(len(piece.learners) for piece in pieces),
            sum((part.verdicts for part in parts), Counter()),
            (*(one for part in parts for one in part.kept), *(one.replayed() for one in damage)),
            unchecked + sum(part.unchecked for part in parts),
        )


@contextmanager
def held(log: Log) -> Iterator[Place]:
    """Hold the replay of a log as it stands, for this process; nothing is opened again here."""
    replay = Replay(log)
    replay.folded()
    place = Place(log.path, log.origin, log.recorder.stamp.seal_key, replay.position)
    _HELD.clear()
    _HELD[place] = replay
    try:
        yield place
    finally:
        _HELD.clear()


def pieces_of(replay: Replay, choice: Choice) -> list[Piece]:
    """Cut the learners chosen into pieces, in order."""
    if choice.learners is not None:
        return [Piece((learner,), 0) for learner in choice.learners]
    sizes = replay.inspection.learner_sizes(choice.after, replay.position)
    streams = [(stream.removeprefix("learner/"), size) for stream, size in sizes if isinstance(stream, str)]
    if choice.versions is None:
        return [Piece(*one) for one in _cut(streams)]
    wanted = choice.versions
    some = [(learner, size) for learner, size in streams if learner in wanted]
    return [Piece(*one, {learner: wanted[learner] for learner in one[0]}) for one in _cut(some)]


def _cut(sizes: Iterable[tuple[str, int]]) -> Iterator[tuple[tuple[str, ...], int]]:
    learners: list[str] = []
    events = 0
    for learner, size in sizes:
        learners.append(learner)
        events += size
        if events >= EVENTS:
            yield tuple(learners), events
            learners, events = [], 0
    if learners:
        yield tuple(learners), events


def worked(
    work: Callable[[Piece], PartFound], pieces: Sequence[Piece], processes: int, progress: Told | None = None
) -> list[PartFound]:
    """Have pieces worked on, and return what was found in their order; `processes` only where they pay."""
    many = processes > 1 and len(pieces) > 1 and sum(piece.events for piece in pieces) >= LARGE
    engine: Engine = Processes(processes) if many else Serial()
    found: dict[int, PartFound] = {}
    done, total = 0, sum(len(piece.learners) for piece in pieces)
    for number, part in engine.map(work, pieces):
        found[number] = part
        done += len(pieces[number].learners)
        if progress:
            progress(done, total)
    return [found[number] for number in range(len(pieces))]
