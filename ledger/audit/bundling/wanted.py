"""What a bundle is asked for: learners, one decision, or a sample of decisions that nobody could choose.

A sample is the decisions with the smallest SHA-256 of the seed, a line feed and their leaf. So whoever
names the seed after a checkpoint was pinned knows that the sample was not picked, and can check it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal

from ledger.domain.learner import Decided
from ledger.domain.topics import TOPIC_OF
from ledger.errors import LedgerDamaged, UnknownName, UsageError
from ledger.storage.log import Log

DECIDED = TOPIC_OF[Decided]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Learners' streams, each with the last version to be shown, and the decisions asked for; none for all."""

    kind: Literal["learner", "decision", "sample"]
    streams: Mapping[str, int]
    decisions: tuple[tuple[str, int], ...] = ()
    seed: str | None = None


def learners_wanted(log: Log, learners: Sequence[str], size: int) -> Wanted:
    """Ask for the whole streams of some learners; raise `UnknownName` for one of whom nothing is signed yet."""
    streams = {}
    for learner in sorted(set(learners)):
        stream = f"learner/{learner}"
        streams[stream] = _last(log, stream, size)
        if not streams[stream]:
            raise UnknownName(
                f"nothing about learner {learner} stands in the checkpoint of {size:,} events; "
                "run `mastery signer --once`"
            )
    return Wanted("learner", streams)


def decision_wanted(log: Log, learner: str, version: int, size: int) -> Wanted:
    """Ask for one decision with all of the learner's stream before it; raise `UnknownName` where it is none."""
    stream = f"learner/{learner}"
    row = next(iter(log.recorder.stream_rows(stream, version - 1, version)), None)
    if row is None or row[3] != DECIDED:
        raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")
    if row[0] > size:
        raise UnknownName(
            f"the decision at position {row[0]:,} is not in the checkpoint of {size:,} events; "
            "run `mastery signer --once`"
        )
    return Wanted("decision", {stream: version}, ((stream, version),))


def sample_wanted(log: Log, count: int, seed: str, size: int) -> Wanted:
    """Ask for so many decisions as a seed chooses them; raise `UsageError` where there are not so many."""
    if not seed or not seed.isprintable() or len(seed) > 100:
        raise UsageError("a seed is 1 to 100 printable characters, best named by the auditor")
    population = list(_keyed(log, seed, size))
    if len(population) < count:
        raise UsageError(
            f"the log holds {len(population):,} decisions up to its checkpoint; a sample of {count:,} is more"
        )
    return _sampled(nsmallest(count, population), seed)


def _keyed(log: Log, seed: str, size: int) -> Iterator[tuple[bytes, str, int]]:
    for row in log.recorder.scan(0, size, topics=[DECIDED]):
        leaf = log.leaf(row)
        if leaf is None:
            raise LedgerDamaged(f"position {row[0]:,} holds what was never written; run `mastery verify`")
        yield hashlib.sha256(seed.encode() + b"\n" + leaf).digest(), row[1], row[2]


def _sampled(chosen: Sequence[tuple[bytes, str, int]], seed: str) -> Wanted:
    streams: dict[str, int] = {}
    for _, stream, version in chosen:
        streams[stream] = max(streams.get(stream, 0), version)
    decisions = tuple(sorted((stream, version) for _, stream, version in chosen))
    return Wanted("sample", dict(sorted(streams.items())), decisions, seed)


def _last(log: Log, stream: str, size: int) -> int:
    return max((row[2] for row in log.recorder.stream_rows(stream, 0) if row[0] <= size), default=0)
