"""Taking payloads out of a ledger, lawfully and not."""

from collections.abc import Sequence

from ledger.application import Ledger
from ledger.application.learning import prepare
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.domain.erasure import PayloadsErased
from ledger.domain.shapes import Payload
from ledger.storage.append import Erasure
from ledger.storage.envelope import Unstamped
from ledger.storage.tombstone import tombstone
from tests.audit.support import tamper
from tests.support.ledgers import author

BASIS = "Records Act 7(2)"


def versions(ledger: Ledger, learner: str, topic: str) -> list[int]:
    """Name the versions of a learner's events of a topic."""
    return [row[2] for row in ledger.log.recorder.stream_rows(f"learner/{learner}") if row[3] == topic]


def erase(ledger: Ledger, learner: str, gone: Sequence[int], *, decisions: bool = False) -> int:
    """Erase the payloads of some versions as an order does; return the version of the event that says so."""
    stream = f"learner/{learner}"
    version = ledger.log.recorder.last_version(stream) + 1
    payload = PayloadsErased(basis=BASIS, versions=tuple(gone), decisions=decisions)
    event = Unstamped(stream, version, payload, author(ledger))
    ledger.log.append(ledger.log.prepared([event], erasure=Erasure(stream, tuple(gone))))
    return version


def bury(ledger: Ledger, learner: str, version: int) -> None:
    """Put a tombstone in the place of a payload by SQL."""
    (row,) = [one for one in ledger.log.recorder.stream_rows(f"learner/{learner}") if one[2] == version]
    tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", tombstone(row[4]), row[0])


def said(ledger: Ledger, learner: str) -> list[tuple[int, Verdict]]:
    """Replay a learner and return version and verdict of everything that is told."""
    return [(one.version, one.verdict) for one in Replay(ledger.log).replay([learner])]


def recorded(ledger: Ledger, learner: str, payload: Payload) -> None:
    """Record anything about a learner."""
    prepare(ledger, author(ledger), learner, [payload]).stored(ledger, learner)
