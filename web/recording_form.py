"""The form that records evidence for many: its fields, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, validates
from marshmallow.validate import OneOf

from ledger.application.classroom_evidence import CONDITIONS, Work, evidence_of
from ledger.application.learning import subject_of
from ledger.domain.framework import ScaleDefined
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Assessor, Result, Subject
from ledger.errors import UsageError
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.recording_near import scale_about
from ledger.inquiry.views import SubjectView
from ledger.interchange.remembered import Wrong
from ledger.interchange.typed_results import decimal_of, read_result
from ledger.values import exact
from web.fields import Day, Line, Ticked, typed
from web.ledgers import here
from web.recording_roster import Roster

KINDS = MappingProxyType(
    {
        "performance": "Performance",
        "task": "Task",
        "exam": "Exam or test",
        "portfolio": "Portfolio",
        "observation": "Observation",
        "judgement": "Judgement on the whole of the work",
        "course_grade": "Grade of a course",
        "credential": "Credential",
        "hours": "Hours",
        "attendance": "Attendance",
    }
)
"""What each kind of evidence is called, those a teacher takes most first."""

PURPOSES = MappingProxyType(
    {
        "summative": "Summative: to show what is reached",
        "formative": "Formative: on the way",
        "practice": "Practice",
        "baseline": "Baseline: before it is taught",
    }
)
"""What each purpose is called; rules count only the purposes they name."""

LABELS = MappingProxyType(
    {
        "kind": "Kind of evidence",
        "purpose": "Purpose",
        "task": "Task",
        "retake": "Retake of",
        "occurred": "Day",
        "maximum": "Highest score there is",
        "others": "Everybody left blank",
        "rows": "Results",
    }
)

MOST_AT_ONCE = 4
"""Competencies one piece of work is recorded for at once."""

NO_KIND, NO_PURPOSE = "Choose what kind of work it was.", "Choose what it was for."
NOBODY_SAID = "Nothing is filled in: give at least one learner a result, or say why there is none."


class WorkSchema(Schema):
    """What a form says of the work itself; results are read learner by learner."""

    class Meta:
        """Tokens and results are read elsewhere."""

        unknown = EXCLUDE

    kind = Line(required=True, error_messages={"required": NO_KIND}, validate=OneOf(tuple(KINDS), error=NO_KIND))
    purpose = Line(
        required=True, error_messages={"required": NO_PURPOSE}, validate=OneOf(tuple(PURPOSES), error=NO_PURPOSE)
    )
    task, retake = Line(), Line()
    occurred = Day(required=True, error_messages={"required": "Say on which day."})
    maximum = Line()
    accommodated, modified, alternate = Ticked(), Ticked(), Ticked()

    @validates("maximum")
    def plain(self, value: str, **_: Any) -> None:
        """Refuse what is no number above zero."""
        number = decimal_of(value)
        if number is None or exact(number) <= 0:
            raise ValidationError("Give the highest score there is, such as 20 or 100.")


@dataclass(frozen=True, slots=True)
class About:
    """One competency the work is evidence of, by which scale it is judged, and how it stands in the form's fields."""

    place: int
    subject: Subject
    view: SubjectView
    scale: ScaleDefined | None

    def field(self, learner: str) -> str:
        """Name the field of a learner's result."""
        return f"result.{self.place}.{learner}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody filled it in: `said` is the evidence that fits, `problems` are sentences by field."""

    about: tuple[About, ...]
    typed: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    said: tuple[tuple[str, Evidence], ...] = ()

    @property
    def by_score(self) -> bool:
        """Say whether results are scores and not levels."""
        return self.typed.get("by") == "score"


def abouts(names: Sequence[str]) -> tuple[About, ...]:
    """Return the competencies that are named by id or code, each once; raise where one is not known or too many are."""
    ledger = here().ledger
    wanted = list(dict.fromkeys(name for name in names if name))
    if len(wanted) > MOST_AT_ONCE:
        raise UsageError(f"choose {MOST_AT_ONCE} competencies at the most; {len(wanted)} are chosen")
    reader = CellReader(ledger, ledger.today(), entitlements=False)
    subjects = [subject_of(ledger, name) for name in wanted]
    return tuple(
        About(place, one, reader.naming.subject(one), scale_about(reader, one.key))
        for place, one in enumerate(subjects)
    )


def read_form(form: Mapping[str, str], who: Roster, person: str, role: str) -> Filled:
    """Read what was typed; nothing is raised for what is wrong with it, everything is collected."""
    given = typed(form)
    about = abouts(given.get("about", "").split(","))
    wrong = WorkSchema().validate(given)
    problems = {str(name): str(sentences[0]) for name, sentences in wrong.items()}
    if "maximum" not in problems and given.get("by") == "score" and not given.get("maximum"):
        problems["maximum"] = "Give the highest score there is, such as 20 or 100."
    results = _results(given, who, about, problems)
    if not problems and not results:
        problems["rows"] = NOBODY_SAID
    if problems:
        return Filled(about, given, problems)
    work = _work(given, Assessor(who=person, organisation=who.organisation, capacity=role))
    ledger = here().ledger
    return Filled(
        about, given, {}, tuple((one, evidence_of(ledger, work, one, found)) for one, found in results.items())
    )


def _work(given: Mapping[str, str], assessor: Assessor) -> Work:
    read = WorkSchema().load(dict(given))
    return Work(
        kind=read["kind"],
        purpose=read["purpose"],
        occurred=read["occurred"].isoformat(),
        assessor=assessor,
        task=read.get("retake") or read.get("task"),
        conditions=tuple(one for one in CONDITIONS if read.get(one)),
    )


def _results(
    given: Mapping[str, str], who: Roster, about: Sequence[About], problems: dict[str, str]
) -> dict[str, list[Result]]:
    maximum = decimal_of(given.get("maximum", "")) if given.get("by") == "score" else None
    if "maximum" in problems:
        return {}
    found: dict[str, list[Result]] = {}
    for learner in who.learners:
        for one in about:
            text = given.get(one.field(learner), given.get("others", ""))
            read = read_result(text, one.subject, one.scale, maximum)
            if isinstance(read, Wrong):
                problems[one.field(learner)] = read.why
            elif read is not None:
                found.setdefault(learner, []).append(read)
    return found
