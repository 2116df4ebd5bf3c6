"""What governs on a day, as people read it."""

from dataclasses import dataclass
from datetime import date

from ledger.application import Ledger
from ledger.bounds import Nearness, in_force
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.inquiry.changes import about_words, binding_words, number_of
from ledger.policy.model import Question


@dataclass(frozen=True, slots=True)
class RuleHere:
    """An adoption that binds somebody on a day; `own` says that it was made in this ledger, `change` its number."""

    position: int
    own: bool
    question: str
    award: str
    about: str
    edition: str
    jurisdiction: str
    first_day: str
    last_day: str
    binds: tuple[str, ...]
    change: int | None
    digest: str


def rules_in_force(ledger: Ledger, on: date) -> tuple[RuleHere, ...]:
    """Return the adoptions in force on a day: for each question those of the nearest jurisdiction first."""
    governance = ledger.governance()
    near = Nearness(governance)
    found = [(near.of(placed) or 0, placed) for placed in in_force(governance, on, governance.position)]
    ordered = sorted(found, key=lambda one: (*_place(one[1].payload), one[0], -one[1].position))
    return tuple(_in_force(governance, placed) for _, placed in ordered)


def _place(adopted: PolicyAdopted) -> tuple[int, str]:
    return Question(adopted.question).stratum, adopted.award


def _in_force(governance: Governance, placed: Placed) -> RuleHere:
    adopted: PolicyAdopted = placed.payload
    return RuleHere(
        position=placed.position,
        own=placed.upstream is None,
        question=adopted.question,
        award=adopted.award,
        about=about_words(governance, adopted),
        edition=adopted.edition,
        jurisdiction=adopted.jurisdiction,
        first_day=adopted.first_day,
        last_day=governance.last_day_of(placed, governance.position) or "",
        binds=tuple(binding_words(adopted.binding)),
        change=number_of(governance, adopted.change),
        digest=adopted.digest,
    )
