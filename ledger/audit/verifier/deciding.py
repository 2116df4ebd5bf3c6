"""Making decisions again with the auditor's own copy of Mastery Ledger; imported only when that is asked for.

What of it is used: the events and what governs (`ledger.domain`), the rule language and the facts
(`ledger.policy`, `ledger.facts`), and the putting together of both (`ledger.deciding`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from ledger.audit.comparing import compare
from ledger.deciding import Shelf
from ledger.deciding.again import Again, ParametersMissing
from ledger.deciding.payload import decided_payload
from ledger.deciding.shelf import PolicyAltered, PolicyMissing
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.domain.shapes import Payload
from ledger.domain.upcasting import payload_of
from ledger.errors import LedgerError, UnreadablePolicy
from ledger.facts.record import LearnerRecord

from .canonical import canonical
from .events import Event

Made = tuple[Event, str, tuple[str, ...]]
"""A decision, the verdict on it, and what differs or why."""

_VERDICTS: tuple[tuple[type[LedgerError], str], ...] = (
    (PolicyMissing, "policy_missing"),
    (PolicyAltered, "policy_digest_mismatch"),
    (ParametersMissing, "parameters_missing"),
    (UnreadablePolicy, "runtime_unsupported"),
)
_UNREADABLE = (LedgerError, msgspec.MsgspecError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Replayer:
    """Makes decisions again, given the events that govern in the order of the log."""

    def __init__(self, governing: Iterable[Event]) -> None:
        governance = Governance()
        self._fault = ""
        for event in governing:
            try:
                governance.apply(event.index + 1, _payload(event))
            except _UNREADABLE as error:
                self._fault = self._fault or f"{event.place} cannot be read: {error}"
        self._again = Again(governance, Shelf(governance))

    def replay(self, stream: str, events: Sequence[Event]) -> Iterator[Made]:
        """Yield the decisions of one learner's stream, in order, each with its verdict."""
        record, fault = LearnerRecord(stream.partition("/")[2]), ("", "")
        for event in events:
            if event.data is None:
                fault = ("evidence_erased", f"the payload of version {event.version} was erased")
                if event.topic.startswith("learner.decided."):
                    yield event, *_because(fault)
                continue
            try:
                payload = _payload(event)
            except _UNREADABLE as error:
                fault = fault if fault[0] else ("runtime_unsupported", f"version {event.version}: {error}")
                continue
            if isinstance(payload, Decided):
                yield event, *(_because(fault) if fault[0] else self._verdict(payload, record))
            if not fault[0]:
                fault = _applied(record, event.version, payload)

    def _verdict(self, made: Decided, record: LearnerRecord) -> tuple[str, tuple[str, ...]]:
        if self._fault:
            return "runtime_unsupported", (self._fault,)
        try:
            answer = self._again.answer(made, record)
            standing = record.standing(made.question, made.subject.key, made.award)
            again = decided_payload(
                answer,
                on=date.fromisoformat(made.on),
                read_to=made.read_to,
                learner_version=record.version,
                standing=standing,
            )
        except _UNREADABLE as error:
            kinds = (verdict for kind, verdict in _VERDICTS if isinstance(error, kind))
            return next(kinds, "policy_error"), (f"{type(error).__name__}: {error}",)
        verdict, differs, sentence = compare(made, again)
        return verdict.value, (*([sentence] if sentence else []), *differs)


def _because(fault: tuple[str, str]) -> tuple[str, tuple[str, ...]]:
    return fault[0], (fault[1],)


def _applied(record: LearnerRecord, version: int, payload: Payload) -> tuple[str, str]:
    try:
        record.apply(version, payload)
    except _UNREADABLE as error:
        return "evidence_missing", f"version {version}: {error}"
    return "", ""


def _payload(event: Event) -> Payload:
    return payload_of(event.topic, canonical(event.data))
