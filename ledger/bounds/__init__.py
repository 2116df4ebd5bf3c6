"""State, district, school: which adoption governs a learner's subject on a day, and whom it binds."""

from ledger.bounds.binding import Bound
from ledger.bounds.governing import Candidate, Governing, candidates, governing, in_force, questions_asked
from ledger.bounds.nearness import Nearness, overlaps, within

__all__ = [
    "Bound",
    "Candidate",
    "Governing",
    "Nearness",
    "candidates",
    "governing",
    "in_force",
    "overlaps",
    "questions_asked",
    "within",
]
