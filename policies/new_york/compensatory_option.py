"""New York: a high score on one Regents exam makes up for a low one on another, for learners with disabilities."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    FactDefinition,
    FactType,
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
from policies.new_york.exams import (
    COURSE_PASSED,
    DISABILITY,
    ENGLISH,
    EXAM,
    MATHEMATICS,
    POINTS,
    SAFETY_NETS,
    TRIES,
    best_score,
    sittings,
)

POLICY = "us-ny/compensatory-option"

REQUIRED = FactDefinition(
    "required_scores",
    "required exams",
    "subjects.1",
    FactType.LIST,
    Reads.EVIDENCE,
    arguments=(("of", param.required_exams),),
    when_none=(),
    members=(best_score("required_score", "highest score on the exam"),),
)

MADE_UP_FOR = FactDefinition(
    "made_up_for",
    "other exams that have been made up for in this way",
    "awarded.1",
    FactType.FRACTION,
    Reads.DECISION,
    unit="exams",
    arguments=(
        ("question", "CERTIFICATION"),
        ("award", "compensation"),
        ("policy", POLICY),
        ("key", "made_up_for"),
        ("year_starts", ""),
    ),
    when_none=0,
    lowest=0,
)

ATTENDANCE = FactDefinition(
    "attendance_satisfactory",
    "attendance judged satisfactory by the school",
    "status.1",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-ny/satisfactory-attendance"),),
    when_none=UNKNOWN,
)

high_scores = count_of(fact.required_scores, fact.required_score >= param.passing)

MAY_MAKE_UP = all_of(
    clause(
        "not-english-or-mathematics",
        "A required exam other than English and mathematics.",
        not_(fact.exam.in_(param.never_made_up)),
        SAFETY_NETS,
    ),
    clause(
        "band",
        "The highest score is from {made_up_from} to {made_up_to}, once the exam has been taken.",
        any_of(fact.tries <= 0, all_of(fact.best >= param.made_up_from, fact.best <= param.made_up_to)),
        SAFETY_NETS,
    ),
    clause(
        "entitled",
        "A learner with a disability, entitled to the safety nets on the day of a try with such a score.",
        any_of(
            fact.tries <= 0,
            count_of(fact.sittings, all_of(fact.points >= param.made_up_from, fact.disability)) >= 1,
        ),
        SAFETY_NETS,
    ),
)

compensatory_option = Policy(
    POLICY,
    date(2012, 10, 31),
    Question.CERTIFICATION,
    "Compensatory option: one Regents exam makes up for another",
    SAFETY_NETS,
    all_of(
        clause("taken", "The exam has been taken.", fact.tries >= 1, SAFETY_NETS, next="take the exam"),
        clause("course", "The course has been passed.", fact.course_passed, SAFETY_NETS, next="pass the course"),
        clause(
            "attendance",
            "Attendance is satisfactory.",
            fact.attendance_satisfactory,
            SAFETY_NETS,
            next="have attendance judged satisfactory",
        ),
        clause(
            "english",
            "{floor} or higher on the English exam.",
            fact.english_score >= param.floor,
            SAFETY_NETS,
            next="reach the score needed in English",
        ),
        clause(
            "mathematics",
            "{floor} or higher on the mathematics exam.",
            fact.mathematics_score >= param.floor,
            SAFETY_NETS,
            next="reach the score needed in mathematics",
        ),
        clause(
            "one-for-one",
            "{passing} or higher on another required exam; each such exam makes up for one.",
            high_scores >= fact.made_up_for + 1,
            SAFETY_NETS,
            next="pass another required exam",
        ),
    ),
    jurisdiction="us-ny",
    subject="requirement",
    award="compensation",
    eligible=MAY_MAKE_UP,
    sheet=(
        TRIES,
        best_score("best", "highest score on the exam"),
        sittings(POINTS, DISABILITY),
        EXAM,
        COURSE_PASSED,
        ATTENDANCE,
        best_score("english_score", "highest score on the English exam", ENGLISH),
        best_score("mathematics_score", "highest score on the mathematics exam", MATHEMATICS),
        REQUIRED,
        MADE_UP_FOR,
    ),
    grants=(grant("made_up_for", 1),),
    words=Words(
        met="made up for by another exam",
        ineligible="not open to the compensatory option",
        learner="student",
        target="exam",
    ),
)
