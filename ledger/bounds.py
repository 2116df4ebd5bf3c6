"""State, district, school: which policy answers a question for a subject on a day, with which values."""

from dataclasses import dataclass
from datetime import date

from ledger.domain.governance import Governance, Placed, covers
from ledger.domain.jurisdiction import PolicyAdopted


@dataclass(frozen=True, slots=True)
class Governing:
    """The adoption that governs: its position in this ledger, and itself."""

    position: int
    adoption: PolicyAdopted
    upstream: str | None


def governing(
    governance: Governance, question: str, award: str, kind: str, identity: str, on: date, read_to: int
) -> Governing | None:
    """Return the adoption that answers a question about a subject on a day, or nothing.

    The jurisdiction nearest the school governs. Within one, an adoption that names the subject goes
    before one for all subjects of its kind, and a later adoption before an earlier one.
    """
    for jurisdiction in governance.chain():
        found = [
            placed
            for placed in governance.adoptions
            if placed.position <= read_to
            and _answers(placed.payload, jurisdiction, question, award, kind, identity, on)
        ]
        if found:
            best = max(found, key=_precedence)
            return Governing(best.position, best.payload, best.upstream)
    return None


def _answers(
    adoption: PolicyAdopted, jurisdiction: str, question: str, award: str, kind: str, identity: str, on: date
) -> bool:
    return (
        adoption.question == question
        and adoption.award == award
        and adoption.jurisdiction == jurisdiction
        and adoption.selector.covers(kind, identity)
        and covers(adoption.first_day, adoption.last_day, on)
    )


def _precedence(placed: Placed) -> tuple[bool, int]:
    return placed.payload.selector.ids is not None, placed.position


def questions_asked(governance: Governance, read_to: int) -> tuple[tuple[str, str, str], ...]:
    """Return every (question, award, subject kind) for which some adoption stands, sorted."""
    return tuple(
        sorted(
            {
                (one.payload.question, one.payload.award, one.payload.selector.kind)
                for one in governance.adoptions
                if one.position <= read_to
            }
        )
    )
