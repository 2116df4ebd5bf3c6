"""What the pages for learners and guardians say of codes: where somebody is, what counted, why not, whom to ask."""

import re
from types import MappingProxyType

from flask import Flask

from ledger.inquiry.target_views import AnswerView, EarnedView, TargetRow
from web.translating import gettext, local_number, marked

STATES = MappingProxyType(
    {
        "met": ("good", "✓", marked("Reached")),
        "begun": ("open", "◔", marked("On the way")),
        "new": ("none", "○", marked("Not begun")),
        "waiting": ("ask", "?", marked("Waiting")),
        "stopped": ("bad", "✗", marked("Not given")),
    }
)
"""For each state of a target: the tone, the mark, and the word."""

OUTCOMES = MappingProxyType(
    {
        "met": ("good", "✓", marked("yes")),
        "not_yet": ("open", "○", marked("not yet")),
        "denied": ("bad", "✗", marked("no")),
        "needs_panel": ("ask", "◐", marked("a panel decides")),
        "ineligible": ("bad", "⊘", marked("not open")),
        "not_applicable": ("none", "–", marked("not asked")),
        "undetermined": ("ask", "?", marked("not known yet")),
        "": ("none", "○", marked("not begun")),
    }
)
"""For each outcome of one question: the tone, the mark, and the word; the last is of what was never decided."""

QUESTIONS = MappingProxyType(
    {
        "MASTERY": marked("Mastered"),
        "CREDIT": marked("Credit"),
        "GRADUATION": marked("Graduation"),
        "CERTIFICATION": marked("Certificate"),
        "ADVANCEMENT": marked("Moving on from the course"),
        "SUPPORT": marked("Extra help"),
        "READINESS": marked("Ready to be tested"),
    }
)

KINDS = MappingProxyType(
    {
        "task": marked("task"),
        "exam": marked("test or exam"),
        "course_grade": marked("course grade"),
        "hours": marked("hours"),
        "attendance": marked("attendance"),
        "credential": marked("certificate from elsewhere"),
        "portfolio": marked("portfolio"),
        "performance": marked("performance task"),
        "observation": marked("observation in class"),
        "judgement": marked("judgement of a teacher"),
    }
)

WHY = MappingProxyType(
    {
        "no result": marked("There is no result."),
        "purpose": marked("It was practice, or a check along the way. This rule does not count those."),
        "unreadable": marked("This rule cannot read a result of this kind."),
        "other work": marked("This rule does not look at this kind of work."),
        "date": marked("It was done before or after the days this rule counts."),
        "not ready": marked("It was tried before being ready for it."),
        "unprepared": marked("It was tried again with no preparation in between."),
        "below the level": marked("The result is below the level that is needed."),
        "replaced": marked("Newer or better work counts in its place."),
        "withdrawn": marked("It was taken out of the record."),
        "": marked("This rule does not look at it."),
    }
)

ABSENT = MappingProxyType({"absent": marked("absent"), "excused": marked("excused")})

PREPARATIONS = MappingProxyType(
    {"tutoring": marked("tutoring"), "practice": marked("practice"), "conference": marked("a talk with the teacher")}
)

ROLES = MappingProxyType(
    {
        "teacher": marked("your teacher"),
        "counsellor": marked("the school counselor"),
        "principal": marked("the principal"),
        "registrar": marked("the registrar at the school office"),
        "district admin": marked("the district office"),
        "": marked("the school office"),
    }
)

SHELL = (
    *(marked("teacher"), marked("counsellor"), marked("principal"), marked("registrar"), marked("auditor")),
    *(marked("case manager"), marked("approver"), marked("district admin"), marked("state director")),
    *(marked("state analyst"), marked("integrator")),
    *(marked("My targets"), marked("Policies"), marked("Frameworks"), marked("Access"), marked("Overview")),
    *(marked("learner"), marked("guardian"), marked("auto"), marked("light"), marked("dark")),
)
"""What pages take from tables: the roles, the sections of learners and guardians, the colours."""

_MEASURE = re.compile(r"has (?P<has>[^,]+), needs (?P<how>more than |at most |less than |one of |)(?P<needed>[^,]+)")
_SAID = MappingProxyType(
    {
        "": marked("there is %(has)s, it takes %(needed)s"),
        "more than ": marked("there is %(has)s, it takes more than %(needed)s"),
        "at most ": marked("there is %(has)s, at most %(needed)s may be"),
        "less than ": marked("there is %(has)s, it must be less than %(needed)s"),
        "one of ": marked("there is %(has)s, it takes one of %(needed)s"),
    }
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def register(app: Flask) -> None:
    """Teach an application's templates these words."""
    for written in (state, outcome, question, kind, why, earned, preparation, role, measure, said_title):
        app.add_template_filter(written, f"my_{written.__name__}")


def state(name: str) -> tuple[str, str, str]:
    """Return tone, mark and word of where somebody is."""
    tone, mark, word = STATES[name]
    return tone, mark, gettext(word)


def outcome(name: str) -> tuple[str, str, str]:
    """Return tone, mark and word of an outcome."""
    tone, mark, word = OUTCOMES[name]
    return tone, mark, gettext(word)


def question(one: AnswerView) -> str:
    """Say what a question asks; an award of its own is named after it."""
    word = gettext(QUESTIONS[one.question])
    return word if one.award == "standard" else f"{word} ({one.award})"


def kind(name: str) -> str:
    """Say what kind of work something is."""
    return gettext(KINDS[name])


def why(name: str) -> str:
    """Say why a piece of work does not count."""
    return gettext(WHY[name])


def preparation(name: str) -> str:
    """Say how somebody prepares; a kind that a rule names by itself is left as it is."""
    return gettext(PREPARATIONS[name]) if name in PREPARATIONS else name.replace("_", " ")


def role(name: str) -> str:
    """Say whom to ask."""
    return gettext(ROLES.get(name, name))


def earned(one: EarnedView) -> str:
    """Say what came of a piece of work."""
    if one.absent:
        return gettext(ABSENT.get(one.absent, one.absent))
    if one.passed is not None:
        return gettext("passed") if one.passed else gettext("not passed")
    if one.value:
        number = local_number(one.value)
        return (
            gettext("%(value)s of %(most)s") % {"value": number, "most": local_number(one.maximum)}
            if one.maximum
            else number
        )
    return gettext("level %(level)s") % {"level": local_number(one.level)} if one.level else "–"


def measure(text: str) -> str:
    """Say what there is and what it takes, in the language of the page; what cannot be taken apart stays as it is."""
    found = _MEASURE.fullmatch(text)
    if found is None:
        return text
    numbers = {name: _number(found[name]) for name in ("has", "needed")}
    said = _SAID[found["how"]]
    return gettext(said) % numbers


def _number(text: str) -> str:
    return local_number(text) if _NUMBER.fullmatch(text) else text


def said_title(row: TargetRow) -> str:
    """Name a target that no framework names: by what is asked about it."""
    subject = row.subject
    if subject.kind == "learner":
        return question(row.main)
    return subject.label
