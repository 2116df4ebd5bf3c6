"""Acts by people who do not teach the learner, or on somebody else's behalf."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, count, person
from ledger.audit.queries.life import Act, Life, dated, step
from ledger.domain.learner import Evidence, EvidenceCorrected, EvidenceRecorded
from ledger.domain.shapes import Payload
from ledger.facts.belonging import Belonging
from ledger.storage.envelope import Event

NAME = "not-teaching"
TEACHER = "teacher"
OFFICES = ("registrar", "operator", "administrator")
"""Roles that act for every learner."""

LEARNERS = Threshold("class-learners", 3, "learners of a class for whom somebody acts who teaches it")
DAYS = Threshold("own-days", 3, "days on which somebody acts for one learner who teaches that learner alone")

Class = tuple[str, ...]


class _Deed(NamedTuple):
    event: Event[Any]
    learner: str
    classes: frozenset[Class]


class NotTeaching:
    """Learns from everybody's acts who teaches whom, then judges each act by it."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._deeds: dict[str, list[_Deed]] = defaultdict(list)
        self._behalves: list[_Deed] = []
        self._assessed: set[tuple[str, str]] = set()
        self._unjudged: list[_Deed] = []

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Note who acted for one learner, and in which classes the learner was."""
        belonging = Belonging()
        for act in life.acts:
            for event in act.entries:
                step(belonging, event)
            self._note(life.learner, act, belonging)
        yield from ()

    def _note(self, learner: str, act: Act, belonging: Belonging) -> None:
        for event in act.entries[:1]:
            days = {self.setting.day(event), *_day_of(event.data)}
            deed = _Deed(event, learner, frozenset(one for day in days for one in classes_on(belonging, day)))
            if event.role == TEACHER:
                self._deeds[event.actor].append(deed)
            if event.behalf:
                self._behalves.append(deed)
        for event in act.entries:
            if isinstance(event.data, EvidenceRecorded | EvidenceCorrected):
                assessor = event.data.evidence.assessor
                if assessor is not None and assessor.who not in (None, event.actor):
                    self._assessed.add((str(assessor.who), learner))

    def rest(self) -> Iterator[AuditFinding]:
        """Yield the acts of whoever teaches neither the learner nor a class of the learner's."""
        own = {actor: set(self._own_classes(deeds)) for actor, deeds in self._deeds.items()}
        taught = {one for classes in own.values() for one in classes}
        for actor, deeds in self._deeds.items():
            for learner, some in _by_learner(deeds).items():
                classes = frozenset(one for deed in some for one in deed.classes)
                if self._teaches(actor, learner, some, classes & own[actor]):
                    continue
                if own[actor] or classes & taught:
                    yield self._finding(some, _stranger(some))
                else:
                    self._unjudged += some
        for deed in self._behalves:
            if not self._in_the_office(deed, own):
                yield self._finding([deed], _on_behalf(deed))

    def _own_classes(self, deeds: list[_Deed]) -> Iterator[Class]:
        learners: dict[Class, set[str]] = defaultdict(set)
        for deed in deeds:
            for one in deed.classes:
                learners[one].add(deed.learner)
        return (one for one, found in learners.items() if len(found) >= self.setting[LEARNERS.name])

    def _teaches(self, actor: str, learner: str, deeds: list[_Deed], shared: frozenset[Class]) -> bool:
        days = {self.setting.day(deed.event) for deed in deeds}
        return bool(shared) or (actor, learner) in self._assessed or len(days) >= self.setting[DAYS.name]

    def _in_the_office(self, deed: _Deed, own: dict[str, set[Class]]) -> bool:
        behalf = str(deed.event.behalf)
        teaches = (behalf, deed.learner) in self._assessed or bool(deed.classes & own.get(behalf, set()))
        return deed.event.role in OFFICES and teaches

    def _finding(self, deeds: list[_Deed], said: str) -> AuditFinding:
        last = deeds[-1].event
        when = f"{self.setting.local(last):%Y-%m-%d %H:%M}"
        positions = tuple(deed.event.position for deed in deeds)
        sentence = f"{said}, the last time at {when}."
        return AuditFinding(NAME, last.position, positions, deeds[-1].learner, last.actor, last.at, sentence)

    def notes(self) -> Iterator[str]:
        """Say how many acts could not be judged."""
        if self._unjudged:
            people = len({deed.event.actor for deed in self._unjudged})
            yield (
                f"{count(len(self._unjudged), 'act')} of {count(people, 'teacher')} could not be judged: neither they "
                "nor anybody else acted for enough learners of a class the learner is in."
            )


def classes_on(belonging: Belonging, day: str) -> Iterator[Class]:
    """Name the classes a learner is in on a day: sections of courses, and the grade of the school."""
    for term in belonging.terms():
        if belonging.course_on(term.course, day) == term:
            yield "course", term.course, term.section or f"at {term.organisation}"
    enrolment, grade = belonging.enrolment_on(day), belonging.grade_on(day)
    if enrolment is not None and grade is not None:
        yield "grade", str(enrolment.organisation), grade.grade


def _day_of(said: Payload) -> Iterator[str]:
    evidence = getattr(said, "evidence", None)
    day = dated(evidence) if isinstance(evidence, Evidence) else getattr(said, "occurred", None)
    if day:
        yield day[:10]


def _by_learner(deeds: list[_Deed]) -> dict[str, list[_Deed]]:
    found: dict[str, list[_Deed]] = defaultdict(list)
    for deed in deeds:
        found[deed.learner].append(deed)
    return found


def _stranger(deeds: list[_Deed]) -> str:
    return f"{person(deeds[-1].event)} acted {count(len(deeds), 'time')} for a learner who is in no class of theirs"


def _on_behalf(deed: _Deed) -> str:
    return f"{person(deed.event)} acted on behalf of {shown(deed.event.behalf)[:9]}"


QUERY = Query(
    NAME,
    "Who acted for a learner they do not teach, or on behalf of somebody else?",
    "An act in the role of teacher for a learner who is in no class of that person's: a class (a section of a course, "
    "or a grade of a school) is somebody's who acts for enough of its learners. And any act on somebody's behalf.",
    "Acts of an office, which serves every learner, also on behalf of somebody who teaches the learner; a substitute, "
    "who acts for several learners of the class; a tutor, who acts for the learner on several days; whoever is named "
    "as assessor by others.",
    (LEARNERS, DAYS),
    NotTeaching,
)
