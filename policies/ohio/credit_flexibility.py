"""Ohio: credit flexibility, credit for what a plan asks for, the plan approved before the work began."""

from datetime import date

from ledger.policy import (
    Counted,
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
    fact,
    grant,
    not_,
    param,
)
from policies.ohio.records import on_record
from policies.ohio.sources import FLEXIBILITY

UNDER_A_PLAN = FieldIn("instrument", param.ways)
"""Work towards the course in one of the ways a plan may take."""

credit = Policy(
    "us-oh/credit-flexibility",
    date(2010, 7, 1),
    Question.CREDIT,
    "Credit flexibility: credit under a plan the district approved in advance",
    FLEXIBILITY,
    all_of(
        clause(
            "plan",
            "The district has approved a credit flexibility plan for the course.",
            fact.plan_approved,
            FLEXIBILITY,
            next="have a plan approved before the work begins",
        ),
        clause(
            "completed",
            "What the plan asks for is shown: by coursework, by testing out or mastery, by an educational option, or "
            "by a mix of them.",
            fact.completions >= 1,
            FLEXIBILITY,
            next="complete what the plan asks for",
        ),
    ),
    jurisdiction="us-oh",
    subject="course",
    eligible=clause(
        "in-advance",
        "The plan was approved before the first work under it.",
        any_of(not_(fact.first_work.exists()), fact.plan_approved_on < fact.first_work),
        FLEXIBILITY,
    ),
    sheet=(
        FactDefinition(
            "plan_approved",
            "the plan stands approved",
            "approved.1",
            FactType.BOOLEAN,
            Reads.APPROVAL,
            arguments=(("kind", "plan"),),
            when_none=False,
        ),
        FactDefinition(
            "plan_approved_on",
            "day on which a plan was first approved",
            "first_date.1",
            FactType.DATE,
            Reads.APPROVAL,
            measure="presence",
            where=(FieldIs("kind", "plan"), FieldIs("passed", True)),
        ),
        FactDefinition(
            "first_work",
            "day of the first work towards the course in any of these ways",
            "first_date.1",
            FactType.DATE,
            Reads.EVIDENCE,
            measure="presence",
            where=(Counted(("practice", "formative", "summative")), UNDER_A_PLAN),
        ),
        on_record(
            "completions",
            "completions of what the plan asks for",
            UNDER_A_PLAN,
            FieldIs("passed", True),
            unit="completions",
        ),
    ),
    grants=(grant("credit", param.credit), grant("transcript", "posted like other credit")),
    words=Words(met="credit earned", learner="student", target="course"),
)
