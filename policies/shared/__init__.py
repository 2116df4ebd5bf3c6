"""Shared rules, no statute: retaking after relearning, and what calls for support in any kind of school."""

from ledger.policy import Citation, Confidence, Words

PRACTICE = Citation("Shared rules of this product (no statute)", confidence=Confidence.SECONDARY)
"""The source of the rules on support; `law.md` says what they ask for."""

SUPPORT_WORDS = Words(met="support is due", not_yet="no support called for", target="course")
"""What a school says of support."""

RETAKES = Citation("A classroom rule (school not confirmed): relearn, then retake", confidence=Confidence.VERBATIM)
"""The page of the rule was read; which school it is from is believed and was not seen."""
