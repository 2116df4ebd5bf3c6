"""Whether a rule keeps within a bound set above it, on every day of a span, with a learner where it does not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ledger.policy.analysis.bounded import Bounded, BoundLearner, BoundSide, BoundVerdict, Standing
from ledger.policy.analysis.bounded_days import asked_alike, days_between, in_force
from ledger.policy.analysis.bounding_words import kept, never_in_force, not_comparable, refused, unanswered
from ledger.policy.analysis.comparing import Faring, PolicyDifference, compare
from ledger.policy.analysis.findings import PROVED, SAMPLED
from ledger.policy.analysis.implying import implies
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.opaque import judged_by_code
from ledger.policy.analysis.outcomes import decided, reachable, sheet_data
from ledger.policy.analysis.seeking import SEARCH, difference, met_alone, says_most
from ledger.policy.analysis.side import Side
from ledger.policy.model import Outcome

__all__ = ["BoundLearner", "BoundSide", "BoundVerdict", "Bounded", "Standing", "check_bound"]


def check_bound(
    bound: Bounded, candidate: Bounded, side: BoundSide, first_day: date, last_day: date | None
) -> BoundVerdict:
    """Say whether a candidate keeps within a bound on every day from the first to the last.

    `last_day` null: for good. A day on which the bound's edition is not in force binds nobody; a
    candidate that is not in force awards nothing, and so withholds what a guarantee gives. The first
    day on which it is outside decides, else the first on which nobody can say.
    """
    found = [_Day(bound, candidate, side, day) for day in days_between(first_day, last_day, bound, candidate)]
    verdicts = list(_verdicts([day for day in found if in_force(bound.policy, day.on)]))
    if not verdicts:
        return BoundVerdict(Standing.WITHIN, PROVED, never_in_force(bound, side))
    for standing in (Standing.OUTSIDE, Standing.NOT_COMPARABLE):
        for verdict in verdicts:
            if verdict.standing is standing:
                return verdict
    return next((verdict for verdict in verdicts if not verdict.proved), verdicts[0])


def _verdicts(days: "list[_Day]") -> Iterator[BoundVerdict]:
    """Yield a verdict for every day that asks something new; none after one that is outside."""
    asked: set[object] = set()
    for day in days:
        key = day.key()
        if key not in asked:
            asked.add(key)
            verdict = day.verdict()
            yield verdict
            if verdict.standing is Standing.OUTSIDE:
                return


@dataclass(frozen=True, slots=True)
class _Day:
    """Bound and candidate on one day."""

    bound: Bounded
    candidate: Bounded
    side: BoundSide
    on: date

    def _sides(self) -> tuple[Side, Side]:
        return tuple(Side(one.policy, self.on, one.overrides) for one in (self.bound, self.candidate))  # type: ignore[return-value]

    def key(self) -> tuple[object, ...]:
        """Return what makes another day the same question."""
        return (in_force(self.candidate.policy, self.on), *asked_alike(*self._sides()))

    def verdict(self) -> BoundVerdict:
        """Hold the candidate against the bound on the day."""
        if not in_force(self.candidate.policy, self.on):
            return self._without_candidate()
        if judged_by_code(self.bound.policy, self.candidate.policy):
            return self._unproved()
        first, second = self._sides()
        stricter, other = (second, first) if self.side is BoundSide.FLOOR else (first, second)
        if implies(stricter, other):
            return BoundVerdict(Standing.WITHIN, PROVED, kept(self.bound, self.side))
        found = difference(first, second, self._awarding)
        return self._judged(found)

    def _unproved(self) -> BoundVerdict:
        """Return the verdict where code judges in one of the rules."""
        found = compare(*self._sides())
        return BoundVerdict(
            Standing.NOT_COMPARABLE,
            SAMPLED,
            not_comparable(self.bound, self.candidate, self.side, found),
            since=self.on,
            doubts=found.doubts,
            only_bound=found.only_first,
            only_candidate=found.only_second,
            otherwise=found.otherwise,
        )

    @property
    def _awarding(self) -> int:
        """The place of the rule that may not be met alone: the candidate under a floor, the bound under a guarantee."""
        return 1 if self.side is BoundSide.FLOOR else 0

    def _judged(self, found: PolicyDifference) -> BoundVerdict:
        method = SAMPLED if found.doubts else PROVED
        base = BoundVerdict(
            Standing.WITHIN,
            method,
            kept(self.bound, self.side, found),
            doubts=found.doubts,
            only_bound=found.only_first,
            only_candidate=found.only_second,
            otherwise=found.otherwise,
        )
        if found.otherwise or self.bound.policy.subject != self.candidate.policy.subject:
            sentence = not_comparable(self.bound, self.candidate, self.side, found)
            return replace(base, standing=Standing.NOT_COMPARABLE, sentence=sentence, since=self.on)
        wrong = [faring for faring in found.farings if met_alone(faring, self._awarding)]
        return self._against(base, found, wrong) if wrong else base

    def _against(self, base: BoundVerdict, found: PolicyDifference, wrong: list[Faring]) -> BoundVerdict:
        """Return the verdict where somebody fares as the bound forbids."""
        answered = [faring for faring in wrong if Outcome.UNDETERMINED is not faring.first]
        faring = min(answered or wrong, key=says_most)
        learner = BoundLearner(
            faring.example, faring.first, faring.second, faring.first_rests_on, faring.second_rests_on
        )
        sentence, standing = refused(self.bound, self.candidate, self.side, self.on, learner), Standing.OUTSIDE
        if found.only_second:
            sentence = not_comparable(self.bound, self.candidate, self.side, found, sentence)
            standing = Standing.NOT_COMPARABLE
        elif not answered:
            sentence, standing = unanswered(self.bound, self.side, self.on, learner), Standing.NOT_COMPARABLE
        return replace(
            base, standing=standing, method=PROVED, sentence=sentence, since=self.on, learner=learner, doubts=()
        )

    def _without_candidate(self) -> BoundVerdict:
        """Return the verdict on a day on which the candidate's edition is not in force."""
        if self.side is BoundSide.FLOOR:
            return BoundVerdict(Standing.WITHIN, PROVED, kept(self.bound, self.side))
        if self.bound.policy.judged:
            return self._unproved()
        boxes = explore([self._sides()[0]], SEARCH)
        sheet = reachable(boxes).get(Outcome.MET)
        if sheet is None:
            return BoundVerdict(Standing.WITHIN, SAMPLED if boxes.doubts else PROVED, kept(self.bound, self.side))
        finding = decided(boxes, 0, sheet)
        learner = BoundLearner(sheet_data(sheet), finding.outcome, Outcome.NOT_APPLICABLE, finding.decisive, ())
        sentence = refused(self.bound, self.candidate, self.side, self.on, learner)
        return BoundVerdict(Standing.OUTSIDE, PROVED, sentence, self.on, learner)
