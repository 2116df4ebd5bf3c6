"""Mastery of a competency: shown in several kinds of task, holding, prepared, nothing averaged."""

from datetime import date

from ledger.policy import (
    AtLevel,
    Counted,
    FactDefinition,
    FactType,
    Policy,
    Prepared,
    Question,
    Reads,
    Ready,
    all_of,
    clause,
    count_of,
    fact,
    not_,
    param,
)
from policies.competency_based import BASELINE, WORDS

READINESS_PURPOSES = ("practice", "formative")
"""Purposes of the evidence that shows readiness without a decision."""

COUNTED = (
    Counted(param.purposes),
    Prepared(param.retakes_need_preparation),
    Ready(param.readiness_required, READINESS_PURPOSES, param.readiness_level),
)

SHEET = (
    FactDefinition(
        "kinds_at_level",
        "different kinds of task with work at the level",
        "distinct.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        unit="kinds of task",
        where=(*COUNTED, AtLevel(param.level)),
        arguments=(("field", "kind"),),
        when_none=0,
        lowest=0,
    ),
    FactDefinition(
        "latest_level",
        "level of the most recent evidence that counts",
        "latest.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        unit="level",
        where=COUNTED,
    ),
    FactDefinition(
        "prerequisites",
        "competencies that come before this one",
        "prerequisites.1",
        FactType.LIST,
        Reads.DECISION,
        measure="met",
        arguments=(("question", "MASTERY"), ("award", "standard")),
        when_none=(),
        members=(
            FactDefinition("prerequisite", "competency", "item.id", FactType.TEXT, Reads.DECISION),
            FactDefinition(
                "prerequisite_met",
                "mastery of it has been decided",
                "item.met",
                FactType.BOOLEAN,
                Reads.DECISION,
                measure="met",
                when_none=False,
            ),
        ),
    ),
)

mastery = Policy(
    "competency-based/mastery",
    date(2000, 1, 1),
    Question.MASTERY,
    "Mastery of a competency",
    BASELINE,
    all_of(
        clause(
            "kinds",
            "Level {level} or higher in {kinds} or more different kinds of task.",
            fact.kinds_at_level >= param.kinds,
            BASELINE,
            next="show the level in another kind of task",
        ),
        clause(
            "holding",
            "The most recent work that counts is at level {level} or higher.",
            fact.latest_level >= param.level,
            BASELINE,
            next="prepare again, then show the level once more",
        ),
        clause(
            "prerequisites",
            "Every competency that comes before this one is mastered.",
            count_of(fact.prerequisites, not_(fact.prerequisite_met)) <= 0,
            BASELINE,
            next="master the competencies that come before this one",
        ),
    ),
    jurisdiction="",
    subject="competency",
    sheet=SHEET,
    level=param.level,
    words=WORDS,
)
