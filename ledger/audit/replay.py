"""Re-decide history from the ledger alone, and say of each decision what came of it.

Neither installed plugins nor snapshots nor read models are read: the rule comes out of the archive
in the log, the facts out of the learner's events, and every event is held against its leaf.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ledger.audit.integrity import LeafCheck
from ledger.audit.verdicts import Replayed, Verdict
from ledger.deciding import Shelf
from ledger.deciding.again import Again, ParametersMissing
from ledger.deciding.payload import decided_payload
from ledger.deciding.shelf import PolicyAltered, PolicyMissing
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.errors import LedgerDamaged, LedgerError, UnreadablePolicy
from ledger.facts.record import LearnerRecord
from ledger.storage.envelope import Event
from ledger.storage.log import Log
from ledger.storage.recorder import Row


@dataclass(slots=True)
class Replay:
    """Replays the decisions of one ledger; the governing events are folded once."""

    log: Log
    governance: Governance = field(default_factory=Governance)
    again: Again = field(init=False)
    _altered: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.again = Again(self.governance, Shelf(self.governance))

    def learners(self) -> list[str]:
        """Name every learner of the ledger."""
        return [stream.removeprefix("learner/") for stream in self.log.recorder.streams("learner/")]

    def replay(self, learners: Iterable[str]) -> Iterator[Replayed]:
        """Yield the replay of every decision about these learners, in stream order."""
        self._fold_governing()
        for learner in learners:
            yield from self._learner(learner)

    def _fold_governing(self) -> None:
        check = LeafCheck(self.log)
        for row in self.log.recorder.governing(self.governance.position):
            if not check.holds(row):
                self._altered[row[0]] = f"position {row[0]} ({row[1]} version {row[2]}) does not fit its leaf"
            self.governance.apply(row[0], self.log.mapper.read(*row[1:], row[0]).data)

    def _learner(self, learner: str) -> Iterator[Replayed]:
        record = LearnerRecord(learner)
        damage: tuple[Verdict, str] | None = None
        for row, genuine in LeafCheck(self.log).stream(f"learner/{learner}"):
            damage = damage or _damage(row, genuine, record.version + 1)
            try:
                event = self.log.mapper.read(*row[1:], row[0])
            except LedgerDamaged as error:
                damage = damage or (Verdict.EVIDENCE_ALTERED, str(error))
                continue
            if isinstance(event.data, Decided):
                yield self._decision(learner, event, record, damage)
            if damage is None or record.version + 1 == event.originator_version:
                damage = _apply(record, event) or damage

    def _decision(
        self, learner: str, event: Event[Decided], record: LearnerRecord, damage: tuple[Verdict, str] | None
    ) -> Replayed:
        made = event.data
        verdict, differs, detail = self._verdict(made, record, damage)
        return Replayed(
            learner,
            event.originator_version,
            event.position,
            made.edition,
            made.subject.key,
            made.question,
            verdict,
            differs,
            detail,
        )

    def _verdict(
        self, made: Decided, record: LearnerRecord, damage: tuple[Verdict, str] | None
    ) -> tuple[Verdict, tuple[str, ...], str]:
        if damage is not None:
            return damage[0], (), damage[1]
        try:
            answer = self.again.answer(made, record)
        except PolicyMissing as error:
            return Verdict.POLICY_MISSING, (), str(error)
        except PolicyAltered as error:
            return Verdict.POLICY_DIGEST_MISMATCH, (), str(error)
        except ParametersMissing as error:
            return Verdict.PARAMETERS_MISSING, (), str(error)
        except UnreadablePolicy as error:
            return Verdict.RUNTIME_UNSUPPORTED, (), str(error)
        except (LedgerError, TypeError, ValueError, KeyError, ArithmeticError) as error:
            return Verdict.POLICY_ERROR, (), f"{type(error).__name__}: {error}"
        again = decided_payload(
            answer,
            on=date.fromisoformat(made.on),
            read_to=made.read_to,
            learner_version=record.version,
            standing=record.standing(made.question, made.subject.key, made.award),
        )
        return compare(made, again)


def _damage(row: Row, genuine: bool, expected: int) -> tuple[Verdict, str] | None:
    position, stream, version, _, _ = row
    if version != expected:
        return Verdict.EVIDENCE_MISSING, f"{stream}: version {expected} is missing, {version} follows"
    if not genuine:
        return Verdict.EVIDENCE_ALTERED, f"{stream} version {version}, position {position}: it does not fit its leaf"
    return None


def _apply(record: LearnerRecord, event: Event[object]) -> tuple[Verdict, str] | None:
    try:
        record.apply(event.originator_version, event.data)  # type: ignore[arg-type]
    except LedgerError as error:
        return Verdict.EVIDENCE_MISSING, str(error)
    return None


def compare(made: Decided, again: Decided) -> tuple[Verdict, tuple[str, ...], str]:
    """Compare a decision with what the same rule and events give now."""
    if made.digests.parameters != again.digests.parameters:
        return (
            Verdict.PARAMETERS_MISSING,
            (),
            "the archived values and the adoption's own no longer give those the decision was made with",
        )
    facts = [
        f"fact {ours.name}: was {theirs.value}, is {ours.value}"
        for theirs, ours in zip(made.facts, again.facts, strict=False)
        if theirs != ours
    ]
    nodes = [f"clause {one}" for one in again.nodes if one not in made.nodes]
    differs = (*facts, *nodes)
    if (made.outcome, made.level, made.grants) != (again.outcome, again.level, again.grants):
        return Verdict.OUTCOME_DIVERGED, differs, f"was {made.outcome}, is {again.outcome}"
    if made != again:
        named = [name for name in made.__struct_fields__ if getattr(made, name) != getattr(again, name)]
        return Verdict.EXPLANATION_DIVERGED, differs, f"the outcome is the same; what differs: {', '.join(named)}"
    return Verdict.IDENTICAL, (), ""
