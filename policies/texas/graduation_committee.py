"""Texas: graduation by an individual graduation committee, for one or two failed end-of-course requirements."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIn,
    FieldIs,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    any_of,
    clause,
    count_of,
    each,
    fact,
    not_,
    panel,
    param,
)
from ledger.policy.facts import Filter

CODE = Citation("Texas Education Code §28.0258", confidence=Confidence.VERBATIM)
VOTE = Citation("Texas Education Code §28.0258, as districts describe the vote", confidence=Confidence.SECONDARY)

BODY = (("body", "us-tx/graduation-committee"),)
TEST = (FieldIs("kind", "exam"), FieldIs("instrument", "us-tx/end-of-course"))


def _count(name: str, says: str, reads: Reads, *where: Filter, unit: str) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "count.1",
        FactType.INTEGER,
        reads,
        measure="presence",
        unit=unit,
        where=where,
        when_none=0,
        lowest=0,
    )


def _in_grade(grade: int) -> FactDefinition:
    return FactDefinition(
        f"in_grade_{grade}",
        f"in grade {grade}",
        "status.1",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", f"us-tx/grade-{grade}"),),
        when_none=UNKNOWN,
    )


def _votes(name: str, says: str, vote: str) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "panel_votes.1",
        FactType.INTEGER,
        Reads.PANEL,
        unit="members",
        arguments=(*BODY, ("vote", vote), ("role", "")),
        when_none=0,
        lowest=0,
    )


COURSES = FactDefinition(
    "courses",
    "courses with a required end-of-course test",
    "subjects.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="presence",
    arguments=(("of", param.courses),),
    when_none=(),
    members=(
        FactDefinition("course", "course", "item.id", FactType.TEXT, Reads.EVIDENCE, measure="presence"),
        _count("sittings", "times the test was taken", Reads.EVIDENCE, *TEST, unit="sittings"),
        FactDefinition(
            "passed",
            "end-of-course requirement met",
            "best.1",
            FactType.BOOLEAN,
            Reads.EVIDENCE,
            measure="passed",
            where=TEST,
            when_none=False,
        ),
        _count(
            "remediation",
            "extra remediation provided to its end",
            Reads.SUPPORT,
            FieldIs("kind", "us-tx/extra-remediation"),
            FieldIs("stage", "provided"),
            unit="times",
        ),
        _count(
            "work",
            "projects and portfolios completed",
            Reads.EVIDENCE,
            FieldIn("instrument", ("us-tx/committee-project", "us-tx/committee-portfolio")),
            FieldIs("passed", True),
            unit="pieces of work",
        ),
    ),
)

SHEET = (
    COURSES,
    _in_grade(11),
    _in_grade(12),
    FactDefinition(
        "grade_11_ended",
        "end of grade 11",
        "status_day.1",
        FactType.DATE,
        Reads.STATUS,
        arguments=(("code", "us-tx/grade-11"), ("edge", "last")),
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "formed_on",
        "day the committee was formed",
        "status_day.1",
        FactType.DATE,
        Reads.STATUS,
        arguments=(("code", "us-tx/graduation-committee"), ("edge", "first")),
    ),
    FactDefinition(
        "result",
        "result of the committee's last vote",
        "panel_result.1",
        FactType.CHOICE,
        Reads.PANEL,
        arguments=BODY,
        choices=("carried", "not_carried", "sent_back"),
    ),
    _votes("members", "members of the committee", "any"),
    _votes("voted", "members who took part in the vote", "cast"),
    _votes("in_favour", "members who voted yes", "yes"),
)

FAILED = all_of(fact.sittings >= 1, not_(fact.passed))

IN_EACH_COURSE = each(
    fact.courses,
    all_of(
        clause(
            "taken",
            "The required end-of-course test has been taken.",
            fact.sittings >= 1,
            CODE,
            next="take the required tests still open",
        ),
        any_of(
            clause(
                "not-failed",
                "The end-of-course requirement was not failed in the course.",
                any_of(fact.sittings < 1, fact.passed),
                CODE,
            ),
            all_of(
                clause(
                    "remediation",
                    "The extra remediation in the course is completed.",
                    fact.remediation >= 1,
                    CODE,
                    next="complete the extra remediation",
                ),
                clause(
                    "work",
                    "A project or a portfolio for the course is completed.",
                    fact.work >= 1,
                    CODE,
                    next="complete a project or a portfolio",
                ),
            ),
        ),
    ),
    name=fact.course,
)

graduation = Policy(
    "us-tx/graduation-committee",
    date(2015, 5, 11),
    Question.GRADUATION,
    "Graduation by an individual graduation committee",
    CODE,
    all_of(
        IN_EACH_COURSE,
        clause(
            "formed",
            "The committee was formed at the end of grade 11 or later.",
            fact.formed_on >= fact.grade_11_ended,
            CODE,
            next="have a committee formed",
        ),
        clause("grade-12", "The student is in grade 12.", fact.in_grade_12, CODE),
        panel(
            "committee",
            "The committee votes that the student may graduate: every member takes part, and every one votes yes.",
            decided=all_of(fact.members >= 1, fact.voted >= fact.members),
            carried=all_of(fact.result.is_("carried"), fact.in_favour >= fact.members),
            sent_back=fact.result.is_("sent_back"),
            cites=VOTE,
            next="bring the work before the committee",
        ),
    ),
    jurisdiction="us-tx",
    subject="learner",
    award="committee",
    applies=clause("in-force", "The law provides for such committees.", param.in_force, CODE),
    eligible=all_of(
        clause("grade", "The student is in grade 11 or 12.", any_of(fact.in_grade_11, fact.in_grade_12), CODE),
        clause(
            "failed",
            "The end-of-course requirement was failed in at least one course, and in not more than {most}.",
            all_of(count_of(fact.courses, FAILED) >= 1, count_of(fact.courses, FAILED) <= param.most),
            CODE,
        ),
    ),
    sheet=SHEET,
    words=Words(
        met="may graduate",
        denied="the committee did not agree",
        needs_panel="before the committee",
        learner="student",
        target="diploma",
    ),
)
