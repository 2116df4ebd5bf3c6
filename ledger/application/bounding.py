"""Holding an adoption against the bounds that jurisdictions above have set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.bounds import overlaps
from ledger.deciding import Shelf
from ledger.domain.changes import BoundChecked, Fit
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import BoundSet, PolicyAdopted, Selector
from ledger.policy.analysis.bounding import Bounded, BoundSide, BoundVerdict, Standing, check_bound
from ledger.policy.canonical import value_from_text


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule as it would be adopted: by whom, for which subjects, from when to when."""

    jurisdiction: str
    selector: Selector
    bounded: Bounded
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class BoundMet:
    """One bound a rule was held against, and what came of it; `stands` is its position in this ledger."""

    placed: Placed
    verdict: BoundVerdict

    @property
    def proved(self) -> bool:
        """Say whether the rule was shown to keep within the bound, for every learner there can be."""
        return self.verdict.standing is Standing.WITHIN and self.verdict.proved

    @property
    def refused(self) -> bool:
        """Say whether some learner there can be shows that the rule does not keep within the bound."""
        return self.verdict.standing is Standing.OUTSIDE

    def checked(self, fit: Fit) -> BoundChecked:
        """Return it as it is stored."""
        return BoundChecked(bound=self.placed.position, side=self.placed.payload.side, fit=fit, proved=self.proved)


def bounds_met(governance: Governance, shelf: Shelf, measured: Measured, read_to: int) -> Iterator[BoundMet]:
    """Hold a rule against every bound above that concerns it, in the order the bounds were set."""
    for placed in bounds_above(governance, measured.jurisdiction, read_to):
        span = _common(governance, placed, measured, read_to)
        if span is not None and _concerns(placed.payload, measured):
            yield BoundMet(placed, _verdict(shelf, placed.payload, measured.bounded, span))


def bounds_above(governance: Governance, jurisdiction: str, read_to: int) -> Iterator[Placed]:
    """Yield the bounds set by jurisdictions above one, as known at a position."""
    above = {one for one in governance.chain() if one != jurisdiction}
    for placed in governance.bounds:
        if placed.position <= read_to and placed.payload.jurisdiction in above:
            yield placed


def _concerns(bound: BoundSet, measured: Measured) -> bool:
    policy = measured.bounded.policy
    same = (bound.question, bound.award) == (policy.question.value, policy.award)
    return same and overlaps(bound.selector, measured.selector)


def _common(
    governance: Governance, placed: Placed, measured: Measured, read_to: int
) -> tuple[date, date | None] | None:
    """Return the days on which both the bound and the rule hold, nothing where there are none."""
    last = governance.last_day_of_bound(placed, read_to)
    first_day = max(date.fromisoformat(placed.payload.first_day), measured.first_day)
    ends = [day for day in (date.fromisoformat(last) if last else None, measured.last_day) if day is not None]
    last_day = min(ends, default=None)
    return None if last_day is not None and last_day < first_day else (first_day, last_day)


def _verdict(shelf: Shelf, bound: BoundSet, candidate: Bounded, span: tuple[date, date | None]) -> BoundVerdict:
    side = BoundSide.FLOOR if bound.side == "floor" else BoundSide.GUARANTEE
    return check_bound(rule_of(shelf, bound), candidate, side, *span)


def rule_of(shelf: Shelf, placed: BoundSet | PolicyAdopted) -> Bounded:
    """Return the archived rule of a bound or an adoption, with its local values."""
    overrides = {one.name: value_from_text(one.value) for one in placed.overrides}
    return Bounded(shelf.find(placed.digest).policy, overrides)


def measured_adoption(governance: Governance, shelf: Shelf, placed: Placed, read_to: int) -> Measured:
    """Return an adoption as it is held against bounds."""
    adoption: PolicyAdopted = placed.payload
    last_day = governance.last_day_of(placed, read_to)
    return Measured(
        jurisdiction=adoption.jurisdiction,
        selector=adoption.selector,
        bounded=rule_of(shelf, adoption),
        first_day=date.fromisoformat(adoption.first_day),
        last_day=date.fromisoformat(last_day) if last_day else None,
    )
