"""What a pilot allows an adoption that is made under it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Protocol

from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import Binding, Selector
from ledger.domain.pilot_fold import Pilot
from ledger.domain.pilot_terms import NOBODY_LEFT_OUT, Meant, meant, outside
from ledger.policy.model import Policy


class Asked(Protocol):
    """An adoption that is asked for, as far as a pilot may allow it or not."""

    @property
    def policy(self) -> Policy:
        """Return the policy adopted."""

    @property
    def jurisdiction(self) -> str:
        """Return who adopts it."""

    @property
    def selector(self) -> Selector:
        """Return the subjects meant."""

    @property
    def first_day(self) -> date:
        """Return the first day."""

    @property
    def last_day(self) -> date | None:
        """Return the last day, null for none."""

    @property
    def binding(self) -> Binding | None:
        """Return whom it binds, null for everybody."""

    @property
    def pilot(self) -> str | None:
        """Return the pilot it is made under, null for none."""


def waived_by(governance: Governance, pilot: str | None, bound: Placed) -> bool:
    """Say whether a pilot waives a bound set above."""
    found = governance.pilots.find(pilot) if pilot is not None else None
    return found is not None and found.waives(bound.there, bound.upstream)


def pilot_refusals(governance: Governance, adoption: Asked) -> Iterator[tuple[str, str]]:
    """Say why an adoption is not one its pilot allows; nothing where it is made under none."""
    if adoption.pilot is None:
        return
    pilot = governance.pilots.find(adoption.pilot)
    if pilot is None:
        yield "pilot", f"no pilot {adoption.pilot!r} is known here; `mastery pilots list` names those that are"
        return
    yield from outside(
        pilot,
        Meant(
            adoption.jurisdiction,
            adoption.policy.question.value,
            adoption.policy.award,
            adoption.selector,
            adoption.first_day.isoformat(),
            adoption.last_day.isoformat() if adoption.last_day else None,
            adoption.binding or NOBODY_LEFT_OUT,
        ),
    )


def adopted_under(governance: Governance, pilot: Pilot) -> list[Placed]:
    """Return the adoptions made under a pilot, in the order in which they came to be known."""
    return [
        placed
        for placed in governance.adoptions
        if placed.payload.pilot is not None and governance.pilots.find(placed.payload.pilot) is pilot
    ]


def reaching_beyond(governance: Governance, pilot: Pilot) -> Iterator[tuple[Placed, str]]:
    """Yield each way in which an adoption made under a pilot reaches beyond it as it stands now.

    That is so once a pilot has ended sooner than was said: each such adoption is to be ended by a change.
    """
    for placed in adopted_under(governance, pilot):
        last_day = governance.last_day_of(placed, governance.position)
        if last_day is not None and last_day < placed.payload.first_day:
            continue
        for _, sentence in outside(pilot, replace(meant(placed.payload), last_day=last_day)):
            yield placed, sentence
