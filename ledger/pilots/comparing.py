"""Pilots side by side: a row for each measure of each arm, and no number where nobody submitted one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from ledger.pilots.figures import ArmFigures, Days, RuleInForce, Share
from ledger.pilots.matrix import MatrixCell

State = Literal["shown", "hidden", "not submitted", "not available"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure of one arm: a number, or the share `value` of `of`, with the ends of its 95 % interval.

    `part` names what the share is of: an outcome, a number of tries, a kind of evidence. Every number is null
    where the state is not `shown`: a group is too small, nobody submitted figures, or records are elsewhere.
    """

    organisation: str
    takes_part: bool
    measure: str
    part: str = ""
    state: State = "shown"
    value: str | None = None
    of: str | None = None
    share: str | None = None
    low: str | None = None
    high: str | None = None


class ComparedArm(Struct, frozen=True, kw_only=True):
    """An organisation compared: which days its figures are of, by which ledger at which position, by whom certified.

    All null where it has not submitted any. `changed` says that its rule changed within those days.
    """

    organisation: str
    takes_part: bool
    submitted: bool
    ledger: str | None = None
    position: int | None = None
    first_day: str | None = None
    last_day: str | None = None
    certified_by: str | None = None
    certified_on: str | None = None
    changed: bool | None = None
    rules: tuple[RuleInForce, ...] = ()


class PilotComparison(Struct, frozen=True, kw_only=True):
    """A pilot's arms side by side, and the learners of each under the rule of each."""

    pilot: str
    title: str
    question: str
    award: str
    first_day: str
    last_day: str
    submitted: int
    arms: tuple[ComparedArm, ...]
    rows: tuple[MeasureRow, ...]
    matrix: tuple[MatrixCell, ...]


def rows_of(arms: Sequence[ComparedArm], figures: Mapping[str, ArmFigures]) -> tuple[MeasureRow, ...]:
    """Return the rows of every arm, measure by measure, in the order of the arms."""
    by_arm = {one.organisation: list(_measures(one, figures.get(one.organisation))) for one in arms}
    keys = list(dict.fromkeys((row.measure, row.part) for rows in by_arm.values() for row in rows))
    keys.sort(key=lambda key: MEASURES.index(key[0]))
    return tuple(
        row
        for key in keys
        for one in arms
        if (row := _row(one, key, by_arm[one.organisation], figures.get(one.organisation))) is not None
    )


MEASURES = (
    "learners",
    "learners with evidence",
    "answers",
    "met",
    "outcome",
    "days to mastery",
    "answers with a retake",
    "tries",
    "tries on average",
    "kind of evidence",
)
"""Every measure, in the order in which they are shown."""


def _row(
    arm: ComparedArm, key: tuple[str, str], rows: Sequence[MeasureRow], figures: ArmFigures | None
) -> MeasureRow | None:
    """Return an arm's row of a measure: one that says so where it has no figures, nothing where it lacks the part."""
    found = next((row for row in rows if (row.measure, row.part) == key), None)
    if found is None and figures is None:
        return MeasureRow(
            organisation=arm.organisation,
            takes_part=arm.takes_part,
            measure=key[0],
            part=key[1],
            state="not submitted",
        )
    return found


def _measures(arm: ComparedArm, figures: ArmFigures | None) -> Iterator[MeasureRow]:
    if figures is None:
        for measure in MEASURES:
            if measure not in ("outcome", "tries", "kind of evidence"):
                yield MeasureRow(
                    organisation=arm.organisation,
                    takes_part=arm.takes_part,
                    measure=measure,
                    state="not submitted",
                )
        return
    yield _number(arm, "learners", figures.learners)
    yield _number(arm, "learners with evidence", figures.with_evidence)
    yield _number(arm, "answers", figures.answers)
    yield _share(arm, "met", figures.met, "")
    yield from (_share(arm, "outcome", one, one.name) for one in figures.outcomes if one.name != "met")
    yield _days(arm, figures.days_to_mastery)
    yield _share(arm, "answers with a retake", figures.retaken, "")
    yield from (_share(arm, "tries", one, one.name) for one in figures.tries)
    yield _text(arm, "tries on average", figures.mean_tries)
    yield from (_share(arm, "kind of evidence", one, one.name) for one in figures.kinds)


def _number(arm: ComparedArm, measure: str, number: int | None) -> MeasureRow:
    return _text(arm, measure, None if number is None else str(number))


def _text(arm: ComparedArm, measure: str, value: str | None) -> MeasureRow:
    return MeasureRow(
        organisation=arm.organisation,
        takes_part=arm.takes_part,
        measure=measure,
        state="hidden" if value is None else "shown",
        value=value,
    )


def _share(arm: ComparedArm, measure: str, share: Share, part: str) -> MeasureRow:
    hidden = share.count is None
    return MeasureRow(
        organisation=arm.organisation,
        takes_part=arm.takes_part,
        measure=measure,
        part=part,
        state="hidden" if hidden else "shown",
        value=None if hidden else str(share.count),
        of=None if hidden or share.of is None else str(share.of),
        share=None if hidden or not share.of else _four_places(Fraction(share.count or 0, share.of)),
        low=share.low,
        high=share.high,
    )


def _days(arm: ComparedArm, days: Days) -> MeasureRow:
    hidden = days.median is None and days.learners is None
    return MeasureRow(
        organisation=arm.organisation,
        takes_part=arm.takes_part,
        measure="days to mastery",
        state="hidden" if hidden else "shown",
        value=days.median,
        of=None if days.learners is None else str(days.learners),
        low=days.low,
        high=days.high,
    )


def matrix_rows(arms: Sequence[ComparedArm], cells: Sequence[MatrixCell]) -> Iterator[MeasureRow]:
    """Yield each cell of a matrix as a row: `part` is the organisation whose rule is asked."""
    by_name = {one.organisation: one for one in arms}
    for cell in cells:
        row = _share(by_name[cell.learners_of], UNDER_ANOTHER, cell.met or NOTHING, cell.rule_of)
        yield row if cell.met is not None else replace(row, state=cell.state)


UNDER_ANOTHER = "met under the rule of"
NOTHING = Share(name="met", count=None, of=None)


def _four_places(share: Fraction) -> str:
    scaled = (share * 10_000 + Fraction(1, 2)).__floor__()
    return f"{scaled // 10_000}.{scaled % 10_000:04d}"
