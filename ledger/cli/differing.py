"""`mastery differing`: what would now be decided otherwise, for a person to settle."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import click

from ledger.cli.printing import counted, prints, show, show_csv, table
from ledger.cli.progress import progress
from ledger.cli.reading import read_models
from ledger.cli.session import Session, pass_session
from ledger.cli.written_text import subject_words
from ledger.domain.learner import Question
from ledger.inquiry.differing import Differing, DifferingRow, differing
from ledger.inquiry.naming import Naming

STAGES = {"look": "learners looked at"}


@dataclass(frozen=True, slots=True)
class ListedDifference:
    """A decision that would now be another: what stands, at which version, and what the rule in force offers.

    `kind` is gain, loss or other; `adoption` the position of the adoption that would say otherwise;
    `because` names the clauses behind it.
    """

    learner: str
    question: str
    subject: str
    award: str
    kind: str
    version: int
    adoption: int
    decided_for: str
    edition: str
    outcome: str
    level: str | None
    offered_edition: str
    offered: str
    offered_level: str | None
    because: str
    about: str
    name: str


@dataclass(frozen=True, slots=True)
class ListedDifferences:
    """What would now differ, as of a position: decisions to settle, and awards, which stand whatever is said."""

    position: int
    differences: tuple[ListedDifference, ...]
    awards: tuple[ListedDifference, ...]


@click.command("differing")
@click.option("--question", type=click.Choice(get_args(Question), case_sensitive=False), help="Only this question.")
@click.option("--policy", help="Only what this policy, or, as id@first-day, this edition would say otherwise.")
@click.option("--gains", "kind", flag_value="gain", help="Only what would be met and is not.")
@click.option("--losses", "kind", flag_value="loss", help="Only what is met and would not be.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a line for each decision to settle as CSV.")
@prints(ListedDifferences)
@pass_session
def differing_command(
    session: Session, question: str | None, policy: str | None, kind: str | None, as_csv: bool, as_json: bool
) -> None:
    """List the decisions that another rule than the one they were made under would now make otherwise.

    Nothing is decided again because a rule has changed: a person settles each, with `mastery settle`.
    An award stands, and is told apart.

    Example: mastery differing --question MASTERY --losses --csv > losses.csv
    """
    with session.open() as ledger, read_models(ledger) as models, progress(STAGES) as tell:
        found = differing(
            ledger, models, question=question, policy=policy, progress=lambda done, total: tell("look", done, total)
        )
        rows = [row for row in (*found.rows, *found.awards) if kind in (None, row.kind)]
        names = ledger.vault.names({row.learner for row in rows})
        answer = _listed(found, kind, names, Naming(ledger.governance()))
    if as_csv:
        show_csv(answer.differences, ListedDifference)
    else:
        show(answer, as_json, _lines)


def _listed(found: Differing, kind: str | None, names: dict[str, str], naming: Naming) -> ListedDifferences:
    def listed(rows: tuple[DifferingRow, ...]) -> tuple[ListedDifference, ...]:
        wanted = (row for row in rows if kind in (None, row.kind))
        return tuple(_row(row, names[row.learner], subject_words(naming.by_key(row.subject))) for row in wanted)

    return ListedDifferences(found.position, listed(found.rows), listed(found.awards))


def _row(row: DifferingRow, name: str, about: str) -> ListedDifference:
    return ListedDifference(
        learner=row.learner,
        question=row.question,
        subject=row.subject,
        award=row.award,
        kind=row.kind,
        version=row.version,
        adoption=row.adoption,
        decided_for=row.on,
        edition=row.edition,
        outcome=row.outcome,
        level=row.level,
        offered_edition=row.offered_edition,
        offered=row.offered,
        offered_level=row.offered_level,
        because=", ".join(row.decisive),
        about=about,
        name=name,
    )


_HEADINGS = ("question", "about", "stands", "would be", "because of", "name", "learner", "version")


def _lines(answer: ListedDifferences) -> Iterator[str]:
    yield from table(_HEADINGS, map(_cells, answer.differences))
    yield f"{counted(len(answer.differences), 'decision')} to settle, as of position {answer.position}."
    if answer.awards:
        yield ""
        yield "Awards, which stand whatever the rule in force would say:"
        yield from table(_HEADINGS, map(_cells, answer.awards))


def _cells(row: ListedDifference) -> tuple[object, ...]:
    question = row.question if row.award == "standard" else f"{row.question} ({row.award})"
    stands = row.outcome + (f" ({row.level})" if row.level else "")
    offered = row.offered + (f" ({row.offered_level})" if row.offered_level else "")
    return question, row.about, stands, offered, row.because, row.name, row.learner, row.version
