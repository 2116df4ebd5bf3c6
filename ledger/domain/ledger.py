"""What happens to a ledger as a whole: stream `ledger`."""

from typing import Literal

from ledger.domain.shapes import Payload


class LedgerOpened(Payload, frozen=True, kw_only=True):
    """A ledger began: one total order of events, kept by one organisation.

    `ledger` is its name to the world and the origin of its log; `zone` the IANA zone of its
    calendar; `upstream` the name of the ledger it receives frameworks and policies from.
    """

    ledger: str
    jurisdiction: str
    kind: Literal["state", "district", "school"]
    zone: str
    parent: str | None = None
    upstream: str | None = None


class UpstreamReceived(Payload, frozen=True, kw_only=True):
    """An event of the ledger above arrived here, with the very bytes stored there."""

    origin: str
    position: int
    stream: str
    version: int
    topic: str
    digest: str
    state: str


class Ticked(Payload, frozen=True, kw_only=True):
    """The calendar was gone through up to a day: what depends on it, or was never asked, was asked."""

    through: str
