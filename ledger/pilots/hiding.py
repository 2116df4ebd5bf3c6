"""Hiding small groups: a number behind which stand few learners, and what would give it away."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 10
"""Learners of whom a number may tell; below that it is hidden, unless it is none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, and how many different learners stand behind it."""

    count: int
    learners: int

    @property
    def is_small(self) -> bool:
        """Say whether it tells of too few."""
        return 0 < self.learners < FEWEST


def shown(table: Mapping[str, Cell]) -> dict[str, int | None]:
    """Return what may be shown of a table whose sum is known, null for what is hidden.

    One small cell alone could be had by subtraction: then the smallest of the others that hold
    anything is hidden with it, and where there is none, nothing of the table is shown.
    """
    hidden = {name for name, cell in table.items() if cell.is_small}
    if len(hidden) == 1:
        others = [name for name, cell in table.items() if name not in hidden and cell.count]
        beside = min(others, key=lambda name: (table[name].learners, name), default=None)
        hidden = {*hidden, beside} if beside is not None else set(table)
    return {name: None if name in hidden else cell.count for name, cell in table.items()}


def joined_at_the_end(table: Mapping[int, Cell]) -> dict[str, Cell]:
    """Write a distribution over whole numbers with its small end in one: 1, 2, 3 or more."""
    numbers = sorted(number for number, cell in table.items() if cell.count)
    if not numbers:
        return {}
    cells = {number: table[number] for number in numbers}
    last = numbers[-1]
    while cells[last].is_small and len(cells) > 1:
        end = cells.pop(last)
        last = max(cells)
        before = cells[last]
        # a learner may stand in both, so that the sum may be too high; the larger of them never is
        cells[last] = Cell(before.count + end.count, max(before.learners, end.learners))
    names = {number: str(number) for number in cells}
    if last != numbers[-1]:
        names[last] = f"{last} or more"
    return {names[number]: cell for number, cell in cells.items()}
