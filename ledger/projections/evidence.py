"""Which evidence speaks about which subject, so that it can be counted; corrections and withdrawals applied."""

from sqlalchemy import Connection, bindparam, delete, insert

from ledger.domain.learner import Evidence, EvidenceCorrected, EvidenceRecorded, EvidenceWithdrawn
from ledger.projections.projection import Events, Projection, Row, learner_of, read_model, statement, text

TABLE = read_model("evidence", *text("learner", "subject", "evidence_id", key=True), *text("day", null=True))

_PUT = statement(insert(TABLE).prefix_with("OR REPLACE"))
_TAKE = statement(
    delete(TABLE).where(TABLE.c.learner == bindparam("of_learner"), TABLE.c.evidence_id == bindparam("of_evidence"))
)


def apply(connection: Connection, events: Events) -> None:
    """Put the evidence among the events, and take what was corrected or withdrawn."""
    put: dict[tuple[str, str], list[Row]] = {}
    taken: set[tuple[str, str]] = set()
    for event in events:
        payload, learner = event.data, learner_of(event) or ""
        if isinstance(payload, EvidenceRecorded | EvidenceCorrected):
            put[learner, payload.evidence.evidence_id] = _rows(learner, payload.evidence)
        if isinstance(payload, EvidenceCorrected):
            taken.add((learner, payload.evidence.evidence_id))
        elif isinstance(payload, EvidenceWithdrawn):
            put.pop((learner, payload.evidence_id), None)
            taken.add((learner, payload.evidence_id))
    _TAKE.run(connection, [{"of_learner": learner, "of_evidence": one} for learner, one in sorted(taken)])
    _PUT.run(connection, [row for some in put.values() for row in some])


def _rows(learner: str, evidence: Evidence) -> list[Row]:
    """Return a row for each subject; its day is the first known of occurred, submitted and scored."""
    known = evidence.occurred or evidence.submitted or evidence.scored
    day = known[:10] if known else None
    subjects = {result.subject.key for result in evidence.results}
    return [
        {"learner": learner, "subject": subject, "evidence_id": evidence.evidence_id, "day": day}
        for subject in sorted(subjects)
    ]


EVIDENCE = Projection("evidence.1", (TABLE,), apply)
