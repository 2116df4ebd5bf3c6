"""Entries in bursts: many different things entered by hand in a few minutes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, count, person
from ledger.audit.queries.life import Life, by_hand, dated
from ledger.audit.queries.statistics import median
from ledger.domain.learner import EvidenceRecorded
from ledger.domain.shapes import Payload
from ledger.storage.envelope import Event

NAME = "entry-bursts"
FEWEST_SPANS = 5
"""Other spans of a person from which an expectation is taken; else those of everybody are."""

MINUTES = Threshold("minutes", 10, "length of a span", least=1)
ONE = Threshold("for-one", 12, "different pieces of work for one learner in a span, at the least")
ALL = Threshold("for-all", 30, "different pieces of work over all learners in a span, at the least")
TIMES = Threshold("times", 3, "times the median of the person's other spans, at the least")

Work = tuple[object, ...]


class _Entry(NamedTuple):
    second: int
    position: int
    work: Work
    learner: str
    event: Event[Any]


class Bursts:
    """Gathers what each person entered by hand, then looks for spans far beyond the usual."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._entries: dict[str, list[_Entry]] = defaultdict(list)

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Note what was entered by hand for one learner."""
        for act in life.acts:
            if (event := by_hand(act)) is not None:
                second = int(datetime.fromisoformat(event.at[:19]).timestamp())
                work = work_of(event.data)
                self._entries[event.actor].append(_Entry(second, event.position, work, life.learner, event))
        yield from ()

    def rest(self) -> Iterator[AuditFinding]:
        """Yield each burst, for one learner where it is one learner's, else over all."""
        usual = [each for entries in self._entries.values() for each in self._sizes(sorted(entries))]
        for actor in sorted(self._entries):
            entries = sorted(self._entries[actor])
            told: set[int] = set()
            for learner in sorted({one.learner for one in entries}):
                some = [one for one in entries if one.learner == learner]
                for burst in self._bursts(some, entries, usual, self.setting[ONE.name]):
                    told |= {one.position for one in burst.entries}
                    yield self._finding(burst, learner)
            left = [one for one in entries if one.position not in told]
            for burst in self._bursts(left, entries, usual, self.setting[ALL.name]):
                yield self._finding(burst, None)

    def _bursts(
        self, some: Sequence[_Entry], every: Sequence[_Entry], usual: Sequence[int], least: int
    ) -> Iterator["_Burst"]:
        start = 0
        while start < len(some):
            span = _span(some, start, self.setting[MINUTES.name])
            works = len({one.work for one in span})
            if works < least:
                start += 1
                continue
            positions = {one.position for one in span}
            others = self._sizes([one for one in every if one.position not in positions])
            sizes, whose = (others, "this person") if len(others) >= FEWEST_SPANS else (usual, "anybody")
            if works >= self.setting[TIMES.name] * max(median(sizes), 1):
                yield _Burst(span, works, sizes, whose)
            start += len(span)

    def _sizes(self, entries: Sequence[_Entry]) -> list[int]:
        sizes, start = [], 0
        while start < len(entries):
            span = _span(entries, start, self.setting[MINUTES.name])
            sizes.append(len({one.work for one in span}))
            start += len(span)
        return sizes

    def _finding(self, burst: "_Burst", learner: str | None) -> AuditFinding:
        first, last = burst.entries[0].event, burst.entries[-1].event
        whose = "one learner" if learner else count(len({one.learner for one in burst.entries}), "learner")
        sentence = (
            f"{person(first)} entered {count(burst.works, 'different piece')} of work for {whose} within "
            f"{count((burst.entries[-1].second - burst.entries[0].second) // 60 + 1, 'minute')} from "
            f"{self.setting.local(first):%Y-%m-%d %H:%M}; in the {count(len(burst.usual), 'span')} of "
            f"{count(self.setting[MINUTES.name], 'minute')} in which {burst.whose} entered anything it was "
            f"{median(burst.usual)} at the median and {max(burst.usual)} at most."
        )
        positions = tuple(sorted(one.position for one in burst.entries))
        return AuditFinding(NAME, last.position, positions, learner, first.actor, last.at, sentence)

    def notes(self) -> Iterator[str]:
        """Say how much was entered by hand."""
        entries = sum(map(len, self._entries.values()))
        yield f"{count(entries, 'entry', 'entries')} by hand of {count(len(self._entries), 'person', 'people')} read."


class _Burst(NamedTuple):
    entries: Sequence[_Entry]
    works: int
    usual: Sequence[int]
    whose: str


def _span(entries: Sequence[_Entry], start: int, minutes: int) -> Sequence[_Entry]:
    end = start
    while end < len(entries) and entries[end].second - entries[start].second < minutes * 60:
        end += 1
    return entries[start:end]


def work_of(said: Payload) -> Work:
    """Name the piece of work an entry is about, the same for every learner who did it."""
    if isinstance(said, EvidenceRecorded):
        evidence = said.evidence
        name = evidence.task or evidence.item or evidence.instrument
        about = () if name else tuple(result.subject.key for result in evidence.results)
        return ("evidence", evidence.kind, name, about, dated(evidence))
    subject = getattr(said, "subject", None)
    kind = getattr(said, "kind", None) or getattr(said, "code", None)
    return (type(said).__name__, kind, subject.key if subject else None, getattr(said, "occurred", None))


QUERY = Query(
    NAME,
    "Who entered so much by hand in a few minutes that it cannot have been looked at?",
    "A span in which one person entered many different pieces of work by hand, and many times what is usual for them.",
    "One piece of work entered for a whole class counts once; what an import brings is entered by no hand.",
    (MINUTES, ONE, ALL, TIMES),
    Bursts,
)
