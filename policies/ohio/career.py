"""Ohio: the demonstrations of career experience and technical skill, foundational and supporting."""

from ledger.policy import (
    UNKNOWN,
    FactDefinition,
    FactType,
    FieldIn,
    FieldIs,
    Policy,
    Question,
    Reads,
    all_of,
    any_of,
    clause,
    fact,
    param,
    some,
)
from ledger.policy.rules import Rule
from policies.ohio.credentials import CREDENTIAL_FIELDS, points_in_one_field
from policies.ohio.records import best_of_each, best_score, different, named, on_record, subjects
from policies.ohio.sources import CAREER, DEMONSTRATION_WORDS, FIRST_DAY

WEBXAM = (FieldIs("kind", "exam"), FieldIs("instrument", "us-oh/webxam"))
CREDENTIAL = FieldIs("kind", "credential")
EVALUATION = (FieldIs("kind", "judgement"), FieldIs("instrument", "us-oh/workplace-evaluation"))


def demonstration(name: str, title: str, requires: Rule, *sheet: FactDefinition) -> Policy:
    """Write one demonstration: a requirement of its own, so that none is ever counted twice."""
    return Policy(
        f"us-oh/{name}",
        FIRST_DAY,
        Question.CERTIFICATION,
        title,
        CAREER,
        requires,
        jurisdiction="us-oh",
        subject="requirement",
        award="demonstration",
        sheet=sheet,
        words=DEMONSTRATION_WORDS,
    )


webxams = demonstration(
    "webxams",
    "Foundational demonstration: proficient in the WebXams of one career pathway, taken together",
    some(
        fact.pathways,
        all_of(
            clause(
                "webxams",
                "{webxams} WebXams or more in one career pathway.",
                fact.webxams_taken >= param.webxams,
                CAREER,
                next="take the WebXams of one career pathway",
            ),
            clause(
                "proficient-together",
                "The average of the scores is not below the average of the cut scores.",
                fact.points_over_cuts >= 0,
                CAREER,
                next="raise the average over the WebXams of the pathway",
            ),
        ),
        name=fact.pathway,
    ),
    subjects(
        "pathways",
        "career pathways in which WebXams are taken",
        param.career_pathways,
        Reads.EVIDENCE,
        named("pathway", "career pathway", Reads.EVIDENCE),
        different("webxams_taken", "different WebXams taken in the pathway", "item", *WEBXAM, unit="WebXams"),
        best_of_each(
            "points_over_cuts",
            "points above the cut scores in the pathway, those below taken off, the best result of each WebXam",
            *WEBXAM,
        ),
    ),
)

industry_credentials = demonstration(
    "industry-credentials",
    "Foundational demonstration: approved industry credentials in one career field",
    points_in_one_field(CAREER),
    CREDENTIAL_FIELDS,
)

apprenticeship = demonstration(
    "apprenticeship",
    "Foundational demonstration: an apprenticeship, or acceptance into one",
    any_of(
        clause(
            "apprenticeship",
            "A pre-apprenticeship or a registered apprenticeship.",
            fact.apprenticeships >= 1,
            CAREER,
            next="take up a pre-apprenticeship or a registered apprenticeship",
        ),
        clause(
            "acceptance",
            "Proof of acceptance into an apprenticeship that requires the age of 18.",
            fact.acceptances >= 1,
            CAREER,
            next="or be accepted into an apprenticeship that requires the age of 18",
        ),
    ),
    on_record(
        "apprenticeships",
        "pre-apprenticeships and registered apprenticeships",
        CREDENTIAL,
        FieldIn("instrument", ("us-oh/pre-apprenticeship", "us-oh/registered-apprenticeship")),
        unit="apprenticeships",
    ),
    on_record(
        "acceptances",
        "acceptances into apprenticeships that require the age of 18",
        CREDENTIAL,
        FieldIs("instrument", "us-oh/apprenticeship-acceptance"),
        FieldIs("form", "age-18-required"),
        unit="acceptances",
    ),
)

state_licence = demonstration(
    "state-licence",
    "Foundational demonstration: a state licence that requires an examination",
    clause(
        "licence",
        "A state-issued licence for which an examination must be passed.",
        fact.licences >= 1,
        CAREER,
        next="earn a state licence that requires an examination",
    ),
    on_record(
        "licences",
        "state licences that require an examination",
        CREDENTIAL,
        FieldIs("instrument", "us-oh/state-licence"),
        FieldIs("form", "by-examination"),
        unit="licences",
    ),
)

work_based_learning = demonstration(
    "work-based-learning",
    "Supporting demonstration: work-based learning, evaluated positively",
    all_of(
        clause(
            "hours",
            "{hours} hours or more of work-based learning.",
            fact.hours_worked >= param.hours,
            CAREER,
            next="go on with work-based learning",
        ),
        clause(
            "evaluated",
            "The work has been evaluated, and positively.",
            fact.positive_evaluations >= 1,
            CAREER,
            next="ask for an evaluation at the workplace",
        ),
    ),
    FactDefinition(
        "hours_worked",
        "hours of work-based learning",
        "sum.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="hours",
        where=(FieldIs("kind", "hours"), FieldIs("instrument", "us-oh/work-based-learning")),
    ),
    on_record("positive_evaluations", "positive evaluations", *EVALUATION, FieldIs("passed", True), unit="evaluations"),
)

workkeys = demonstration(
    "workkeys",
    "Supporting demonstration: workforce readiness by WorkKeys",
    clause(
        "workkeys",
        "The workforce readiness score on WorkKeys: {workkeys} or higher.",
        fact.workkeys_score >= param.workkeys,
        CAREER,
        next="take WorkKeys",
    ),
    FactDefinition(
        "graduating_class",
        "year of the graduating class",
        "cohort.1",
        FactType.INTEGER,
        Reads.COHORT,
        arguments=(("clock", "graduating-class"),),
        when_none=UNKNOWN,
    ),
    best_score("workkeys_score", "best WorkKeys score, the tests taken together", "workkeys"),
)
