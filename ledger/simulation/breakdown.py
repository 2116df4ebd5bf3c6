"""The breakdown by group: how many of each group gain and lose, in figures that no two runs can be subtracted by.

Each figure counts learners of one group with one effect in one ledger. From the count a draw of 0 to
`THRESHOLD` - 1 is taken away, and the rest is rounded down to a multiple of `THRESHOLD` that leaves as
many of those with the effect outside the group; figures of several ledgers are sums of these. The draw
follows, under the vault's key, from everybody in that ledger to whom the effect happens, of whatever
group: so it says nothing of a group, the same population gives the same figure for ever, and another
population another draw. See docs/decisions/0012-a-figure-by-group-is-a-range.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.values import canonical, digest

THRESHOLD = 10
"""Fewer learners than this are never shown, nor a difference of fewer."""

Draw = Callable[[bytes], bytes]
"""Turns bytes into bytes under a key that the engine never sees."""

Effects = Mapping[str, Mapping[str, str]]
"""The effect on each learner, by ledger and learner."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of each learner, from the vault's side, which of them are wanted, and the keyed draw."""

    groups: Mapping[str, Sequence[str]]
    draw: Draw
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure by group: at least so many learners, and fewer than so many; both null where it is hidden."""

    at_least: int | None
    below: int | None

    def __str__(self) -> str:
        return "hidden" if self.at_least is None or self.below is None else f"{self.at_least} to {self.below - 1}"


HIDDEN = Cell(None, None)


@dataclass(frozen=True, slots=True)
class GroupCells:
    """One group: how many learners of it the what-if is about, and how many of them each effect happens to."""

    group: str
    learners: Cell
    effects: dict[str, Cell]


def breakdown(
    effects: Effects, kinds: Iterable[str], grouping: Grouping, threshold: int = THRESHOLD
) -> tuple[GroupCells, ...]:
    """Return the figures of every group that is wanted, by its name; all groups there are where none is named."""
    everyone = {ledger: frozenset(held) for ledger, held in effects.items()}
    known = {group for held in everyone.values() for one in held for group in grouping.groups.get(one, ())}
    by_effect = {
        kind: {
            ledger: frozenset(one for one, effect in held.items() if effect == kind) for ledger, held in effects.items()
        }
        for kind in kinds
    }
    figures = _Figures(grouping, threshold)
    return tuple(figures.cells(group, everyone, by_effect) for group in grouping.wanted or sorted(known))


class _Figures:
    """Makes cells; remembers what stands for each set of learners."""

    def __init__(self, grouping: Grouping, threshold: int) -> None:
        self._grouping = grouping
        self._threshold = threshold
        self._digests: dict[frozenset[str], str] = {}

    def cells(
        self, group: str, everyone: Mapping[str, frozenset[str]], by_effect: Mapping[str, Mapping[str, frozenset[str]]]
    ) -> GroupCells:
        """Return the cells of a group; where how many it has is hidden, no part of it is shown either."""
        learners = self.cell(group, everyone)
        parts = {kind: self.cell(group, held) for kind, held in by_effect.items()}
        return GroupCells(group, learners, dict.fromkeys(parts, HIDDEN) if learners == HIDDEN else parts)

    def cell(self, group: str, learners: Mapping[str, frozenset[str]]) -> Cell:
        """Return the cell of a group among some learners of each ledger."""
        figures = [self._figure(group, ledger, held) for ledger, held in learners.items() if held]
        total = sum(figures)
        return Cell(total, total + 2 * self._threshold * len(figures)) if total else HIDDEN

    def _figure(self, group: str, ledger: str, learners: frozenset[str]) -> int:
        count = sum(1 for one in learners if group in self._grouping.groups.get(one, ()))
        return rounded(count, self._drawn(group, ledger, learners), len(learners), self._threshold)

    def _drawn(self, group: str, ledger: str, learners: frozenset[str]) -> int:
        if learners not in self._digests:
            self._digests[learners] = digest(canonical(sorted(learners)))
        asked = canonical({"group": group, "learners": self._digests[learners], "ledger": ledger})
        return int.from_bytes(self._grouping.draw(asked)[:8], "big") % self._threshold


def rounded(count: int, drawn: int, among: int, threshold: int = THRESHOLD) -> int:
    """Return a count less what was drawn, rounded down to a multiple of the threshold; never below 0.

    At least the threshold of all those it is `among` are left outside, so that the others are no small
    figure either.
    """
    figure = (count - drawn) // threshold * threshold
    return max(0, min(figure, among // threshold * threshold - threshold))
