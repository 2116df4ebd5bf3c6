"""How jurisdictions, schools and subjects stand to one another."""

from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import Selector


def within(organisation: str | None, jurisdiction: str) -> bool:
    """Say whether an organisation is a jurisdiction or stands below it."""
    return organisation is not None and (organisation == jurisdiction or organisation.startswith(f"{jurisdiction}/"))


class Nearness:
    """How near to a school the jurisdictions that bind a ledger stand."""

    def __init__(self, governance: Governance) -> None:
        self._chain = tuple(governance.chain())

    def of(self, placed: Placed) -> int | None:
        """Return a lower number for a nearer jurisdiction; nothing for one that binds nobody here."""
        jurisdiction = placed.payload.jurisdiction
        if jurisdiction in self._chain:
            return self._chain.index(jurisdiction)
        return -jurisdiction.count("/") if self.school(placed) else None

    def school(self, placed: Placed) -> str | None:
        """Return the jurisdiction of an adoption where it stands below this ledger's own."""
        jurisdiction: str = placed.payload.jurisdiction
        below = self._chain and jurisdiction != self._chain[0] and within(jurisdiction, self._chain[0])
        return jurisdiction if below else None


def overlaps(one: Selector, other: Selector) -> bool:
    """Say whether some subject is meant by both of two selectors."""
    if one.kind != other.kind:
        return False
    return one.ids is None or other.ids is None or bool(set(one.ids) & set(other.ids))


def covers_all(more: Selector, some: Selector) -> bool:
    """Say whether every subject of the second selector is meant by the first."""
    if some.kind != more.kind or more.ids is None:
        return some.kind == more.kind
    return some.ids is not None and set(some.ids) <= set(more.ids)
