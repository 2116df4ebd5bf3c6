"""Pennsylvania: the statewide graduation requirement, five pathways to one diploma."""

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
    fact,
    grant,
    param,
    route,
    route_taken,
)
from policies.pennsylvania.evidence import EVIDENCE_BASED, PIECE_FACTS
from policies.pennsylvania.keystones import (
    AREAS,
    COMPOSITE,
    PROFICIENCY,
    SECTION_121,
    SECTION_121_1,
    TWO_EXAM_COMPOSITE,
    facts_of,
)
from policies.pennsylvania.readiness import (
    ALTERNATIVE_ASSESSMENT,
    ASSESSMENT_FACTS,
    CONCENTRATOR,
    COURSES,
    PROGRAM_FACTS,
)

SHEET = (
    FactDefinition(
        "graduating_class",
        "graduating class",
        "cohort.1",
        FactType.INTEGER,
        Reads.COHORT,
        unit="year",
        arguments=(("clock", "graduating-class"),),
        when_none=UNKNOWN,
    ),
    *(definition for area in AREAS for definition in facts_of(area)),
    *PROGRAM_FACTS,
    *ASSESSMENT_FACTS,
    *PIECE_FACTS,
)

PATHWAYS = any_of(
    route("proficiency", "Keystone Proficiency", PROFICIENCY),
    route("composite", "Keystone Composite", any_of(COMPOSITE, TWO_EXAM_COMPOSITE)),
    all_of(
        COURSES,
        any_of(
            route("concentrator", "CTE Concentrator", CONCENTRATOR),
            route("alternative", "Alternative Assessment", ALTERNATIVE_ASSESSMENT),
            route("evidence", "Evidence-Based", EVIDENCE_BASED),
        ),
    ),
)
"""The last three first ask for the course of every exam on which the learner is not Proficient."""

graduation = Policy(
    "us-pa/graduation",
    date(2018, 10, 24),
    Question.GRADUATION,
    "Statewide graduation requirement: five pathways",
    SECTION_121,
    PATHWAYS,
    jurisdiction="us-pa",
    subject="learner",
    applies=clause(
        "class",
        "Graduating class of {first_class} or later.",
        fact.graduating_class >= param.first_class,
        SECTION_121_1,
    ),
    sheet=SHEET,
    grants=(grant("requirement", "statewide graduation requirement"), grant("pathway", route_taken)),
    words=Words(met="requirement met", not_yet="not yet met", learner="student", target="requirement"),
)
