"""Pilots to fold, and adoptions to hold against them."""

from typing import Any

from ledger.domain.change_fold import Written
from ledger.domain.jurisdiction import Binding, PolicyAdopted, Selector
from ledger.domain.pilot_fold import Pilot, Pilots, Placing
from ledger.domain.pilots import Participant, PilotOpened, Scope
from ledger.domain.shapes import Authority, Payload

STATE, PINE, CEDAR, NORTH = "us-xx", "us-xx/pine", "us-xx/cedar", "us-xx/pine/north"
BOARD = Authority(body="State board")


def opened(**changes: Any) -> PilotOpened:
    """Describe a pilot of two districts, of which Cedar begins in January."""
    settings: dict[str, Any] = {
        "pilot": "4f0d1c2e-0000-4000-8000-000000000001",
        "title": "Two kinds of task",
        "jurisdiction": STATE,
        "authority": BOARD,
        "purpose": "Does a second kind of task help?",
        "question": "MASTERY",
        "award": "standard",
        "first_day": "2026-08-01",
        "last_day": "2027-06-30",
        "scope": scope(PINE, (CEDAR, "2027-01-04")),
        "exit_rule": "return-at-end",
        **changes,
    }
    return PilotOpened(**settings)


def scope(*names: str | tuple[str, str], **more: Any) -> Scope:
    """Name organisations, with their own first day where a pair."""
    parts = [(name, None) if isinstance(name, str) else name for name in names]
    return Scope(organisations=tuple(Participant(organisation=one, first_day=day) for one, day in parts), **more)


def folded(*payloads: Payload, upstream: str | None = None) -> Pilots:
    """Fold events that were written one after the other."""
    pilots = Pilots()
    for number, payload in enumerate(payloads, start=10):
        pilots.apply(Placing(number, number + 100, upstream, Written("p-1", None, "", number)), payload)
    return pilots


def pilot(*later: Payload, **changes: Any) -> Pilot:
    """Return a pilot as it stands after some later events."""
    (found,) = folded(opened(**changes), *later)
    return found


def adopted(**changes: Any) -> PolicyAdopted:
    """Describe Pine's adoption for all its learners over all of the pilot."""
    settings: dict[str, Any] = {
        "jurisdiction": PINE,
        "question": "MASTERY",
        "award": "standard",
        "selector": Selector(kind="competency"),
        "policy": "a/rule",
        "edition": "a/rule@2020-01-01",
        "digest": "0" * 64,
        "overrides": (),
        "first_day": "2026-08-01",
        "last_day": "2027-06-30",
        "authority": BOARD,
        "reason": "to try it",
        "pilot": opened().pilot,
        **changes,
    }
    if isinstance(settings.get("binding"), dict):
        settings["binding"] = Binding(**settings["binding"])
    return PolicyAdopted(**settings)
