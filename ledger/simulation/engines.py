"""Where the partitions of a batch are worked on: one after the other here, or in several processes.

A worker that is killed breaks a `ProcessPoolExecutor`; what it had not answered is asked again of new
workers. `multiprocessing.Pool` would wait for ever.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from ledger.errors import Unavailable

Given = TypeVar("Given")
Found = TypeVar("Found")

POOLS = 3
"""How often workers are started before a batch is given up."""


class Engine(Protocol):
    """Maps a function over partitions; yields each answer with the number of its partition, in any order."""

    def map(self, function: Callable[[Given], Found], partitions: Sequence[Given]) -> Iterator[tuple[int, Found]]:
        """Answer for every partition exactly once."""


@dataclass(frozen=True, slots=True)
class Serial:
    """One after the other, in this process."""

    def map(self, function: Callable[[Given], Found], partitions: Sequence[Given]) -> Iterator[tuple[int, Found]]:
        """Answer for every partition, in order."""
        for number, partition in enumerate(partitions):
            yield number, function(partition)


@dataclass(frozen=True, slots=True)
class Processes:
    """Several processes.

    `spawn` starts each afresh: the function and the partitions must be able to travel. `fork` copies this
    process, so that partitions held in memory need not; only where no other thread runs in it.
    """

    count: int
    start: Literal["spawn", "fork"] = "spawn"

    def map(self, function: Callable[[Given], Found], partitions: Sequence[Given]) -> Iterator[tuple[int, Found]]:
        """Answer for every partition, the quickest first; raise `Unavailable` where workers keep dying."""
        waiting = set(range(len(partitions)))
        for _ in range(POOLS):
            try:
                for number, found in self._answers(function, partitions, sorted(waiting)):
                    waiting.discard(number)
                    yield number, found
            except BrokenProcessPool:
                continue
            return
        raise Unavailable(
            f"a worker process died {POOLS} times, with {len(waiting)} of {len(partitions)} partitions undone; "
            "is there enough memory? Ask for fewer processes"
        )

    def _answers(
        self, function: Callable[[Any], Found], partitions: Sequence[Any], wanted: Sequence[int]
    ) -> Iterator[tuple[int, Found]]:
        context = multiprocessing.get_context(self.start)
        with ProcessPoolExecutor(self.count, context, _begin, (function, partitions)) as pool:
            # Start all workers before any is watched. One that died while the pool was still starting another
            # would leave that one waiting for work, and the pool for it (CPython 3.11), for ever.
            setattr(pool, "_safe_to_dynamically_spawn_children", False)  # noqa: B010 - the library has no name for it
            asked: dict[Future[Found], int] = {pool.submit(_answer, number): number for number in wanted}
            try:
                for done in as_completed(asked):
                    yield asked[done], done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


_WORK: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What this worker process does; told once, when it begins."""


def _begin(function: Callable[[Any], Any], partitions: Sequence[Any]) -> None:
    _WORK[:] = [(function, partitions)]


def _answer(number: int) -> Any:
    [(function, partitions)] = _WORK
    return function(partitions[number])
