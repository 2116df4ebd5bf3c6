"""Reading levels: which scale's levels count, and a score as a level through the bands of its day."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.domain.framework import ScaleDefined
from ledger.facts.items import EvidenceItem
from ledger.facts.ratios import Pair, exceeds, pair, reaches
from ledger.values import canonical, digest


@dataclass(frozen=True, slots=True)
class BandLine:
    """From which percent a level is reached, on which days (both ends included, empty is open)."""

    level: Pair
    at_least: Pair
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of one scale edition, by its digest."""

    digest: str
    lines: tuple[BandLine, ...]

    def level(self, percent: Pair, day: str) -> Pair | None:
        """Return the highest level whose band covers the day and whose percent is reached.

        A share below every band has no level. An undated item is covered only by bands that are
        open at both ends.
        """
        best: Pair | None = None
        for line in self.lines:
            if not _covers(line, day) or not reaches(percent, line.at_least):
                continue
            if best is None or exceeds(line.level, best):
                best = line.level
        return best


@dataclass(frozen=True, slots=True)
class Levels:
    """How an adoption reads levels.

    `scales` are the digests of every edition of the scale it names, null where it names none; `bands`
    those of the edition it names. `key` tells two ways of reading apart.
    """

    key: str = ""
    scales: frozenset[str] | None = None
    bands: Bands | None = None

    def level(self, item: EvidenceItem, day: str) -> Pair | None:
        """Return the level of an item: its own where it is of the scale named, else its score read through the bands.

        Levels of different scales are not comparable: a level of another scale is none, and one
        without a scale counts only where the adoption names none.
        """
        if item.level is not None:
            same = item.scale is None if self.scales is None else item.scale in self.scales
            return item.level if same else None
        if item.percent is None or self.bands is None:
            return None
        return self.bands.level(item.percent, day)


NO_SCALE = Levels()
"""Read by an adoption that names no scale: levels without a scale, and no scores."""


def levels_of(scale: ScaleDefined, editions: Iterable[str]) -> Levels:
    """Return how levels are read through an edition of a scale; `editions` are the digests of all that are known."""
    scales = frozenset({scale.digest, *editions})
    return Levels(digest(canonical([scale.digest, *sorted(scales)])), scales, bands_of(scale))


def bands_of(scale: ScaleDefined) -> Bands:
    """Return the bands of a scale edition; one that names no level of the scale reads nothing."""
    values = {level.label: pair(level.value) for level in scale.levels}
    return Bands(
        scale.digest,
        tuple(
            BandLine(values[band.level], pair(band.at_least), band.first_day, band.last_day or "")
            for band in scale.bands
            if band.level in values
        ),
    )


def _covers(line: BandLine, day: str) -> bool:
    if not day:
        return not line.first_day and not line.last_day
    return line.first_day <= day and (not line.last_day or day <= line.last_day)
