"""Ohio: readiness by diploma seals, and what competency and readiness come to together for the diploma."""

from ledger.policy import (
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    each,
    enough_of,
    fact,
    param,
    take,
)
from policies.ohio.cohort import BOUND, COHORT_FACTS
from policies.ohio.competency_facts import ALGEBRA, ENGLISH
from policies.ohio.records import decided, named, subjects
from policies.ohio.sources import COMPETENCY, FIRST_DAY, SEALS

readiness = Policy(
    "us-oh/readiness",
    FIRST_DAY,
    Question.GRADUATION,
    "Readiness by diploma seals",
    SEALS,
    enough_of(
        "seals",
        "{seals} diploma seals or more, {state_seals} or more of them defined by the state; the others may be too.",
        fact.seals_earned,
        fact.seal,
        param.seal_kinds,
        param.seals,
        take("state-defined", at_least=param.state_seals),
        cites=SEALS,
        next="earn another diploma seal",
    ),
    jurisdiction="us-oh",
    subject="learner",
    award="readiness",
    applies=BOUND,
    sheet=(
        *COHORT_FACTS,
        FactDefinition(
            "seals_earned",
            "diploma seals earned",
            "awards.1",
            FactType.LIST,
            Reads.DECISION,
            arguments=(("question", "CERTIFICATION"), ("award", "seal")),
            when_none=(),
            members=(named("seal", "seal", Reads.DECISION),),
        ),
    ),
    words=Words(met="readiness shown", learner="student", target="diploma"),
)

competency_and_readiness = Policy(
    "us-oh/diploma-competency-and-readiness",
    FIRST_DAY,
    Question.GRADUATION,
    "The diploma: competency and readiness (the curriculum is not judged here)",
    COMPETENCY,
    all_of(
        each(
            fact.subjects,
            clause(
                "competency",
                "Competency is shown in the subject.",
                fact.competency_shown,
                COMPETENCY,
                next="show competency in the subject",
            ),
            name=fact.subject,
        ),
        clause(
            "readiness", "Readiness is shown by diploma seals.", fact.readiness_shown, SEALS, next="earn diploma seals"
        ),
    ),
    jurisdiction="us-oh",
    subject="learner",
    applies=BOUND,
    sheet=(
        *COHORT_FACTS,
        subjects(
            "subjects",
            "subjects in which competency is asked for",
            (f"requirement/{ALGEBRA}", f"requirement/{ENGLISH}"),
            Reads.DECISION,
            named("subject", "subject", Reads.DECISION),
            decided("competency_shown", "competency in the subject is shown", "CERTIFICATION", "competency"),
        ),
        decided("readiness_shown", "readiness is shown", "GRADUATION", "readiness"),
    ),
    words=Words(met="competency and readiness shown", learner="student", target="diploma"),
)
