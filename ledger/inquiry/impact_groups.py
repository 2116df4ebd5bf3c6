"""What a change would do to each group of learners: in ranges that give nobody's group away.

The figures are those of docs/decisions/0012-a-figure-by-group-is-a-range.md; two previews subtracted say
of no one learner which group that learner is in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.application.ledger import Ledger
from ledger.application.preview_rows import Preview
from ledger.simulation.breakdown import Cell, GroupCells, Grouping, breakdown

UNFAIR = Fraction(5, 4)
"""How many times the loss rate of the whole a group's has to be for a note."""


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """One group: how many learners it has, gain and lose, each a range; `unfair` where it loses far more often.

    `least` and `most` are the percent of the group that lose, rounded to whole ones outwards, null where hidden.
    """

    group: str
    learners: Cell
    gain: Cell
    lose: Cell
    least: int | None
    most: int | None
    unfair: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would do to the learners on record, counted by learner: all of them, then each group."""

    learners: int
    gain: int
    lose: int
    groups: tuple[GroupImpact, ...]

    @property
    def unfair(self) -> tuple[GroupImpact, ...]:
        """Return the groups that lose far more often than the whole."""
        return tuple(one for one in self.groups if one.unfair)


def impact_by_group(ledger: Ledger, preview: Preview) -> Impact:
    """Return whom a preview says a change would concern, by the groups that the vault knows."""
    learners = _on_record(ledger, preview.position)
    losing = {row.learner for row in preview.rows if row.kind == "loss"}
    gaining = {row.learner for row in preview.rows if row.kind == "gain"}
    grouping = Grouping(ledger.vault.groups(learners), ledger.vault.draw)
    return impact_among(ledger.jurisdiction, learners, gaining, losing, grouping)


def impact_among(
    jurisdiction: str, learners: Sequence[str], gaining: set[str], losing: set[str], grouping: Grouping
) -> Impact:
    """Return how many learners of a jurisdiction gain and lose, all of them and group by group."""
    lost, gained = (_cells(jurisdiction, learners, some, grouping) for some in (losing, gaining))
    whole = Fraction(len(losing), len(learners)) if learners else Fraction(0)
    groups = tuple(_impact(lost[name], gained[name], whole) for name in sorted(lost))
    return Impact(len(learners), len(gaining), len(losing), groups)


def _on_record(ledger: Ledger, position: int) -> list[str]:
    """Return the learners on record at a position; those whose first event came later are left out."""
    head = ledger.log.recorder.max_notification_id()
    later = ledger.log.recorder.scan(position, head)
    new = {str(stream) for _, stream, version, *_ in later if version == 1}
    return [one.removeprefix("learner/") for one in ledger.log.recorder.streams("learner/") if one not in new]


def _cells(jurisdiction: str, learners: Iterable[str], some: set[str], grouping: Grouping) -> dict[str, GroupCells]:
    effects = {jurisdiction: {one: "yes" if one in some else "no" for one in learners}}
    return {one.group: one for one in breakdown(effects, ("yes",), grouping)}


def _impact(lost: GroupCells, gained: GroupCells, whole: Fraction) -> GroupImpact:
    least, most = _rates(lost.effects["yes"], lost.learners)
    return GroupImpact(
        group=lost.group,
        learners=lost.learners,
        gain=gained.effects["yes"],
        lose=lost.effects["yes"],
        least=None if least is None else (least * 100).__floor__(),
        most=None if most is None else (most * 100).__ceil__(),
        unfair=least is not None and least > whole * UNFAIR,
    )


def _rates(lose: Cell, learners: Cell) -> tuple[Fraction | None, Fraction | None]:
    """Return between which shares the loss of a group lies, given both ranges."""
    if lose.at_least is None or lose.below is None or learners.at_least is None or learners.below is None:
        return None, None
    return Fraction(lose.at_least, learners.below - 1), min(Fraction(1), Fraction(lose.below - 1, learners.at_least))
