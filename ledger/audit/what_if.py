"""What another rule would have said of each decision made: a what-if, and never a replay.

A decision is first made again as it was. Where that is identical, the other rule is asked about the very
record, on the very day, with the frameworks and designations known then. What a later decision read of an
earlier one stays as it was made. Decisions that are not identical are counted and left out: what they
were made from is not known for sure. Nothing is written.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from ledger.audit.parallel import Choice, Piece, Place, Told, held, pieces_of, replay_at, worked
from ledger.audit.stream import StreamReplay
from ledger.audit.verdicts import Replayed, Verdict
from ledger.bounds import Governing
from ledger.deciding import Shelf
from ledger.deciding.again import Again
from ledger.deciding.supposing import suppose
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.facts.record import LearnerRecord
from ledger.policy.finding import Finding
from ledger.policy.model import Outcome, Policy
from ledger.simulation import ChangedAnswer, Effect, GroupCells, Grouping, PairCount, breakdown
from ledger.simulation.reading import Tried, adopting
from ledger.simulation.result import effect_of, pair_counts
from ledger.storage.log import Log

Pair = tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class OtherAnswer(ChangedAnswer):
    """A decision that the other rule would have made otherwise: its version, position, day and policy.

    The baseline is the decision as made, the candidate the other rule.
    """

    version: int
    position: int
    on: str
    policy: str


@dataclass(slots=True)
class OtherPart:
    """What a piece came to: pairs by learner, every answer that differs, and decisions left out, by verdict."""

    pairs: dict[str, Counter[Pair]] = field(default_factory=dict)
    changed: list[OtherAnswer] = field(default_factory=list)
    left_out: Counter[Verdict] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ReplayedAs:
    """What another rule would have said of the decisions of its question, up to a position; never a replay.

    `left_out` counts decisions that are not identical when made again, by verdict.
    """

    position: int
    learners: int
    decisions: int
    pairs: tuple[PairCount, ...]
    changed: tuple[OtherAnswer, ...]
    effects: dict[Effect, int]
    left_out: dict[Verdict, int]
    groups: tuple[GroupCells, ...] = ()


@dataclass(slots=True)
class OtherRule:
    """A rule nobody adopted here, asked as if it had governed; it holds nothing about a learner."""

    policy: Policy
    governing: Governing
    again: Again

    def answers(self, made: Decided) -> bool:
        """Say whether it answers the question of a decision."""
        policy = self.policy
        asked = (policy.question.value, policy.award, policy.subject)
        return (made.question, made.award, made.subject.kind) == asked

    def finding(self, made: Decided, record: LearnerRecord) -> Finding:
        """Return what it says of a record, on the day of a decision."""
        return self.again.decider(made).answer_under(self.governing, record, made.subject.key).finding


def other_rule(ledger: str, governance: Governance, tried: Tried) -> OtherRule:
    """Make ready to ask a rule in a ledger; raise `UsageError` where its scale must be named."""
    supposed = suppose(governance, adopting(ledger, governance, date.min, (tried,)))
    adopted = supposed.adoptions[-1]
    again = Again(supposed, Shelf(supposed))
    return OtherRule(tried.policy, Governing(adopted.position, adopted.payload, None), again)


@dataclass(slots=True)
class OtherWork:
    """Asks another rule about the decisions of pieces; it travels to the processes that do, without what it holds."""

    place: Place
    after: int
    ledger: str
    tried: Tried
    _rule: OtherRule | None = None

    def __call__(self, piece: Piece) -> OtherPart:
        """Ask about a piece."""
        replay, part = replay_at(self.place), OtherPart()
        if self._rule is None:
            self._rule = other_rule(self.ledger, replay.folded(), self.tried)
        for learner in piece.learners:
            for stream, one in replay.stream(learner, piece.wanted(learner, self.after)):
                self._ask(self._rule, part, stream, one)
        return part

    def _ask(self, rule: OtherRule, part: OtherPart, stream: StreamReplay, one: Replayed) -> None:
        made = stream.made if one.is_decision else None
        if made is not None and not rule.answers(made):
            return
        if made is None or one.verdict is not Verdict.IDENTICAL:
            part.left_out[one.verdict] += one.is_decision
            return
        finding, before = rule.finding(made, stream.record), Outcome(made.outcome)
        part.pairs.setdefault(one.learner, Counter())[before, finding.outcome] += 1
        if finding.outcome is not before:
            part.changed.append(_changed(self.ledger, one, made, finding))


def _changed(ledger: str, one: Replayed, made: Decided, finding: Finding) -> OtherAnswer:
    return OtherAnswer(
        ledger=ledger,
        learner=one.learner,
        subject=one.subject,
        baseline=Outcome(made.outcome),
        candidate=finding.outcome,
        baseline_rests_on=made.decisive,
        candidate_rests_on=finding.decisive,
        version=one.version,
        position=one.position,
        on=made.on,
        policy=one.policy,
    )


def replay_as(
    log: Log,
    ledger: str,
    tried: Tried,
    choice: Choice,
    *,
    processes: int = 1,
    grouping: Grouping | None = None,
    progress: Told | None = None,
) -> ReplayedAs:
    """Ask another rule about the decisions chosen, of a ledger as it stands."""
    with held(log) as place:
        replay = replay_at(place)
        other_rule(ledger, replay.governance, tried)  # refuses here what every worker would refuse
        pieces = pieces_of(replay, choice)
        parts = worked(OtherWork(place, choice.after, ledger, tried), pieces, processes, progress)
    by_learner = {learner: pairs for part in parts for learner, pairs in part.pairs.items()}
    pairs = sum(by_learner.values(), Counter[Pair]())
    effects = {learner: effect_of(found) for learner, found in by_learner.items()}
    changed = tuple(one for part in parts for one in part.changed)
    counted, left_out = Counter(effects.values()), sum((part.left_out for part in parts), Counter[Verdict]())
    return ReplayedAs(
        place.upto,
        len(by_learner),
        pairs.total(),
        pair_counts(pairs, changed),
        changed,
        {effect: counted[effect] for effect in Effect},
        {verdict: left_out[verdict] for verdict in Verdict if left_out[verdict]},
        breakdown({ledger: effects}, Effect, grouping) if grouping else (),
    )
