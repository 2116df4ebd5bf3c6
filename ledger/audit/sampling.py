"""Drawing decisions at random by a seed, in proportion to question, outcome and policy.

All decisions are put in a row by question, outcome, edition of the policy, and position in the log. The row
is cut into as many slices of equal length as are wanted, where need be through a decision, and one is drawn
from each with equal chance: so every stratum gives its share, to a fraction, and no decision has another
chance than any other. The draw of a slice is the SHA-256 of seed, line feed and the slice's number, so that
whoever names the seed after the log was fixed knows that nothing was picked, and can draw again. A decision on
a cut can be drawn by both its slices; it counts twice then.

A stratum too small for a slice of its own may give nothing; one more is drawn of each such, which is
made again and told, but not counted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import msgspec

from ledger.audit.integrity import UNSOUND
from ledger.domain.learner import Decided
from ledger.domain.topics import TOPIC_OF
from ledger.storage.inspection import Inspection
from ledger.storage.tombstone import erased_digest

Key: TypeAlias = tuple[str, str, str]
"""Question, outcome and edition of the policy."""

ERASED: Key = ("", "erased", "")
UNREADABLE: Key = ("", "unreadable", "")


@dataclass(frozen=True, slots=True)
class Stratum:
    """The decisions of one question, outcome and policy: how many there are, how many were drawn, how many besides.

    Question and policy are empty for decisions whose payload was erased, or cannot be read.
    """

    question: str
    outcome: str
    policy: str
    decisions: int
    drawn: int
    besides: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn out of how many, as positions in the log: those that count, and those drawn besides.

    `whole` says that there are no more than were wanted, so that all were taken.
    """

    population: int
    whole: bool
    counted: tuple[int, ...]
    besides: tuple[int, ...]
    strata: tuple[Stratum, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """Return every position drawn, once."""
        return tuple(sorted({*self.counted, *self.besides}))


class _Said(msgspec.Struct):
    question: str
    outcome: str
    edition: str


class _Event(msgspec.Struct):
    data: _Said


_read = msgspec.json.Decoder(_Event).decode


def strata_of(inspection: Inspection, after: int, upto: int) -> dict[Key, list[int]]:
    """Return the positions of all decisions between two positions, the second included, by stratum, both in order."""
    found: dict[Key, list[int]] = {}
    for position, state in inspection.of_topic(TOPIC_OF[Decided], after, upto):
        found.setdefault(_key(state), []).append(position)
    return {key: found[key] for key in sorted(found)}


def _key(state: object) -> Key:
    if not isinstance(state, bytes):
        return UNREADABLE
    try:
        said = _read(state).data
    except UNSOUND:
        return ERASED if erased_digest(state) else UNREADABLE
    return said.question, said.outcome, said.edition


def draw(strata: Mapping[Key, Sequence[int]], wanted: int, seed: str) -> Draw:
    """Draw so many decisions, all of them where there are no more."""
    row = [position for positions in strata.values() for position in positions]
    whole = wanted >= len(row)
    places = range(len(row)) if whole else list(_drawn(len(row), wanted, seed))
    ends = list(accumulate(map(len, strata.values())))
    drawn = _by_stratum(places, ends)
    besides = {
        key: positions[_chance(f"{seed}\n{'/'.join(key)}", len(positions))]
        for number, (key, positions) in enumerate(strata.items())
        if not drawn[number]
    }
    return Draw(
        len(row),
        whole,
        tuple(row[place] for place in places),
        tuple(sorted(besides.values())),
        tuple(
            Stratum(*key, len(positions), drawn[number], int(key in besides))
            for number, (key, positions) in enumerate(strata.items())
        ),
    )


def _drawn(length: int, slices: int, seed: str) -> Iterator[int]:
    """Yield a place for each slice; measured in parts of a place, a slice and a place are whole numbers long."""
    for one in range(slices):
        yield (one * length + _chance(f"{seed}\n{one}", length)) // slices


def _chance(text: str, among: int) -> int:
    """Return a number below `among`; of 2^256 equal chances the last few are not shared out evenly."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % among


def _by_stratum(places: Sequence[int], ends: Sequence[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    number = 0
    for place in places:
        while place >= ends[number]:
            number += 1
        found[number] += 1
    return found
