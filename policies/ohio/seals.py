"""What every diploma seal of Ohio has in common: its question, its award, and the name it gives."""

from ledger.policy import Citation, FactDefinition, Policy, Question, grant
from ledger.policy.rules import Rule, always
from policies.ohio.sources import FIRST_DAY, SEAL_WORDS, SEALS


def seal(
    name: str,
    title: str,
    requires: Rule,
    *sheet: FactDefinition,
    cites: Citation = SEALS,
    applies: Rule = always,
) -> Policy:
    """Write the policy of a diploma seal; a met decision gives the seal's title."""
    return Policy(
        f"us-oh/{name}",
        FIRST_DAY,
        Question.CERTIFICATION,
        title,
        cites,
        requires,
        jurisdiction="us-oh",
        subject="requirement",
        award="seal",
        applies=applies,
        sheet=sheet,
        grants=(grant("seal", title),),
        words=SEAL_WORDS,
    )
