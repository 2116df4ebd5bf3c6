"""What a change of rules would do to the learners on record, worked out from the log up to a position.

A preview follows from the log, the change and the day alone: worked out again it is the same. Nothing
is decided by it; whatever stands goes on standing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ledger.application.ledger import Ledger
from ledger.application.preview_rows import Moved, Preview, PreviewRow, row_of, sorted_rows
from ledger.deciding import Decider, Shelf
from ledger.deciding.answer import Answer
from ledger.deciding.reaching import Reach
from ledger.deciding.supposing import Key, Supposition, answers, suppose
from ledger.domain.change_fold import Written
from ledger.domain.changes import OutcomePair
from ledger.domain.framework import CompetencyDesignated, FrameworkImported, ScaleDefined
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted
from ledger.domain.ledger import UpstreamReceived
from ledger.facts.record import LearnerRecord

Progress = Callable[[int, int], None]

_Pair = tuple[str, str, str | None, str | None]
_LEARNER = "learner/"

RULES = (PolicyAdopted, AdoptionEnded, FrameworkImported, CompetencyDesignated, ScaleDefined, UpstreamReceived)
"""The events that are about no learner and may change what rules say."""


@dataclass(frozen=True)
class Rules:
    """What governs without a change and with it, as of a day, from the log up to a position."""

    ledger: Ledger
    supposition: Supposition
    on: date
    read_to: int

    @cached_property
    def without(self) -> Decider:
        """Return the decider of what governs."""
        return self._decider(self._governance)

    @cached_property
    def supposed(self) -> Decider:
        """Return the decider of what would govern."""
        return self._decider(suppose(self._governance, self.supposition))

    @cached_property
    def reach(self) -> Reach:
        """Return how far the change reaches."""
        return Reach(self.without, self.supposed, self.supposition)

    @cached_property
    def _governance(self) -> Governance:
        return governance_at(self.ledger, self.read_to)

    def _decider(self, governance: Governance) -> Decider:
        return Decider(governance, Shelf(governance), self.on, governance.position)


def governance_at(ledger: Ledger, position: int) -> Governance:
    """Return what governs as it was known at a position, folded anew: a fold of its own."""
    governance = Governance()
    for event in ledger.log.governing(0, position):
        written = Written(event.actor, event.behalf, event.at, event.originator_version)
        governance.apply(event.position, event.data, written=written)
    return governance


def preview(
    ledger: Ledger,
    supposition: Supposition,
    on: date,
    position: int | None = None,
    progress: Progress | None = None,
    *,
    read_to: int | None = None,
    streams: Sequence[str] | None = None,
) -> Preview:
    """Work out what a change would do to every learner on record at a position, the last one without one.

    `streams` are those of the learners to look at where not all of them are meant. `read_to` is the position
    up to which rules are read, the same without one: to see after a change was made what it has done, give
    the position before it.
    """
    position = ledger.log.recorder.max_notification_id() if position is None else position
    rules = Rules(ledger, supposition, on, position if read_to is None else read_to)
    streams = ledger.log.recorder.streams(_LEARNER) if streams is None else streams
    tally = _Tally()
    for number, stream in enumerate(streams, start=1):
        record = record_at(ledger, stream, position)
        if record.version:
            tally.add(record, *_answered(rules, record), rules.reach)
        if progress is not None:
            progress(number, len(streams))
    return Preview(
        position=position,
        read_to=rules.without.read_to,
        on=on.isoformat(),
        learners=tally.learners,
        concerned=tally.concerned,
        keys=tally.pairs.total(),
        pairs=_pairs(tally.pairs),
        rows=sorted_rows(tally.rows),
    )


def still_holds(ledger: Ledger, supposition: Supposition, before: Preview, position: int | None = None) -> Moved:
    """Say whose answers differ otherwise now than in a preview, as of a position, the last one without one.

    Only learners about whom something was recorded since are looked at, all of them where a rule, a
    framework or a scale has changed. What stands may have changed, as long as no answer has and
    nobody was awarded.
    """
    position = ledger.log.recorder.max_notification_id() if position is None else position
    rules = Rules(ledger, supposition, date.fromisoformat(before.on), position)
    changed = any(isinstance(event.data, RULES) for event in ledger.log.governing(before.position, position))
    streams = ledger.log.recorder.streams(_LEARNER) if changed else _streams_since(ledger, before.position, position)
    looked_at = frozenset(stream.removeprefix(_LEARNER) for stream in streams)
    now = sorted_rows(row for stream in streams for row in _rows_now(rules, stream, position))
    then = tuple(row for row in before.rows if row.learner in looked_at)
    return Moved(position=position, rules=changed, before=_without(then, now), now=_without(now, then))


def record_at(ledger: Ledger, stream: str, position: int) -> LearnerRecord:
    """Fold a learner's stream from its events, as far as a position of the log; version 0 where none is."""
    record = LearnerRecord(stream.removeprefix(_LEARNER))
    for event in ledger.log.stream(stream):
        if event.position > position:
            break
        record.apply(event.originator_version, event.data)
    return record


def _streams_since(ledger: Ledger, after: int, upto: int) -> list[str]:
    rows = ledger.log.recorder.scan(after, upto)
    return sorted({stream for _, stream, *_ in rows if stream.startswith(_LEARNER)})


def _rows_now(rules: Rules, stream: str, position: int) -> Iterator[PreviewRow]:
    record = record_at(rules.ledger, stream, position)
    tally = _Tally()
    if record.version:
        tally.add(record, *_answered(rules, record), rules.reach)
    yield from tally.rows


def _without(some: Sequence[PreviewRow], others: Sequence[PreviewRow]) -> tuple[PreviewRow, ...]:
    known = {row.said for row in others}
    return tuple(row for row in some if row.said not in known)


_Answers = Mapping[Key, Answer]


def _answered(rules: Rules, record: LearnerRecord) -> tuple[_Answers, _Answers]:
    concerns = rules.reach.concerns
    return answers(rules.without, record, concerns), answers(rules.supposed, record, concerns)


class _Tally:
    """Counts and rows as they come, learner by learner."""

    def __init__(self) -> None:
        self.learners = 0
        self.concerned = 0
        self.pairs = Counter[_Pair]()
        self.rows: list[PreviewRow] = []

    def add(self, record: LearnerRecord, without: _Answers, supposed: _Answers, reach: Reach) -> None:
        """Take in what is answered about one learner; nothing where no rule is another for that learner."""
        self.learners += 1
        keys = {**without, **supposed}.keys()
        if not any(reach.direct(record, *key) for key in keys):
            return
        self.concerned += 1
        for key in keys:
            one, other = without.get(key), supposed.get(key)
            self.pairs[key[0], key[2], _outcome(one), _outcome(other)] += 1
            row = row_of(record, key, one, other)
            if row is not None:
                self.rows.append(row)


def _outcome(answer: Answer | None) -> str | None:
    return None if answer is None else answer.finding.outcome.value


def _pairs(counted: Mapping[_Pair, int]) -> tuple[OutcomePair, ...]:
    found: Iterable[tuple[_Pair, int]] = sorted(counted.items(), key=lambda one: [part or "" for part in one[0]])
    return tuple(
        OutcomePair(question=question, award=award, without=without, with_it=supposed, count=count)  # type: ignore[arg-type]
        for (question, award, without, supposed), count in found
    )
