"""An event in a line."""

from collections.abc import Callable, Mapping
from typing import Any

from ledger.cli.written_text import subject_words
from ledger.domain import (
    access,
    alignment,
    books,
    cases,
    checkpoints,
    disclosure,
    erasure,
    framework,
    jurisdiction,
    learner,
    ledger,
    pilots,
)
from ledger.domain.change_fold import EVENTS
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload
from ledger.inquiry.changes import step_words
from ledger.inquiry.entry_words import BELONGING, entry_words
from ledger.inquiry.naming import Naming
from ledger.vault import pseudonym


def summary(payload: Payload, naming: Naming) -> str:
    """Say what happened."""
    return _SAYS[type(payload)](payload, naming)


def _evidence(evidence: learner.Evidence, naming: Naming) -> str:
    results = [naming.result(result) for result in evidence.results]
    said = "; ".join(f"{subject_words(one.subject)}: {one.words}" for one in results)
    return f"{evidence.purpose} {evidence.kind.replace('_', ' ')}, {said}"


def _decided(payload: learner.Decided, naming: Naming) -> str:
    level = f" (level {payload.level})" if payload.level else ""
    about = subject_words(naming.subject(payload.subject))
    return f"{payload.question} of {about}: {payload.outcome.replace('_', ' ')}{level}, by {payload.edition}"


def _status(payload: learner.StatusSet, naming: Naming) -> str:
    about = f", {subject_words(naming.subject(payload.subject))}" if payload.subject else ""
    days = f", {payload.first_day or 'the beginning'} to {payload.last_day or 'further notice'}"
    return f"{payload.code} {'holds' if payload.holds else 'does not hold'}{about}{days}"


def _entry(payload: Any, naming: Naming) -> str:
    subject = getattr(payload, "subject", None)
    about = f", {subject_words(naming.subject(subject))}" if subject else ""
    return f"{entry_words(payload)[1]}{about}"


def _adopted(payload: jurisdiction.PolicyAdopted, _: Naming) -> str:
    last = f" to {payload.last_day}" if payload.last_day else ""
    return f"{payload.jurisdiction} answers {payload.question} with {payload.edition} from {payload.first_day}{last}"


def _designated(payload: framework.CompetencyDesignated, naming: Naming) -> str:
    about = naming.label(payload.competency) or payload.competency
    verb = "is" if payload.priority else "is no longer"
    return f"{about} {verb} a priority standard of {payload.course} from {payload.first_day}"


def _aligned(payload: alignment.CompetencyAligned, naming: Naming) -> str:
    local, state = (naming.label(one) or one for one in (payload.competency, payload.to_competency))
    last = f" to {payload.last_day}" if payload.last_day else ""
    return f"{local} {alignment.RELATIONS[payload.relation]} {state} from {payload.first_day}{last}"


def _change(payload: Payload, _: Naming) -> str:
    what, words = step_words(payload)
    return f"change {what}: {words}" if words else f"change {what}"


def _bound(payload: jurisdiction.BoundSet, _: Naming) -> str:
    last = f" to {payload.last_day}" if payload.last_day else ""
    return f"{payload.edition} is a {payload.side} below {payload.jurisdiction} from {payload.first_day}{last}"


def _handed_out(payload: checkpoints.CheckpointHandedOut, _: Naming) -> str:
    to = "published" if payload.to is None else f"given to {payload.to} ({payload.means})"
    return f"the checkpoint over {payload.size} events was {to}"


def _granted(payload: access.RoleGranted, _: Naming) -> str:
    place = payload.place
    named = (place.organisation, place.section, place.learner and pseudonym(place.learner))
    last = f" to {payload.last_day}" if payload.last_day else ""
    where = " ".join(filter(None, named))
    return f"{pseudonym(payload.person, 'person')} is {payload.role} in {where} from {payload.first_day}{last}"


_SAYS: Mapping[type[Payload], Callable[[Any, Naming], str]] = {
    access.RoleGranted: _granted,
    access.RoleEnded: lambda one, _: f"a role of {pseudonym(one.person, 'person')} holds to {one.last_day}",
    access.ReadersShown: lambda one, _: (
        f"families {'see' if one.shown else 'do not see'} who within looked at a record"
    ),
    books.BooksClosed: lambda one, _: f"the books {one.book} were closed as of position {one.position:,}",
    books.BooksReopened: lambda one, _: f"the books {one.book} were reopened: {one.reason}",
    ledger.LedgerOpened: lambda one, _: f"the ledger {one.ledger} of {one.jurisdiction} ({one.kind}) began",
    ledger.Ticked: lambda one, _: f"the calendar moved to {one.through}",
    ledger.UpstreamReceived: lambda one, _: f"{one.topic} received from {one.origin}, position {one.position}",
    checkpoints.KeyIntroduced: lambda one, _: f"the log is signed with the key {one.key}",
    checkpoints.CheckpointHandedOut: _handed_out,
    checkpoints.CheckpointReceived: lambda one, _: f"the checkpoint over {one.size} events of {one.jurisdiction} came",
    disclosure.HeadsCommitted: lambda one, _: f"the ends of {one.streams:,} streams as of position {one.size:,}",
    jurisdiction.PolicyArchived: lambda one, _: f"{one.edition} archived, {len(one.canonical):,} characters",
    jurisdiction.PolicyAdopted: _adopted,
    jurisdiction.AdoptionEnded: lambda one, _: f"the adoption at position {one.adoption} binds to {one.last_day}",
    jurisdiction.BoundSet: _bound,
    jurisdiction.DocumentsRequired: lambda one, _: f"a document is required for: {', '.join(one.acts) or 'nothing'}",
    jurisdiction.BoundEnded: lambda one, _: f"the bound at position {one.bound} holds to {one.last_day}",
    framework.FrameworkImported: lambda one, _: f"{one.title}, edition {one.digest[:12]}",
    framework.CompetencyDesignated: _designated,
    alignment.CompetencyAligned: _aligned,
    alignment.AlignmentEnded: lambda one, _: f"the alignment at position {one.alignment} ends on {one.last_day}",
    framework.ScaleDefined: lambda one, _: f"{one.title}: {', '.join(level.label for level in one.levels)}",
    pilots.PilotOpened: lambda one, _: f"pilot {one.title!r}: {one.question}, {one.first_day} to {one.last_day}",
    pilots.PilotExtended: lambda one, _: f"the pilot lasts to {one.last_day}",
    pilots.PilotEnded: lambda one, _: f"the pilot ends on {one.last_day}",
    pilots.FiguresSubmitted: lambda one, _: f"figures of {one.jurisdiction} submitted, of position {one.position}",
    pilots.FiguresCertified: lambda one, _: f"figures certified by the {one.attestation.capacity}",
    pilots.FiguresReceived: lambda one, _: f"figures of {one.jurisdiction} received from {one.origin}",
    learner.EvidenceRecorded: lambda one, naming: _evidence(one.evidence, naming),
    learner.EvidenceCorrected: lambda one, naming: f"corrected: {_evidence(one.evidence, naming)}",
    learner.EvidenceWithdrawn: lambda one, _: f"evidence {one.evidence_id} withdrawn",
    learner.PreparationRecorded: _entry,
    learner.StatusSet: _status,
    learner.ApprovalGiven: _entry,
    learner.ApprovalRefused: _entry,
    learner.CohortSet: _entry,
    learner.SupportOffered: _entry,
    learner.SupportProvided: _entry,
    learner.PanelVoted: _entry,
    learner.ChoiceMade: _entry,
    **dict.fromkeys(BELONGING, _entry),
    **dict.fromkeys(EVENTS, _change),
    learner.Decided: _decided,
    DifferenceSettled: _entry,
    disclosure.Disclosed: _entry,
    disclosure.NamesDisclosed: _entry,
    cases.CaseOpened: lambda one, _: f"case {one.number} opened for {one.purpose}: {one.basis}",
    cases.CaseSampled: lambda one, _: f"{one.wanted} of {one.population} decisions drawn by the seed {one.seed!r}",
    cases.DecisionsAdded: lambda one, _: f"decisions put to the case: {', '.join(map(str, one.positions))}",
    cases.CaseReplayed: lambda one, _: f"{one.decisions} decisions made again, {len(one.others)} not identical",
    cases.CaseNoted: lambda one, _: f"a {one.kind}{f' on position {one.position}' if one.position else ''}",
    cases.CaseConcluded: lambda _, __: "the case is concluded",
    erasure.KeyDestroyed: _entry,
    erasure.PayloadsErased: _entry,
    erasure.Erased: lambda one, _: f"{one.topic}: its payload was erased",
}
