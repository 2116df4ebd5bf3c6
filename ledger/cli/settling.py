"""`mastery settle`: a person rules on decisions that would now be others."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import click

from ledger.application import Ledger
from ledger.application.settling import Settled, Unsettled, settle, settle_all
from ledger.cli.decisions import subject_key
from ledger.cli.document_options import keep, kept
from ledger.cli.options import document, reason
from ledger.cli.printing import counted, prints, show, table
from ledger.cli.progress import progress
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.settling_file import rows_of
from ledger.cli.telling import FINDINGS
from ledger.cli.written_text import subject_words
from ledger.domain.learner import Question
from ledger.domain.settlement import Ruling
from ledger.errors import UsageError
from ledger.inquiry.naming import Naming

STAGES = {"settle": "decisions settled"}


@dataclass(frozen=True, slots=True)
class SettledDecision:
    """What became of one decision: `version` is the last one written, null where it was refused and why is said.

    `outcome` is that of the decision made anew, empty where the decision stands; `followed` counts the
    decisions that followed from it.
    """

    learner: str
    name: str
    question: str
    subject: str
    about: str
    award: str
    ruling: str
    version: int | None
    outcome: str
    followed: int
    refusal: str


@dataclass(frozen=True, slots=True)
class SettledDecisions:
    """What settling came to."""

    settled: int
    refused: int
    rows: tuple[SettledDecision, ...]


@click.command("settle")
@click.argument("learner", required=False)
@click.option("--question", type=click.Choice(get_args(Question), case_sensitive=False), help="The question decided.")
@click.option("--subject", help="What it is about, such as course/ALG1 or a competency's id or code.")
@click.option("--award", default="standard", show_default=True, help="The award, where there are several.")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Settle every decision in a file that `mastery differing --csv` printed, lines left out or not.",
)
@click.option("--as-it-stands", "ruling", flag_value="stands", help="What was decided stands.")
@click.option("--anew", "ruling", flag_value="decided-anew", help="It is decided today by the rule in force.")
@reason
@document
@prints(SettledDecisions)
@pass_session
def settle_command(
    session: Session,
    learner: str | None,
    question: str | None,
    subject: str | None,
    award: str,
    file: Path | None,
    ruling: Ruling | None,
    reason: str,
    document: Path | None,
    as_json: bool,
) -> None:
    """Rule on a decision of LEARNER that would now be another, or on many in a file.

    An award is never taken back. What changed since the file was printed is refused: look again.

    Example: mastery settle S-1001 --question MASTERY --subject M.1 --anew --reason "Agreed with the family."
    """
    if ruling is None:
        raise UsageError("say what is to be: --as-it-stands or --anew")
    if (file is None) == (learner is None or question is None or subject is None):
        raise UsageError("name one decision by LEARNER, --question and --subject, or many with --from FILE")
    with session.open() as ledger, progress(STAGES) as tell:
        author = session.author(ledger)
        if file is not None:
            wanted = rows_of(file)
            keeping = partial(keep, ledger, document) if document else None
            found = settle_all(ledger, author, wanted, ruling, reason, partial(tell, "settle"), keeping)
        else:
            row = Unsettled(
                learner=learner_of(ledger, str(learner)),
                question=str(question),
                subject=subject_key(ledger, str(subject)),
                award=award,
            )
            named = kept(ledger, row.learner, document)
            found = (Settled(row=row, written=settle(ledger, author, row, ruling, reason, named)),)
        answer = _answer(ledger, found, ruling)
    show(answer, as_json, _lines)
    if answer.refused:
        sys.exit(FINDINGS)


def _answer(ledger: Ledger, found: Sequence[Settled], ruling: Ruling) -> SettledDecisions:
    names = ledger.vault.names({one.row.learner for one in found})
    naming = Naming(ledger.governance())
    rows = tuple(_settled(one, names[one.row.learner], naming, ruling) for one in found)
    refused = sum(bool(one.refusal) for one in found)
    return SettledDecisions(len(found) - refused, refused, rows)


def _settled(one: Settled, name: str, naming: Naming, ruling: Ruling) -> SettledDecision:
    decisions = one.written.decisions if one.written else ()
    return SettledDecision(
        learner=one.row.learner,
        name=name,
        question=one.row.question,
        subject=one.row.subject,
        about=subject_words(naming.by_key(one.row.subject)),
        award=one.row.award,
        ruling=ruling,
        version=one.written.version if one.written else None,
        outcome=decisions[0].outcome if decisions else "",
        followed=max(len(decisions) - 1, 0),
        refusal=one.refusal,
    )


def _lines(answer: SettledDecisions) -> Iterator[str]:
    settled = [(one.question, one.about, _ruled(one), one.name, one.learner) for one in answer.rows if not one.refusal]
    yield from table(("question", "about", "settled", "name", "learner"), settled)
    yield from (f"{one.name} ({one.learner}): {one.refusal}" for one in answer.rows if one.refusal)
    refused = f"; {answer.refused:,} refused" if answer.refused else ""
    yield f"{counted(answer.settled, 'decision')} settled{refused}."


def _ruled(one: SettledDecision) -> str:
    followed = f", and {counted(one.followed, 'decision')} that followed" if one.followed else ""
    return f"decided anew: {one.outcome}{followed}" if one.outcome else "stands"
