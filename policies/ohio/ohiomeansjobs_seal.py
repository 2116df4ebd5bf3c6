"""Ohio: the OhioMeansJobs-Readiness Seal, professional skills that mentors validate in several environments."""

from ledger.policy import FieldIn, FieldIs, all_of, clause, fact, param
from policies.ohio.records import different
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS

VALIDATION = (
    FieldIs("kind", "observation"),
    FieldIs("instrument", "us-oh/skill-validation"),
    FieldIs("passed", True),
    FieldIn("setting", ("school", "workplace", "community")),
)


ohiomeansjobs = seal(
    "ohiomeansjobs-seal",
    "OhioMeansJobs-Readiness Seal",
    all_of(
        clause(
            "skills",
            "{skills} professional skills are shown.",
            fact.skills_shown >= param.skills,
            SEALS,
            next="show the skills that are lacking",
        ),
        clause(
            "mentors",
            "{mentors} mentors or more validate them.",
            fact.mentors_validating >= param.mentors,
            SEALS,
            next="ask another mentor",
        ),
        clause(
            "environments",
            "They are documented in {environments} or more of three environments: school, work, community.",
            fact.environments_shown >= param.environments,
            SEALS,
            next="show skills in another environment",
        ),
    ),
    different("skills_shown", "professional skills validated", "item", *VALIDATION, unit="skills"),
    different("mentors_validating", "mentors who validated skills", "form", *VALIDATION, unit="mentors"),
    different(
        "environments_shown",
        "environments in which skills were validated",
        "setting",
        *VALIDATION,
        unit="environments",
    ),
)
