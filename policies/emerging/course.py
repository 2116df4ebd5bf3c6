"""A course on the way to competency: credit by standards and skills while it lasts, an early start, support."""

from datetime import date

from ledger.policy import (
    Counted,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    each,
    fact,
    final_when,
    grant,
    param,
)
from policies.emerging import BASELINE, WORDS
from policies.shared.courses import COURSE_ENDS, STANDARDS, TODAY
from policies.shared.pace import CHECKPOINTS, behind_pace

SKILLS = FactDefinition(
    "skills",
    "transferable skills",
    "subjects.1",
    FactType.LIST,
    Reads.EVIDENCE,
    arguments=(("of", param.transferable_skills),),
    members=(
        FactDefinition("skill", "skill", "item.id", FactType.TEXT, Reads.EVIDENCE),
        FactDefinition(
            "skill_level",
            "best level shown in it, in any course",
            "best.1",
            FactType.FRACTION,
            Reads.EVIDENCE,
            unit="level",
            where=(Counted(param.skill_purposes),),
        ),
    ),
)

CHECK_LEVEL = FactDefinition(
    "check_level",
    "best level on the readiness check of the course",
    "best.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    unit="level",
    where=(FieldIs("kind", "exam"), Counted(param.check_purposes)),
)

RECOMMENDED = FactDefinition(
    "recommended",
    "a teacher recommends the course",
    "approved.1",
    FactType.BOOLEAN,
    Reads.APPROVAL,
    arguments=(("kind", "recommendation"),),
    when_none=False,
)

credit = Policy(
    "emerging/course",
    date(2000, 1, 1),
    Question.CREDIT,
    "Credit for a course by its standards and the transferable skills, by its last day",
    BASELINE,
    final_when(
        fact.today > fact.course_ends,
        all_of(
            each(
                fact.priority_standards,
                clause(
                    "standard",
                    "The grade-level standard is mastered.",
                    fact.standard_met,
                    BASELINE,
                    next="master the standards still open before the course ends",
                ),
                name=fact.standard,
            ),
            each(
                fact.skills,
                clause(
                    "skill",
                    "The transferable skill is shown at level {skill_level} or higher.",
                    fact.skill_level >= param.skill_level,
                    BASELINE,
                    next="show the skill before the course ends",
                ),
                name=fact.skill,
            ),
        ),
    ),
    jurisdiction="",
    subject="course",
    sheet=(TODAY, COURSE_ENDS, STANDARDS, SKILLS),
    grants=(grant("credit", param.credit),),
    words=WORDS,
)

early_start = Policy(
    "emerging/early-start",
    date(2000, 1, 1),
    Question.READINESS,
    "Readiness to start a course early",
    BASELINE,
    all_of(
        clause(
            "readiness-check",
            "Level {check_level} or higher on the readiness check of the course.",
            fact.check_level >= param.check_level,
            BASELINE,
            next="take the readiness check of the course",
        ),
        clause(
            "recommended",
            "A teacher recommends it.",
            fact.recommended,
            BASELINE,
            next="ask a teacher for a recommendation",
        ),
    ),
    jurisdiction="",
    subject="course",
    sheet=(CHECK_LEVEL, RECOMMENDED),
    words=Words(met="may start early", not_yet="not ready to start early", learner="student", target="course"),
)

support = Policy(
    "emerging/support",
    date(2000, 1, 1),
    Question.SUPPORT,
    "Support in a course for whoever is behind",
    BASELINE,
    all_of(
        clause("under-way", "The course has not ended.", fact.today <= fact.course_ends, BASELINE),
        behind_pace(BASELINE),
    ),
    jurisdiction="",
    subject="course",
    award="behind",
    sheet=(TODAY, COURSE_ENDS, *CHECKPOINTS, STANDARDS),
    words=Words(met="support is due", not_yet="no support called for", learner="student", target="course"),
)
