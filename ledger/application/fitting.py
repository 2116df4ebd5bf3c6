"""Which adoptions do not keep within the bounds set above, and from when: after a bound or an edition changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace as with_fields

from ledger.application.bounding import BoundMet, Measured, bounds_met, measured_adoption, rule_of
from ledger.application.governing import binds_below
from ledger.application.ledger import Ledger
from ledger.application.under_pilot import waived_by
from ledger.bounds import in_force
from ledger.deciding import Shelf
from ledger.deciding.supposing import Supposition, copied, suppose
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted


@dataclass(frozen=True, slots=True)
class Misfit:
    """An adoption and a bound it does not keep within, from a day on; `refused` is false where nobody can tell.

    `where` names the bound in words; `position` is null for an adoption that is not stored yet.
    """

    position: int | None
    adoption: PolicyAdopted
    bound: Placed
    where: str
    since: date
    refused: bool
    sentence: str


def misfits(ledger: Ledger, above: Ledger | None = None) -> Iterator[Misfit]:
    """Yield the adoptions of this ledger that do not keep within a bound, today or later.

    Known is what this ledger has received; where the ledger `above` is given, what it holds as well.
    """
    governance, today = ledger.governance() if above is None else handed_on(ledger, above), ledger.today()
    shelf = Shelf(governance)
    for placed in governance.adoptions:
        measured = measured_adoption(governance, shelf, placed, governance.position)
        if placed.upstream is None and (measured.last_day is None or measured.last_day >= today):
            found = bounds_met(governance, shelf, measured, governance.position)
            yield from _misfits(governance, placed.payload, found, placed.position)


def handed_on(ledger: Ledger, above: Ledger) -> Governance:
    """Return what would govern a ledger once it has received what the ledger above holds; nothing is written."""
    governance, origin = copied(ledger.governance()), above.opened.ledger
    for event in above.log.governing(governance.received.get(origin, 0)):
        if binds_below(event):
            governance.apply(governance.position + 1, event.data, origin, there=event.position)
    return governance


def misfits_of(ledger: Ledger, governance: Governance, adopted: PolicyAdopted) -> Iterator[Misfit]:
    """Yield the bounds that an adoption which is not stored yet does not keep within."""
    measured = Measured(
        jurisdiction=adopted.jurisdiction,
        selector=adopted.selector,
        bounded=rule_of(ledger.shelf(), adopted),
        first_day=date.fromisoformat(adopted.first_day),
        last_day=date.fromisoformat(adopted.last_day) if adopted.last_day else None,
    )
    found = bounds_met(governance, ledger.shelf(), measured, governance.position)
    yield from _misfits(governance, adopted, found, None)


def brought_back(
    ledger: Ledger, governance: Governance, ended: Sequence[AdoptionEnded], first_day: date
) -> Iterator[Misfit]:
    """Yield the bounds that a rule which would govern again once others have ended does not keep within."""
    before = {placed.position for placed in in_force(governance, first_day, governance.position)}
    supposed = suppose(governance, Supposition(ended=tuple(ended)))
    for placed in in_force(supposed, first_day, supposed.position):
        if placed.position not in before:
            adopted: PolicyAdopted = placed.payload
            again = with_fields(adopted, first_day=max(adopted.first_day, first_day.isoformat()))
            yield from misfits_of(ledger, governance, again)


def _misfits(
    governance: Governance, adopted: PolicyAdopted, found: Iterator[BoundMet], position: int | None
) -> Iterator[Misfit]:
    for met in found:
        answered = not met.refused and adopted.attestation is not None
        if met.proved or answered or waived_by(governance, adopted.pilot, met.placed):
            continue
        bound = met.placed.payload
        yield Misfit(
            position=position,
            adoption=adopted,
            bound=met.placed,
            where=f"{bound.side} of {bound.jurisdiction}",
            since=met.verdict.since or date.fromisoformat(max(bound.first_day, adopted.first_day)),
            refused=met.refused,
            sentence=met.verdict.sentence,
        )
