"""What a piece of evidence would decide, before anybody records it: asked of the real decider, written nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from ledger.application.ledger import Ledger
from ledger.application.reading_records import items_about, with_record_of
from ledger.deciding import touched_by
from ledger.domain.learner import Decided, Evidence, EvidenceRecorded
from ledger.domain.shapes import Subject
from ledger.facts.items import EvidenceItem
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_cells import AWARD, QUESTION, CellReader
from ledger.inquiry.views import SubjectView
from ledger.policy.model import Outcome


@dataclass(frozen=True, slots=True)
class Further:
    """A decision about something else that would follow: credit for a course, the next competency."""

    question: str
    subject: SubjectView
    outcome: str
    word: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a piece of evidence would come to for one learner and one subject.

    `before` and `outcome` are the outcomes that stand without it and with it, empty where no rule decides about
    the subject. `word` is the jurisdiction's for the outcome. `missing` are the sentences then still unmet,
    `next` what to do about them. `result` is false where the evidence says only why there is no result.
    """

    learner: str
    subject: SubjectView
    result: bool
    before: str
    outcome: str
    word: str
    missing: tuple[str, ...]
    next: tuple[str, ...]
    further: tuple[Further, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would be so for several learners alike; `tone` is an outcome, `words` begin after "this will decide"."""

    outcome: str
    words: str
    detail: str
    learners: tuple[str, ...]


def foretell(
    ledger: Ledger, said: Iterable[tuple[str, Evidence]], *, entitlements: bool = False
) -> tuple[Foretold, ...]:
    """Return what evidence about some learners would decide, subject by subject; the learners are named by UUID."""
    reader = CellReader(ledger, ledger.today(), entitlements)
    found: list[Foretold] = []
    for learner, evidence in said:
        found += with_record_of(ledger, learner, partial(_foretold, reader, evidence))
    return tuple(found)


def _foretold(reader: CellReader, evidence: Evidence, record: LearnerRecord) -> list[Foretold]:
    before = {one.subject.key: _outcome(record, one.subject.key) for one in evidence.results}
    decided = suppose(reader, record, evidence)
    about = {(QUESTION, one.subject.key) for one in evidence.results}
    others = (one for was, one in decided if was != one.outcome and (one.question, one.subject.key) not in about)
    further = tuple(further_of(reader, one) for one in others)
    return [
        _one(reader, record, each.subject, before[each.subject.key], further, result=each.absent_reason is None)
        for each in evidence.results
    ]


def suppose(reader: CellReader, record: LearnerRecord, evidence: Evidence) -> list[tuple[str, Decided]]:
    """Fold a piece of evidence into a record, which nothing is stored of, with the decisions it would cause.

    Each comes with the outcome that stood before it, empty where none did.
    """
    payload = EvidenceRecorded(evidence=evidence)
    record.apply(record.version + 1, payload)
    decided = []
    for one in reader.decider.decide(record, touched_by(payload)):
        standing = record.standing(one.question, one.subject.key, one.award)
        decided.append((standing.outcome if standing else "", one))
        record.apply(record.version + 1, one)
    return decided


def _one(
    reader: CellReader,
    record: LearnerRecord,
    subject: Subject,
    before: str,
    further: tuple[Further, ...],
    *,
    result: bool,
) -> Foretold:
    outcome, answer = _outcome(record, subject.key), reader.answer(record, subject.key)
    said = reader.explained(answer) if answer and answer.finding.outcome is not Outcome.MET else None
    return Foretold(
        learner=record.learner,
        subject=reader.naming.subject(subject),
        result=result,
        before=before,
        outcome=outcome,
        word=answer.ruling.shelved.policy.words.of(Outcome(outcome)) if answer and outcome else "",
        missing=tuple(dict.fromkeys(line.text for line in said.missing)) if said else (),
        next=said.next if said else (),
        further=further,
    )


def _outcome(record: LearnerRecord, key: str) -> str:
    standing = record.standing(QUESTION, key, AWARD)
    return standing.outcome if standing else ""


def further_of(reader: CellReader, decided: Decided) -> Further:
    """Name a decision in the words of its rule."""
    governed = next((one for one in reader.ledger.governance().adoptions if one.position == decided.adoption), None)
    policy = reader.ledger.shelf().find(governed.payload.digest).policy if governed else None
    word = policy.words.of(Outcome(decided.outcome)) if policy else decided.outcome
    return Further(decided.question, reader.naming.subject(decided.subject), decided.outcome, word)


def earlier_tasks(ledger: Ledger, learners: Iterable[str], subjects: Sequence[str]) -> tuple[str, ...]:
    """Name the tasks some learners had results for about some subjects, the one done last first."""
    found: dict[str, str] = {}

    def read(record: LearnerRecord) -> None:
        for items in items_about(ledger, record, subjects).values():
            for item in items:
                if isinstance(item, EvidenceItem) and item.has_result and item.task:
                    found[item.task] = max(found.get(item.task, ""), item.occurred or "")

    for learner in learners:
        with_record_of(ledger, learner, read)
    return tuple(sorted(found, key=lambda task: (found[task], task), reverse=True))


def verdicts(foretold: Sequence[Foretold]) -> tuple[Verdict, ...]:
    """Put together what would be so for several learners: what changes first, then what is still missing."""
    grouped: dict[tuple[int, str, str, str], list[str]] = {}
    for one in foretold:
        grouped.setdefault(_said(one), []).append(one.learner)
    ordered = sorted(grouped.items(), key=lambda each: (each[0][0], -len(each[1]), each[0]))
    return tuple(Verdict(key[1], key[2], key[3], tuple(learners)) for key, learners in ordered)


def _said(one: Foretold) -> tuple[int, str, str, str]:
    if not one.outcome:
        return 9, "", "no rule decides about it", ""
    if one.outcome == "met":
        return (1, "met", f"still {one.word}", "") if one.before == "met" else (0, "met", one.word, "")
    detail = " ".join(one.missing)
    if one.before == "met":
        return 2, one.outcome, f"no longer met: {one.word}", detail
    return 3 + len(one.missing), one.outcome, one.word, detail
