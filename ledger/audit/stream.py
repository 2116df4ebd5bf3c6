"""Replaying the stream of one learner: each event held against its leaf, each decision made again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from ledger.audit.comparing import Compared, compare
from ledger.audit.erased import DECIDED, ERASURE, REFERRING, Gone, ordered
from ledger.audit.governing import GoverningFold
from ledger.audit.integrity import UNSOUND, LeafCheck, mistyped, place, read, shown, unreadable
from ledger.audit.verdicts import Damage, Replayed, Verdict
from ledger.deciding.again import Again, ParametersMissing
from ledger.deciding.payload import decided_payload
from ledger.deciding.shelf import PolicyAltered, PolicyMissing
from ledger.domain.erasure import Erased, PayloadsErased
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


Wanted: TypeAlias = Callable[[int, int], bool]
"""Says of the decision at a version and a position whether it is to be made again."""


def every(_: int, __: int) -> bool:
    """Say that a decision is to be made again."""
    return True


@dataclass(slots=True)
class StreamReplay:
    """Replays one learner; from the first damage on nothing is folded, and every decision tells of it.

    Until the next is asked for, `made` is the decision yielded last, `record` what it was made from, and
    `remade` the same made again, null where it could not be.
    """

    log: Log
    learner: str
    check: LeafCheck
    governing: GoverningFold
    again: Again
    wanted: Wanted = every
    record: LearnerRecord = field(init=False)
    made: Decided | None = None
    remade: Decided | None = None
    _damage: Damage | None = None
    _gone: Gone = field(default_factory=Gone)
    _faults: dict[int, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record = LearnerRecord(self.learner)

    def replay(self, rows: Sequence[Stored]) -> Iterator[Replayed]:
        """Yield the replay of each decision wanted, and at the end the damage that none of them told of.

        Rows that were appended after the replay began are read for the erasures they may hold.
        """
        self._gone = Gone(ordered(self._erasures(rows)))
        told = False
        for row in rows:
            if row.position > self.governing.upto:
                continue
            self._damage = self._damage or self._damage_of(row)
            event = self._event(row)
            if event is None:
                continue
            replayed = self._replayed(event) if self.wanted(event.originator_version, event.position) else None
            if replayed is not None:
                told = told or self._damage is not None
                yield replayed
            if self._damage is None:
                self._damage = self._fold(row, event)
        if self._damage is not None and not told:
            yield self._damage.replayed(self.learner)

    def _erasures(self, rows: Sequence[Stored]) -> Iterator[Event[PayloadsErased]]:
        for row in rows:
            if row.topic == ERASURE and self._fault(row) is None:
                with suppress(*UNSOUND):
                    event = read(self.log, row)
                    if isinstance(event.data, PayloadsErased):
                        yield event

    def _fault(self, row: Stored) -> str | None:
        if row.topic != ERASURE:
            return self.check.fault(row)
        if row.position not in self._faults:  # asked twice, and a seal that cannot be checked counts once
            self._faults[row.position] = self.check.fault(row)
        return self._faults[row.position]

    def _damage_of(self, row: Stored) -> Damage | None:
        expected = self.record.version + 1
        if row.version != expected and isinstance(row.version, int):
            detail = f"{shown(row.stream)}: version {expected} is missing, {row.version} follows"
            return Damage(Verdict.EVIDENCE_MISSING, row.position, expected, detail)
        fault = self._fault(row)
        if fault is None:
            return None
        return Damage(Verdict.EVIDENCE_ALTERED, row.position, expected, f"{place(row)}: {fault}")

    def _event(self, row: Stored) -> Event[Any] | None:
        if self._damage is not None and mistyped(row):
            return None
        try:
            event = read(self.log, row)
        except LedgerError as error:
            self._damage = self._damage or unreadable(row, error, Verdict.EVIDENCE_ALTERED)
            return None
        if isinstance(event.data, Erased) and self._damage is None and row.version not in self._gone.orders:
            detail = f"{place(row)}: a tombstone stands there, and no erasure of this stream names it"
            self._damage = Damage(Verdict.EVIDENCE_ALTERED, row.position, row.version, detail)
        return event

    def _fold(self, row: Stored, event: Event[Any]) -> Damage | None:
        version, payload = event.originator_version, event.data
        try:
            self.record.apply(version, payload)
        except UNSOUND as error:
            if not (isinstance(error, LedgerError) and self._gone and row.topic in REFERRING):
                known = isinstance(error, LedgerError)
                return unreadable(row, error, Verdict.EVIDENCE_MISSING if known else Verdict.EVIDENCE_ALTERED)
            payload = Erased(topic=row.topic, digest="")
            self.record.apply(version, payload)
        if isinstance(payload, Erased):
            self._gone.add(version, row.topic)
        self.record.erased = 0  # which decisions that touches is told here, one by one
        return None

    def _replayed(self, event: Event[Any]) -> Replayed | None:
        if isinstance(event.data, Decided):
            self.made = event.data
            return self._decision(event)
        if self._damage is None and isinstance(event.data, Erased) and event.data.topic == DECIDED:
            self.made, version = None, event.originator_version
            said = self._gone.own(version)
            return Replayed(self.learner, version, event.position, "", "", "", Verdict.EVIDENCE_ERASED, (), said)
        return None

    def _decision(self, event: Event[Decided]) -> Replayed:
        made, self.remade = event.data, None
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
            erased = self._erased(made)
            return erased or compare(made, self._made_again(made))
        except LedgerError as error:
            return _reason(error), (), _sentence(error)
        except UNSOUND as error:
            return Verdict.POLICY_ERROR, (), _sentence(error)

    def _erased(self, made: Decided) -> Compared | None:
        if not self._gone:
            return None
        candidates = self.again.decider(made).candidates(made.question, made.subject.key, made.award)
        version = self._gone.touching(
            made,
            self.again.shelf.find(made.digests.rule).reads,
            bound=not all(one.binds_everyone for one in candidates),
        )
        return None if version is None else (Verdict.EVIDENCE_ERASED, (), self._gone.sentence(version))

    def _made_again(self, made: Decided) -> Decided:
        record = self.record
        self.remade = decided_payload(
            self.again.answer(made, record),
            on=date.fromisoformat(made.on),
            read_to=made.read_to,
            learner_version=record.version,
            standing=record.standing(made.question, made.subject.key, made.award),
        )
        return self.remade


def _reason(error: LedgerError) -> Verdict:
    return next((verdict for kind, verdict in _REASONS if isinstance(error, kind)), Verdict.POLICY_ERROR)


def _sentence(error: Exception) -> str:
    known = isinstance(error, LedgerError) and _reason(error) is not Verdict.POLICY_ERROR
    return str(error) if known else f"{type(error).__name__}: {error}"
