"""Is anything left out? That an event is in the log never shows that another is not.

Two things can show it: the records of every leaf of the log, or a commitment of the ledger to the
last event of every stream. Without either the answer is that it is not shown.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import heads
from .answers import Answer
from .bundle import Bundle
from .canonical import read
from .events import Event
from .refusing import Refused
from .tree import leaf, roots

DECIDED = "learner.decided.1"


@dataclass(slots=True)
class Completeness:
    """Looks at one bundle."""

    bundle: Bundle
    answer: Answer = field(default_factory=lambda: Answer("completeness"))

    def judge(self) -> Answer:
        """Return the answer."""
        self._scope()
        self._decisions()
        for stream, events in sorted(self.bundle.streams.items()):
            self._without_holes(stream, sorted(events))
        if self.bundle.records is not None:
            self._records(self.bundle.records)
        elif self.bundle.heads is not None:
            self._heads(self.bundle.heads)
        else:
            self.answer.missing.append(
                "nothing in the bundle shows what else the log holds: it has neither heads of streams "
                "(`mastery heads`, before the checkpoint) nor the records of all leaves (`mastery bundle --leaves`)"
            )
        if self.bundle.manifest.kind == "sample" and self.bundle.records is None:
            self.answer.missing.append(
                "that the seed chose these decisions is shown only with the records of all leaves "
                "(`mastery bundle --leaves`)"
            )
        return self.answer

    def _scope(self) -> None:
        asked = self.bundle.manifest.streams
        here = {stream for stream in self.bundle.streams if stream.startswith("learner/")}
        for stream in sorted(here - set(asked)):
            self.answer.broken.append(f"events.txt: holds events of {stream}, which bundle.json does not name")
        for stream, last in asked.items():
            if last not in (reached := self.bundle.streams.get(stream, {})) or max(reached) != last:
                self.answer.broken.append(f"events.txt: {stream} does not end with version {last}, as bundle.json says")

    def _decisions(self) -> None:
        for stream, version in self.bundle.manifest.decisions:
            event = self.bundle.streams.get(stream, {}).get(version)
            if event is not None and event.topic != DECIDED:
                self.answer.broken.append(f"{event.place}: bundle.json calls it a decision, and it is none")

    def _without_holes(self, stream: str, versions: Sequence[int]) -> None:
        if versions != list(range(1, len(versions) + 1)):
            lost = next(number for number, version in enumerate(versions, start=1) if number != version)
            self.answer.broken.append(f"events.txt: {stream} version {lost} is left out")

    def _records(self, records: Sequence[bytes]) -> None:
        try:
            placed = [_place_of(record, index) for index, record in enumerate(records)]
        except Refused as error:
            self.answer.broken.append(str(error))
            return
        last: dict[str, int] = {}
        for index, (stream, version, _) in enumerate(placed):
            if version != last.get(stream, 0) + 1:
                self.answer.broken.append(
                    f"leaves.txt, index {index}: {stream} version {version} follows version {last.get(stream, 0)}"
                )
            last[stream] = version
        self._all_of(last, f"of the log of {len(records):,} events")
        self._commitment(records, placed)
        if self.bundle.manifest.seed is not None:
            self._chosen(self.bundle.manifest.seed, records, placed)

    def _commitment(self, records: Sequence[bytes], placed: Sequence[tuple[str, int, str]]) -> None:
        """Hold the last commitment to heads against the records: bundles without them rest on it."""
        event = next((one for one in reversed(self.bundle.events) if one.topic == heads.COMMITTED), None)
        size = event.data.get("size") if event is not None else None
        if event is None or type(size) is not int:
            return
        last = {stream: (version, index) for index, (stream, version, _) in enumerate(placed[:size])}
        order = sorted(last, key=lambda stream: (stream.startswith("learner/"), stream))
        tiles = [
            (place, 0, leaf(heads.head_record(stream, last[stream][0], leaf(records[last[stream][1]]))))
            for place, stream in enumerate(order)
        ]
        governing = sum(not stream.startswith("learner/") for stream in order)
        said = (event.data.get("streams"), event.data.get("governing"), event.data.get("root"))
        root = roots(tiles, len(tiles), (), heads.NAME)[len(tiles)].hex() if tiles else None
        if said != (len(order), governing, root):
            self.answer.broken.append(f"{event.place}: commits to other ends of streams than the log had at {size:,}")

    def _all_of(self, last: Mapping[str, int], of_what: str) -> None:
        """Hold the streams of the bundle against the last version of each."""
        before = len(self.answer.broken)
        whole = self.bundle.manifest.kind == "learner"
        wanted = [one for one in last if not one.startswith("learner/") or (whole and self._asked(one))]
        for stream in sorted(wanted):
            reached = max(self.bundle.streams.get(stream, {0: None}))
            if reached < last[stream]:
                self.answer.broken.append(
                    f"events.txt: {stream} has {last[stream]} versions; those after {reached} are left out"
                )
        if len(self.answer.broken) == before:
            learners = "every event of the learners asked for" if whole else "every event up to the decisions asked for"
            self.answer.reasons.append(f"{learners}, and every event that governs, {of_what}, is here")

    def _asked(self, stream: str) -> bool:
        return stream in self.bundle.manifest.streams

    def _chosen(self, seed: str, records: Sequence[bytes], placed: Sequence[tuple[str, int, str]]) -> None:
        population = [
            (hashlib.sha256(seed.encode() + b"\n" + leaf(record)).digest(), (stream, version))
            for record, (stream, version, topic) in zip(records, placed, strict=True)
            if topic == DECIDED
        ]
        named = set(self.bundle.manifest.decisions)
        if {one for _, one in sorted(population)[: len(named)]} != named:
            self.answer.broken.append(f"bundle.json: the decisions are not those the seed {seed!a} chooses")
        else:
            self.answer.reasons.append(
                f"the seed {seed!a} chooses these {len(named):,} of all {len(population):,} decisions"
            )

    def _heads(self, said: heads.Heads) -> None:
        event = next((one for one in self.bundle.events if one.index == said.committed), None)
        if event is None or event.topic != heads.COMMITTED:
            self.answer.broken.append(f"{heads.NAME}: index {said.committed} is no event that commits to heads")
            return
        try:
            size, governing = self._committed(said, event.data)
        except Refused as error:
            self.answer.broken.append(str(error))
            return
        self._held(said)
        if governing != sum(not stream.startswith("learner/") for stream in said.heads):
            self.answer.broken.append(f"{heads.NAME}: {governing} streams govern, and not all of their heads are here")
        self._all_of(
            {stream: head.version for stream, head in said.heads.items()},
            f"as the ledger committed to at its position {size:,}, on {event.at}",
        )
        self._later(size, said)

    def _committed(self, said: heads.Heads, data: Any) -> tuple[int, int]:
        """Return size and number of governing streams of a commitment after holding its root against the heads."""
        count, size, governing = (data.get(name) if data else None for name in ("streams", "size", "governing"))
        if not (isinstance(count, int) and isinstance(size, int) and isinstance(governing, int)):
            raise Refused(f"{heads.NAME}: index {said.committed} commits to no heads that could be read")
        if roots(said.tiles, count, (), heads.NAME)[count].hex() != data.get("root"):
            raise Refused(f"{heads.NAME}: the heads do not give the root the ledger committed to")
        return size, governing

    def _held(self, said: heads.Heads) -> None:
        for stream, head in said.heads.items():
            event = self.bundle.streams.get(stream, {}).get(head.version)
            if event is not None and event.leaf != head.leaf:
                self.answer.broken.append(f"{event.place}: is not the event {heads.NAME} has at the end of its stream")

    def _later(self, size: int, said: heads.Heads) -> None:
        """Say what a commitment does not speak of: streams begun later, and what decisions read later."""
        if self.bundle.manifest.kind == "learner":
            for stream in self.bundle.manifest.streams:
                if stream not in said.heads:
                    self.answer.missing.append(
                        f"{stream}: the commitment at position {size:,} does not speak of it; a later one would"
                    )
        read_to = max((_read_to(event) for event in self._asked_decisions()), default=0)
        if read_to > size:
            self.answer.missing.append(
                f"a decision had read what governed up to position {read_to:,}; the commitment reaches {size:,} alone"
            )

    def _asked_decisions(self) -> Iterable[Event]:
        for stream, version in self.bundle.manifest.decisions:
            event = self.bundle.streams.get(stream, {}).get(version)
            if event is not None and event.data is not None:
                yield event


def _read_to(event: Event) -> int:
    found = event.data.get("read_to")
    return found if type(found) is int else 0


def _place_of(record: bytes, index: int) -> tuple[str, int, str]:
    try:
        data = read(record)
        stream, version, topic = data["stream"], data["n"], data["topic"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"leaves.txt, index {index}: is not the record of a leaf") from error
    if not isinstance(stream, str) or type(version) is not int or not isinstance(topic, str):
        raise Refused(f"leaves.txt, index {index}: is not the record of a leaf")
    return stream, version, topic
