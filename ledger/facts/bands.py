"""Reading a score as a level: through the bands of a scale edition, on the day of the evidence."""

from dataclasses import dataclass

from ledger.domain.framework import ScaleDefined
from ledger.facts.ratios import Pair, exceeds, pair, reaches


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
