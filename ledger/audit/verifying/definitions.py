"""The definitions of facts a ledger's own archive knows, by the key a snapshot keeps a fact under.

Like a rule, a definition is data archived in the log; its key follows from the adoption's values, the
scale and the day, so that adoptions are made ready as they are met.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from ledger.audit.integrity import UNSOUND
from ledger.bounds import Governing
from ledger.deciding import Decider, Shelf
from ledger.domain.governance import Governance
from ledger.facts.methods import METHODS
from ledger.facts.methods.base import Method
from ledger.facts.readiness import ReadinessEvidence
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding, folding_of, whole_facts
from ledger.facts.standing import StandingDecision
from ledger.policy.sheet import Missing


@dataclass(slots=True)
class Definitions:
    """What is known of the rules adopted in one ledger; holds nothing about a learner."""

    governance: Governance
    foldings: dict[str, Folding] = field(default_factory=dict)
    readiness: dict[str, ReadinessEvidence] = field(default_factory=dict)
    _met: set[tuple[int, str, int]] = field(default_factory=set)
    _shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self._shelf = Shelf(self.governance)

    def known(self, name: str) -> bool:
        """Say whether a fact can be folded by its key."""
        return name in self.foldings or name in self.readiness

    def learn(self, record: LearnerRecord) -> None:
        """Make ready every adoption, as of each day on which something was decided about a learner."""
        standing = [one for key in record.subjects for one in record.subject(key).standing.values()]
        for one in standing:
            self._learn_on(one.adoption, one)
        for one in {(one.on, one.read_to): one for one in standing}.values():
            for adopted in self.governance.adoptions:
                self._learn_on(adopted.position, one)

    def _learn_on(self, position: int, decided: StandingDecision) -> None:
        key = (position, decided.on, decided.read_to)
        if key not in self._met:
            self._met.add(key)
            with suppress(*UNSOUND):  # a rule that cannot be read defines no facts: replay tells of it
                self._make_ready(position, date.fromisoformat(decided.on[:10]), decided.read_to)

    def _make_ready(self, position: int, on: date, read_to: int) -> None:
        adopted = next((one for one in self.governance.adoptions if one.position == position), None)
        if adopted is None:
            return
        decider = Decider(self.governance, self._shelf, on, read_to)
        ruling = decider.ruling(Governing(adopted.position, adopted.payload, adopted.upstream))
        for definition in whole_facts(ruling.shelved.policy.sheet):
            if not isinstance(METHODS[definition.method], Method):
                continue
            folding = folding_of(definition, ruling.parameters, ruling.levels)
            if not isinstance(folding, Missing):
                self.foldings[folding.key] = folding
                self.readiness |= {one.key: one for one in folding.readiness.values()}
