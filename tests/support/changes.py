"""Changes of rules by two people, for tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.application import Ledger, changing
from ledger.application.adopting import Adoption
from ledger.application.proposing import Proposal, propose
from ledger.domain.change_fold import Change
from ledger.domain.shapes import Authority
from ledger.facts.claims import compares_levels
from ledger.storage.envelope import Author
from tests.support.ledgers import catalogue, latest_scale

BOARD = Authority(body="Board of trustees", date="2026-06-01", minute="31")
TODAY = date(2026, 6, 15)
"""The day the tests' clock shows."""


def person(ledger: Ledger, who: str, command: str | None = None) -> Author:
    """Return somebody as an author, with a new command id unless one is given."""
    return ledger.author(who, "administrator", command)


def adoption(
    ledger: Ledger, policy: str, first_day: date = TODAY, overrides: Mapping[str, str] | None = None, **more: Any
) -> Adoption:
    """Build an adoption of a built-in policy, with the scale held where it reads levels."""
    found = catalogue().find(policy, first_day)
    if compares_levels(found):
        more.setdefault("scale", latest_scale(ledger))
    jurisdiction = more.pop("jurisdiction", ledger.jurisdiction)
    return Adoption(found, jurisdiction, first_day, BOARD, "for the test", overrides=overrides, **more)


def proposed(
    ledger: Ledger,
    policy: str = "competency-based/mastery",
    first_day: date = TODAY,
    overrides: Mapping[str, str] | None = None,
    *,
    who: str = "m.ortiz",
    emergency: bool = False,
    **more: Any,
) -> Change:
    """Propose to adopt a built-in policy."""
    wanted = adoption(ledger, policy, first_day, overrides, **more)
    given = Proposal(BOARD, "for the test", first_day, adoption=wanted, emergency=emergency)
    return propose(ledger, person(ledger, who), given)


def approved(ledger: Ledger, change: Change, *, proposer: str = "m.ortiz", approver: str = "j.lee") -> Change:
    """Preview a change, ask for approval and approve it as another person."""
    changing.preview_change(ledger, person(ledger, proposer), change.id)
    changing.submit(ledger, person(ledger, proposer), change.id)
    return changing.approve(ledger, person(ledger, approver), change.id)


def activated(ledger: Ledger, change: Change) -> Change:
    """Take a change that was proposed all the way to where it governs."""
    approved(ledger, change)
    if not change.proposed.emergency:
        changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    return changing.activate(ledger, person(ledger, "j.lee"), change.id)
