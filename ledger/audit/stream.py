"""Replaying the stream of one learner: each event held against its leaf, each decision made again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.audit.comparing import Compared, compare
from ledger.audit.governing import GoverningFold
from ledger.audit.integrity import UNSOUND, LeafCheck, mistyped, place, read, shown, unreadable
from ledger.audit.verdicts import Damage, Replayed, Verdict
from ledger.deciding.again import Again, ParametersMissing
from ledger.deciding.payload import decided_payload
from ledger.deciding.shelf import PolicyAltered, PolicyMissing
from ledger.domain.learner import Decided
from ledger.errors import LedgerError, UnreadablePolicy
from ledger.facts.record import LearnerRecord
from ledger.storage.envelope import Event
from ledger.storage.inspection import Stored
from ledger.storage.log import Log

_REASONS: tuple[tuple[type[LedgerError], Verdict], ...] = (
    (PolicyMissing, Verdict.POLICY_MISSING),
    (PolicyAltered, Verdict.POLICY_DIGEST_MISMATCH),
    (ParametersMissing, Verdict.PARAMETERS_MISSING),
    (UnreadablePolicy, Verdict.RUNTIME_UNSUPPORTED),
)


@dataclass(slots=True)
class StreamReplay:
    """Replays one learner; from the first damage on nothing is folded, and every decision tells of it."""

    log: Log
    learner: str
    check: LeafCheck
    governing: GoverningFold
    again: Again
    _record: LearnerRecord = field(init=False)
    _damage: Damage | None = None

    def __post_init__(self) -> None:
        self._record = LearnerRecord(self.learner)

    def replay(self, rows: Iterable[Stored]) -> Iterator[Replayed]:
        """Yield the replay of each decision, and at the end the damage that none of them told of."""
        told = False
        for row in rows:
            self._damage = self._damage or self._damage_of(row)
            event = self._event(row)
            if event is None:
                continue
            if isinstance(event.data, Decided):
                told = told or self._damage is not None
                yield self._decision(event)
            if self._damage is None:
                self._damage = self._fold(row, event)
        if self._damage is not None and not told:
            yield self._damage.replayed(self.learner)

    def _damage_of(self, row: Stored) -> Damage | None:
        expected = self._record.version + 1
        if row.version != expected and isinstance(row.version, int):
            detail = f"{shown(row.stream)}: version {expected} is missing, {row.version} follows"
            return Damage(Verdict.EVIDENCE_MISSING, row.position, expected, detail)
        fault = self.check.fault(row)
        if fault is None:
            return None
        return Damage(Verdict.EVIDENCE_ALTERED, row.position, expected, f"{place(row)}: {fault}")

    def _event(self, row: Stored) -> Event[Any] | None:
        if self._damage is not None and mistyped(row):
            return None
        try:
            return read(self.log, row)
        except LedgerError as error:
            self._damage = self._damage or unreadable(row, error, Verdict.EVIDENCE_ALTERED)
            return None

    def _fold(self, row: Stored, event: Event[Any]) -> Damage | None:
        try:
            self._record.apply(event.originator_version, event.data)
        except UNSOUND as error:
            known = isinstance(error, LedgerError)
            return unreadable(row, error, Verdict.EVIDENCE_MISSING if known else Verdict.EVIDENCE_ALTERED)
        return None

    def _decision(self, event: Event[Decided]) -> Replayed:
        made = event.data
        verdict, differs, detail = self._verdict(made)
        return Replayed(
            self.learner,
            event.originator_version,
            event.position,
            made.edition,
            made.subject.key,
            made.question,
            verdict,
            differs,
            detail,
        )

    def _verdict(self, made: Decided) -> Compared:
        damage = self._damage or self.governing.reached(made)
        if damage is not None:
            return damage.verdict, (), damage.detail
        try:
            return compare(made, self._made_again(made))
        except LedgerError as error:
            return _reason(error), (), _sentence(error)
        except UNSOUND as error:
            return Verdict.POLICY_ERROR, (), _sentence(error)

    def _made_again(self, made: Decided) -> Decided:
        record = self._record
        return decided_payload(
            self.again.answer(made, record),
            on=date.fromisoformat(made.on),
            read_to=made.read_to,
            learner_version=record.version,
            standing=record.standing(made.question, made.subject.key, made.award),
        )


def _reason(error: LedgerError) -> Verdict:
    return next((verdict for kind, verdict in _REASONS if isinstance(error, kind)), Verdict.POLICY_ERROR)


def _sentence(error: Exception) -> str:
    known = isinstance(error, LedgerError) and _reason(error) is not Verdict.POLICY_ERROR
    return str(error) if known else f"{type(error).__name__}: {error}"
