"""Pilots side by side, as small multiples: one figure for each measure, one row for each organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from ledger.inquiry.rounding import one_decimal
from ledger.pilots.comparing import ComparedArm, MeasureRow, PilotComparison
from ledger.pilots.matrix import MatrixCell
from web.interval_chart import Reach, dot, percent

ABOUT = {
    "met": "Answers that are met",
    "outcome": "Answers that are",
    "days to mastery": "Days to mastery",
    "answers with a retake": "Answers with a retake",
    "tries": "Answers with so many tries",
    "tries on average": "Tries on average",
    "kind of evidence": "Evidence behind what is met, by kind",
}
"""The measures that are drawn, and how a figure is headed; the others are plain counts."""

COUNTS = ("learners", "learners with evidence", "answers")


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One organisation in a figure: the drawing, the number and its interval in words, or why there is none."""

    organisation: str
    takes_part: bool
    drawing: Markup
    number: str
    reach: str
    changed: bool
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure: its heading, the ends of its scale, and its rows in the order of the organisations."""

    heading: str
    start: str
    end: str
    rows: tuple[PlotRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The learners of one organisation under the rule of each: words, and whether it is their own rule."""

    organisation: str
    cells: tuple[tuple[str, str, bool], ...]


def plots(found: PilotComparison) -> Iterator[Plot]:
    """Yield a figure for each measure of which there is at least one number."""
    arms = {one.organisation: one for one in found.arms}
    keys = dict.fromkeys((row.measure, row.part) for row in found.rows if row.measure in ABOUT)
    for measure, part in keys:
        rows = [row for row in found.rows if (row.measure, row.part) == (measure, part)]
        if any(row.value is not None for row in rows):
            yield _plot(_heading(measure, part), rows, arms)


def _heading(measure: str, part: str) -> str:
    words = part.replace("_", " ")
    return f"{ABOUT[measure]}: {words}" if part else ABOUT[measure]


def _plot(heading: str, rows: Sequence[MeasureRow], arms: dict[str, ComparedArm]) -> Plot:
    is_share = any(row.share is not None for row in rows)
    end = "1" if is_share else _end(rows)
    drawn = tuple(_row(row, end, is_share, arms[row.organisation]) for row in rows)
    return Plot(heading, "0 %" if is_share else "0", "100 %" if is_share else end, drawn)


def _end(rows: Sequence[MeasureRow]) -> str:
    """Return a round number that no figure and no interval goes beyond."""
    most = max(int(Fraction(text)) for row in rows for text in (row.value, row.high) if text is not None)
    step = 10 ** max(0, len(str(most)) - 1)
    return str((most // step + 1) * step)


def _row(row: MeasureRow, end: str, is_share: bool, arm: ComparedArm) -> PlotRow:
    value = row.share if is_share else row.value
    changed = bool(arm.changed)
    if row.state != "shown" or value is None:
        unknown = row.state if row.state != "shown" else "nobody yet"
        return PlotRow(row.organisation, row.takes_part, Markup(""), "", "", changed, unknown)
    tone = "good" if row.takes_part else "none"
    drawing = dot(Reach(value, row.low, row.high), tone, end)
    number = f"{percent(value)} ({row.value} of {row.of})" if is_share else _plain(value)
    return PlotRow(row.organisation, row.takes_part, drawing, number, _reach(row, is_share), changed)


def _reach(row: MeasureRow, is_share: bool) -> str:
    if row.low is None or row.high is None:
        return ""
    ends = (percent(row.low), percent(row.high)) if is_share else (_plain(row.low), _plain(row.high))
    return f"{ends[0]} to {ends[1]}"


def _plain(number: str) -> str:
    """Write an exact number with one decimal at the most; the exact one stands in the CSV and the JSON."""
    return one_decimal(Fraction(number))


def matrix(found: PilotComparison) -> Iterator[MatrixRow]:
    """Yield a row for each organisation: its learners under the rule of each."""
    cells = {(one.learners_of, one.rule_of): one for one in found.matrix}
    names = [arm.organisation for arm in found.arms if cells]
    for name in names:
        yield MatrixRow(name, tuple((*_cell(cells[name, other]), name == other) for other in names))


def _cell(cell: MatrixCell) -> tuple[str, str]:
    """Return what a cell says, and beneath it how sure that is."""
    met = cell.met
    if met is None or met.count is None:
        return ("not available", "no records here") if cell.state == "not available" else (cell.state, "")
    if not met.of:
        return "no answers", ""
    reach = f"{percent(met.low)} to {percent(met.high)}" if met.low is not None and met.high is not None else ""
    unanswered = f"{cell.unanswered} without an answer" if cell.unanswered else ""
    return f"{_share(met.count, met.of)} ({met.count} of {met.of})", ", ".join(filter(None, (reach, unanswered)))


def _share(count: int, of: int) -> str:
    tenths = (count * 2000 + of) // (2 * of)
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"
