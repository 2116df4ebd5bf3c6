"""Decisions that stand although the rule in force would now say something else: the one definition of it.

Nothing that stands is decided again because a rule has changed; a person settles each difference.
"""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from ledger.deciding.answer import Answer
from ledger.deciding.decider import Decider
from ledger.facts.record import LearnerRecord
from ledger.facts.standing import StandingDecision
from ledger.policy.canonical import value_from_text
from ledger.policy.model import Outcome


class Difference(Struct, frozen=True):
    """What stands, what the rule in force says now, and whether a person let it stand against that rule."""

    standing: StandingDecision
    answer: Answer
    let_stand: bool

    @property
    def adoption(self) -> int:
        """Return the position of the adoption that would say otherwise."""
        return self.answer.ruling.governing.position

    @property
    def by_rule(self) -> bool:
        """Say whether another rule governs than the one the decision was made under."""
        return self.standing.adoption != self.adoption

    @property
    def awarded(self) -> bool:
        """Say whether what stands is an award, met: it goes on standing."""
        return self.standing.outcome == "met" and self.standing.standing == "award"

    @property
    def gain(self) -> bool:
        """Say whether it would be met and is not."""
        return self.standing.outcome != "met" and self.answer.finding.outcome is Outcome.MET

    @property
    def loss(self) -> bool:
        """Say whether it is met and would not be."""
        return self.standing.outcome == "met" and self.answer.finding.outcome is not Outcome.MET

    @property
    def takes_back(self) -> bool:
        """Say whether deciding anew would leave less of an award than stands."""
        conclusion, standing = self.answer.conclusion, self.standing
        return self.awarded and (self.loss or _less(standing.level, conclusion.level) or _fewer(self))


def difference(decider: Decider, record: LearnerRecord, standing: StandingDecision) -> Difference | None:
    """Return how the rule in force differs from what stands, in outcome, level or what is given; nothing if it agrees.

    Nothing, too, where no rule governs.
    """
    answer = decider.answer(record, standing.question, standing.subject, standing.award)
    if answer is None:
        return None
    conclusion = answer.conclusion
    says = (conclusion.finding.outcome.value, conclusion.level, conclusion.grants)
    if says == (standing.outcome, standing.level, standing.grants):
        return None
    return Difference(standing, answer, record.let_stand(standing) == answer.ruling.governing.position)


def differences(decider: Decider, record: LearnerRecord) -> Iterator[Difference]:
    """Yield every difference of a learner, by the key of the decision, those that were let stand included."""
    for subject in record.subjects:
        about = record.subject(subject).standing
        for key in sorted(about):
            found = difference(decider, record, about[key])
            if found is not None:
                yield found


def _fewer(found: Difference) -> bool:
    given = {one.key: one for one in found.answer.conclusion.grants}
    return any(one.key not in given or _less(one.value, given[one.key].value) for one in found.standing.grants)


def _less(before: str | None, now: str | None) -> bool:
    """Say whether something given is less than before; what cannot be compared is less unless it is equal."""
    if before is None or before == now:
        return False
    one, other = _number(before), _number(now)
    return one is None or other is None or other < one


def _number(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        value = value_from_text(text) if text.startswith("{") else Fraction(text)
    except ValueError:
        return None
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None
