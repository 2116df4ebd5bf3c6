"""`mastery rebuild`: the read models are held against what the ledger says."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from ledger.cli.printing import counted, prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS
from ledger.projections.rebuild import Difference
from ledger.projections.rebuild import rebuild as rebuild_all
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class TableMended:
    """A table that differed: how many rows were missing, too many, otherwise; `keys` names the first."""

    table: str
    missing: int
    extra: int
    changed: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """The position the read models stand for, and every table that differed from one made anew."""

    position: int
    differences: tuple[TableMended, ...]


@click.command()
@prints(RebuildReport)
@pass_session
def rebuild(session: Session, as_json: bool) -> None:
    """Make the read models anew from the log, mend what differed, and say so; exit status 1 if anything did.

    Example: mastery rebuild
    """
    with session.open() as ledger:
        models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
        try:
            with progress({"rebuild": "events folded"}) as tell:
                found = rebuild_all(ledger.log, models, progress=lambda done, last: tell("rebuild", done, last))
            position = ledger.log.recorder.max_notification_id()
        finally:
            models.close()
    mended = tuple(TableMended(one.table, one.missing, one.extra, one.changed, one.keys) for one in found)
    show(RebuildReport(position, mended), as_json, lambda report: _rebuild_lines(report, found))
    if found:
        sys.exit(FINDINGS)


def _rebuild_lines(report: RebuildReport, found: Sequence[Difference]) -> Iterator[str]:
    yield from map(str, found)
    if report.differences:
        yield f"{counted(len(report.differences), 'table')} differed, mended now (position {report.position})."
    else:
        yield f"The read models are what the ledger says, up to position {report.position}."
