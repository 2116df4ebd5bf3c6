"""Points of approved industry credentials in one career field, which a demonstration and a seal ask for alike."""

from ledger.policy import Citation, FieldIs, Reads, clause, fact, param, some
from ledger.policy.rules import Rule
from policies.ohio.records import best_of_each, named, subjects

CREDENTIAL_FIELDS = subjects(
    "fields",
    "career fields in which credentials are earned",
    param.career_fields,
    Reads.EVIDENCE,
    named("field", "career field", Reads.EVIDENCE),
    best_of_each(
        "field_points",
        "points of approved credentials in the field, each credential once",
        FieldIs("kind", "credential"),
        FieldIs("instrument", "us-oh/approved-credential"),
    ),
)


def points_in_one_field(cites: Citation) -> Rule:
    """Ask for enough points in one career field; points of different fields are not added up."""
    return some(
        fact.fields,
        clause(
            "credential-points",
            "{credential_points} points or more of approved industry credentials in one career field.",
            fact.field_points >= param.credential_points,
            cites,
            next="earn approved industry credentials in one career field",
        ),
        name=fact.field,
    )
