"""Pennsylvania's Keystone Exams: what is on record about each area, and the two pathways that rest on the scores."""

from dataclasses import dataclass

from ledger.policy import (
    Citation,
    Confidence,
    Counted,
    FactDefinition,
    FactType,
    FieldIs,
    Reads,
    all_of,
    any_of,
    clause,
    param,
)
from ledger.policy.rules import Rule
from ledger.policy.terms import FactTerm

SECTION_121 = Citation("24 P.S. §1-121", confidence=Confidence.SECONDARY)
"""The graduation requirement (Act 158 of 2018): read in the association's and districts' summaries."""

SECTION_121_1 = Citation("24 P.S. §1-121.1", confidence=Confidence.VERBATIM)
"""Special provisions for years without the exams (Acts 136 of 2020 and 55 of 2022): read in the statute's own text."""

KEYSTONE = "us-pa/keystone"
"""The instrument of a Keystone score."""


@dataclass(frozen=True, slots=True)
class Area:
    """One academic area that has a Keystone Exam: its code, its title, and the facts about it."""

    code: str
    title: str

    def fact(self, name: str) -> FactTerm:
        """Return one of the area's facts."""
        return FactTerm(self.fact_name(name))

    def fact_name(self, name: str) -> str:
        """Name one of the area's facts on the sheet: `algebra_1_score`."""
        return f"{self.code.replace('-', '_')}_{name}"

    @property
    def about(self) -> str:
        """Name the requirement the area's evidence is recorded about."""
        return f"requirement/us-pa/keystone-{self.code}"

    @property
    def score(self) -> FactTerm:
        """The best Keystone score."""
        return self.fact("score")

    @property
    def excused(self) -> FactTerm:
        """Whether proficient without a score is on record, of a year without the exam."""
        return self.fact("excused")

    @property
    def course_met(self) -> FactTerm:
        """Whether the locally established grade-based requirement of the course is met."""
        return self.fact("course_met")

    @property
    def proficient(self) -> Rule:
        """The test for Proficient by score, or deemed so: excused, and the course's requirement met."""
        return any_of(self.score >= param.proficient, all_of(self.excused, self.course_met))

    @property
    def not_below_basic(self) -> Rule:
        """The test for a score of Basic or better; no score is not met."""
        return self.score >= param.basic.by(self.code)


ALGEBRA, BIOLOGY, LITERATURE = AREAS = (
    Area("algebra-1", "Algebra I"),
    Area("biology", "Biology"),
    Area("literature", "Literature"),
)


def facts_of(area: Area) -> tuple[FactDefinition, ...]:
    """Return what is asked of the record about one area; its evidence names the requirement of the area."""
    return (
        _points(area, "score", f"best {area.title} Keystone score", KEYSTONE),
        _yes(area, "excused", f"{area.title} proficient without a score", "us-pa/non-numeric-proficient"),
        _yes(area, "course_met", f"local grade-based requirement of the {area.title} course met", "us-pa/course-grade"),
        _points(area, "ap", f"best Advanced Placement score in the area of {area.title}", "ap"),
        _points(area, "ib", f"best International Baccalaureate score in the area of {area.title}", "ib"),
        _yes(
            area,
            "college_course",
            f"concurrent or college course in the area of {area.title} completed",
            "us-pa/college-course",
        ),
    )


def _points(area: Area, name: str, says: str, instrument: str) -> FactDefinition:
    return best(area.fact_name(name), says, instrument, about=area.about)


def _yes(area: Area, name: str, says: str, instrument: str) -> FactDefinition:
    return passed(area.fact_name(name), says, instrument, about=area.about)


def best(name: str, says: str, instrument: str, about: str, unit: str = "points") -> FactDefinition:
    """Define the best score on an instrument, of summative evidence about a subject; ABSENT without one."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit=unit,
        where=(Counted(), FieldIs("instrument", instrument)),
        about=about,
    )


def passed(name: str, says: str, instrument: str, about: str) -> FactDefinition:
    """Define whether anything under an instrument was passed, of summative evidence about another subject."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.BOOLEAN,
        Reads.EVIDENCE,
        measure="passed",
        where=(Counted(), FieldIs("instrument", instrument)),
        when_none=False,
        about=about,
    )


def _proficient_in(area: Area) -> Rule:
    return clause(
        f"proficient-{area.code}",
        f"{area.title}: Proficient, that is {{proficient}} or higher on the Keystone Exam, or proficient without a "
        "score in a year without the exam, with the course's own grade requirement met.",
        area.proficient,
        SECTION_121,
        next=f"reach Proficient in {area.title}",
    )


PROFICIENCY = all_of(*(_proficient_in(area) for area in AREAS))


def _basic_in(area: Area) -> Rule:
    return clause(
        f"basic-{area.code}",
        f"{area.title}: the Keystone Exam has been taken, and the best score is not Below Basic.",
        area.not_below_basic,
        SECTION_121["(a.1)"],
        next=f"reach Basic in {area.title}",
    )


COMPOSITE = all_of(
    *(_basic_in(area) for area in AREAS),
    clause(
        "one-proficient",
        "Proficient, {proficient} or higher, on at least one of the three Keystone Exams.",
        any_of(*(area.score >= param.proficient for area in AREAS)),
        SECTION_121["(a.1)"],
        next="reach Proficient on one exam",
    ),
    clause(
        "composite-sum",
        "The best scores on the three Keystone Exams add up to {composite_sum} or more.",
        ALGEBRA.score + BIOLOGY.score + LITERATURE.score >= param.composite_sum,
        SECTION_121["(a.1)"],
        next="raise the sum of the three exams",
    ),
)


def _without_score_in(area: Area, first: Area, second: Area) -> Rule:
    others = f"{first.title} and {second.title}"
    return all_of(
        clause(
            f"excused-{area.code}",
            f"{area.title}: proficient without a score, in a year in which there was no exam.",
            area.excused,
            SECTION_121_1["(a)"],
        ),
        clause(
            f"excused-course-{area.code}",
            f"{area.title}: the locally established grade-based requirement of the course is met.",
            area.course_met,
            SECTION_121_1["(a)"],
            next=f"meet the grade requirement of the {area.title} course, to be deemed proficient",
        ),
        clause(
            f"others-basic-{area.code}",
            f"{others}: neither score is Below Basic.",
            all_of(first.not_below_basic, second.not_below_basic),
            SECTION_121_1["(b)(2)"],
            next=f"reach Basic in both {others}",
        ),
        clause(
            f"others-proficient-{area.code}",
            f"{others}: at least one score is Proficient, {{proficient}} or higher.",
            any_of(first.score >= param.proficient, second.score >= param.proficient),
            SECTION_121_1["(b)(2)"],
            next=f"reach Proficient in one of {others}",
        ),
        clause(
            f"others-sum-{area.code}",
            f"{others}: the best scores add up to {{two_exam_sum}} or more.",
            first.score + second.score >= param.two_exam_sum,
            SECTION_121_1["(b)(1)"],
            next=f"raise the sum of {others}",
        ),
    )


TWO_EXAM_COMPOSITE = any_of(
    _without_score_in(ALGEBRA, BIOLOGY, LITERATURE),
    _without_score_in(BIOLOGY, ALGEBRA, LITERATURE),
    _without_score_in(LITERATURE, ALGEBRA, BIOLOGY),
)
