"""A bound, a rule held against it, and what came of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ledger.policy.analysis.findings import PROVED
from ledger.policy.model import Outcome, Policy
from ledger.policy.sheet import Value


class BoundSide(StrEnum):
    """What a bound forbids a lower level."""

    FLOOR = "floor"
    """To award more easily: nobody may be met by the candidate who is not met by the bound."""

    GUARANTEE = "guarantee"
    """To withhold: everybody who is met by the bound is to be met by the candidate."""


class Standing(StrEnum):
    """How a candidate stands to a bound."""

    WITHIN = "within"
    OUTSIDE = "outside"
    NOT_COMPARABLE = "not-comparable"
    """They do not read the same facts, or the bound gives no answer itself, so that a person has to judge."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A policy with the local values it has in place of its own."""

    policy: Policy
    overrides: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class BoundLearner:
    """A learner of whom bound and candidate say otherwise: a fact sheet, both outcomes, and what each rests on.

    The sheet is in the form `policies decide` takes.
    """

    example: Mapping[str, Any]
    bound: Outcome
    candidate: Outcome
    bound_rests_on: tuple[str, ...]
    candidate_rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundVerdict:
    """What came of holding a candidate against a bound.

    `method` is `proved` where every learner was covered or the learner shows it, else `sampled`.
    `since` is the first day on which the candidate is not within, null where it is within. `learner`
    is somebody who shows it, null where nobody can. `sentence` says it for people. `only_bound` and
    `only_candidate` name facts that one of them alone reads, `otherwise` those that both read and fold
    differently. `doubts` say why it is only sampled.
    """

    standing: Standing
    method: str
    sentence: str
    since: date | None = None
    learner: BoundLearner | None = None
    doubts: tuple[str, ...] = ()
    only_bound: tuple[str, ...] = ()
    only_candidate: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Say whether nothing was left to chance."""
        return self.method == PROVED

    @property
    def wants_attestation(self) -> bool:
        """Say whether a named person has to answer for it: nothing was found against it, and nothing proves it."""
        return self.standing is Standing.NOT_COMPARABLE or (self.standing is Standing.WITHIN and not self.proved)
