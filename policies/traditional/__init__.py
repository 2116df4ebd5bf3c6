"""The traditional baseline: seat time and averages, and the gaps an average hides. No statute."""

from ledger.policy import Citation, Confidence, Words

BASELINE = Citation("Traditional baseline of this product (no statute)", confidence=Confidence.SECONDARY)
"""The source of every rule here; `law.md` says from what law its numbers come."""

WORDS = Words(met="credit earned", denied="no credit", learner="student", target="course")
"""What schools with seat time say."""
