"""`mastery record evidence`."""

from dataclasses import dataclass
from typing import Any

import click
import msgspec

from ledger.application import Ledger, learning
from ledger.cli.options import text
from ledger.cli.printing import prints, show
from ledger.cli.recorded_learner import made_learner, new, require_learner
from ledger.cli.session import Session, pass_session
from ledger.cli.value_options import about_options, as_options, fields_of, require_one_result, value_options
from ledger.cli.written_text import written_lines
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Assessor
from ledger.errors import InputFaults, UsageError
from ledger.importing.by_hand import evidence_by_hand
from ledger.inquiry.written import WrittenView, written_view
from ledger.values import random_identifier


@dataclass(frozen=True, slots=True)
class EvidenceWritten:
    """The id of the evidence, and what writing it came to."""

    evidence: str
    result: WrittenView


@click.command()
@click.argument("learner")
@about_options(required=True)
@value_options
@click.option("--assessor", type=text, metavar="WHO", help="Who judged it, by the id of that person.")
@click.option("--note", type=text, help="A free text; kept in the vault.")
@new
@prints(EvidenceWritten)
@pass_session
def evidence(
    session: Session,
    /,
    learner: str,
    competencies: tuple[str, ...],
    assessor: str | None,
    note: str | None,
    new: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Record a piece of evidence, and see at once what it decides and what is still missing.

    Example: mastery record evidence S-1001 --competency M.1 --kind task --purpose summative --level 3
    --task "Shopping list" --occurred 2026-05-30
    """
    with session.open() as ledger:
        known = require_learner(ledger, learner, new)
        said = checked_evidence(ledger, fields_of(given), competencies)
        identity = made_learner(ledger, learner, known)
        said = _signed(ledger, identity, said, assessor, note)
        written = learning.record_evidence(ledger, session.author(ledger), identity, said)
        result = written_view(ledger, written, {one.subject.key for one in said.results})
    answer = EvidenceWritten(said.evidence_id, result)
    show(answer, as_json, lambda one: written_lines(one.result, f"Recorded evidence {one.evidence}"))


def checked_evidence(ledger: Ledger, fields: dict[str, str], competencies: tuple[str, ...]) -> Evidence:
    """Return the evidence that the options say; raise `UsageError` with a line for each that cannot be."""
    if not (competencies or fields.keys() & {"course", "requirement"}):
        raise UsageError("say what it is evidence of: --competency, --course or --requirement")
    require_one_result(fields)
    try:
        return evidence_by_hand(ledger, fields, competencies)
    except InputFaults as error:
        raise as_options(error) from None


def _signed(ledger: Ledger, identity: str, said: Evidence, assessor: str | None, note: str | None) -> Evidence:
    changes: dict[str, Any] = {"evidence_id": random_identifier()}
    if assessor is not None:
        changes["assessor"] = msgspec.structs.replace(said.assessor or Assessor(), who=ledger.vault.person_id(assessor))
    if note is not None:
        changes["note"] = ledger.vault.put_text(identity, note)
    return msgspec.structs.replace(said, **changes)
