"""Somebody who shows what a local value would do that the law does not allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from ledger.policy.analysis.angles import days_of, local_choices, within
from ledger.policy.analysis.bounded import Bounded, BoundLearner
from ledger.policy.analysis.bounding_words import told
from ledger.policy.analysis.implying import implies
from ledger.policy.analysis.seeking import somebody
from ledger.policy.analysis.side import Side
from ledger.policy.model import Policy
from ledger.policy.sheet import Value, value_words

_CHOICES = 6
"""Local choices under which somebody is looked for, beside those that are made."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A learner whom the law and a local value treat otherwise, on a day, with some local choices made in both.

    The law is the bound of the learner, the local value the candidate. `sentence` has no end mark.
    """

    sentence: str
    learner: BoundLearner
    on: date
    choices: Mapping[str, Value]


def shown_against(policy: Policy, name: str, value: Value, others: Mapping[str, Value], on: date) -> Shown | None:
    """Return somebody whom a local value of one parameter awards and the law does not, or the reverse.

    `others` are local values that stand. Where they shut the way on which the parameter matters, other
    local choices are tried, and later days. None where nobody is found at little cost, or where code judges.
    """
    if policy.judged:
        return None
    first = within(policy, on)
    days = [first, *(day for day in days_of(policy) if day > first)]
    for day, choices in product(days, _choices(policy, name, others)):
        law, local = Side(policy, day, choices), Side(policy, day, {**choices, name: value})
        for awarding, stricter, other in ((1, local, law), (0, law, local)):
            faring = None if implies(stricter, other) else somebody(law, local, awarding)
            if faring is not None:
                learner = BoundLearner(
                    faring.example, faring.first, faring.second, faring.first_rests_on, faring.second_rests_on
                )
                return Shown(_sentence(policy, (law, local), learner, others), learner, day, choices)
    return None


def _choices(policy: Policy, name: str, others: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    yield others
    for choice in islice(local_choices(policy), _CHOICES):
        if name not in choice:
            yield {**others, **choice}


def _sentence(policy: Policy, sides: tuple[Side, Side], learner: BoundLearner, others: Mapping[str, Value]) -> str:
    law, local = (Bounded(policy, side.overrides) for side in sides)
    whom, _ = told(law, local, sides[0].on, learner)
    chosen = [f"{name} is {value_words(value)}" for name, value in law.overrides.items() if name not in others]
    where = f", where {' and '.join(chosen)}," if chosen else ""
    whom = whom.removesuffix(",") if chosen else whom
    if learner.candidate == "met":
        return f"{whom}{where} would be awarded, and is not under the law"
    return f"{whom}{where} is awarded under the law, and would not be"
