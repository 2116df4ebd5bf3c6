"""Which evidence speaks about which subject, and between which positions: corrections and withdrawals applied.

A row counts from its own `position` up to, and not including, `to_position`: that of the correction or
the withdrawal, null while there is none. `absent` is 1 where there is only a reason why there is no result.
"""

from typing import Any

from sqlalchemy import Column, Connection, Integer, bindparam, delete, insert, update

from ledger.domain.erasure import PayloadsErased
from ledger.domain.learner import Evidence, EvidenceCorrected, EvidenceRecorded, EvidenceWithdrawn
from ledger.projections.erasing import erasing
from ledger.projections.projection import Events, Projection, Row, learner_of, number, read_model, statement, text
from ledger.storage.envelope import Event

TABLE = read_model(
    "evidence",
    *text("learner", "subject", "evidence_id", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *number("to_position", null=True),
    *text("day", null=True),
    *number("absent"),
)

_ADD = statement(insert(TABLE))
_CLOSE = statement(
    update(TABLE)
    .where(
        TABLE.c.learner == bindparam("of_learner"),
        TABLE.c.evidence_id == bindparam("of_evidence"),
        TABLE.c.to_position.is_(None),
    )
    .values(to_position=bindparam("until"))
)


def apply(connection: Connection, events: Events) -> None:
    """Add the evidence among the events, and end what was corrected or withdrawn."""
    added: list[Row] = []
    ended: list[Row] = []
    latest: dict[tuple[str, str], list[Row]] = {}
    for event in events:
        payload, learner = event.data, learner_of(event) or ""
        if isinstance(payload, EvidenceCorrected | EvidenceWithdrawn):
            one = _ended(payload)
            for row in latest.pop((learner, one), ()):
                row["to_position"] = event.position
            ended.append({"of_learner": learner, "of_evidence": one, "until": event.position})
        if isinstance(payload, EvidenceRecorded | EvidenceCorrected):
            rows = _rows(learner, payload.evidence, event)
            latest.setdefault((learner, payload.evidence.evidence_id), []).extend(rows)
            added += rows
    _CLOSE.run(connection, ended)
    _ADD.run(connection, added)


def _ended(payload: EvidenceCorrected | EvidenceWithdrawn) -> str:
    return payload.evidence.evidence_id if isinstance(payload, EvidenceCorrected) else payload.evidence_id


def _rows(learner: str, evidence: Evidence, event: Event[Any]) -> list[Row]:
    """Return a row for each subject; its day is the first known of occurred, submitted and scored."""
    known = evidence.occurred or evidence.submitted or evidence.scored
    day = known[:10] if known else None
    absent: dict[str, bool] = {}
    for result in evidence.results:
        key = result.subject.key
        absent[key] = absent.get(key, True) and result.absent_reason is not None
    return [
        {
            "learner": learner,
            "subject": subject,
            "evidence_id": evidence.evidence_id,
            "position": event.position,
            "to_position": None,
            "day": day,
            "absent": int(absent[subject]),
        }
        for subject in sorted(absent)
    ]


def forget(connection: Connection, learner: str, _: PayloadsErased) -> None:
    """Remove the evidence of a learner whose payloads were erased."""
    connection.execute(delete(TABLE).where(TABLE.c.learner == learner))


EVIDENCE = Projection("evidence.2", (TABLE,), erasing(apply, forget))
