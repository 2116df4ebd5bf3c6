"""What is asked about a learner's targets: the answers of today beside the decisions that stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger.application.ledger import Ledger
from ledger.application.reading_records import items_about
from ledger.bounds import questions_asked
from ledger.deciding.answer import Answer
from ledger.deciding.supposing import Key, answers
from ledger.domain.competencies import natural
from ledger.domain.learner import Decided
from ledger.errors import LedgerError
from ledger.facts.attending import attending_on
from ledger.facts.record import LearnerRecord
from ledger.inquiry.audience import Audience, Cut
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.history import History
from ledger.inquiry.lacking import still_missing
from ledger.inquiry.learners import read_history
from ledger.inquiry.target_views import AnswerView, State, TargetRow
from ledger.inquiry.views import DecisionSummary, EvidenceView
from ledger.policy.model import Outcome
from ledger.storage.envelope import Event
from ledger.vault import pseudonym

TELLING = ("MASTERY", "CREDIT", "GRADUATION", "CERTIFICATION", "ADVANCEMENT", "SUPPORT", "READINESS")
"""Which question says best where a learner is with a target, the most telling first."""

Asked = Mapping[tuple[str, str], Answer | None]
"""What is asked about one subject, by question and award; null for an award that stands and no rule asks for now."""

_STATES: Mapping[str, State] = {
    "met": "met",
    "denied": "stopped",
    "ineligible": "stopped",
    "needs_panel": "waiting",
    "undetermined": "waiting",
}


@dataclass(slots=True)
class TargetReader:
    """Reads the targets of one learner as they are today, cut to an audience.

    Raises `UnknownName` where nothing is on record about the learner.
    """

    ledger: Ledger
    learner: str
    audience: Audience
    cells: CellReader = field(init=False)
    history: History = field(init=False)
    standing: dict[Key, Event[Decided]] = field(init=False)
    cut: Cut = field(init=False)

    def __post_init__(self) -> None:
        """Read the learner's stream, and take what governs now."""
        self.cells = CellReader(self.ledger, self.ledger.today(), self.audience.entitlements)
        self.history = read_history(self.ledger, self.learner)
        self.standing = self.history.standing()
        self.cut = Cut(self.ledger.governance(), self.ledger.shelf())

    @property
    def name(self) -> str:
        """Return what the audience may call the learner."""
        return self.ledger.vault.display_name(self.learner) if self.audience.names else pseudonym(self.learner)

    @property
    def today(self) -> str:
        """Return the day in the zone of the ledger."""
        return self.cells.on.isoformat()

    def asked(self, record: LearnerRecord) -> dict[str, Asked]:
        """Return what is asked about each subject."""
        found: dict[str, dict[tuple[str, str], Answer | None]] = defaultdict(dict)
        for question, subject, award in self.standing:
            found[subject][question, award] = None
        for (question, subject, award), answer in {**self._of_courses(record), **self._of_all(record)}.items():
            found[subject][question, award] = answer
        return dict(found)

    def _of_all(self, record: LearnerRecord) -> Mapping[Key, Answer]:
        try:
            return answers(self.cells.decider, record)
        except LedgerError:  # what stands is shown all the same; that a policy cannot be read is told elsewhere
            return {}

    def _of_courses(self, record: LearnerRecord) -> dict[Key, Answer]:
        """Return what is asked about the courses a learner takes, and about their standards, begun or not."""
        governance = self.ledger.governance()
        courses = sorted({one.course for one in attending_on(record.belonging, self.today) if one.course})
        subjects = [key for course in courses for key in (f"course/{course}", *self.standards(course))]
        found = {
            (question, subject, award): self._answer(record, (question, subject, award))
            for question, award, kind in questions_asked(governance, governance.position)
            for subject in subjects
            if subject.startswith(f"{kind}/")
        }
        return {key: answer for key, answer in found.items() if answer is not None}

    def _answer(self, record: LearnerRecord, key: Key) -> Answer | None:
        try:
            return self.cells.decider.answer(record, *key)
        except LedgerError:
            return None

    def standards(self, course: str) -> list[str]:
        """Return the keys of a course's priority standards, in the order of their codes."""
        governance = self.ledger.governance()
        found = governance.designated_kinds(course, self.cells.on, governance.position)
        ordered = sorted(found, key=lambda one: natural(self.cells.naming.label(one) or one))
        return [f"competency/{one}" for one in ordered]

    def answers_about(self, subject: str, asked: Asked) -> tuple[AnswerView, ...]:
        """Put what is asked about a subject into views, the most telling first; what does not apply is left out."""
        order = sorted(asked, key=lambda each: (TELLING.index(each[0]), each[1]))
        views = (self._view((question, subject, award), asked[question, award]) for question, award in order)
        return tuple(one for one in views if one is not None and one.outcome != "not_applicable")

    def _view(self, key: Key, answer: Answer | None) -> AnswerView | None:
        standing = self._summary(key)
        if answer is not None:
            return self._present(key, answer, standing)
        return _past(standing) if standing is not None else None

    def _summary(self, key: Key) -> DecisionSummary | None:
        event = self.standing.get(key)
        if event is None:
            return None
        summary = self.history.summary(event)
        return summary if self.audience.entitlements else self.cut.summary(summary)

    def _present(self, key: Key, answer: Answer, standing: DecisionSummary | None) -> AnswerView:
        policy, now = answer.ruling.shelved.policy, answer.finding.outcome
        said, is_open = self.cells.explained(answer), now is not Outcome.MET
        outcome = standing.outcome if standing else now.value
        return AnswerView(
            question=key[0],
            award=key[2],
            outcome=outcome,
            word=policy.words.of(Outcome(outcome)),
            decided=standing.version if standing else None,
            on=standing.on if standing else "",
            title=policy.title,
            edition=policy.edition,
            now=now.value,
            answer=said.answer,
            missing=still_missing(said.missing) if is_open else (),
            needs=tuple(says for _, says in said.needs),
            next=said.next if is_open else (),
            gives=standing.grants if standing else (),
            reasons=tuple(line for _, line in said.stages),
        )

    def row(self, record: LearnerRecord, subject: str, told: Sequence[AnswerView]) -> TargetRow:
        """Put a target into a line; `told` are its answers, the most telling first."""
        kind, _, identity = subject.partition("/")
        items = items_about(self.ledger, record, [subject])[subject]
        cell = self.cells.cell(record, identity, items) if kind == "competency" else None
        held = self.evidence_about(subject)
        governance = self.ledger.governance()
        pieces = cell.pieces if cell else len(held)
        return TargetRow(
            subject=self.cells.naming.by_key(subject),
            state=state_of(told[0].outcome, pieces + self._work_on_standards(kind, identity)),
            main=told[0],
            level=cell.level if cell else "",
            label=cell.label if cell else "",
            pieces=pieces,
            last_day=cell.last_day if cell else max((one.occurred[:10] for one in held), default=""),
            courses=governance.courses_of(identity, self.cells.on, governance.position) if cell else (),
        )

    def _work_on_standards(self, kind: str, identity: str) -> int:
        """Count the evidence about the standards of a course, by which it is begun; 0 for anything else."""
        return sum(len(self.evidence_about(one)) for one in self.standards(identity)) if kind == "course" else 0

    def evidence_about(self, subject: str) -> list[EvidenceView]:
        """Return the evidence about a subject that was not withdrawn, and that the audience may see."""
        return [
            one
            for one in self.history.evidence.values()
            if not one.withdrawn and one.instrument not in self.cells.hidden
            if any(result.subject.key == subject for result in one.results)
        ]


def _past(standing: DecisionSummary) -> AnswerView:
    """Put a decision into a view that stands although no rule asks for it any more."""
    return AnswerView(
        question=standing.question,
        award=standing.award,
        outcome=standing.outcome,
        word=standing.word,
        decided=standing.version,
        on=standing.on,
        title=standing.title,
        edition=standing.edition,
        now="",
        answer="",
        missing=(),
        needs=(),
        next=(),
        gives=standing.grants,
        reasons=(),
    )


def state_of(outcome: str, pieces: int) -> State:
    """Say where a learner is, by the outcome of the most telling answer and how much evidence there is."""
    return _STATES.get(outcome) or ("begun" if pieces else "new")
