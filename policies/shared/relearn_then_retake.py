"""Relearn, then retake: a score below the line is taken again once, after new work and a conference."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
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
    final_when,
    param,
    some,
)
from policies.shared import RETAKES
from policies.shared.courses import TODAY

ASSESSMENT = (FieldIn("kind", param.assessment_kinds), Counted(("summative",)))
"""The assessment of a competency, the first try and every retake."""

TRIES = FactDefinition(
    "tries",
    "tries at the assessment",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="percent",
    where=ASSESSMENT,
    when_none=(),
    members=(
        FactDefinition(
            "try_number", "try", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, unit="tries", when_none=UNKNOWN
        ),
        FactDefinition(
            "score", "score", "item.percent", FactType.FRACTION, Reads.EVIDENCE, measure="percent", unit="percent"
        ),
        FactDefinition("taken_on", "day of the try", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN),
    ),
)

TRIES_TAKEN = FactDefinition(
    "tries_taken",
    "tries at the assessment",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="percent",
    unit="tries",
    where=ASSESSMENT,
    when_none=0,
    lowest=0,
)

FIRST_TRY_ON = FactDefinition(
    "first_try_on",
    "day of the first try",
    "first_date.1",
    FactType.DATE,
    Reads.EVIDENCE,
    measure="percent",
    where=ASSESSMENT,
)

RETAKE_BY = FactDefinition(
    "retake_by",
    "last day for a retake",
    "first_date.1",
    FactType.DATE,
    Reads.EVIDENCE,
    measure="percent",
    where=ASSESSMENT,
    arguments=(("plus_days", param.days),),
)

RELEARNING = FactDefinition(
    "relearning",
    "relearning work on record",
    "items.1",
    FactType.LIST,
    Reads.PREPARATION,
    measure="presence",
    where=(FieldIn("kind", param.relearning_kinds),),
    when_none=(),
    members=(
        FactDefinition(
            "relearned_on",
            "day of the relearning work",
            "item.occurred",
            FactType.DATE,
            Reads.PREPARATION,
            when_none=UNKNOWN,
        ),
    ),
)

CONFERENCES = FactDefinition(
    "conferences",
    "conferences on record",
    "items.1",
    FactType.LIST,
    Reads.PREPARATION,
    measure="presence",
    where=(FieldIs("kind", "conference"),),
    when_none=(),
    members=(
        FactDefinition(
            "conferred_on",
            "day of the conference",
            "item.occurred",
            FactType.DATE,
            Reads.PREPARATION,
            when_none=UNKNOWN,
        ),
    ),
)

PREPARED_RETAKE = all_of(
    clause(
        "tries",
        "It is one of the first {tries} tries, the retake among them.",
        fact.try_number <= param.tries,
        RETAKES,
    ),
    clause("in-time", "The retake is within {days} days of the first try.", fact.taken_on <= fact.retake_by, RETAKES),
    some(
        fact.relearning,
        clause(
            "relearned",
            "Relearning work was done after the day of the first try and not after the retake.",
            all_of(fact.relearned_on > fact.first_try_on, fact.relearned_on <= fact.taken_on),
            RETAKES,
        ),
    ),
    some(
        fact.conferences,
        clause(
            "conferred",
            "A conference was held after the day of the first try and not after the retake.",
            all_of(fact.conferred_on > fact.first_try_on, fact.conferred_on <= fact.taken_on),
            RETAKES,
        ),
    ),
)

mastery = Policy(
    "shared/relearn-then-retake",
    date(2000, 1, 1),
    Question.MASTERY,
    "Mastery by an assessment, with a retake after relearning",
    RETAKES,
    final_when(
        any_of(fact.tries_taken >= param.tries, fact.today > fact.retake_by),
        all_of(
            clause(
                "taken",
                "The assessment is taken.",
                fact.tries_taken >= 1,
                RETAKES,
                next="take the assessment",
            ),
            some(
                fact.tries,
                all_of(
                    clause(
                        "score",
                        "The score is {cut} percent or higher.",
                        fact.score >= param.cut,
                        RETAKES,
                        next="relearn, hold a conference, then retake",
                    ),
                    any_of(clause("first-try", "It is the first try.", fact.try_number <= 1, RETAKES), PREPARED_RETAKE),
                ),
                name=fact.try_number,
            ),
        ),
    ),
    jurisdiction="",
    subject="competency",
    sheet=(TODAY, TRIES, TRIES_TAKEN, FIRST_TRY_ON, RETAKE_BY, RELEARNING, CONFERENCES),
    words=Words(met="mastered", not_yet="not yet", denied="not mastered", target="competency"),
)
