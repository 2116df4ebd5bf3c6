"""New York: an appeal of a Regents score just below the line, in its text of 2005 and in that of 2016."""

from datetime import date

from ledger.policy import (
    Citation,
    Confidence,
    Policy,
    Question,
    Words,
    all_of,
    any_of,
    clause,
    count_of,
    fact,
    grant,
    not_,
    panel,
    param,
    route,
    route_taken,
)
from policies.new_york.appeal_record import POLICY, RECORD, RECORD_OF_2005
from policies.new_york.exams import APPEALS, COURSE_PASSED

TEXT_OF_2005 = Citation("8 NYCRR 100.5(d)(7) as of August 2005", confidence=Confidence.VERBATIM)

EVERYONE = all_of(fact.best >= param.everyone_from, fact.best <= param.to)

STILL_ENGLISH_LEARNER = any_of(
    fact.tries < param.tries_needed,
    count_of(fact.numbered_tries, all_of(fact.try_number.is_(param.tries_needed), fact.english_learner)) >= 1,
)

ENGLISH_LEARNERS = all_of(
    fact.exam.in_(param.english_exams),
    fact.best >= param.english_learners_from,
    fact.best <= param.english_learners_to,
    STILL_ENGLISH_LEARNER,
)

DISABILITIES = (
    count_of(
        fact.sittings,
        all_of(fact.points >= param.disabilities_from, fact.points <= param.disabilities_to, fact.disability),
    )
    >= 1
)

RANGES = any_of(
    route(
        "everyone",
        "the range for everyone",
        clause(
            "range",
            "The highest score is from {everyone_from} to {to}, once there is a score.",
            any_of(not_(fact.best.exists()), EVERYONE),
            APPEALS,
        ),
    ),
    route(
        "english-learners",
        "the range on the English exam",
        clause(
            "english-learner-range",
            "On the English exam, the highest score is from {english_learners_from} to {english_learners_to}, for an "
            "English learner who entered a US school in grade 9 or later and was still identified at the second try.",
            ENGLISH_LEARNERS,
            APPEALS,
        ),
    ),
    route(
        "disabilities",
        "the range for the local diploma",
        clause(
            "disability-range",
            "A score from {disabilities_from} to {disabilities_to} on at least one try, by a learner with a "
            "disability who is entitled to the safety nets on that day; for the local diploma.",
            DISABILITIES,
            APPEALS,
        ),
    ),
)

MAY_APPEAL = all_of(
    clause(
        "below-the-line",
        "No score is above {to}: an exam that is passed needs no appeal.",
        any_of(not_(fact.best.exists()), fact.best <= param.to),
        APPEALS,
    ),
    RANGES,
    clause(
        "limit",
        "Appeals on at most {most} exams, this one included.",
        fact.appeals_granted + 1 <= param.most,
        APPEALS,
    ),
)

TWICE = clause(
    "tries",
    "The exam has been taken at least {tries_needed} times.",
    fact.tries >= param.tries_needed,
    APPEALS,
    next="take the exam again",
)
HELP = clause(
    "help",
    "Academic help the school offered in the subject has been taken up.",
    fact.help_taken_up >= 1,
    APPEALS,
    next="take up the academic help offered",
)
RECOMMENDED = clause(
    "recommended",
    "The subject teacher or the department chair recommends the appeal.",
    fact.recommended,
    APPEALS,
    next="ask the teacher or the department chair for a recommendation",
)
COMMITTEE = panel(
    "committee",
    "The appeal is submitted to the principal, and the school's committee grants it.",
    decided=fact.committee.exists(),
    carried=fact.committee.is_("carried"),
    sent_back=fact.committee.is_("sent_back"),
    cites=APPEALS,
    next="bring the appeal before the school's committee",
)

GRANTS = (
    grant("appeals", 1),
    grant("range", route_taken),
    grant("advanced_designation", "not open"),
)

WORDS = Words(
    met="appeal granted",
    denied="appeal not granted",
    needs_panel="before the school's committee",
    ineligible="not open to an appeal",
    learner="student",
    target="exam",
)

appeal_of_2005 = Policy(
    POLICY,
    date(2005, 8, 1),
    Question.CERTIFICATION,
    "Appeal of a Regents exam score",
    TEXT_OF_2005,
    all_of(
        TWICE,
        HELP,
        clause(
            "attendance",
            "{attendance_needed} % attendance in the course, apart from excused absences.",
            fact.attendance >= param.attendance_needed,
            TEXT_OF_2005,
            next="reach the attendance asked for",
        ),
        clause(
            "course-average",
            "A course average of {average_needed} or higher.",
            fact.course_average >= param.average_needed,
            TEXT_OF_2005,
            next="reach the course average asked for",
        ),
        RECOMMENDED,
        COMMITTEE,
    ),
    jurisdiction="us-ny",
    subject="requirement",
    award="appeal",
    until=date(2016, 3, 21),
    applies=clause(
        "entry",
        "Grade 9 was entered in {first_entry} or later.",
        fact.grade_9_entry >= param.first_entry,
        TEXT_OF_2005,
    ),
    eligible=MAY_APPEAL,
    sheet=(*RECORD, *RECORD_OF_2005),
    grants=GRANTS,
    words=WORDS,
)

appeal = Policy(
    POLICY,
    date(2016, 3, 22),
    Question.CERTIFICATION,
    "Appeal of a Regents exam score",
    APPEALS,
    all_of(
        TWICE,
        HELP,
        clause("course", "The course has been passed.", fact.course_passed, APPEALS, next="pass the course"),
        RECOMMENDED,
        COMMITTEE,
    ),
    jurisdiction="us-ny",
    subject="requirement",
    award="appeal",
    eligible=MAY_APPEAL,
    sheet=(*RECORD, COURSE_PASSED),
    grants=GRANTS,
    words=WORDS,
)
