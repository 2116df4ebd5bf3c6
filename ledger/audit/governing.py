"""Folding what governs, and telling which of it is not what was written.

A damaged event is left out of the fold, so that it changes no decision made before it; every
decision that has read beyond it is told so.
"""

from dataclasses import dataclass, field

from ledger.audit.integrity import UNSOUND, LeafCheck, place, read, unreadable
from ledger.audit.verdicts import Damage, Verdict
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted, PolicyArchived
from ledger.domain.learner import Decided
from ledger.domain.ledger import UpstreamReceived
from ledger.domain.topics import TOPIC_OF
from ledger.storage.inspection import Inspection, Stored
from ledger.storage.log import Log

_VERDICTS = {
    TOPIC_OF[PolicyArchived]: Verdict.POLICY_DIGEST_MISMATCH,
    TOPIC_OF[PolicyAdopted]: Verdict.PARAMETERS_MISSING,
    TOPIC_OF[AdoptionEnded]: Verdict.PARAMETERS_MISSING,
}


@dataclass(slots=True)
class GoverningFold:
    """What governs, folded up to a position from the rows that hold; `damaged` are the others, by position.

    `told` are the positions of those that a decision told of.

    An event of a learner that stands in none of the learners' streams governs nothing: it is only told.
    """

    log: Log
    check: LeafCheck
    upto: int
    governance: Governance = field(default_factory=Governance)
    damaged: dict[int, Damage] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    _others: list[Damage] = field(default_factory=list)
    _heads: dict[str, int] = field(default_factory=dict)
    _folded: bool = False

    def fold(self, inspection: Inspection) -> None:
        """Fold, once."""
        if self._folded:
            return
        for row in inspection.governing(self.upto):
            damage = self._damage(row) or self._apply(row)
            if damage is not None and str(row.topic).startswith("learner."):
                self._others.append(damage)
            elif damage is not None:
                self.damaged[row.position] = damage
            if isinstance(row.stream, str) and isinstance(row.version, int):
                self._heads[row.stream] = row.version
        self._folded = True

    def reached(self, made: Decided) -> Damage | None:
        """Return the damage a decision rests on: that of its adoption, else the first it had read.

        It counts as told then.
        """
        found = self.damaged.get(made.adoption) if made.adoption <= made.read_to else None
        if found is None:
            found = next((one for position, one in self.damaged.items() if position <= made.read_to), None)
        if found is not None:
            self.told.add(found.position)
        return found

    def untold(self) -> list[Damage]:
        """Return the damage that no decision told of, in the order of the log."""
        damaged = [one for position, one in self.damaged.items() if position not in self.told]
        return sorted((*damaged, *self._others), key=lambda one: one.position)

    def _damage(self, row: Stored) -> Damage | None:
        fault = self.check.fault(row)
        if fault is not None:
            version = row.version if isinstance(row.version, int) else 0
            return Damage(_verdict(self.log, row), row.position, version, f"{place(row)}: {fault}")
        expected = self._heads.get(row.stream, 0) + 1
        if row.version != expected:
            detail = f"{row.stream}: version {expected} is missing, {row.version} follows"
            self._others.append(Damage(Verdict.EVIDENCE_MISSING, row.position, expected, detail))
        return None

    def _apply(self, row: Stored) -> Damage | None:
        try:
            self.governance.apply(row.position, read(self.log, row).data)
        except UNSOUND as error:
            return unreadable(row, error, _verdict(self.log, row))
        return None


def _verdict(log: Log, row: Stored) -> Verdict:
    """Return the verdict on what rests on a damaged row, by the kind of event it is or brought from upstream."""
    topic = row.topic if isinstance(row.topic, str) else ""
    if topic == TOPIC_OF[UpstreamReceived]:
        try:
            topic = read(log, row).data.topic
        except UNSOUND:
            return Verdict.EVIDENCE_ALTERED
    return _VERDICTS.get(topic, Verdict.EVIDENCE_ALTERED)
