"""Everything an analysis finds to say of one policy, proved where it can be."""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations

from ledger.policy.analysis.angles import branches, days_of, local_choices, may_lack_values, named, within
from ledger.policy.analysis.boxes import BUDGET, Boxes
from ledger.policy.analysis.findings import PROVED, SAMPLED, Kind, PolicyFinding, because_of, explanations
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.outcomes import decided, outcome_of, sheet_data, stage_goals, whole
from ledger.policy.analysis.questions import Shown, decisive, inside, shown_by, worse
from ledger.policy.analysis.rising import never_hurts
from ledger.policy.analysis.side import Side
from ledger.policy.analysis.variations import Standing, standings
from ledger.policy.cases import Case
from ledger.policy.checks.negation import absent_turned
from ledger.policy.checks.places import Place as Where
from ledger.policy.checks.places import Subject, places
from ledger.policy.model import STAGES, Outcome, Policy
from ledger.policy.nodes import ByDefault, Sentence
from ledger.policy.order import MET
from ledger.policy.sheet import Sheet, Value, value_words
from ledger.policy.terms import Node


def check(
    policy: Policy,
    on: date,
    claims: Collection[str],
    law: str = "",
    cases: Iterable[Case] = (),
    budget: int = BUDGET,
) -> tuple[PolicyFinding, ...]:
    """Return every finding about a policy, with what the law beside it says of each.

    `claims` names the facts of which more is meant to be better. What depends on the day is asked on
    `on` first, or the nearest day in force; a clause is said never to matter only where it does not on
    any day of the edition, nor with any yes, no or choice that is left to a local body. `cases` are
    learners who are known to be: what one of them shows needs not be searched for. Where code judges a
    clause, only that is found, and what can be read off the rule without asking it.
    """
    said = explanations(law)
    shown = shown_by(case for case in cases if case.policy == policy and not policy.judged)
    found = Checking(policy, within(policy, on), frozenset(claims), shown, budget).findings()
    return tuple(replace(finding, because=because_of(finding, said)) for finding in found)


@dataclass(frozen=True)
class Checking:
    """One policy being checked."""

    policy: Policy
    on: date
    claims: frozenset[str]
    shown: Shown
    budget: int

    @cached_property
    def boxes(self) -> Boxes:
        """The exploration of the day asked about."""
        return explore([Side(self.policy, self.on)], self.budget)

    def findings(self) -> Iterator[PolicyFinding]:
        """Yield every finding."""
        if self.policy.judged:
            yield from self.judged()
            yield from self.negations()
            return
        yield from self.collisions()
        yield from self.grants()
        silent = yield from self.routes()
        yield from self.silent_clauses(silent)
        yield from self.better_is_worse()
        yield from self.negations()
        yield from self.gaps()

    def finding(self, kind: Kind, about: str, sentence: str, example: Sheet | None) -> PolicyFinding:
        """Return a finding, proved unless the exploration has doubts; one with an example is proved by it."""
        shows = kind in (Kind.COLLISION, Kind.TWO_GRANTS, Kind.BETTER_IS_WORSE, Kind.GAP)
        method = PROVED if shows or not (self.policy.judged or self.boxes.doubts) else SAMPLED
        data = None if example is None else sheet_data(example)
        return PolicyFinding(self.policy.edition, kind, about, sentence, data, method)

    def judged(self) -> Iterator[PolicyFinding]:
        """Find the clauses that code judges."""
        for name in self.policy.judged:
            words = f"{name!r} is judged by code, which no analysis asks: nothing is proved of this rule."
            yield PolicyFinding(self.policy.edition, Kind.JUDGED, name, words, None, SAMPLED)

    def collisions(self) -> Iterator[PolicyFinding]:
        """Find exceptions to one default that hold at once for somebody."""
        for node, where in self._placed():
            if isinstance(node, ByDefault):
                for one, other in combinations(node.exceptions, 2):
                    learner = self._learner([one.when, other.when], where.lists)
                    if learner is not None:
                        names = f"{named(one.rule)!r} and {named(other.rule)!r}"
                        yield self.finding(
                            Kind.COLLISION,
                            f"{named(one.rule)} {named(other.rule)}",
                            f"The exceptions {names} hold at once for somebody.",
                            learner,
                        )

    def _placed(self) -> Iterator[tuple[Node, Where]]:
        for stage in STAGES:
            yield from places(getattr(self.boxes.sides[0].policy, stage), Where(stage))

    def _learner(self, tests: list[Node], lists: tuple[str, ...]) -> Sheet | None:
        """Return somebody for whom all of some tests hold."""
        goals = [self.boxes.goal(0, test, lists) for test in tests]
        for vector, learner in self.boxes.reach(goals, {}).items():
            if all(pair == MET for pair in vector):
                return whole(self.boxes, inside(self.boxes, learner))
        return None

    def grants(self) -> Iterator[PolicyFinding]:
        """Find two grants of one key that are given together."""
        for one, other in combinations(self.boxes.sides[0].policy.grants, 2):
            if (one.key, one.at) != (other.key, other.at):
                continue
            goals = [*stage_goals(self.boxes, 0), self.boxes.goal(0, one.when), self.boxes.goal(0, other.when)]
            for vector, learner in self.boxes.reach(goals, {}).items():
                if outcome_of(vector[:3]) is one.at and vector[3:] == (MET, MET):
                    sentence = f"Two values are given for {one.key!r} at once."
                    yield self.finding(Kind.TWO_GRANTS, one.key, sentence, whole(self.boxes, learner))
                    break

    def routes(self) -> Generator[PolicyFinding, None, set[str]]:
        """Find branches that nobody's facts lead to; return the sentences in them."""
        silent: set[str] = set()
        for node, where in self._placed():
            for condition, rule, words in branches(node):
                if any(self._reached(boxes, condition, where.lists) for boxes in self.angles()):
                    continue
                silent |= {sentence.id for _, sentence in standings(rule)}
                yield self.finding(
                    Kind.NEVER_REACHED, named(rule), f"The route of {named(rule)!r} is never reached: {words}.", None
                )
        return silent

    def _reached(self, boxes: Boxes, condition: Node, lists: tuple[str, ...]) -> bool:
        goals = [*stage_goals(boxes, 0)[:1], boxes.goal(0, condition, lists)]
        return any(vector[0] == MET and vector[1][1] == MET[1] for vector in boxes.reach(goals, {}))

    def silent_clauses(self, silent: Collection[str]) -> Iterator[PolicyFinding]:
        """Find clauses that nobody can meet or fail, and those whose flip alone changes nobody's outcome."""
        for stage in STAGES:
            for standing, sentence in dict(standings(getattr(self.policy, stage))).items():
                if sentence.id in silent:
                    continue
                values = self._values(stage, standing, sentence)
                if len(values) == 1:
                    kind, verb = (Kind.NEVER_FAILS, "fail") if True in values else (Kind.NEVER_MET, "meet")
                    yield self.finding(kind, standing.id, f"Nobody can {verb} {standing.id!r}.", None)
                elif standing.id not in self.shown.decisive and not any(
                    decisive(boxes, stage, standing) is not None for boxes in self.angles()
                ):
                    words = f"Turning {standing.id!r} alone changes nobody's outcome; this learner fails it."
                    yield self.finding(Kind.NEVER_DECISIVE, standing.id, words, values.get(False))

    def _values(self, stage: str, standing: Standing, sentence: Sentence) -> dict[bool, Sheet | None]:
        """Return whether a clause can be met and can be failed, with learners where they had to be searched for."""
        found: dict[bool, Sheet | None] = {}
        found.update({True: None} if standing.id in self.shown.met else {})
        found.update({False: None} if standing.id in self.shown.failed else {})
        for boxes in self.angles() if len(found) < len((True, False)) else ():
            before = stage_goals(boxes, 0)[:1] if stage != STAGES[0] else []
            goals = [*before, boxes.goal(0, sentence, standing.lists)]
            for vector, learner in boxes.reach(goals, {}).items():
                if all(pair == MET for pair in vector[:-1]) and (met := vector[-1] == MET) not in found:
                    found[met] = whole(boxes, inside(boxes, learner))
            if len(found) == len((True, False)):
                break
        return found

    def better_is_worse(self) -> Iterator[PolicyFinding]:
        """Find facts of which a better value lowers the outcome of somebody."""
        for name in self.boxes.homes:
            of_a_member_within = self.boxes.homes.get(self.boxes.homes[name], "")
            if name in self.claims and not of_a_member_within and not never_hurts(self.boxes.sides[0], name):
                found = worse(self.boxes, name)
                if found is not None:
                    yield self._worse(name, *found)

    def _worse(self, name: str, values: tuple[Value, Value], sheets: tuple[Sheet, Sheet]) -> PolicyFinding:
        was, becomes = (decided(self.boxes, 0, sheet).outcome for sheet in sheets)
        low, high = (value_words(value) for value in values)
        words = f"With {name} at {low} somebody is {was}; with {high}, all else being equal, {becomes}."
        return self.finding(Kind.BETTER_IS_WORSE, name, words, sheets[0])

    def negations(self) -> Iterator[PolicyFinding]:
        """Find every not_ that a learner without the fact would meet."""
        for problem in absent_turned(Subject(self.policy)):
            yield self.finding(Kind.ABSENT_TURNED, problem.where.removeprefix("clause "), problem.what, None)

    def gaps(self) -> Iterator[PolicyFinding]:
        """Find somebody about whom everything is known and who is undetermined all the same."""
        for boxes in self.angles() if may_lack_values(self.boxes.sides[0]) else ():
            for vector, learner in boxes.reach(stage_goals(boxes, 0), {}).items():
                if outcome_of(vector) is Outcome.UNDETERMINED:
                    sheet = whole(boxes, learner)
                    finding = decided(boxes, 0, sheet)
                    if finding.outcome is Outcome.UNDETERMINED and not finding.conflict:
                        needed = ", ".join(finding.needs)
                        words = f"Everything is known of somebody on {boxes.sides[0].on}, and {needed} is wanting."
                        yield self.finding(Kind.GAP, needed, words, sheet)
                        return

    def angles(self) -> Iterator[Boxes]:
        """Yield explorations of the day asked, then of other days and local choices, while they are asked for."""
        yield self.boxes
        for number in range(len(self._other_angles)):
            yield self._angle(number)

    @cached_property
    def _other_angles(self) -> tuple[tuple[date, Mapping[str, Value]], ...]:
        days = [(day, dict[str, Value]()) for day in days_of(self.policy) if day != self.on]
        return (*((self.on, choice) for choice in local_choices(self.policy)), *days)

    @cached_property
    def _explored(self) -> dict[int, Boxes]:
        return {}

    def _angle(self, number: int) -> Boxes:
        if number not in self._explored:
            day, overrides = self._other_angles[number]
            self._explored[number] = explore([Side(self.policy, day, overrides)], self.budget)
        return self._explored[number]
