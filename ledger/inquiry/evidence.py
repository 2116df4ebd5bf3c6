"""One piece of evidence as it stands."""

from ledger.application import Ledger
from ledger.application.learning import stream_of
from ledger.domain.learner import Evidence
from ledger.errors import Refused, UnknownName


def present_evidence(ledger: Ledger, learner: str, evidence_id: str) -> Evidence:
    """Return what a piece of evidence of a learner says now.

    Raises `UnknownName` where the learner has none of this id, `Refused` where it was withdrawn.
    """
    found = ledger.log.recorder.evidence([evidence_id]).get(evidence_id)
    if found is None or found.stream != stream_of(learner):
        raise UnknownName(
            f"learner {learner} has no evidence {evidence_id}; `mastery learner {learner}` lists what there is"
        )
    if not found.version:
        raise Refused(f"evidence {evidence_id} was withdrawn; record it anew")
    evidence: Evidence = next(ledger.log.versions(found.stream, [found.version])).data.evidence
    return evidence


def evidence_before(ledger: Ledger, learner: str, evidence_id: str, position: int) -> Evidence | None:
    """Return what a piece of evidence of a learner said before a position, nothing where there was none."""
    found: Evidence | None = None
    for event in ledger.log.stream(stream_of(learner)):
        said: Evidence | None = getattr(event.data, "evidence", None)
        if event.position < position and said is not None and said.evidence_id == evidence_id:
            found = said
    return found
