"""Evidence: recorded one by one or in bulk, corrected, withdrawn; and what it would decide."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ledger.access.actions import Action
from ledger.application import learning
from ledger.application.ledger import Ledger
from ledger.documents import CUSTODIAN
from ledger.domain.shapes import Artefact
from ledger.errors import UnknownName
from ledger.importing.amending import amended
from ledger.inquiry.evidence import evidence_before, present_evidence
from ledger.inquiry.recording import Foretold, foretell
from ledger.inquiry.written import WrittenView, written_view
from web import access
from web.api import commands
from web.api.evidence_shapes import (
    Correction,
    NewEvidence,
    Withdrawal,
    evidence_said,
    fields_of,
    identified,
    require_one_result,
)
from web.api.noun import SCOPE, Noun
from web.api.problems import Error, Refusal
from web.ledgers import here

NOUN = Noun(
    "evidence",
    "Evidence",
    "Evidence in, decisions out: what is recorded is decided in the same append. Nothing is ever edited: a correction "
    "replaces a piece whole from then on, and what stood before stays on record.",
)
IN_TURN = threading.Lock()
"""Pieces are recorded one after the other: side by side, threads take the interpreter from one another at every row."""

ONE = f"{SCOPE}/learners/<identifier:learner>/evidence"


@dataclass(frozen=True, slots=True)
class EvidenceWritten:
    """The id of the evidence, and what writing it came to."""

    evidence: str
    result: WrittenView


@NOUN.commands(ONE, EvidenceWritten, body=NewEvidence)
@access.needs(Action.RECORD_EVIDENCE, access.learner)
def record_evidence(given: dict[str, Any], learner: str) -> Any:
    """Record a piece of evidence, and see at once what it decides and what is still missing."""
    ledger, author = here().ledger, commands.author()
    with IN_TURN:
        said = identified(evidence_said(ledger, given), learner, author.command)
        written = learning.record_evidence(ledger, author, learner, said, given["note"])
        return _written(ledger, said.evidence_id, written, {one.subject.key for one in said.results})


@NOUN.commands(f"{ONE}/foretell", list[Foretold], body=NewEvidence)
@access.needs(Action.RECORD_EVIDENCE, access.learner)
def foretell_evidence(given: dict[str, Any], learner: str) -> Any:
    """Say what a piece of evidence would decide; nothing is stored."""
    said = evidence_said(here().ledger, given)
    return foretell(here().ledger, [(learner, said)], entitlements=access.entitlements(access.target()))


@NOUN.commands(f"{ONE}/<identifier:evidence>/correct", EvidenceWritten, body=Correction)
@access.needs(Action.CORRECT_EVIDENCE, access.learner)
def correct_evidence(given: dict[str, Any], learner: str, evidence: str) -> Any:
    """Replace what a piece of evidence says; what is left out stays as it is."""
    ledger, author = here().ledger, commands.author()
    before = _present(ledger, learner, evidence)
    after = amended(ledger, before, fields_of(given), given["competencies"] or (), require_one_result)
    if after == before and commands.earlier() is None:
        raise Refusal("refused", "this is what the evidence says already; nothing was changed")
    document = document_of(ledger, learner, given["document"])
    written = learning.correct(ledger, author, learner, after, given["reason"], document)
    return _written(ledger, evidence, written, {one.subject.key for one in (*before.results, *after.results)})


@NOUN.commands(f"{ONE}/<identifier:evidence>/withdraw", EvidenceWritten, body=Withdrawal)
@access.needs(Action.CORRECT_EVIDENCE, access.learner)
def withdraw_evidence(given: dict[str, Any], learner: str, evidence: str) -> Any:
    """Take a piece of evidence out of every decision from now on."""
    ledger, author = here().ledger, commands.author()
    before = _present(ledger, learner, evidence)
    document = document_of(ledger, learner, given["document"])
    written = learning.withdraw(ledger, author, learner, evidence, given["reason"], document)
    return _written(ledger, evidence, written, {one.subject.key for one in before.results})


def _present(ledger: Ledger, learner: str, evidence: str) -> Any:
    """Return what a piece of evidence says, or for a repeated command said when it was first carried out."""
    earlier = commands.earlier()
    if earlier is not None and (said := evidence_before(ledger, learner, evidence, earlier.first)) is not None:
        return said
    try:
        return present_evidence(ledger, learner, evidence)
    except UnknownName as error:
        raise Refusal("not-found", str(error)) from None


def document_of(ledger: Ledger, learner: str, digest: str | None) -> Artefact | None:
    """Return a document kept about a learner, as events name it; nothing where none is meant."""
    if digest is None:
        return None
    if digest not in ledger.documents.kept(learner):
        raise Refusal("faults", "no such document is kept", [Error("/document", "Keep the document first.")])
    return Artefact(digest=digest, media_type="application/octet-stream", custodian=CUSTODIAN)


def _written(ledger: Ledger, evidence: str, written: learning.Written, subjects: Collection[str]) -> EvidenceWritten:
    audience = access.audience(access.target())
    return EvidenceWritten(evidence, written_view(ledger, written, subjects, audience=audience))
