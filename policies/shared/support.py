"""What calls for support in any kind of school: a learner stalls, falls behind, or could go faster."""

from datetime import date

from ledger.policy import (
    Counted,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    any_of,
    clause,
    each,
    fact,
    not_,
    param,
)
from policies.shared import PRACTICE, SUPPORT_WORDS
from policies.shared.courses import COURSE_ENDS, STANDARDS, TODAY
from policies.shared.pace import CHECKPOINTS, behind_pace

MASTERED = FactDefinition(
    "mastered",
    "mastery of the competency has been decided",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    measure="met",
    arguments=(("question", "MASTERY"), ("award", "standard")),
    when_none=False,
)

PIECES = FactDefinition(
    "pieces",
    "pieces of evidence that count",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="pieces",
    where=(Counted(param.purposes),),
    when_none=0,
    lowest=0,
)

STALLED_ON = FactDefinition(
    "stalled_on",
    "day by which new evidence was to be there, counted from the last",
    "last_date.1",
    FactType.DATE,
    Reads.EVIDENCE,
    measure="presence",
    where=(Counted(param.purposes),),
    arguments=(("plus_days", param.days),),
)

AWAITED_BY = FactDefinition(
    "awaited_by",
    "day by which first evidence was to be there, counted from the start of work on the competency",
    "status_day.1",
    FactType.DATE,
    Reads.STATUS,
    arguments=(("code", "working-on"), ("edge", "first"), ("plus_days", param.days)),
)

stalled = Policy(
    "shared/stalled",
    date(2000, 1, 1),
    Question.SUPPORT,
    "Support for a learner who has come to a halt",
    PRACTICE,
    all_of(
        clause("open", "The competency is not mastered yet.", not_(fact.mastered), PRACTICE),
        any_of(
            clause(
                "no-more",
                "For {days} days there has been no new evidence that counts.",
                fact.today >= fact.stalled_on,
                PRACTICE,
            ),
            clause(
                "none-at-all",
                "Work on it began {days} days ago or earlier, and there is no evidence that counts.",
                all_of(fact.pieces <= 0, fact.today >= fact.awaited_by),
                PRACTICE,
            ),
        ),
    ),
    jurisdiction="",
    subject="competency",
    award="stalled",
    sheet=(TODAY, MASTERED, PIECES, STALLED_ON, AWAITED_BY),
    words=Words(met="support is due", not_yet="no support called for", target="competency"),
)

UNDER_WAY = clause("under-way", "The course has not ended.", fact.today <= fact.course_ends, PRACTICE)

behind = Policy(
    "shared/behind",
    date(2000, 1, 1),
    Question.SUPPORT,
    "Support for a learner who is behind the pace of a course",
    PRACTICE,
    all_of(UNDER_WAY, behind_pace(PRACTICE)),
    jurisdiction="",
    subject="course",
    award="behind",
    sheet=(TODAY, COURSE_ENDS, *CHECKPOINTS, STANDARDS),
    words=SUPPORT_WORDS,
)

ready_to_accelerate = Policy(
    "shared/ready-to-accelerate",
    date(2000, 1, 1),
    Question.SUPPORT,
    "More for a learner who is done before the course is",
    PRACTICE,
    all_of(
        clause("early", "The course ends on a later day.", fact.today < fact.course_ends, PRACTICE),
        each(
            fact.priority_standards,
            clause(
                "standard",
                "The priority standard is mastered.",
                fact.standard_met,
                PRACTICE,
                next="master the standards still open",
            ),
            name=fact.standard,
        ),
    ),
    jurisdiction="",
    subject="course",
    award="acceleration",
    sheet=(TODAY, COURSE_ENDS, STANDARDS),
    words=Words(met="ready for more", not_yet="not ready for more yet", target="course"),
)
