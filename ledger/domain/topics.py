"""The allow-list of topics: what a stored event may be, and nothing else.

A topic names the payload and its version, never a module path, so that a class may be renamed or
moved. Nothing is ever imported because a row says so.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.domain import framework, jurisdiction, learner, ledger
from ledger.domain.shapes import Payload

TOPICS: Mapping[str, type[Payload]] = MappingProxyType(
    {
        "framework.competency-designated.1": framework.CompetencyDesignated,
        "framework.imported.1": framework.FrameworkImported,
        "framework.scale-defined.1": framework.ScaleDefined,
        "jurisdiction.policy-adopted.1": jurisdiction.PolicyAdopted,
        "jurisdiction.policy-archived.1": jurisdiction.PolicyArchived,
        "learner.approval-given.1": learner.ApprovalGiven,
        "learner.approval-refused.1": learner.ApprovalRefused,
        "learner.choice-made.1": learner.ChoiceMade,
        "learner.cohort-set.1": learner.CohortSet,
        "learner.decided.1": learner.Decided,
        "learner.evidence-corrected.1": learner.EvidenceCorrected,
        "learner.evidence-recorded.1": learner.EvidenceRecorded,
        "learner.evidence-withdrawn.1": learner.EvidenceWithdrawn,
        "learner.panel-voted.1": learner.PanelVoted,
        "learner.preparation-recorded.1": learner.PreparationRecorded,
        "learner.status-set.1": learner.StatusSet,
        "learner.support-offered.1": learner.SupportOffered,
        "learner.support-provided.1": learner.SupportProvided,
        "ledger.opened.1": ledger.LedgerOpened,
        "ledger.ticked.1": ledger.Ticked,
        "ledger.upstream-received.1": ledger.UpstreamReceived,
    }
)

TOPIC_OF: Mapping[type[Payload], str] = MappingProxyType({kind: topic for topic, kind in TOPICS.items()})
