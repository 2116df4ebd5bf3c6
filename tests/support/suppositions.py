"""Changes of rules that are supposed, and the same changes made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.application import Ledger
from ledger.application.adopting import Adoption, checked
from ledger.deciding.supposing import Supposition
from ledger.domain.jurisdiction import AdoptionEnded
from ledger.facts.claims import compares_levels
from tests.support.ledgers import AUTHORITY, LONG_AGO, author, catalogue, latest_scale

THREE_KINDS = {"kinds": "3"}
ONE_KIND = {"kinds": "1"}


def supposing(
    ledger: Ledger, policy: str, overrides: Mapping[str, str] | None = None, first_day: date = LONG_AGO, **more: Any
) -> Supposition:
    """Return the change that adopts a built-in policy."""
    found = catalogue().find(policy, first_day)
    if compares_levels(found):
        more.setdefault("scale", latest_scale(ledger))
    given = Adoption(found, ledger.jurisdiction, first_day, AUTHORITY, "for the test", overrides=overrides, **more)
    sound = checked(ledger, ledger.governance(), given)
    return Supposition(adopted=(sound.adopted(given),), archived=(sound.archived,))


def ending(ledger: Ledger, policy: str, last_day: str = "2020-12-31") -> Supposition:
    """Return the change that ends the last adoption of a policy."""
    adoptions = ledger.governance().adoptions
    position = [one.position for one in adoptions if one.payload.policy == policy][-1]
    ended = AdoptionEnded(
        jurisdiction=ledger.jurisdiction,
        adoption=position,
        last_day=last_day,
        authority=AUTHORITY,
        reason="for the test",
    )
    return Supposition(ended=(ended,))


def made(ledger: Ledger, change: Supposition) -> None:
    """Make a change, as two people who agreed would."""
    ledger.write(author(ledger), f"jurisdiction/{ledger.jurisdiction}", change.payloads)
