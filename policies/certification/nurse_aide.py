"""Certified nurse aide: hours, supervised practice, and both parts of the competency evaluation."""

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
    each,
    fact,
    final_when,
    grant,
    param,
    some,
)
from ledger.policy.facts import Filter
from ledger.policy.rules import Rule
from ledger.policy.terms import FactTerm
from policies.certification.training import (
    FINDINGS,
    HOURS,
    IN_PROGRAMME,
    PRACTICAL_HOURS,
    SERVICES,
    SERVICES_PERFORMED,
    TESTED_BY,
)
from policies.shared.courses import TODAY

TRAINING = Citation("42 CFR 483.152", confidence=Confidence.VERBATIM)
"""What a training programme has to be."""

EVALUATION = Citation("42 CFR 483.154", confidence=Confidence.VERBATIM)
"""What the competency evaluation has to be; read in part."""

TRIES = Citation("42 CFR 483.154, as a state's test vendor applies it", confidence=Confidence.SECONDARY)
"""How often and until when a test may be taken; the federal floor of three tries was not seen."""

WRITTEN_OR_ORAL = FieldIn("instrument", ("nurse-aide-written", "nurse-aide-oral"))
SKILLS = FieldIs("instrument", "nurse-aide-skills")


def _tries(name: str, says: str, where: Filter) -> tuple[FactDefinition, FactDefinition]:
    """Return the tries at one test as a list and as a number."""
    filters = (where, *IN_PROGRAMME)
    listed = FactDefinition(
        f"{name}_tries",
        f"tries at the {says}",
        "items.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="passed",
        where=filters,
        when_none=(),
        members=(
            FactDefinition(
                f"{name}_try", "try", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, unit="tries", when_none=UNKNOWN
            ),
            FactDefinition(
                f"{name}_passed",
                "passed",
                "item.passed",
                FactType.BOOLEAN,
                Reads.EVIDENCE,
                measure="passed",
                when_none=False,
            ),
            FactDefinition(
                f"{name}_taken_on", "day of the try", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN
            ),
        ),
    )
    counted = FactDefinition(
        f"{name}_taken",
        f"tries at the {says}",
        "count.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        measure="passed",
        unit="tries",
        where=filters,
        when_none=0,
        lowest=0,
    )
    return listed, counted


def _passed(name: str, taken: str, says: str, step: str) -> Rule:
    """Return the rule that one of the tries that count was passed, and that no more are open after the last."""
    number, taken_on = FactTerm(f"{name}_try"), FactTerm(f"{name}_taken_on")
    return final_when(
        any_of(FactTerm(f"{name}_taken") >= param.tries, fact.today > fact.tested_by),
        all_of(
            clause(f"{name}-taken", taken, FactTerm(f"{name}_taken") >= 1, EVALUATION, next=step),
            some(
                FactTerm(f"{name}_tries"),
                all_of(
                    clause(name, says, FactTerm(f"{name}_passed"), EVALUATION, next=step),
                    clause(f"{name}-tries", "It is one of the first {tries} tries.", number <= param.tries, TRIES),
                    clause(
                        f"{name}-in-time",
                        "It is within {months} months of the end of the training.",
                        taken_on <= fact.tested_by,
                        TRIES,
                    ),
                ),
                name=number,
            ),
        ),
    )


certification = Policy(
    "certification/nurse-aide",
    date(2000, 1, 1),
    Question.CERTIFICATION,
    "Nurse aide: training and competency evaluation",
    Citation("42 CFR 483.152 and 483.154", confidence=Confidence.VERBATIM),
    all_of(
        clause(
            "hours",
            "{hours} clock hours of training or more.",
            fact.hours >= param.hours,
            TRAINING,
            next="complete the hours of training",
        ),
        clause(
            "practical-hours",
            "{practical_hours} of them or more are supervised practical training.",
            fact.practical_hours >= param.practical_hours,
            TRAINING,
            next="complete the hours of supervised practical training",
        ),
        any_of(
            clause(
                "no-service",
                "No service was performed on a resident.",
                fact.services_performed <= 0,
                TRAINING,
                next="have the findings of proficiency entered",
            ),
            each(
                fact.services,
                some(
                    fact.findings,
                    clause(
                        "proficient-first",
                        "The learner had been found proficient in the service before it was performed on a resident.",
                        all_of(fact.found_in.is_(fact.service), fact.found_on <= fact.performed_on),
                        TRAINING,
                        next="have the service reviewed that was performed too early",
                    ),
                ),
                name=fact.service_number,
            ),
        ),
        _passed(
            "knowledge",
            "A written or an oral examination is taken.",
            "The written or oral examination is passed.",
            "take the written or oral examination",
        ),
        _passed(
            "skills",
            "The skills are demonstrated.",
            "The skills demonstration is passed.",
            "take the skills demonstration",
        ),
    ),
    jurisdiction="",
    subject="requirement",
    sheet=(
        TODAY,
        HOURS,
        PRACTICAL_HOURS,
        SERVICES_PERFORMED,
        SERVICES,
        FINDINGS,
        TESTED_BY,
        *_tries("knowledge", "written or oral examination", WRITTEN_OR_ORAL),
        *_tries("skills", "skills demonstration", SKILLS),
    ),
    grants=(grant("credential", "nurse aide: result to the state's registry"),),
    words=Words(met="found competent", denied="has to train again", target="credential"),
)
