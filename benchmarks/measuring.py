"""Rounds in which the sides take turns, and the ratios that come out of them."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

Work = Callable[[], int]
"""What is timed; returns how many things it did."""

Side = Callable[[int], Work]
"""Gets ready for a round, given its number, without being timed, and returns the work."""

Rates = Sequence[float]
"""Things a second, one number a round."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a benchmark is run: where its files go, how many rounds, and whether sizes are tiny."""

    directory: Path
    rounds: int = 5
    quick: bool = False

    def size(self, usual: int, tiny: int) -> int:
        """Return a size, or the tiny one of a quick run."""
        return tiny if self.quick else usual


@dataclass(frozen=True, slots=True)
class Target:
    """What a ratio should be at least, or at the most."""

    value: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'<=' if self.at_most else '>='} {self.value:g}"

    def share(self, ratio: float) -> float:
        """Return how much of the target is reached; 1 and more is all of it."""
        return self.value / ratio if self.at_most else ratio / self.value


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: the rates of each side, and what the ratio says.

    `ratio` is the median of the ratios of the single rounds, against what `against` names in words.
    """

    name: str
    unit: str
    ours: Rates
    bare: Rates | None = None
    textbook: Rates | None = None
    ratio: float | None = None
    against: str = ""
    target: Target | None = None

    @property
    def verdict(self) -> str:
        """Say whether the target is met; below 0.7 of it is said too."""
        if self.target is None or self.ratio is None:
            return "for information"
        share = self.target.share(self.ratio)
        if share >= 1:
            return "met"
        return f"missed: {share:.2f} of it" if share >= 0.7 else f"missed by far: {share:.2f} of it"


@dataclass(frozen=True, slots=True)
class Check:
    """Something both sides must agree in, so that they did the same work."""

    what: str
    ours: Any
    theirs: Any

    @property
    def same(self) -> bool:
        """Say whether they agree."""
        return bool(self.ours == self.theirs)


@dataclass(slots=True)
class Report:
    """What one benchmark came to; `notes` say in words what a reader of its lines must know."""

    measures: list[Measure] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def interleaved(rounds: int, sides: Mapping[str, Side]) -> dict[str, list[float]]:
    """Let the sides take turns, in another order each round; return things a second of each."""
    rates: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        turn = number % len(names)
        for name in (*names[turn:], *names[:turn]):
            work = sides[name](number)
            gc.collect()
            began = time.perf_counter()
            count = work()
            rates[name].append(count / (time.perf_counter() - began))
    return rates


def ratio_of(ours: Rates, theirs: Rates) -> float:
    """Return the median of the ratios of the single rounds."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))
