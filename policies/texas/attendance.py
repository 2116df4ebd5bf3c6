"""Texas: attendance for credit, kindergarten to grade 12: 90 percent, a plan, or an attendance committee."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    Counted,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    Standing,
    Words,
    all_of,
    any_of,
    clause,
    fact,
    final_when,
    not_,
    panel,
    param,
    times,
)
from policies.texas.credit_by_examination import NOTATION

CODE = Citation("Texas Education Code §25.092", confidence=Confidence.VERBATIM)

COMMITTEE = (("body", "us-tx/attendance-committee"),)
JUDGE = (("body", "us-tx/presiding-judge"),)


def _result(name: str, says: str, body: tuple[tuple[str, str], ...], *, sensitive: bool = False) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "panel_result.1",
        FactType.CHOICE,
        Reads.PANEL,
        arguments=body,
        choices=("carried", "not_carried", "sent_back"),
        sensitive=sensitive,
    )


def _members(name: str, says: str, role: str) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "panel_votes.1",
        FactType.INTEGER,
        Reads.PANEL,
        unit="members",
        arguments=(*COMMITTEE, ("vote", "any"), ("role", role)),
        when_none=0,
        lowest=0,
    )


NOTATION_OF_CREDIT = FactDefinition(
    "notation",
    "what credit for the course was earned by, as the transcript has it",
    "granted.1",
    FactType.TEXT,
    Reads.DECISION,
    arguments=(("question", "CREDIT"), ("award", "standard"), ("key", "transcript")),
    when_none="",
)
"""Empty where no credit by examination stands for the course."""

BY_EXAMINATION = fact.notation.is_(NOTATION)

SHEET = (
    FactDefinition(
        "attendance",
        "share of the days offered on which the student was present",
        "ratio.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="percent",
        where=(FieldIs("kind", "attendance"), Counted(("baseline", "practice", "formative", "summative"))),
    ),
    FactDefinition(
        "plan_approved",
        "plan approved by the principal",
        "approved.1",
        FactType.BOOLEAN,
        Reads.APPROVAL,
        arguments=(("kind", "plan"),),
    ),
    FactDefinition(
        "plan_completed",
        "plan completed",
        "best.1",
        FactType.BOOLEAN,
        Reads.EVIDENCE,
        measure="passed",
        where=(FieldIs("kind", "judgement"), FieldIs("instrument", "us-tx/attendance-plan")),
    ),
    FactDefinition(
        "under_court",
        "under the jurisdiction of a court",
        "status.1",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", "us-tx/under-court-jurisdiction"),),
        when_none=UNKNOWN,
        sensitive=True,
    ),
    _result("judge", "the judge's word", JUDGE, sensitive=True),
    FactDefinition(
        "petitioned",
        "petition to the attendance committee",
        "chose.1",
        FactType.BOOLEAN,
        Reads.CHOICE,
        arguments=(("choice", "us-tx/attendance-route"), ("option", "committee")),
        when_none=False,
    ),
    _result("committee", "the attendance committee's result", COMMITTEE),
    _members("members", "members of the attendance committee", ""),
    _members("teachers", "classroom teachers among them", "teacher"),
    NOTATION_OF_CREDIT,
)

PLAN = all_of(
    clause(
        "band",
        "Present on at least {least} % of the days the class was offered.",
        fact.attendance >= param.least,
        CODE,
    ),
    clause(
        "plan-approved",
        "The principal has approved a plan.",
        fact.plan_approved,
        CODE,
        next="ask the principal for a plan",
    ),
    clause("plan-completed", "The plan is completed.", fact.plan_completed, CODE, next="complete the plan"),
    any_of(
        clause("no-court", "The student is not under the jurisdiction of a court.", not_(fact.under_court), CODE),
        panel(
            "judge",
            "The judge of that court consents.",
            decided=fact.judge.exists(),
            carried=fact.judge.is_("carried"),
            cites=CODE,
            next="ask the judge for consent",
        ),
    ),
)

PETITION = all_of(
    clause(
        "petition",
        "The student has petitioned the attendance committee.",
        any_of(fact.petitioned, fact.committee.exists()),
        CODE,
        next="petition the attendance committee",
    ),
    panel(
        "committee",
        "An attendance committee, most of whose members are classroom teachers, grants the petition.",
        decided=times(2, fact.teachers) > fact.members,
        carried=fact.committee.is_("carried"),
        sent_back=fact.committee.is_("sent_back"),
        cites=CODE,
        next="bring the petition before the attendance committee",
    ),
)

attendance = Policy(
    "us-tx/attendance-for-credit",
    date(2013, 6, 14),
    Question.CREDIT,
    "Attendance for credit, kindergarten to grade 12",
    CODE,
    final_when(
        all_of(fact.attendance < param.least, fact.committee.is_("not_carried")),
        any_of(
            clause(
                "present",
                "Present on {full} % or more of the days the class was offered.",
                fact.attendance >= param.full,
                CODE,
                next="attend more of the days the class is offered",
            ),
            PLAN,
            PETITION,
        ),
    ),
    jurisdiction="us-tx",
    subject="course",
    award="attendance",
    standing=Standing.CURRENT,
    applies=clause(
        "not-by-examination",
        "The rule does not apply to a student who earned credit for the course by examination.",
        not_(BY_EXAMINATION),
        CODE["(a-2)"],
    ),
    sheet=SHEET,
    words=Words(
        met="attendance suffices",
        denied="refused by the attendance committee",
        needs_panel="before a committee or a judge",
        not_applicable="attendance is not asked for",
        learner="student",
        target="course",
    ),
)
