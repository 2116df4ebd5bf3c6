"""The figures of one arm of a pilot, worked out from what became of each learner; small groups are hidden in them.

An answer is one learner and one subject: what the rule says of that learner's work on it. A share of
answers has an interval that allows for several answers of one learner. Null stands for a hidden number;
an arm without figures has no `ArmFigures` at all, so that nothing absent can be taken for a zero.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msgspec import Struct

from ledger.pilots.hiding import FEWEST, Cell, joined_at_the_end, shown
from ledger.pilots.intervals import effective_cases, median, median_interval, share_interval
from ledger.values import plain_number

NEVER_ASKED = "not_asked"
"""Where work is on record and no rule has answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One learner's work on one subject: `outcome` as it stands, tries, and how many of them repeat a task.

    `days` from the first piece that counts to the day on which the rule was first met, null where it is
    not met, or cannot be dated; `kinds` counts the pieces of evidence behind the decision by kind.
    """

    subject: str
    outcome: str
    tries: int = 0
    retakes: int = 0
    days: int | None = None
    kinds: tuple[tuple[str, int], ...] = ()


Learners = Mapping[str, Sequence[Answered]]
"""The learners of an arm, each with the answers about them; none where there is no work on record."""


class Share(Struct, frozen=True, kw_only=True):
    """A part of a whole, with the 95 % interval of the share as exact decimals; null where hidden."""

    name: str
    count: int | None
    of: int | None
    low: str | None = None
    high: str | None = None


class Days(Struct, frozen=True, kw_only=True):
    """Days to mastery: `learners` with a day, the median of the learners' medians, and its 95 % interval.

    All null where hidden; the number alone where few others are without a day, the interval alone where
    so few learners allow none.
    """

    learners: int | None
    median: str | None = None
    low: str | None = None
    high: str | None = None


class RuleInForce(Struct, frozen=True, kw_only=True):
    """An adoption that bound somebody within the days looked at; `began` or `ended` within them marks a change."""

    edition: str
    digest: str
    jurisdiction: str
    first_day: str
    last_day: str | None
    began: bool
    ended: bool


class ArmFigures(Struct, frozen=True, kw_only=True):
    """What came of a pilot, or of the ordinary rule, among the learners of one organisation.

    `takes_part` is false for a comparison. `learners` were there, `with_evidence` of them have work on
    record that counts; `answers` there are about them. `retaken` is the share of answers with a task
    tried again, `mean_tries` an exact number. `kinds` are shares of the evidence behind what was met.
    """

    organisation: str
    takes_part: bool
    first_day: str
    last_day: str
    rules: tuple[RuleInForce, ...]
    learners: int | None
    with_evidence: int | None
    answers: int | None
    met: Share
    outcomes: tuple[Share, ...]
    days_to_mastery: Days
    retaken: Share
    tries: tuple[Share, ...]
    mean_tries: str | None
    kinds: tuple[Share, ...]

    @property
    def changed(self) -> bool:
        """Say whether the rule changed for somebody within the days looked at."""
        return any(one.began or one.ended for one in self.rules)


class PilotFigures(Struct, frozen=True, kw_only=True):
    """The figures of one ledger about a pilot: the document a district submits and certifies."""

    format: int
    pilot: str
    jurisdiction: str
    origin: str
    position: int
    on: str
    question: str
    award: str
    fewest: int
    arms: tuple[ArmFigures, ...]


def arm_figures(
    organisation: str,
    learners: Learners,
    *,
    takes_part: bool,
    first_day: str,
    last_day: str,
    rules: tuple[RuleInForce, ...] = (),
) -> ArmFigures:
    """Work out the figures of an arm; every share is of answers, or of evidence behind what was met."""
    rows = [(learner, one) for learner, answers in learners.items() for one in answers]
    working = sum(1 for answers in learners.values() if answers)
    people = shown({"with": Cell(working, working), "without": Cell(len(learners) - working, len(learners) - working)})
    outcomes = _shares(learners, lambda one: {one.outcome: 1})
    met = next((one for one in outcomes if one.name == "met"), None)
    counted = Cell(len(rows), working)
    tries, mean = _tries(learners, rows)
    return ArmFigures(
        organisation=organisation,
        takes_part=takes_part,
        first_day=first_day,
        last_day=last_day,
        rules=rules,
        learners=_alone(Cell(len(learners), len(learners))),
        with_evidence=people["with"],
        answers=_alone(counted),
        met=met or _share("met", 0, _alone(counted), _clusters(learners, lambda _: 0, lambda _: 1)),
        outcomes=outcomes,
        days_to_mastery=_days(learners),
        retaken=_retaken(learners),
        tries=tries,
        mean_tries=mean,
        kinds=_shares(learners, lambda one: dict(one.kinds)),
    )


def _alone(cell: Cell) -> int | None:
    return None if cell.is_small else cell.count


def _shares(learners: Learners, parts: Callable[[Answered], Mapping[str, int]]) -> tuple[Share, ...]:
    """Return the share of each part in all; the parts of an answer are counted by name."""
    counts: Counter[str] = Counter()
    behind: dict[str, set[str]] = {}
    for learner, answers in learners.items():
        for one in answers:
            for name, count in parts(one).items():
                counts[name] += count
                behind.setdefault(name, set()).add(learner)
    table = {name: Cell(counts[name], len(behind[name])) for name in sorted(counts)}
    return _table(learners, table, lambda one, name: parts(one).get(name, 0), lambda one: sum(parts(one).values()))


def _table(
    learners: Learners,
    table: Mapping[str, Cell],
    part: Callable[[Answered, str], int],
    whole: Callable[[Answered], int],
) -> tuple[Share, ...]:
    visible, everybody = shown(table), sum(1 for answers in learners.values() if sum(map(whole, answers)))
    total = _alone(Cell(sum(cell.count for cell in table.values()), everybody))

    def share(name: str, count: int | None) -> Share:
        return _share(name, count, total, _clusters(learners, lambda one: part(one, name), whole))

    return tuple(share(name, count) for name, count in visible.items())


def _clusters(
    learners: Learners, part: Callable[[Answered], int], whole: Callable[[Answered], int]
) -> list[tuple[int, int]]:
    return [(sum(map(part, answers)), sum(map(whole, answers))) for answers in learners.values()]


def _share(name: str, count: int | None, of: int | None, clusters: Sequence[tuple[int, int]]) -> Share:
    if count is None or not of:
        return Share(name=name, count=None if of is None else count, of=of)
    interval = share_interval(Fraction(count, of), effective_cases(clusters))
    return Share(name=name, count=count, of=of, low=interval.low, high=interval.high)


def clustered_share(name: str, clusters: Sequence[tuple[int, int]]) -> Share:
    """Return a share of answers given (count, of) for each learner; hidden where it or its rest tells of too few."""
    some = [(count, of) for count, of in clusters if of]
    table = shown(
        {
            "in": Cell(sum(count for count, _ in some), sum(1 for count, _ in some if count)),
            "out": Cell(sum(of - count for count, of in some), sum(1 for count, of in some if of > count)),
        }
    )
    return _share(name, table["in"], _alone(Cell(sum(of for _, of in some), len(some))), some)


def _retaken(learners: Learners) -> Share:
    return clustered_share("retaken", _clusters(learners, lambda one: int(one.retakes > 0), lambda _: 1))


def _days(learners: Learners) -> Days:
    own = [[one.days for one in answers if one.days is not None] for answers in learners.values()]
    medians = [found for days in own if (found := median(days)) is not None]
    if 0 < len(medians) < FEWEST:
        return Days(learners=None)
    middle, reach, rest = median(medians), median_interval(medians), len(own) - len(medians)
    return Days(
        learners=shown({"in": Cell(len(medians), len(medians)), "out": Cell(rest, rest)})["in"],
        median=None if middle is None else plain_number(middle),
        low=None if reach is None else plain_number(reach[0]),
        high=None if reach is None else plain_number(reach[1]),
    )


def _tries(learners: Learners, rows: Iterable[tuple[str, Answered]]) -> tuple[tuple[Share, ...], str | None]:
    counts: Counter[int] = Counter()
    behind: dict[int, set[str]] = {}
    for learner, one in rows:
        counts[one.tries] += 1
        behind.setdefault(one.tries, set()).add(learner)
    table = joined_at_the_end({number: Cell(counts[number], len(behind[number])) for number in counts})
    tries = _table(learners, table, lambda one, name: int(_named(one.tries, name)), lambda _: 1)
    if not counts or any(one.count is None or one.of is None for one in tries):
        return tries, None
    return tries, plain_number(Fraction(sum(number * count for number, count in counts.items()), counts.total()))


def _named(tries: int, name: str) -> bool:
    number, _, more = name.partition(" ")
    return tries >= int(number) if more else tries == int(number)
