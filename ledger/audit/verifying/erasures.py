"""Tombstones of one stream held against the events that order them: neither may stand without the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.rows import place
from ledger.domain.erasure import STILL_RECORDED, PayloadsErased
from ledger.domain.learner import Decided
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload
from ledger.domain.topics import TOPIC_OF
from ledger.storage.survey import EventRow

NEVER_ERASED = frozenset(TOPIC_OF[kind] for kind in STILL_RECORDED)
"""Topics whose payloads no erasure takes: they say what was erased, and what was given to whom."""

DECISIONS = frozenset((TOPIC_OF[Decided], TOPIC_OF[DifferenceSettled]))
"""Topics whose payloads are taken only by an erasure that says so."""


@dataclass(slots=True)
class Erasures:
    """What one stream says was erased, while it is read.

    `tombstones` by version, `ordered` the versions that erasures name, `with_decisions` those named by an erasure of
    decisions too, `orders` the erasures with their positions.
    """

    tombstones: dict[int, EventRow] = field(default_factory=dict)
    ordered: set[int] = field(default_factory=set)
    with_decisions: set[int] = field(default_factory=set)
    orders: list[tuple[EventRow, PayloadsErased]] = field(default_factory=list)

    def order(self, row: EventRow, payload: Payload) -> None:
        """Take note of what an event orders, where it orders anything: never what comes after it."""
        if isinstance(payload, PayloadsErased):
            self.orders.append((row, payload))
            before = {one for one in payload.versions if one < row[2]}
            self.ordered |= before
            self.with_decisions |= before if payload.decisions else set()

    def told(self) -> Iterator[Finding]:
        """Yield every tombstone nothing ordered, and every order not carried out."""
        for version, row in self.tombstones.items():
            if (what := self._unlawful(version, row)) is not None:
                yield Finding(Kind.ERASED_WITHOUT_EVENT, place(row), what, row[0], row[1])
        for row, payload in self.orders:
            standing = [one for one in payload.versions if one not in self.tombstones]
            if standing:
                listed = ", ".join(map(str, standing[:10])) + (" and more" if len(standing) > 10 else "")
                what = f"it says that versions {listed} of the stream were erased, and their payloads are not"
                yield Finding(Kind.NOT_ERASED, place(row), what, row[0], row[1])

    def _unlawful(self, version: int, row: EventRow) -> str | None:
        if row[3] in NEVER_ERASED:
            return f"its payload was erased, and no erasure takes that of a {row[3]}"
        if version not in self.ordered:
            return "its payload was erased, and no event of the learner names that erasure"
        if row[3] in DECISIONS and version not in self.with_decisions:
            return "its payload was erased, and the event that names the erasure says it left decisions as they were"
        return None
