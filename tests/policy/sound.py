"""A policy without a fault, of which a test or a bad plugin says only what it changes."""

from datetime import date
from typing import Any

from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, clause, fact

LAW = Citation("Invented law")
SCORE = FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE)


def sound(policy_id: str = "us-ex/sound", effective: date = date(2020, 1, 1), **more: Any) -> Policy:
    """Write a policy without a fault."""
    settings = {"requires": clause("score", "80 points.", fact.score >= 80, LAW), "sheet": (SCORE,), **more}
    return Policy(
        policy_id, effective, Question.CREDIT, "Sound", LAW, jurisdiction="us-ex", subject="course", **settings
    )
