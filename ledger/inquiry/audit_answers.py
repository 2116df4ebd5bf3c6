"""What the audit queries answer, ready to be shown and kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.audit.queries.asking import Asked, Auditing, Since
from ledger.audit.queries.finding import AuditFinding, Query

Told = Callable[[int, int], None]
"""Told how many learners were looked at, and how many there are."""

AS_IT_STANDS = "This asks the ledger as it stands; whether that is what was recorded, `mastery verify` tells."


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What one query found, as of a position: the thresholds it was asked with, and notes on what was to be expected.

    `since` is the position after which, or the day from which on, findings are told; null for all.
    """

    query: str
    asks: str
    position: int
    since: str | None
    thresholds: dict[str, int]
    findings: tuple[AuditFinding, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditAnswers:
    """What every query found, as of a position."""

    position: int
    answers: tuple[QueryAnswer, ...]


def answers_to(
    ledger: Ledger, asked: Sequence[tuple[Query, Mapping[str, int]]], since: Since, told: Told | None = None
) -> AuditAnswers:
    """Ask a ledger several queries, each with its thresholds, in one reading."""
    position = ledger.log.recorder.max_notification_id()
    auditing = Auditing(ledger.log, ledger.governance(), position)
    found = auditing.ask(asked, since, told)
    return AuditAnswers(position, tuple(_answer(one, position, since) for one in found))


def _answer(found: Asked, position: int, since: Since) -> QueryAnswer:
    return QueryAnswer(
        query=found.query.name,
        asks=found.query.asks,
        position=position,
        since=None if since is None else str(since),
        thresholds=dict(found.thresholds),
        findings=found.findings,
        notes=found.notes,
    )
