"""The competency-based baseline: readiness, mastery, credit and advancement. No statute."""

from ledger.policy import Citation, Confidence, Words

BASELINE = Citation("Competency-based baseline of this product (no statute)", confidence=Confidence.SECONDARY)
"""The source of every rule here; `law.md` says what it asks for."""

WORDS = Words(met="mastered", not_yet="not yet", learner="learner", target="competency")
"""What competency-based schools say."""
