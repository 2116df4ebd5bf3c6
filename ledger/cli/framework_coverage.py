"""`mastery frameworks coverage`."""

from collections.abc import Iterator
from datetime import date

import click

from ledger.cli.framework_options import known_at, on
from ledger.cli.options import text
from ledger.cli.printing import counted, prints, show, show_csv, table
from ledger.cli.reading import read_models
from ledger.cli.session import Session, pass_session
from ledger.inquiry.coverage import coverage as coverage_of
from ledger.inquiry.coverage_rows import rows_of
from ledger.inquiry.coverage_views import CoverageRow, CoverageView, StandardView
from ledger.projections.coverage import Seen

LONGEST = 56
"""Characters of a label in a line."""


@click.command()
@click.option("--framework", type=text, help="The state's framework; may be left out where it is plain.")
@on
@known_at
@click.option("--csv", "as_csv", is_flag=True, help="Print a line for each standard as CSV.")
@prints(CoverageView)
@pass_session
def coverage(
    session: Session, framework: str | None, on: date | None, known_at: int | None, as_csv: bool, as_json: bool
) -> None:
    """Show which standards local competencies are aligned to, and what evidence is seen, the gaps first.

    Learners and pieces of evidence are counted once for a standard, however many competencies they speak about;
    what is aligned in part stands beside, and never covers a standard. Nothing of this moves a decision.

    Example: mastery frameworks coverage --framework "Algebra I" --on 2026-12-31
    """
    with session.open() as ledger, read_models(ledger) as models:
        view = coverage_of(ledger, models, framework, on=on, known_at=known_at)
    if as_csv:
        show_csv(rows_of(view), CoverageRow)
    else:
        show(view, as_json, _lines)


def _lines(view: CoverageView) -> Iterator[str]:
    beside = ", ".join(view.locals) or "no local framework; a standard stands by the evidence about itself"
    yield f"{view.title}, on {view.on}, as of position {view.position}. Beside it: {beside}."
    for count in view.counts:
        some = [one for one in view.standards if one.state == count.state]
        yield f"{count.state}: {counted(count.standards, 'standard')}"
        yield from _indented(table(_HEADINGS, map(_cells, some)))
    if view.loose:
        yield f"aligned to nothing: {counted(len(view.loose), 'local competency', 'local competencies')}"
        rows = ((one.code, _short(one.label), one.framework, *_counts(one.seen)) for one in view.loose)
        yield from _indented(table(("code", "competency", "framework", *_COUNTS), rows))


_COUNTS = ("learners", "evidence", "mastered", "last day")
_HEADINGS = ("code", "standard", "aligned", *_COUNTS, "in part")


def _cells(one: StandardView) -> tuple[object, ...]:
    aligned = ", ".join(f"{each.code or each.label}{'' if each.whole else ' (in part)'}" for each in one.aligned)
    part = counted(one.part.learners, "learner") if one.part.evidence else ""
    return one.code, _short(one.label), aligned, *_counts(one.whole), part


def _counts(found: Seen) -> tuple[object, ...]:
    return found.learners, found.evidence, found.mastered, found.last_day or ""


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
