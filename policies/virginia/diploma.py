"""Virginia: what the Standard Diploma and the Advanced Studies Diploma count."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    enough_of,
    fact,
    grant,
    param,
    take,
)
from policies.virginia.sittings import GRADE_9_ENTRY

COUNTS = Citation(
    "Virginia Department of Education, credits for graduation; division programs of studies",
    confidence=Confidence.SECONDARY,
)

STANDARD_CREDITS = FactDefinition(
    "standard_credits",
    "standard credits earned",
    "awarded.1",
    FactType.FRACTION,
    Reads.DECISION,
    unit="credit",
    arguments=(
        ("question", "CREDIT"),
        ("award", "standard"),
        ("policy", ""),
        ("key", "credit"),
        ("year_starts", ""),
    ),
    when_none=0,
    lowest=0,
)

VERIFIED_CREDITS = FactDefinition(
    "verified_credits",
    "courses with a verified credit",
    "awards.1",
    FactType.LIST,
    Reads.DECISION,
    arguments=(("question", "CREDIT"), ("award", "verified"), ("policy", "")),
    when_none=(),
    members=(FactDefinition("verified_course", "code of the course", "item.id", FactType.TEXT, Reads.DECISION),),
)

CREDENTIALS = FactDefinition(
    "credentials",
    "career and technical education credentials earned",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="credentials",
    where=(FieldIs("kind", "credential"), FieldIs("passed", True)),
    when_none=0,
    lowest=0,
    about="requirement/us-va/cte-credential",
)

ADVANCED_ATTESTED = FactDefinition(
    "advanced_attested",
    "attested: the verified credits the Advanced Studies Diploma asks for",
    "status.1",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-va/advanced-verified-credits"),),
    when_none=UNKNOWN,
)

WORDS = Words(met="diploma earned", learner="student", target="diploma")

standard = Policy(
    "us-va/standard-diploma",
    date(2004, 1, 1),
    Question.GRADUATION,
    "Standard Diploma: credits counted",
    COUNTS,
    all_of(
        clause(
            "credits",
            "{standard_diploma_credits} standard credits.",
            fact.standard_credits >= param.standard_diploma_credits,
            COUNTS,
            next="earn the standard credits still open",
        ),
        enough_of(
            "verified",
            "{verified_needed} verified credits, among them {english} in English, {mathematics} in mathematics, "
            "{science} in science and {history} in history and social science.",
            fact.verified_credits,
            fact.verified_course,
            param.areas,
            param.verified_needed,
            take("english", at_least=param.english),
            take("mathematics", at_least=param.mathematics),
            take("science", at_least=param.science),
            take("history", at_least=param.history),
            cites=COUNTS,
            next="earn the verified credits still open",
        ),
        clause(
            "credential",
            "A career and technical education credential.",
            fact.credentials >= 1,
            COUNTS,
            next="earn a career and technical education credential",
        ),
    ),
    jurisdiction="us-va",
    subject="learner",
    sheet=(STANDARD_CREDITS, VERIFIED_CREDITS, CREDENTIALS, GRADE_9_ENTRY),
    grants=(grant("diploma", "Standard Diploma"),),
    words=WORDS,
)

advanced = Policy(
    "us-va/advanced-studies-diploma",
    date(2004, 1, 1),
    Question.GRADUATION,
    "Advanced Studies Diploma: credits counted",
    COUNTS,
    all_of(
        clause(
            "credits",
            "{advanced_diploma_credits} standard credits.",
            fact.standard_credits >= param.advanced_diploma_credits,
            COUNTS,
            next="earn the standard credits still open",
        ),
        clause(
            "verified-attested",
            "A person has attested that the verified credits this diploma asks for are there.",
            fact.advanced_attested,
            COUNTS,
            next="have the verified credits attested",
        ),
    ),
    jurisdiction="us-va",
    subject="learner",
    award="advanced",
    sheet=(STANDARD_CREDITS, ADVANCED_ATTESTED),
    grants=(grant("diploma", "Advanced Studies Diploma"),),
    words=WORDS,
)
