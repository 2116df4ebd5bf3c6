"""`mastery import roster`."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import click

from ledger.cli.evidence_import import INTERRUPTED, RESUME
from ledger.cli.framework_import import FILE
from ledger.cli.printing import prints, show
from ledger.cli.progress import progress
from ledger.cli.session import Session, pass_session
from ledger.cli.telling import FINDINGS, Told, said
from ledger.errors import InputFaults
from ledger.importing.roster import import_roster


@dataclass(frozen=True, slots=True)
class RosterBrought:
    """What became of a roster: `recorded` rows were stored, `same` were on record; `decisions` those caused."""

    file: str
    rows: int
    learners: int
    recorded: int
    same: int
    decisions: int
    dry_run: bool


@click.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check only; nothing is stored.")
@prints(RosterBrought)
@pass_session
def roster(session: Session, file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in a roster: a CSV with learner, organisation, grade, course, section, session, from and until.

    All of it is stored, or with a single fault nothing; what is on record already is recognised.

    Example: mastery import roster roster.csv
    """
    with session.open() as ledger, progress({"append": "rows recorded"}) as tell:
        try:
            report = import_roster(ledger, session.author(ledger), file, tell, dry_run=dry_run)
        except InputFaults as error:
            raise Told(f"{said(error)}\nNothing was stored.", FINDINGS) from error
        except KeyboardInterrupt:
            raise Told(RESUME, INTERRUPTED) from None
    brought = RosterBrought(**{field.name: getattr(report, field.name) for field in fields(RosterBrought)})
    show(brought, as_json, _lines)


def _lines(answer: RosterBrought) -> Iterator[str]:
    yield f"{answer.file}, checked only; nothing was stored:" if answer.dry_run else f"{answer.file}:"
    for name in ("rows", "learners", "recorded", "same", "decisions"):
        yield f"  {name:<10}{getattr(answer, name):>12,}"
