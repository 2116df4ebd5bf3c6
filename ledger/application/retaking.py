"""Retakes: which work is one, and whether the rule lets it count before the learner has prepared anew.

Nobody says in a rule "this locks a retake". It is asked of the rule itself: the retake is supposed twice, as
well done as can be, without a preparation and with one; where that makes a difference to what the rule counts,
or to its answer, the retake is locked until the preparation is on record.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from ledger.application.ledger import Ledger
from ledger.application.reading_records import items_about, with_record_of
from ledger.deciding.answer import Answer, Ruling
from ledger.domain.learner import Evidence, EvidenceRecorded, PreparationRecorded
from ledger.domain.shapes import Payload, Result, Score, Subject
from ledger.facts.items import EvidenceItem
from ledger.facts.order import day_in
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import resolved, whole_facts
from ledger.policy.facts import FieldIn, FieldIs, Order, Reads
from ledger.policy.sheet import Value
from ledger.policy.wording import said_day

PREPARATIONS = ("tutoring", "practice", "conference")
"""Kinds of preparation offered where the rule takes any."""

QUESTION, AWARD = "MASTERY", "standard"


class Earlier(Struct, frozen=True):
    """The tries a learner had at a task before: the id of the first, how many, and the day of the last."""

    first: str
    count: int
    last_day: str


class Lock(Struct, frozen=True):
    """A retake that would not count yet: `kinds` are the preparations the rule asks for, one of each.

    `reason` is a sentence without its full stop; `since` the day of the last try, empty where undated.
    """

    learner: str
    subject: Subject
    task: str
    since: str
    kinds: tuple[tuple[str, ...], ...]
    reason: str


def earlier_tries(ledger: Ledger, record: LearnerRecord, subject: str, task: str) -> Earlier | None:
    """Return the tries on record at a task about a subject; nothing where there is none."""
    items = items_about(ledger, record, [subject])[subject]
    tries = [one for one in items if isinstance(one, EvidenceItem) and one.has_result and one.task == task]
    if not tries:
        return None
    ordered = sorted(tries, key=lambda one: (day_in(one, Order.OCCURRED), one.entry))
    return Earlier(ordered[0].attempt_of or ordered[0].evidence_id, len(tries), day_in(ordered[-1], Order.OCCURRED))


def lock_of(ledger: Ledger, learner: str, subject: Subject, evidence: Evidence) -> Lock | None:
    """Return why a piece of evidence would be a retake that does not count yet; nothing where it is none, or counts."""
    task = evidence.task
    if not task:
        return None
    tried = with_record_of(ledger, learner, lambda record: earlier_tries(ledger, record, subject.key, task))
    if tried is None:
        return None
    question = _Question(ledger, learner, subject, _later(evidence, tried))
    first = question.answer(())
    if first is None or Reads.PREPARATION not in first.ruling.shelved.reads:
        return None
    asked = _kinds(first.ruling)
    prepared = question.answer(tuple(kinds[0] for kinds in asked))
    if prepared is None or not differs(first, prepared):
        return None
    lacking = tuple(kinds for kinds in asked if question.lacks(asked, kinds, prepared))
    return Lock(learner, subject, task, tried.last_day, lacking, _reason(tried, lacking or asked))


def _later(evidence: Evidence, tried: Earlier) -> Evidence:
    """Return a retake, on the day after the last try where it is not later: nobody can prepare in between sooner."""
    day = (evidence.occurred or "")[:10]
    if tried.last_day and day <= tried.last_day:
        day = (date.fromisoformat(tried.last_day) + timedelta(days=1)).isoformat()
    return msgspec.structs.replace(evidence, occurred=day or None)


class _Question:
    """Asks the rule what it would say of a retake at its best, after some preparations."""

    def __init__(self, ledger: Ledger, learner: str, subject: Subject, evidence: Evidence) -> None:
        self.ledger, self.learner, self.subject, self.evidence = ledger, learner, subject, evidence
        self.decider = ledger.decider()

    def answer(self, kinds: Sequence[str]) -> Answer | None:
        return with_record_of(self.ledger, self.learner, lambda record: self._answer(record, kinds))

    def lacks(self, asked: Sequence[tuple[str, ...]], kinds: tuple[str, ...], prepared: Answer) -> bool:
        """Say whether one of the preparations asked for is not on record yet."""
        without = self.answer(tuple(one[0] for one in asked if one is not kinds))
        return without is None or differs(without, prepared)

    def _answer(self, record: LearnerRecord, kinds: Sequence[str]) -> Answer | None:
        found = self.decider.governing(record, QUESTION, self.subject.key, AWARD)
        if found is None:
            return None
        best = _best(self.ledger, self.decider.ruling(found), self.subject)
        payloads: list[Payload] = [
            PreparationRecorded(subject=self.subject, kind=kind, occurred=self.evidence.occurred) for kind in kinds
        ]
        done = msgspec.structs.replace(self.evidence, evidence_id="supposed", results=(best,))
        for payload in (*payloads, EvidenceRecorded(evidence=done)):
            record.apply(record.version + 1, payload)
        return self.decider.answer(record, QUESTION, self.subject.key, AWARD)


def differs(one: Answer, other: Answer) -> bool:
    """Say whether two answers of a rule differ, or what it counts of the evidence does."""
    counted = {fact.name for fact in one.ruling.shelved.policy.sheet if fact.reads is Reads.EVIDENCE}
    return one.finding.outcome is not other.finding.outcome or _values(one, counted) != _values(other, counted)


def _values(answer: Answer, names: set[str]) -> Mapping[str, str]:
    return {fact.name: fact.value for fact in answer.sheet.seen if fact.name in names}


def _best(ledger: Ledger, ruling: Ruling, subject: Subject) -> Result:
    named = ruling.governing.adoption.scale
    scale = ledger.governance().scale(named) if named else None
    if scale is not None:
        return Result(subject=subject, level=scale.levels[-1].value, scale=scale.digest)
    return Result(subject=subject, score=Score(value="100", minimum="0", maximum="100"))


def _kinds(ruling: Ruling) -> tuple[tuple[str, ...], ...]:
    """Return the kinds of preparation a rule asks for, each as those of which one will do."""
    found = dict.fromkeys(_named_kinds(ruling))
    return tuple(found) or (PREPARATIONS,)


def kinds_asked(ledger: Ledger, subject: Subject) -> tuple[tuple[str, ...], ...]:
    """Return the kinds of preparation the rules on mastery of a subject ask for, each as those of which one will do."""
    decider = ledger.decider()
    rulings = [decider.ruling(one.governing) for one in decider.candidates(QUESTION, subject.key, AWARD)]
    return tuple(dict.fromkeys(kinds for ruling in rulings for kinds in _kinds(ruling)))


def _named_kinds(ruling: Ruling) -> Iterator[tuple[str, ...]]:
    for fact in whole_facts(ruling.shelved.policy.sheet):
        for part in fact.where if fact.reads is Reads.PREPARATION else ():
            if isinstance(part, FieldIs | FieldIn) and part.field == "kind":
                value = part.value if isinstance(part, FieldIs) else part.values
                kinds = _texts(resolved(value, ruling.parameters))
                if kinds:
                    yield kinds


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def _reason(tried: Earlier, lacking: Sequence[tuple[str, ...]]) -> str:
    day = said_day(date.fromisoformat(tried.last_day)) if tried.last_day else ""
    since = f"since the try of {day}" if day else "since the last try"
    if lacking == (PREPARATIONS,):
        return f"{since} no preparation is on record"
    asked = "; and ".join(" or ".join(kinds) for kinds in lacking)
    return f"{since} this is not on record: {asked}"
