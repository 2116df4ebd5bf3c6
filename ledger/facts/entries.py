"""The ordered list of a subject's entries: the last up to 64 at hand, those before in chunks read when needed.

An entry is (version of the first recording, version that holds now); entries stand in rising order
of the first. Chunks hold 64 and are stamped with the learner's version at which they were last written.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

Entry: TypeAlias = tuple[int, int]

CHUNK = 64


class Entries:
    """A list that grows at its end cheaply and is rewritten whole when anything else happens to it.

    `stamps` are those of the chunks; `tail` holds what comes after them, and is empty only with the list.
    """

    def __init__(
        self,
        stamps: Sequence[int] = (),
        tail: Sequence[Entry] = (),
        read: Callable[[int, int], list[Entry]] | None = None,
    ) -> None:
        self.stamps = list(stamps)
        self.tail = list(tail)
        self.changed: set[int] = set()
        self._read = read
        self._chunks: dict[int, list[Entry]] = {}

    @property
    def count(self) -> int:
        """Return how many entries there are."""
        return CHUNK * len(self.stamps) + len(self.tail)

    def append(self, entry: int, version: int) -> None:
        """Add an entry at the end."""
        if len(self.tail) == CHUNK:
            number = len(self.stamps)
            self._chunks[number], self.tail = self.tail, []
            self.stamps.append(0)
            self.changed.add(number)
        self.tail.append((entry, version))

    def chunk(self, number: int) -> list[Entry]:
        """Return one chunk, read where it is not in memory."""
        found = self._chunks.get(number)
        if found is None:
            if self._read is None:
                raise KeyError(number)
            found = self._chunks[number] = self._read(number, self.stamps[number])
        return found

    def since(self, start: int) -> Iterator[Entry]:
        """Yield the entries from a place on, counted from 0."""
        for number in range(start // CHUNK, len(self.stamps)):
            skipped = max(start - number * CHUNK, 0)
            yield from self.chunk(number)[skipped:]
        yield from self.tail[max(start - CHUNK * len(self.stamps), 0) :]

    def last(self) -> int:
        """Return the last entry's version of first recording, 0 where there is none."""
        return self.tail[-1][0] if self.tail else 0

    def put(self, entry: int, version: int) -> None:
        """Set the version that holds for an entry, adding the entry in its place where it is new."""
        if entry > self.last():
            self.append(entry, version)
            return
        held = dict(self.since(0))
        held[entry] = version
        self._rewrite(sorted(held.items()))

    def remove(self, entry: int) -> None:
        """Take an entry out; one that is not there changes nothing."""
        self._rewrite([each for each in self.since(0) if each[0] != entry])

    def stamp(self, version: int) -> dict[int, list[Entry] | None]:
        """Return the changed chunks, None for those that are no more, and count them as written."""
        written: dict[int, list[Entry] | None] = {}
        for number in sorted(self.changed):
            if number < len(self.stamps):
                self.stamps[number] = version
                written[number] = self._chunks[number]
            else:
                written[number] = None
        self.changed.clear()
        return written

    def _rewrite(self, entries: list[Entry]) -> None:
        chunks = max(len(entries) - 1, 0) // CHUNK
        self.changed.update(range(max(len(self.stamps), chunks)))
        self._chunks = {number: entries[number * CHUNK : (number + 1) * CHUNK] for number in range(chunks)}
        self.stamps, self.tail = [0] * chunks, entries[chunks * CHUNK :]
