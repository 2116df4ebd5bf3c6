"""Virginia: a verified unit of credit, by a standard credit and one of several proofs."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
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
    fact,
    grant,
    not_,
    param,
)
from policies.virginia import BOARD_RULE
from policies.virginia.sittings import SOL_TESTS

STANDARD_CREDIT = FactDefinition(
    "standard_credit",
    "a standard credit in the course",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    arguments=(("question", "CREDIT"), ("award", "standard")),
    when_none=False,
)

BEST_SOL = FactDefinition(
    "best_sol",
    "best scaled score on the end-of-course test",
    "best.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="value",
    unit="points",
    where=SOL_TESTS,
)

SUBSTITUTES = FactDefinition(
    "substitutes",
    "other examinations taken for the course",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="value",
    where=(FieldIs("kind", "exam"),),
    when_none=(),
    members=(
        FactDefinition("substitute", "examination", "item.instrument", FactType.TEXT, Reads.EVIDENCE),
        FactDefinition(
            "substitute_points",
            "points scored",
            "item.value",
            FactType.FRACTION,
            Reads.EVIDENCE,
            measure="value",
            unit="points",
        ),
    ),
)

LOCALLY_AWARDED = FactDefinition(
    "locally_awarded",
    "a locally awarded verified credit in the course",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    arguments=(("question", "CREDIT"), ("award", "locally-verified")),
    when_none=False,
)

PERFORMANCES = FactDefinition(
    "performances",
    "approved performance assessments passed",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="assessments",
    where=(
        FieldIs("kind", "performance"),
        FieldIn("instrument", param.performance_assessments),
        FieldIs("passed", True),
    ),
    when_none=0,
    lowest=0,
)

CREDENTIALS = FactDefinition(
    "credentials",
    "career and technical education credentials earned",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="presence",
    where=(FieldIs("kind", "credential"), FieldIs("passed", True)),
    when_none=(),
    members=(FactDefinition("credential", "credential", "item.instrument", FactType.TEXT, Reads.EVIDENCE),),
)

COURSE = FactDefinition("course", "code of the course", "subject.1", FactType.TEXT, Reads.FRAMEWORK, when_none=UNKNOWN)

SUBSTITUTE_PASSED = (
    count_of(fact.substitutes, fact.substitute_points >= param.substitute_score.by(fact.substitute)) >= 1
)
PERFORMANCE_PASSED = fact.performances >= 1
STUDENT_SELECTED = fact.course.in_(param.student_selected)
CREDENTIAL_COUNTS = count_of(fact.credentials, param.credential_credits.by(fact.credential) >= 1) >= 1
GIVES_TWO = all_of(
    STUDENT_SELECTED,
    count_of(fact.credentials, param.credential_credits.by(fact.credential) >= 2) >= 1,
)

PROOFS = any_of(
    clause(
        "sol",
        "{sol_score} or higher on the Standards of Learning end-of-course test.",
        fact.best_sol >= param.sol_score,
        BOARD_RULE,
        next="take the end-of-course test",
    ),
    clause(
        "substitute",
        "The score set for it, on a substitute test the Board approved.",
        SUBSTITUTE_PASSED,
        BOARD_RULE,
    ),
    clause(
        "local",
        "The local panel awarded the credit.",
        fact.locally_awarded,
        BOARD_RULE,
    ),
    clause(
        "performance",
        "A performance assessment that the rule admits for the course was passed.",
        PERFORMANCE_PASSED,
        BOARD_RULE,
    ),
    all_of(
        clause(
            "student-selected",
            "The credit in this course is one the student selects.",
            STUDENT_SELECTED,
            BOARD_RULE,
        ),
        clause(
            "credential",
            "An approved career and technical education credential was earned.",
            CREDENTIAL_COUNTS,
            BOARD_RULE,
        ),
    ),
)

credit = Policy(
    "us-va/verified-credit",
    date(2004, 1, 1),
    Question.CREDIT,
    "Verified unit of credit",
    BOARD_RULE,
    all_of(
        clause(
            "standard-credit",
            "A standard credit has been earned in the course.",
            fact.standard_credit,
            BOARD_RULE,
            next="earn the standard credit in the course",
        ),
        PROOFS,
    ),
    jurisdiction="us-va",
    subject="course",
    award="verified",
    sheet=(
        STANDARD_CREDIT,
        BEST_SOL,
        SUBSTITUTES,
        LOCALLY_AWARDED,
        PERFORMANCES,
        CREDENTIALS,
        COURSE,
    ),
    grants=(
        grant("verified_credit", 1, when=not_(GIVES_TWO)),
        grant("verified_credit", 2, when=GIVES_TWO),
        grant("credit_type", "verified unit of credit"),
    ),
    words=Words(met="verified credit earned", not_yet="not verified yet", learner="student", target="course"),
)
