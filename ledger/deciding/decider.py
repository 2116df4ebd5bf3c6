"""Asks questions about a learner and writes the answers down as decisions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from ledger.bounds import Candidate, Governing, candidates, questions_asked
from ledger.deciding.agenda import QUESTIONS, Agenda, Asked, Touched
from ledger.deciding.answer import Answer, Conclusion, Ruling
from ledger.deciding.payload import decided_payload, differs
from ledger.deciding.shelf import PolicyAltered, PolicyMissing, Shelf
from ledger.deciding.watching import Watching, levels_of_questions, watching
from ledger.domain.governance import Governance, covers
from ledger.domain.learner import Decided
from ledger.domain.shapes import Subject
from ledger.errors import UnreadablePolicy
from ledger.facts.bands import NO_SCALE, levels_of
from ledger.facts.record import LearnerRecord
from ledger.facts.sheet import FactSheet
from ledger.facts.standing import StandingDecision
from ledger.facts.surroundings import Surroundings
from ledger.policy.canonical import value_from_text
from ledger.policy.evaluate import decide
from ledger.policy.facts import Reads
from ledger.policy.judge import Judge
from ledger.policy.judging.asking import in_worker
from ledger.policy.model import Outcome, Question
from ledger.policy.parameters import resolve

Decision: TypeAlias = Callable[[LearnerRecord, str, str, str], Decided | None]
"""Returns the decision to write about a question, a subject and an award, or nothing."""

MOST_CONCLUSIONS = 10_000
"""Conclusions that are remembered; equal sheets under one ruling are decided once."""


@dataclass(slots=True)
class Decider:
    """Answers questions as of a legal day, from what governs up to a position.

    Holds nothing about a learner; what it remembers follows from the governing events alone, so one
    decider serves any number of learners as long as `on` and `read_to` are the same. `conclusions` may be
    shared with deciders of other days and positions that have the same events. `judge` runs what is judged
    by code, out of the archived text: in the worker of this process, where nobody says otherwise.
    """

    governance: Governance
    shelf: Shelf
    on: date
    read_to: int
    conclusions: dict[tuple[object, ...], Conclusion] = field(default_factory=dict)
    judge: Judge = in_worker
    _candidates: dict[tuple[str, str, str], tuple[Candidate, ...]] = field(default_factory=dict)
    _surroundings: dict[tuple[str, int], Surroundings] = field(default_factory=dict)
    _rulings: dict[int, Ruling] = field(default_factory=dict)
    _subjects: dict[str, Subject] = field(default_factory=dict)
    _questions: dict[tuple[str, Reads], tuple[Asked, ...]] = field(default_factory=dict)
    _editions: Mapping[str, str] | None = None
    _about: dict[str, tuple[tuple[Asked, ...], bool]] = field(default_factory=dict)
    _followers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _looking_away: tuple[Watching, ...] | None = None
    _levels: dict[tuple[str, str], int] | None = None

    def decide(
        self, record: LearnerRecord, touched: Iterable[Touched], decision: Decision | None = None
    ) -> Iterator[Decided]:
        """Yield the decisions an append brings, in canonical order.

        The record must hold what was written. Each decision is folded into it by the caller before
        the next is asked for, so that later questions see earlier answers. `decision` may keep some
        from being written; without it `self.decision` says which are.
        """
        agenda = Agenda()
        for one in sorted(touched, key=lambda each: (each.reads, each.subject or "")):
            self._put(agenda, record, one)
        yield from self._gone_through(agenda, record, decision or self.decision)

    def decide_everything(self, record: LearnerRecord, decision: Decision) -> Iterator[Decided]:
        """Yield what `decision` makes of every question there is about a learner, as `decide` does."""
        agenda = Agenda()
        for subject in record.subjects:
            for asked in self._all_questions_about(record, subject):
                agenda.add(asked)
            for kind in Reads:
                self._ask_watchers(agenda, record, Touched(kind, subject))
            self._put(agenda, record, Touched(Reads.DECISION, subject))
        yield from self._gone_through(agenda, record, decision)

    def _gone_through(self, agenda: Agenda, record: LearnerRecord, decision: Decision) -> Iterator[Decided]:
        for asked in agenda:
            decided = decision(record, QUESTIONS[asked.question], asked.subject, asked.award)
            if decided is not None:
                yield decided
                self._put(agenda, record, Touched(Reads.DECISION, asked.subject))

    def decision(self, record: LearnerRecord, question: str, subject: str, award: str) -> Decided | None:
        """Return the decision to write, or nothing where the answer is the one that stands."""
        answer = self.answer(record, question, subject, award)
        if answer is None:
            return None
        standing = record.standing(question, subject, award)
        if not differs(answer, standing) or (standing and self._rule_alone_made_it_worse(record, answer, standing)):
            return None
        return decided_payload(
            answer, on=self.on, read_to=self.read_to, learner_version=record.version, standing=standing
        )

    def _rule_alone_made_it_worse(self, record: LearnerRecord, answer: Answer, standing: StandingDecision) -> bool:
        """Say whether a met decision would be lost though the rule it was made under still says met.

        Then nothing is written: the learner joins those for whom the rule would now differ, and a
        person settles it. Where the former rule says no as well, it is the evidence that changed.
        """
        was_met, is_met = standing.outcome == "met", answer.finding.outcome is Outcome.MET
        if not was_met or is_met or standing.adoption == answer.ruling.governing.position:
            return False
        former = next((one for one in self.governance.adoptions if one.position == standing.adoption), None)
        if former is None:
            return True
        found = Governing(former.position, former.payload, former.upstream)
        return self.answer_under(found, record, standing.subject).finding.outcome is Outcome.MET

    def answer(self, record: LearnerRecord, question: str, subject: str, award: str) -> Answer | None:
        """Return what the governing rule says now, or nothing where no rule governs.

        Nothing, too, about a learner whose payloads were erased.
        """
        found = None if record.erased else self.governing(record, question, subject, award)
        return None if found is None else self.answer_under(found, record, subject)

    def answer_under(self, found: Governing, record: LearnerRecord, subject: str) -> Answer:
        """Return what the rule of one adoption says."""
        ruling = self.ruling(found)
        sheet = ruling.shelved.reader.sheet(
            record, subject, self.on, ruling.parameters, self.surroundings(subject, ruling)
        )
        return Answer(ruling, self._subject(subject), sheet, self.conclusion(ruling, sheet))

    def ruling(self, found: Governing) -> Ruling:
        """Make an adoption ready for this day."""
        if found.position not in self._rulings:
            adoption = found.adoption
            shelved = self.shelf.find(adoption.digest)
            overrides = {one.name: value_from_text(one.value) for one in adoption.overrides}
            scale = self.governance.scale(adoption.scale) if adoption.scale else None
            self._rulings[found.position] = Ruling(
                found,
                shelved,
                overrides,
                resolve(shelved.policy, self.on, {}, overrides, self.on),
                levels_of(scale, self.governance.scale_editions(scale.scale, self.read_to)) if scale else NO_SCALE,
            )
        return self._rulings[found.position]

    def conclusion(self, ruling: Ruling, sheet: FactSheet) -> Conclusion:
        """Return what a rule says of a sheet; equal sheets under one ruling are decided once."""
        key = (self.on, ruling.governing.position, *[fact.value for fact in sheet.seen])
        found = self.conclusions.get(key)
        if found is None:
            policy = ruling.shelved.policy
            finding = decide(
                policy, sheet.values, self.on, overrides=ruling.overrides, known_on=self.on, judge=self.judge
            )
            found = Conclusion(finding, sheet.seen)
            if len(self.conclusions) < MOST_CONCLUSIONS:
                self.conclusions[key] = found
        return found

    def governing(self, record: LearnerRecord, question: str, subject: str, award: str) -> Governing | None:
        """Return the adoption that governs a question about a learner's subject."""
        for candidate in self.candidates(question, subject, award):
            if candidate.binds_everyone or candidate.binds(record, subject, self.on):
                return candidate.governing
        return None

    def candidates(self, question: str, subject: str, award: str) -> tuple[Candidate, ...]:
        """Return the adoptions one of which may govern a question about a subject."""
        key = (question, subject, award)
        if key not in self._candidates:
            self._candidates[key] = candidates(self.governance, question, award, subject, self.on, self.read_to)
        return self._candidates[key]

    def surroundings(self, subject: str, ruling: Ruling) -> Surroundings:
        """Return the prerequisites, designations and scale a subject's facts may look up."""
        key = (subject, ruling.governing.position)
        if key not in self._surroundings:
            kind, _, identity = subject.partition("/")
            edition = self._edition_of(identity) if kind == "competency" else None
            designated = self.governance.designated_kinds(identity, self.on, self.read_to) if kind == "course" else {}
            self._surroundings[key] = Surroundings(
                prerequisites=self.governance.outline(edition).prerequisites[identity] if edition else (),
                designated=tuple(designated) or None,
                kinds=designated,
                levels=ruling.levels,
            )
        return self._surroundings[key]

    def _edition_of(self, competency: str) -> str | None:
        if self._editions is None:
            self._editions = self.governance.editions_of_competencies(self.read_to)
        return self._editions.get(competency)

    def _subject(self, key: str) -> Subject:
        if key not in self._subjects:
            kind, _, identity = key.partition("/")
            framework = self._edition_of(identity) if kind == "competency" else None
            self._subjects[key] = Subject(kind=kind, id=identity, framework=framework)  # type: ignore[arg-type]
        return self._subjects[key]

    def _put(self, agenda: Agenda, record: LearnerRecord, touched: Touched) -> None:
        for subject in record.subjects if touched.subject is None else (touched.subject,):
            self._ask(agenda, record, subject, touched.reads)
            self._ask_what_was_never_asked(agenda, record, subject)
        self._ask_what_was_never_asked(agenda, record, f"learner/{record.learner}")
        self._ask_watchers(agenda, record, touched)
        for follower in self.followers_of(touched.subject) if touched.subject else ():
            if touched.reads is Reads.DECISION:
                self._ask(agenda, record, follower, Reads.DECISION)
            if not follower.startswith("competency/"):  # nobody has worked on those yet
                self._ask_what_was_never_asked(agenda, record, follower)

    def _ask_watchers(self, agenda: Agenda, record: LearnerRecord, touched: Touched) -> None:
        """Ask the rules that look at this subject from others."""
        for one in self.looking_away():
            found, policy = one.ruling.governing, one.ruling.shelved.policy
            for subject in one.concerned(touched, record.subjects):
                here = self.governing(record, policy.question.value, subject, policy.award)
                if here is not None and here.position == found.position:
                    asked = self._asked(policy.question.value, subject, policy.award)
                    (agenda.add_again if touched.reads is Reads.DECISION else agenda.add)(asked)

    def looking_away(self) -> tuple[Watching, ...]:
        """Return the adopted rules in force on the day that look beyond the subjects they decide."""
        if self._looking_away is None:
            self._looking_away = tuple(one for one in map(watching, self._rulings_in_force()) if one.looks_away)
        return self._looking_away

    def _rulings_in_force(self) -> Iterator[Ruling]:
        for one in self.governance.adoptions:
            last_day = self.governance.last_day_of(one, self.read_to)
            if one.position <= self.read_to and covers(one.payload.first_day, last_day, self.on):
                # a policy that cannot be read stops only the questions it governs, once they are asked
                with suppress(PolicyMissing, PolicyAltered, UnreadablePolicy):
                    yield self.ruling(Governing(one.position, one.payload, one.upstream))

    def _level_of(self, question: str, award: str) -> int:
        if self._levels is None:
            self._levels = levels_of_questions(one.shelved.policy for one in self._rulings_in_force())
        return self._levels.get((question, award), 0)

    def _asked(self, question: str, subject: str, award: str) -> Asked:
        kind, _, identity = subject.partition("/")
        place = QUESTIONS.index(question)
        level = self._level_of(question, award)
        return Asked(Question(question).stratum, level, self._rank(kind, identity), subject, place, award)

    def _ask_what_was_never_asked(self, agenda: Agenda, record: LearnerRecord, subject: str) -> None:
        """Ask what a rule adopted, or a standard designated, since the last time may answer now."""
        for asked in self._all_questions_about(record, subject):
            if not record.is_decided(QUESTIONS[asked.question], subject, asked.award):
                agenda.add(asked)

    def _ask(self, agenda: Agenda, record: LearnerRecord, subject: str, reads: Reads) -> None:
        for asked in self._questions_reading(record, subject, reads):
            agenda.add(asked)

    def _questions_reading(self, record: LearnerRecord, subject: str, reads: Reads) -> tuple[Asked, ...]:
        """Return the questions about a subject whose rules read a kind of thing; kept where all learners share them."""
        key = (subject, reads)
        found = self._questions.get(key)
        if found is None:
            everything = self._all_questions_about(record, subject)
            found = tuple(asked for asked in everything if reads in self._reads_of(record, subject, asked))
            if not self._about[subject][1]:
                self._questions[key] = found
        return found

    def _reads_of(self, record: LearnerRecord, subject: str, asked: Asked) -> frozenset[Reads]:
        found = self.governing(record, QUESTIONS[asked.question], subject, asked.award)
        return self.shelf.find(found.adoption.digest).reads if found else frozenset()

    def _all_questions_about(self, record: LearnerRecord, subject: str) -> tuple[Asked, ...]:
        if subject not in self._about:
            self._about[subject] = self._questions_there_may_be(subject)
        found, depends = self._about[subject]
        if not depends:
            return found
        return tuple(one for one in found if self.governing(record, QUESTIONS[one.question], subject, one.award))

    def _questions_there_may_be(self, subject: str) -> tuple[tuple[Asked, ...], bool]:
        """Return the questions about a subject, and whether which rule answers one of them depends on the learner."""
        kind, found, depends = subject.partition("/")[0], [], False
        for question, award, wanted in questions_asked(self.governance, self.read_to):
            several = self.candidates(question, subject, award) if wanted == kind else ()
            if several:
                found.append(self._asked(question, subject, award))
                depends = depends or not several[0].binds_everyone
        return tuple(found), depends

    def _rank(self, kind: str, identity: str) -> int:
        edition = self._edition_of(identity) if kind == "competency" else None
        return self.governance.outline(edition).rank[identity] if edition else 0

    def followers_of(self, subject: str) -> tuple[str, ...]:
        """Name the subjects whose rules may look at a decision about this one."""
        if subject not in self._followers:
            kind, _, identity = subject.partition("/")
            found: list[str] = []
            if kind == "competency":
                edition = self._edition_of(identity)
                if edition is not None:
                    outline = self.governance.outline(edition)
                    found += [
                        f"competency/{one}" for one, needed in outline.prerequisites.items() if identity in needed
                    ]
                found += [f"course/{one}" for one in self.governance.courses_of(identity, self.on, self.read_to)]
            self._followers[subject] = tuple(found)
        return self._followers[subject]
