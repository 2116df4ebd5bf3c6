"""Making a decision again: the same rule, the same day, the same governing events, whatever holds today."""

from dataclasses import dataclass, field
from datetime import date

from ledger.deciding.answer import Answer, Conclusion
from ledger.deciding.decider import MOST_CONCLUSIONS, Decider
from ledger.deciding.shelf import PolicyMissing, Shelf
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.errors import LedgerDamaged
from ledger.facts.record import LearnerRecord

MOST_DECIDERS = 512
"""Deciders kept, one for each day and position: learner after learner asks for those of the same school years."""


class ParametersMissing(LedgerDamaged):
    """What gave a decision its values is not in the ledger."""


@dataclass(slots=True)
class Again:
    """Asks past questions again; holds what follows from the governing events only."""

    governance: Governance
    shelf: Shelf
    _deciders: dict[tuple[str, int], Decider] = field(default_factory=dict)
    _conclusions: dict[tuple[object, ...], Conclusion] = field(default_factory=dict)

    def answer(self, made: Decided, record: LearnerRecord) -> Answer:
        """Return what the rule of a decision says of a record folded to the decision's version.

        Raises `ParametersMissing`, `PolicyMissing`, `PolicyAltered` or `UnreadablePolicy`.
        """
        adopted = next((one for one in self.governance.adoptions if one.position == made.adoption), None)
        if adopted is None or adopted.position > made.read_to:
            raise ParametersMissing(f"no adoption stands at position {made.adoption}")
        if adopted.payload.digest != made.digests.rule:
            raise PolicyMissing(f"the adoption at position {made.adoption} names another policy than the decision")
        decider, subject = self.decider(made), made.subject.key
        governing = decider.governing(record, made.question, subject, made.award)
        if governing is None or governing.position != adopted.position:
            other = "none" if governing is None else f"the one at position {governing.position}"
            raise ParametersMissing(
                f"the adoption at position {adopted.position} did not govern {made.question} of {subject} "
                f"on {made.on}; {other} did"
            )
        return decider.answer_under(governing, record, subject)

    def decider(self, made: Decided) -> Decider:
        """Return the decider of the day and the position a decision was made with.

        Where there is no room, neither the one made last nor any conclusion is kept: whoever goes over one
        history again and again would else find nothing kept of what comes next.
        """
        if len(self._conclusions) >= MOST_CONCLUSIONS:
            self._conclusions.clear()
        key = (made.on, made.read_to)
        if key not in self._deciders:
            if len(self._deciders) >= MOST_DECIDERS:
                self._deciders.popitem()
            on = date.fromisoformat(made.on)
            self._deciders[key] = Decider(self.governance, self.shelf, on, made.read_to, self._conclusions)
        return self._deciders[key]
