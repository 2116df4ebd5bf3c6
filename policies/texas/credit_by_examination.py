"""Texas: credit by examination, grades 6 to 12, without and (where a district opens it) after instruction."""

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
    fact,
    final_when,
    grant,
    not_,
    param,
    some,
)

TAC = Citation("19 TAC §74.24", confidence=Confidence.VERBATIM)

NOTATION = "examination score"
"""What the transcript shows of credit earned so."""

APPROVED = (FieldIs("kind", "exam"), FieldIn("instrument", param.approved))

SITTING = (
    FactDefinition("ordinal", "sitting", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, lowest=1, when_none=UNKNOWN),
    FactDefinition("taken_on", "day of the sitting", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN),
    FactDefinition("examination", "examination", "item.instrument", FactType.TEXT, Reads.EVIDENCE, when_none=UNKNOWN),
    FactDefinition(
        "points", "points scored", "item.value", FactType.FRACTION, Reads.EVIDENCE, measure="value", unit="points"
    ),
    FactDefinition(
        "percent",
        "percent correct",
        "item.percent",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="percent",
        unit="percent",
    ),
    FactDefinition(
        "earlier_in_window",
        "earlier sittings of the same examination in that calendar quarter",
        "item.earlier_in_window",
        FactType.INTEGER,
        Reads.EVIDENCE,
        unit="sittings",
        arguments=(("months", 3), ("same", "instrument")),
        when_none=UNKNOWN,
        lowest=0,
    ),
    FactDefinition(
        "any_time",
        "homeless or in substitute care, and transferred in after the school year began",
        "item.status",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", "us-tx/tests-any-time"),),
        when_none=UNKNOWN,
        sensitive=True,
    ),
    FactDefinition(
        "prior_instruction",
        "prior instruction in the subject by the day of the sitting",
        "item.status",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", "us-tx/prior-instruction"),),
        when_none=UNKNOWN,
    ),
)

SHEET = (
    FactDefinition(
        "sittings",
        "sittings of approved examinations for the course",
        "items.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="presence",
        where=APPROVED,
        when_none=(),
        members=SITTING,
    ),
    FactDefinition(
        "sittings_taken",
        "sittings of approved examinations so far",
        "count.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        measure="presence",
        unit="sittings",
        where=APPROVED,
        when_none=0,
        lowest=0,
    ),
    FactDefinition(
        "course_start",
        "start of the school year in which the learner would ordinarily take the course",
        "status_day.1",
        FactType.DATE,
        Reads.STATUS,
        arguments=(("code", "us-tx/ordinary-course-start"), ("edge", "first")),
    ),
    FactDefinition("today", "day of the decision", "today.1", FactType.DATE, Reads.CALENDAR, when_none=UNKNOWN),
)

ROUTES = any_of(
    clause(
        "ap",
        "{ap} or higher on the Advanced Placement examination.",
        all_of(fact.examination.is_("ap"), fact.points >= param.ap),
        TAC["(c)"],
        next="sit an approved examination",
    ),
    clause(
        "clep",
        "{clep} or higher on the CLEP examination.",
        all_of(fact.examination.is_("clep"), fact.points >= param.clep),
        TAC["(c)"],
        next="sit an approved examination",
    ),
    clause(
        "score",
        "{score} % on another approved test.",
        all_of(not_(fact.examination.in_(param.outside_dated)), fact.percent >= param.score),
        TAC["(c)"],
        next="sit an approved examination",
    ),
    all_of(
        clause(
            "after-instruction",
            "The district opens this route, and the learner had prior instruction.",
            all_of(param.instruction_route, fact.prior_instruction),
            TAC["(c)"],
        ),
        clause(
            "score-after",
            "{score_after} % on another approved test, after prior instruction.",
            all_of(not_(fact.examination.in_(param.outside_dated)), fact.percent >= param.score_after),
            TAC["(c)"],
            next="sit an approved examination",
        ),
    ),
)

COUNTS = all_of(
    clause("tries", "Among the first {tries} sittings for the course.", fact.ordinal <= param.tries, TAC["(c)"]),
    clause(
        "window",
        "At most {in_window} sitting of one examination in a calendar quarter, unless an outside body fixes its "
        "date or the learner may test at any time.",
        any_of(fact.examination.in_(param.outside_dated), fact.any_time, fact.earlier_in_window < param.in_window),
        TAC["(c)"],
    ),
    clause(
        "in-time",
        "Taken before the school year in which the course would ordinarily be taken.",
        any_of(not_(fact.course_start.exists()), fact.taken_on < fact.course_start),
        TAC["(c)"],
    ),
)

credit = Policy(
    "us-tx/credit-by-examination",
    date(2005, 3, 7),
    Question.CREDIT,
    "Credit by examination, grades 6 to 12",
    TAC,
    final_when(
        any_of(fact.sittings_taken >= param.tries, fact.today >= fact.course_start),
        all_of(
            clause(
                "sitting",
                "An approved examination for the course has been taken.",
                fact.sittings_taken >= 1,
                TAC["(c)"],
                next="sit an approved examination",
            ),
            some(fact.sittings, all_of(COUNTS, ROUTES), name=fact.ordinal),
        ),
    ),
    jurisdiction="us-tx",
    subject="course",
    sheet=SHEET,
    grants=(grant("credit", param.credit), grant("transcript", NOTATION)),
    words=Words(met="credit earned", denied="no credit by examination", learner="student", target="course"),
)
