"""Virginia: standard and verified credit, the local panel, the expedited retake, and what the diplomas count."""

from ledger.policy import Citation, Confidence

BOARD_RULE = Citation("8VAC20-131-110; from 2024-09-25 8VAC20-132-110", confidence=Confidence.VERBATIM)
"""The Board of Education's rule on standard and verified units of credit."""

DIVISIONS = Citation(
    "8VAC20-131-110; from 2024-09-25 8VAC20-132-110; as divisions state it", confidence=Confidence.SECONDARY
)
"""The same rule where it was read in what school divisions publish."""
