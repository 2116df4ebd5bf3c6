"""The allow-list of topics: what a stored event may be, and nothing else.

A topic names the payload and its version, never a module path, so that a class may be renamed or
moved. Nothing is ever imported because a row says so.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.domain import (
    access,
    alignment,
    belonging,
    books,
    cases,
    changes,
    checkpoints,
    disclosure,
    erasure,
    framework,
    jurisdiction,
    learner,
    ledger,
    pilots,
    settlement,
)
from ledger.domain.shapes import Payload

TOPICS: Mapping[str, type[Payload]] = MappingProxyType(
    {
        "access.readers-shown.1": access.ReadersShown,
        "access.role-ended.1": access.RoleEnded,
        "access.role-granted.1": access.RoleGranted,
        "books.closed.1": books.BooksClosed,
        "books.reopened.1": books.BooksReopened,
        "case.concluded.1": cases.CaseConcluded,
        "case.decisions-added.1": cases.DecisionsAdded,
        "case.noted.1": cases.CaseNoted,
        "case.opened.1": cases.CaseOpened,
        "case.replayed.1": cases.CaseReplayed,
        "case.sampled.1": cases.CaseSampled,
        "change.activated.1": changes.ChangeActivated,
        "change.approved.1": changes.ChangeApproved,
        "change.commented.1": changes.ChangeCommented,
        "change.confirmed.1": changes.ChangeConfirmed,
        "change.declined.1": changes.ChangeDeclined,
        "change.notice-given.1": changes.NoticeGiven,
        "change.previewed.1": changes.ChangePreviewed,
        "change.proposed.1": changes.ChangeProposed,
        "change.scheduled.1": changes.ChangeScheduled,
        "change.submitted.1": changes.ChangeSubmitted,
        "change.withdrawn.1": changes.ChangeWithdrawn,
        "checkpoint.handed-out.1": checkpoints.CheckpointHandedOut,
        "checkpoint.received.1": checkpoints.CheckpointReceived,
        "framework.alignment-ended.1": alignment.AlignmentEnded,
        "framework.competency-aligned.1": alignment.CompetencyAligned,
        "framework.competency-designated.1": framework.CompetencyDesignated,
        "framework.imported.1": framework.FrameworkImported,
        "framework.scale-defined.1": framework.ScaleDefined,
        "jurisdiction.adoption-ended.1": jurisdiction.AdoptionEnded,
        "jurisdiction.bound-ended.1": jurisdiction.BoundEnded,
        "jurisdiction.bound-set.1": jurisdiction.BoundSet,
        "jurisdiction.documents-required.1": jurisdiction.DocumentsRequired,
        "jurisdiction.policy-adopted.1": jurisdiction.PolicyAdopted,
        "jurisdiction.policy-archived.1": jurisdiction.PolicyArchived,
        "learner.approval-given.1": learner.ApprovalGiven,
        "learner.approval-refused.1": learner.ApprovalRefused,
        "learner.belonging-retracted.1": belonging.BelongingRetracted,
        "learner.choice-made.1": learner.ChoiceMade,
        "learner.cohort-set.1": learner.CohortSet,
        "learner.course-completed.1": belonging.CourseCompleted,
        "learner.course-enrolled.1": belonging.CourseEnrolled,
        "learner.course-left.1": belonging.CourseLeft,
        "learner.decided.1": learner.Decided,
        "learner.difference-settled.1": settlement.DifferenceSettled,
        "learner.disclosed.1": disclosure.Disclosed,
        "learner.enrolled.1": belonging.LearnerEnrolled,
        "learner.evidence-corrected.1": learner.EvidenceCorrected,
        "learner.evidence-recorded.1": learner.EvidenceRecorded,
        "learner.evidence-withdrawn.1": learner.EvidenceWithdrawn,
        "learner.grade-of-record-set.1": belonging.GradeOfRecordSet,
        "learner.key-destroyed.1": erasure.KeyDestroyed,
        "learner.names-disclosed.1": disclosure.NamesDisclosed,
        "learner.panel-voted.1": learner.PanelVoted,
        "learner.payloads-erased.1": erasure.PayloadsErased,
        "learner.preparation-recorded.1": learner.PreparationRecorded,
        "learner.status-set.1": learner.StatusSet,
        "learner.support-offered.1": learner.SupportOffered,
        "learner.support-provided.1": learner.SupportProvided,
        "learner.transferred.1": belonging.LearnerTransferred,
        "ledger.opened.1": ledger.LedgerOpened,
        "ledger.ticked.1": ledger.Ticked,
        "ledger.upstream-received.1": ledger.UpstreamReceived,
        "log.heads-committed.1": disclosure.HeadsCommitted,
        "log.key-introduced.1": checkpoints.KeyIntroduced,
        "pilot.ended.1": pilots.PilotEnded,
        "pilot.extended.1": pilots.PilotExtended,
        "pilot.figures-certified.1": pilots.FiguresCertified,
        "pilot.figures-received.1": pilots.FiguresReceived,
        "pilot.figures-submitted.1": pilots.FiguresSubmitted,
        "pilot.opened.1": pilots.PilotOpened,
    }
)

TOPIC_OF: Mapping[type[Payload], str] = MappingProxyType({kind: topic for topic, kind in TOPICS.items()})


def topic_of(payload: Payload) -> str:
    """Return the topic of an event as read; that of the event it was where its payload was erased."""
    return payload.topic if isinstance(payload, erasure.Erased) else TOPIC_OF[type(payload)]
