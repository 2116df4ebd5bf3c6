"""What persons settled about a learner's decisions that would now be others: the last ruling of each key."""

from msgspec import Struct

from ledger.domain.settlement import DifferenceSettled, Ruling
from ledger.facts.standing import StandingDecision, decision_key


class Settlement(Struct, frozen=True, gc=False, array_like=True):
    """One ruling: about the decision at stream version `standing`, against the adoption at a position."""

    version: int
    key: str
    standing: int
    adoption: int
    ruling: Ruling


class Settles:
    """What is asked of a record that holds settlements."""

    settlements: dict[str, Settlement]

    def let_stand(self, standing: StandingDecision) -> int | None:
        """Return the position of the adoption against which a person let a standing decision stand.

        Nothing where nobody did, or where another decision stands since.
        """
        found = self.settlements.get(standing.key)
        if found is None or found.standing != standing.version or found.ruling != "stands":
            return None
        return found.adoption

    def _difference_settled(self, version: int, payload: DifferenceSettled) -> None:
        key = decision_key(payload.question, payload.subject.key, payload.award)
        self.settlements[key] = Settlement(version, key, payload.standing, payload.adoption, payload.ruling)
