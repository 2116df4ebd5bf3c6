"""Reading off a learner's stream what a pilot's figures count: who is in which arm, work that counts, days, tries."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.bounds import Governing
from ledger.deciding.answer import Ruling
from ledger.deciding.decider import Decider
from ledger.domain import learner as events
from ledger.domain.learner import Decided, Evidence
from ledger.domain.pilot_fold import Pilot, is_within
from ledger.domain.shapes import Payload
from ledger.facts.filters import PURPOSES_BY_DEFAULT
from ledger.facts.methods import METHODS
from ledger.facts.methods.base import Method
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding, folding_of
from ledger.pilots.figures import NEVER_ASKED, Answered
from ledger.policy.facts import Reads
from ledger.policy.model import Outcome

Stream = Sequence[tuple[int, Payload]]
"""A learner's events up to a position: (version, payload), in order."""


@dataclass(frozen=True, slots=True)
class Arm:
    """An organisation whose learners are looked at, from a first to a last day."""

    organisation: str
    takes_part: bool
    first_day: str
    last_day: str

    def covers(self, day: str) -> bool:
        """Say whether a day is looked at."""
        return self.first_day <= day <= self.last_day


@dataclass(slots=True)
class Told:
    """A learner's stream as measuring needs it: the record, what stands of the evidence, and the decisions.

    `standing` holds the evidence that was not withdrawn, by id, with the version of its first entry;
    `kinds` the kind of every piece by each version it ever had; `decided` the standing decision by subject.
    """

    record: LearnerRecord
    stream: Stream
    standing: dict[str, tuple[int, Evidence]] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    decided: dict[str, Decided] = field(default_factory=dict)

    def about(self, subject: str) -> Iterator[tuple[int, Evidence]]:
        """Yield the evidence about a subject that has a result, in the order in which it was first entered."""
        for entry, evidence in self.standing.values():
            if any(one.subject.key == subject and one.absent_reason is None for one in evidence.results):
                yield entry, evidence


def told(learner: str, stream: Stream, question: str, award: str) -> Told:
    """Fold a learner's stream for one question and award."""
    found = Told(LearnerRecord(learner), stream)
    for version, payload in stream:
        found.record.apply(version, payload)
        if isinstance(payload, events.EvidenceRecorded | events.EvidenceCorrected):
            identity = payload.evidence.evidence_id
            entry = found.standing[identity][0] if identity in found.standing else version
            found.standing[identity] = (entry, payload.evidence)
            found.kinds[version] = payload.evidence.kind
        elif isinstance(payload, events.EvidenceWithdrawn):
            found.standing.pop(payload.evidence_id, None)
        elif isinstance(payload, Decided) and (payload.question, payload.award) == (question, award):
            found.decided[payload.subject.key] = payload
    return found


def arms_of(pilot: Pilot, jurisdiction: str, last_day: str, beside: Iterable[str] = ()) -> tuple[Arm, ...]:
    """Return the arms a ledger has figures for: its organisations that take part, and those to compare with.

    Where none takes part it is itself one to compare with.
    """
    own = pilot.first_day_of(jurisdiction)
    parts = [(jurisdiction, own)] if own is not None else []
    parts += [
        (one.organisation, one.first_day or pilot.first_day)
        for one in pilot.opened.scope.organisations
        if one.organisation != jurisdiction and is_within(one.organisation, jurisdiction)
    ]
    others = tuple(dict.fromkeys(beside)) or (() if parts else (jurisdiction,))
    taking = [Arm(name, True, day, last_day) for name, day in parts if day <= last_day]
    taken = {name for name, _ in parts}
    return (
        *sorted(taking, key=lambda one: (-one.organisation.count("/"), one.organisation)),
        *(Arm(name, False, pilot.first_day, last_day) for name in others if name not in taken),
    )


def arm_of(record: LearnerRecord, days: Sequence[str], arms: Iterable[Arm], pilot: Pilot, home: str) -> Arm | None:
    """Return the arm of a learner, nothing where none is.

    What counts is the day of the first piece of work within the days of an arm, or their last where there
    is none: where the learner is enrolled then, in which grade and courses. A learner without an
    enrolment belongs to the ledger's jurisdiction, `home`.
    """
    for arm in arms:
        day = min((one for one in days if arm.covers(one)), default=arm.last_day)
        school = record.organisation_on(day) or home
        taken = [course for course in pilot.opened.scope.courses or () if record.in_course(course, day)]
        if is_within(school, arm.organisation) and pilot.concerns(record.grade_on(day), taken):
            return arm
    return None


@dataclass(slots=True)
class Measuring:
    """Works out the answers about one learner after another, as of the day of a decider."""

    decider: Decider
    question: str
    award: str
    _purposes: dict[int, frozenset[str]] = field(default_factory=dict)

    def work_days(self, one: Told) -> tuple[str, ...]:
        """Return the days of all work on record that has a result, undated work left out."""
        dated = (_day(evidence) for subject in one.record.subjects for _, evidence in one.about(subject))
        return tuple(sorted({day for day in dated if day}))

    def answers(self, one: Told, arm: Arm) -> Iterator[Answered]:
        """Yield what is to be counted of a learner: each subject with work that counts within the days of the arm.

        Of a subject about which no evidence is ever given, what counts is a decision within those days.
        """
        for subject, found, work in self._counting(one, arm):
            yield self._answered(one, subject, found, work, one.decided.get(subject))

    def subjects(self, one: Told, arm: Arm) -> tuple[str, ...]:
        """Name the subjects of a learner that are counted."""
        return tuple(subject for subject, _, _ in self._counting(one, arm))

    def _counting(self, one: Told, arm: Arm) -> Iterator[tuple[str, Governing, list[tuple[int, Evidence]]]]:
        for subject in one.record.subjects:
            decided = one.decided.get(subject)
            found = self._governing(one, subject, decided)
            if found is None:
                continue
            work = self.counted(one, subject, found, arm.last_day)
            worked = any(arm.covers(_day(evidence)) for _, evidence in work)
            by_decision_alone = decided is not None and arm.covers(decided.on) and not any(one.about(subject))
            if worked or by_decision_alone:
                yield subject, found, work

    def _governing(self, one: Told, subject: str, decided: Decided | None) -> Governing | None:
        """Return the adoption a subject was decided under, or the one that governs it where nobody decided."""
        if decided is None:
            return self.decider.governing(one.record, self.question, subject, self.award)
        adoptions = self.decider.governance.adoptions
        placed = next((each for each in adoptions if each.position == decided.adoption), None)
        return None if placed is None else Governing(placed.position, placed.payload, placed.upstream)

    def counted(self, one: Told, subject: str, found: Governing, last_day: str) -> list[tuple[int, Evidence]]:
        """Return the evidence about a subject of a purpose the rule counts, the oldest first, up to a day."""
        purposes = self._purposes_of(self.decider.ruling(found))
        pieces = [each for each in one.about(subject) if each[1].purpose in purposes and _day(each[1]) <= last_day]
        return sorted(pieces, key=lambda each: (_day(each[1]), each[0]))

    def _purposes_of(self, ruling: Ruling) -> frozenset[str]:
        position = ruling.governing.position
        if position not in self._purposes:
            self._purposes[position] = counted_purposes(ruling)
        return self._purposes[position]

    def _answered(
        self, one: Told, subject: str, found: Governing, work: Sequence[tuple[int, Evidence]], decided: Decided | None
    ) -> Answered:
        is_met = decided is not None and decided.outcome == "met"
        first = _day(work[0][1]) if work else ""
        reached = self._first_met(one, subject, found, work) if is_met and first else None
        kinds = Counter(one.kinds[version] for version in _behind(decided) if version in one.kinds) if is_met else {}
        return Answered(
            subject=subject,
            outcome=decided.outcome if decided else NEVER_ASKED,
            tries=len(work),
            retakes=retakes(evidence for _, evidence in work),
            days=(date.fromisoformat(reached) - date.fromisoformat(first)).days if reached else None,
            kinds=tuple(sorted(kinds.items())),
        )

    def _first_met(self, one: Told, subject: str, found: Governing, work: Sequence[tuple[int, Evidence]]) -> str | None:
        def is_met(record: LearnerRecord) -> bool:
            return self.decider.answer_under(found, record, subject).finding.outcome is Outcome.MET

        return first_met(one, subject, (self.question, self.award), work, is_met)


def counted_purposes(ruling: Ruling) -> frozenset[str]:
    """Name the purposes of evidence that a rule's facts count; the usual ones where it reads no evidence."""
    found: set[str] = set()
    for definition in ruling.shelved.policy.sheet:
        if definition.reads is Reads.EVIDENCE and isinstance(METHODS[definition.method], Method):
            folding = folding_of(definition, ruling.parameters, ruling.levels)
            found |= folding.purposes or frozenset() if isinstance(folding, Folding) else frozenset()
    return frozenset(found or PURPOSES_BY_DEFAULT)


def first_met(
    one: Told,
    subject: str,
    asked: tuple[str, str],
    work: Sequence[tuple[int, Evidence]],
    is_met: Callable[[LearnerRecord], bool],
) -> str | None:
    """Return the first day on which the work done so far was enough, all else being as it stands; nothing if never."""
    later = {evidence.evidence_id for _, evidence in work}
    record = LearnerRecord(one.record.learner)
    for version, payload in one.stream:
        if not (_evidence_id(payload) in later or _decides(payload, subject, asked)):
            _step(record, version, payload)
    for place, (entry, evidence) in enumerate(work):
        _step(record, entry, events.EvidenceRecorded(evidence=evidence))
        day = _day(evidence)
        is_last_of_day = place + 1 == len(work) or _day(work[place + 1][1]) != day
        if is_last_of_day and day and is_met(record):
            return day
    return None


def _step(record: LearnerRecord, version: int, payload: Payload) -> None:
    """Step a record over an event though others were left out before it; each keeps the version it has."""
    record.version = version - 1
    record.apply(version, payload)


def _evidence_id(payload: Payload) -> str | None:
    if isinstance(payload, events.EvidenceRecorded | events.EvidenceCorrected):
        return payload.evidence.evidence_id
    return payload.evidence_id if isinstance(payload, events.EvidenceWithdrawn) else None


def _decides(payload: Payload, subject: str, asked: tuple[str, str]) -> bool:
    return (
        isinstance(payload, Decided) and payload.subject.key == subject and (payload.question, payload.award) == asked
    )


def _behind(decided: Decided | None) -> Iterable[int]:
    return {version for fact in decided.facts for version in fact.versions} if decided else ()


def _day(evidence: Evidence) -> str:
    return (evidence.occurred or "")[:10]


def retakes(work: Iterable[Evidence]) -> int:
    """Count the pieces that repeat another: they share its task, or name it as their first try."""
    seen: set[str] = set()
    count = 0
    for evidence in work:
        names = {f"id {evidence.attempt_of or evidence.evidence_id}"}
        if evidence.task is not None:
            names.add(f"task {evidence.task}")
        count += bool(names & seen) or (evidence.attempt or 1) > 1
        seen |= names
    return count


def by_arm(found: Iterable[tuple[str, Arm, Sequence[Answered]]]) -> Mapping[str, dict[str, Sequence[Answered]]]:
    """Gather (learner, arm, answers) by organisation."""
    gathered: dict[str, dict[str, Sequence[Answered]]] = {}
    for learner, arm, answers in found:
        gathered.setdefault(arm.organisation, {})[learner] = answers
    return gathered
