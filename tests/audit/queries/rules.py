"""What governs in these tests: adoptions of made-up rules, by position."""

from typing import Any

from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import AdoptionEnded, Override, PolicyAdopted, Selector
from ledger.domain.shapes import Authority

BOARD = Authority(body="Board of trustees", minute="7")
PLACE = "us-tx/pine-valley"


def adoption(first_day: str, digest: str = "old", level: str = "3", **more: Any) -> PolicyAdopted:
    """Build an adoption of a rule for mastery that asks for a level."""
    settings = {
        "jurisdiction": PLACE,
        "question": "MASTERY",
        "award": "standard",
        "selector": Selector(kind="competency"),
        "policy": "made-up/rule",
        "edition": "made-up/rule@2020-01-01",
        "digest": digest,
        "overrides": (Override(name="level", value=level),),
        "last_day": None,
        "authority": BOARD,
        "reason": "for the test",
        **more,
    }
    return PolicyAdopted(first_day=first_day, **settings)


def ended(position: int, last_day: str, jurisdiction: str = PLACE) -> AdoptionEnded:
    """Build the end of an adoption."""
    return AdoptionEnded(
        jurisdiction=jurisdiction, adoption=position, last_day=last_day, authority=BOARD, reason="for the test"
    )


def governed(*events: tuple[int, Any]) -> Governance:
    """Fold events that govern, each with its position."""
    found = Governance()
    for position, payload in events:
        found.apply(position, payload)
    return found
