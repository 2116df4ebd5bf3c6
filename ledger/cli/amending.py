"""`mastery correct` and `mastery withdraw`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import msgspec

from ledger.application import Ledger, learning
from ledger.cli.document_options import kept
from ledger.cli.options import document, reason
from ledger.cli.printing import prints, show
from ledger.cli.session import Session, learner_of, pass_session
from ledger.cli.value_options import about_options, as_options, fields_of, require_one_result, value_options
from ledger.cli.written_text import subject_words, written_lines
from ledger.domain.learner import Evidence
from ledger.errors import InputFaults, UsageError
from ledger.importing.amending import amended
from ledger.inquiry.evidence import present_evidence
from ledger.inquiry.naming import Naming
from ledger.inquiry.written import WrittenView, written_view


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a piece of evidence says: before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EvidenceChanged:
    """What was changed in a piece of evidence, and what that came to."""

    evidence: str
    changes: tuple[Change, ...]
    result: WrittenView


@click.command()
@click.argument("learner")
@click.argument("evidence_id", metavar="EVIDENCE")
@about_options(required=False)
@value_options
@reason
@document
@prints(EvidenceChanged)
@pass_session
def correct(
    session: Session,
    /,
    learner: str,
    evidence_id: str,
    competencies: tuple[str, ...],
    reason: str,
    document: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Replace what a piece of evidence says; what no option names stays as it is.

    Nothing is deleted: asked as known before, the ledger still answers with what stood then.

    Example: mastery correct S-1001 5f0c1a34-5b7e-4d52-9a3e-0d7c2f1b8e66 --level 4 --reason "Misread"
    """
    with session.open() as ledger:
        identity = learner_of(ledger, learner)
        before = present_evidence(ledger, identity, evidence_id)
        after = _amended(ledger, before, fields_of(given), competencies)
        if after == before:
            raise UsageError("this is what the evidence says already; nothing was changed")
        named = kept(ledger, identity, document)
        written = learning.correct(ledger, session.author(ledger), identity, after, reason, named)
        subjects = {result.subject.key for result in (*before.results, *after.results)}
        changes = tuple(_changes(Naming(ledger.governance()), before, after))
        answer = EvidenceChanged(evidence_id, changes, written_view(ledger, written, subjects))
    show(answer, as_json, lambda one: _lines(one, "Corrected evidence"))


@click.command()
@click.argument("learner")
@click.argument("evidence_id", metavar="EVIDENCE")
@reason
@document
@prints(EvidenceChanged)
@pass_session
def withdraw(
    session: Session, learner: str, evidence_id: str, reason: str, document: Path | None, as_json: bool
) -> None:
    """Take a piece of evidence out of every decision from now on.

    Example: mastery withdraw S-1001 5f0c1a34-5b7e-4d52-9a3e-0d7c2f1b8e66 --reason "Another learner's work"
    """
    with session.open() as ledger:
        identity = learner_of(ledger, learner)
        before = present_evidence(ledger, identity, evidence_id)
        named = kept(ledger, identity, document)
        written = learning.withdraw(ledger, session.author(ledger), identity, evidence_id, reason, named)
        result = written_view(ledger, written, {one.subject.key for one in before.results})
    show(EvidenceChanged(evidence_id, (), result), as_json, lambda one: _lines(one, "Withdrew evidence"))


def _amended(ledger: Ledger, before: Evidence, given: dict[str, str], competencies: tuple[str, ...]) -> Evidence:
    try:
        return amended(ledger, before, given, competencies, require_one_result)
    except InputFaults as error:
        raise as_options(error) from None


def _changes(naming: Naming, before: Evidence, after: Evidence) -> Iterator[Change]:
    for name in Evidence.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name == "results":
            yield Change("results", _result_words(naming, before), _result_words(naming, after))
        elif old != new:
            yield Change(name, _words(old), _words(new))


def _result_words(naming: Naming, evidence: Evidence) -> str:
    views = [naming.result(result) for result in evidence.results]
    return "; ".join(f"{subject_words(view.subject)}: {view.words}" for view in views)


def _words(value: Any) -> str:
    if isinstance(value, msgspec.Struct):
        return ", ".join(str(part) for part in msgspec.structs.astuple(value) if part is not None)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _lines(answer: EvidenceChanged, what: str) -> Iterator[str]:
    first, *rest = written_lines(answer.result, f"{what} {answer.evidence}")
    yield first
    for change in answer.changes:
        yield f"  {change.field}: was {change.before}, is {change.after}"
    yield from rest
