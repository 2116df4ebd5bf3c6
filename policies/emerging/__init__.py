"""The emerging baseline, synthetic: grade-level standards and transferable skills, while time closes the course."""

from ledger.policy import Citation, Confidence, Words

BASELINE = Citation(
    "Synthetic: a stage between the two baselines, invented for this product (no statute)",
    confidence=Confidence.SECONDARY,
)
"""The source of every rule here; `law.md` says what it asks for."""

WORDS = Words(met="credit earned", denied="no credit", learner="student", target="course")
"""What a school on the way says."""
