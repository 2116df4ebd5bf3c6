"""Where a learner belongs: enrolments, transfers, grades, courses; and bringing a new learner onto the record."""

from dataclasses import dataclass
from typing import Any

from ledger.access.actions import Action
from ledger.application import learning
from ledger.domain.belonging import (
    CourseCompleted,
    CourseEnrolled,
    CourseLeft,
    GradeOfRecordSet,
    LearnerEnrolled,
    LearnerTransferred,
)
from ledger.domain.shapes import Payload, Source
from ledger.errors import UnknownName
from ledger.inquiry.written import WrittenView, written_view
from web import access
from web.api import commands
from web.api.evidence import document_of
from web.api.fields import Body, Choice, Day, Said, Text, WholeNumber
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.api.records import OF, entered
from web.api.sharing import CODE, JURISDICTION, code, iso, says
from web.ledgers import here

NOUN = Noun("belonging", "Rosters", "Where learners belong, from when to when: schools, grades of record, courses.")
HERE = Source(system="api")


class Enrolment(Body):
    """A school, from a day on."""

    organisation = Said(required=True, longest=200, pattern=JURISDICTION, **says("The school or district."))
    first_day = Day(required=True, **says("The first day."))
    last_day = Day(**says("The last day; open where not given."))
    grade = code("The grade of record from the first day on.")


class NewLearner(Enrolment):
    """A learner who is new here, by an enrolment."""

    external_id = Said(required=True, longest=200, pattern=CODE, **says("The id in the system the learner comes from."))


@dataclass(frozen=True, slots=True)
class LearnerMade:
    """The UUID of a learner, and what the enrolment came to."""

    learner: str
    result: WrittenView


def _enrolled(given: dict[str, Any]) -> LearnerEnrolled:
    return LearnerEnrolled(
        organisation=given["organisation"],
        first_day=iso(given["first_day"]) or "",
        last_day=iso(given["last_day"]),
        grade=given["grade"],
        source=HERE,
    )


@NOUN.commands(f"{SCOPE}/learners", LearnerMade, body=NewLearner)
@access.needs(Action.KEEP_ROSTER)
def bring_learner(given: dict[str, Any]) -> Any:
    """Bring a learner onto the record by an enrolment; the id in the other system stands in the vault alone."""
    ledger = here().ledger
    identity = ledger.vault.learner_id(given["external_id"])
    written = learning.record(ledger, commands.author(), identity, _enrolled(given))
    return LearnerMade(identity, written_view(ledger, written, (), audience=access.audience()))


@NOUN.commands(f"{OF}/enrolments", WrittenView, body=Enrolment)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_enrolment(given: dict[str, Any], learner: str) -> Any:
    """Record in which school a learner is enrolled; of enrolments that cover a day the last recorded counts."""
    return entered(learner, _enrolled(given))


class Transfer(Body):
    """From one school to another."""

    origin = Said(required=True, longest=200, pattern=JURISDICTION, **says("The school left."))
    destination = Said(required=True, longest=200, pattern=JURISDICTION, **says("The school of the day on."))
    day = Day(required=True, **says("The first day there."))


@NOUN.commands(f"{OF}/transfers", WrittenView, body=Transfer)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_transfer(given: dict[str, Any], learner: str) -> Any:
    """Record that a learner went from one school to another."""
    day = given["day"].isoformat()
    payload = LearnerTransferred(origin=given["origin"], destination=given["destination"], day=day, source=HERE)
    return entered(learner, payload)


class Grade(Body):
    """A grade of record, from a day on."""

    grade = code("The grade.", required=True)
    first_day = Day(required=True, **says("The first day."))
    basis = Said(**says("The document or law it rests on."))


@NOUN.commands(f"{OF}/grades", WrittenView, body=Grade)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_grade(given: dict[str, Any], learner: str) -> Any:
    """Record which grade a learner is in, from a day on."""
    first_day = given["first_day"].isoformat()
    return entered(learner, GradeOfRecordSet(grade=given["grade"], first_day=first_day, basis=given["basis"]))


class Course(Body):
    """A course begun, completed or left on a day; the last day and the section go with one that begins."""

    course = code("The course, by its code.", required=True)
    step = Choice(("began", "completed", "left"), required=True, **says("What happened."))
    day = Day(required=True, **says("The first day of one that began, else the last."))
    last_day = Day(**says("The last day, of one that began."))
    section = code("The class, of one that began.")
    session = code("The term or school year.")
    organisation = Said(longest=200, pattern=JURISDICTION, **says("The school that teaches it."))


@NOUN.commands(f"{OF}/courses", WrittenView, body=Course)
@access.needs(Action.KEEP_ROSTER, access.learner)
def record_course(given: dict[str, Any], learner: str) -> Any:
    """Record that a learner began a course, finished it or left it."""
    return entered(learner, _course(given))


def _course(given: dict[str, Any]) -> Payload:
    day, shared = given["day"].isoformat(), {name: given[name] for name in ("course", "session", "organisation")}
    if given["step"] == "began":
        last_day = iso(given["last_day"])
        return CourseEnrolled(**shared, first_day=day, last_day=last_day, section=given["section"], source=HERE)
    ended = CourseCompleted if given["step"] == "completed" else CourseLeft
    return ended(**shared, day=day)


class Retraction(Body):
    """An entry that should not have been recorded."""

    entry = WholeNumber(required=True, **says("Its version in the learner's stream, as the list of entries has it."))
    reason = Text(required=True, **says("Why; kept in the vault."))
    document = Said(longest=64, pattern="^[0-9a-f]{64}$", **says("The digest of a document kept that it rests on."))


@NOUN.commands(f"{OF}/retractions", WrittenView, body=Retraction)
@access.needs(Action.KEEP_ROSTER, access.learner)
def retract_entry(given: dict[str, Any], learner: str) -> Any:
    """Take back an enrolment, a transfer, a grade or a course that should not have been recorded."""
    ledger = here().ledger
    document = document_of(ledger, learner, given["document"])
    try:
        written = learning.retract(ledger, commands.author(), learner, given["entry"], given["reason"], document)
    except UnknownName as error:
        raise Refusal("refused", str(error)) from None
    return written_view(ledger, written, (), audience=access.audience(access.target()))
