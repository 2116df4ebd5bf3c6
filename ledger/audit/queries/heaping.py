"""Scores that heap exactly at a cut."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from ledger.audit.integrity import shown
from ledger.audit.queries.cuts import Cut, cuts_of
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, count
from ledger.audit.queries.life import Life
from ledger.audit.queries.statistics import odds_against
from ledger.domain.learner import Evidence, EvidenceCorrected, EvidenceRecorded, EvidenceWithdrawn
from ledger.domain.shapes import Score
from ledger.storage.envelope import Event
from ledger.values import plain_number

NAME = "heaping"
EACH_SIDE = 3
"""Values looked at on either side of a cut."""
ROUND = 5
"""People round to multiples of five."""

SCORES = Threshold("scores", 20, "scores at a cut and the values beside it, with fewer of which nothing is said")
TIMES = Threshold("times", 2, "times as many as at the busiest value beside it, at the least")
ODDS = Threshold("odds", 1000, "a heap counts that chance gives at most once in so many times", least=1)

Group = tuple[str, str, str, str, str]
"""Who scored, the kind of work, the instrument, and the ends of the scale."""


class _Scored(NamedTuple):
    event: Event[Any]
    learner: str


class _Test(NamedTuple):
    at: int
    beside: int
    odds: int


class Heaping:
    """Counts the scores of each assessor, then holds each cut against the values beside it."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._cuts = cuts_of(setting.governance)
        self._counts: dict[Group, dict[Fraction, int]] = defaultdict(lambda: defaultdict(int))
        self._at: dict[tuple[Group, Fraction], list[_Scored]] = defaultdict(list)
        self._lines: dict[Group, dict[Fraction, Cut]] = {}
        self._tested = self._coarse = 0

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Count the scores of a learner as they stand now."""
        standing: dict[str, tuple[Event[Any], Evidence]] = {}
        for _, event in life.events():
            said = event.data
            if isinstance(said, EvidenceRecorded | EvidenceCorrected):
                standing[said.evidence.evidence_id] = (event, said.evidence)
            elif isinstance(said, EvidenceWithdrawn):
                standing.pop(said.evidence_id, None)
        for event, evidence in standing.values():
            for score in (result.score for result in evidence.results if result.score is not None):
                self._count(_Scored(event, life.learner), evidence, score)
        yield from ()

    def _count(self, scored: _Scored, evidence: Evidence, score: Score) -> None:
        who = evidence.assessor.who if evidence.assessor else None
        group = (
            who or evidence.source.system,
            evidence.kind,
            evidence.instrument or "",
            score.minimum or "",
            score.maximum or "",
        )
        value = Fraction(score.value)
        if group not in self._lines:
            lines = ((cut.value_on(score), cut) for cut in self._cuts)
            self._lines[group] = {at: cut for at, cut in lines if at is not None}
        self._counts[group][value] += 1
        if value in self._lines[group]:
            self._at[group, value].append(scored)

    def rest(self) -> Iterator[AuditFinding]:
        """Yield each cut of each assessor at which far more scores stand than at any value beside it."""
        for group in sorted(self._counts):
            for at, cut in sorted(self._lines[group].items()):
                tests = self._tests(self._counts[group], at)
                if tests and all(self._heaps(test) for test in tests):
                    yield self._finding(group, at, cut, max(tests, key=lambda test: test.beside))

    def _heaps(self, test: _Test) -> bool:
        return test.at >= self.setting[TIMES.name] * max(test.beside, 1) and test.odds >= self.setting[ODDS.name]

    def _tests(self, counts: Mapping[Fraction, int], at: Fraction) -> list[_Test]:
        beside = nearest(counts, at)
        if counts.get(at, 0) + sum(counts[value] for value in beside) < self.setting[SCORES.name]:
            return []
        if len(beside) < EACH_SIDE + 1:
            self._coarse += 1
            return []
        self._tested += 1
        sides = [beside, [value for value in round_ones(at) if min(counts) <= value <= max(counts)]]
        most = [max(counts.get(value, 0) for value in values) for values in sides if values]
        return [_Test(counts[at], one, odds_against(counts[at], one)) for one in most if at in counts]

    def _finding(self, group: Group, at: Fraction, cut: Cut, test: _Test) -> AuditFinding:
        scored = sorted(self._at[group, at], key=lambda one: one.event.position)
        last = scored[-1].event
        whose = f"assessor {shown(group[0])[:9]}" if group[0] != last.data.evidence.source.system else "no one assessor"
        scale = f" of {group[4]}" if group[4] else ""
        sentence = (
            f"{count(test.at, 'score')} of {whose} ({group[1]}{', ' + shown(group[2]) if group[2] else ''}) "
            f"stand exactly at {plain_number(at)}{scale}, the cut {cut.said}; at no value beside it stand more than "
            f"{test.beside}: as many by chance less than once in {test.odds:,}."
        )
        positions = tuple(one.event.position for one in scored)
        return AuditFinding(NAME, last.position, positions, None, None, last.at, sentence)

    def notes(self) -> Iterator[str]:
        """Say how much was tested, and how many findings chance alone may give."""
        odds = self.setting[ODDS.name]
        tested = count(self._tested, "place")
        yield (
            f"{tested} tested, each a cut of one assessor; chance alone gives at most {self._tested:,} findings in "
            f"{count(odds, 'such ledger')}. {count(self._coarse, 'place')} with too few values beside them to tell."
        )


def nearest(counts: Mapping[Fraction, int], at: Fraction) -> list[Fraction]:
    """Return the nearest scores that were given on either side of a cut."""
    below = sorted((value for value in counts if value < at), reverse=True)[:EACH_SIDE]
    return [*below, *sorted(value for value in counts if value > at)[:EACH_SIDE]]


def round_ones(at: Fraction) -> list[Fraction]:
    """Return the round scores on either side of a cut that is round itself; none for another."""
    if at % ROUND:
        return []
    return [at + ROUND * step for step in range(-EACH_SIDE, EACH_SIDE + 1) if step]


QUERY = Query(
    NAME,
    "Where do scores heap exactly at a cut?",
    "An assessor's scores of one kind of work of which at least twice as many stand exactly at a cut as at any of the "
    "six nearest scores given, and so many more that chance does not explain it. Cuts are what adopted rules compare "
    "scores with, and the bands of scales.",
    "Scales so coarse that every score is one of a few; rounding, which heaps at the other round scores as well; "
    "many good scores spread above a cut.",
    (SCORES, TIMES, ODDS),
    Heaping,
)
