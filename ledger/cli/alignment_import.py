"""`mastery import alignment`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ledger.cli.framework_import import FILE
from ledger.cli.framework_options import authority_of, named, sides
from ledger.cli.options import authority
from ledger.cli.printing import counted, prints, show
from ledger.cli.session import Session, pass_session
from ledger.importing.alignments import AlignmentFile, import_alignments


@dataclass(frozen=True, slots=True)
class AlignmentFileBrought:
    """What became of a file of alignments: how many are `new`, how many were known; `position` of the last new one."""

    file: str
    new: int
    same: int
    position: int | None


@click.command()
@click.argument("file", type=FILE)
@sides
@authority
@prints(AlignmentFileBrought)
@pass_session
def alignment(
    session: Session,
    file: Path,
    local_framework: str | None,
    state_framework: str | None,
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    as_json: bool,
) -> None:
    """Align a local framework to the state's: a CSV with state, local, relation, from and until.

    All of it is stored, or with a single fault nothing; what is known already is recognised.

    Example: mastery import alignment alignment.csv --local "Our competencies" --authority "Curriculum board"
    """
    with session.open() as ledger:
        wanted = AlignmentFile(
            name=file.name,
            data=file.read_bytes(),
            authority=authority_of(body, dated, minute, link),
            local_framework=named(ledger, local_framework),
            state_framework=named(ledger, state_framework),
        )
        done = import_alignments(ledger, session.author(ledger), wanted)
    position = done.appended.last if done.appended else None
    show(AlignmentFileBrought(file.name, done.new, done.same, position), as_json, _lines)


def _lines(answer: AlignmentFileBrought) -> Iterator[str]:
    new, same = counted(answer.new, "new alignment"), f"{answer.same:,} known already"
    yield f"{answer.file}: {new}, {same}. No decision moves by an alignment."
