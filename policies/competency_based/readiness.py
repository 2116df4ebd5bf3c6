"""Readiness for an assessment of a competency: practice at a level, or a recorded preparation."""

from datetime import date

from ledger.policy import (
    Counted,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    any_of,
    clause,
    fact,
    param,
)
from policies.competency_based import BASELINE

SHEET = (
    FactDefinition(
        "practice_level",
        "best level in practice",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        unit="level",
        where=(Counted(param.purposes),),
    ),
    FactDefinition(
        "preparations",
        "preparations on record",
        "count.1",
        FactType.INTEGER,
        Reads.PREPARATION,
        measure="presence",
        unit="preparations",
        when_none=0,
        lowest=0,
    ),
)

readiness = Policy(
    "competency-based/readiness",
    date(2000, 1, 1),
    Question.READINESS,
    "Readiness for an assessment",
    BASELINE,
    any_of(
        clause(
            "practised",
            "Practice or formative work at level {level} or higher.",
            fact.practice_level >= param.level,
            BASELINE,
            next="practise up to the level",
        ),
        clause(
            "prepared",
            "Preparation for the assessment on record: {preparations} or more.",
            fact.preparations >= param.preparations,
            BASELINE,
            next="prepare, and have it recorded",
        ),
    ),
    jurisdiction="",
    subject="competency",
    sheet=SHEET,
    words=Words(met="ready", not_yet="not ready yet", target="competency"),
)
