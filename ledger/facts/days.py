"""Days of a learner that filters compare with: since when a status holds, and when the learner was ready."""

from ledger.facts.filters import READY, STATUS_PREFIX, Days
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding
from ledger.facts.spans import Spans, begun_on


def days_of(folding: Folding, record: LearnerRecord, subject: str) -> Days:
    """Return the days that a fact about a subject, named by its key, compares with, in the order of their keys."""
    return tuple(_day(key, folding, record, subject) for key in folding.days)


def _day(key: str, folding: Folding, record: LearnerRecord, subject: str) -> Spans:
    if key.startswith(READY):
        return _ready(key, folding, record, subject)
    found = record.status_set(key.removeprefix(STATUS_PREFIX), subject)
    return ((found.first_day[:10], None),) if found and found.first_day else ()


def _ready(key: str, folding: Folding, record: LearnerRecord, subject: str) -> Spans:
    decision = record.standing("READINESS", subject, "standard")
    spans = decision.met_spans if decision else ()
    evidence = folding.readiness.get(key)
    first = record.subject(subject).first_day(evidence) if evidence else None
    return begun_on(spans, first) if first else spans
