"""Verifying small ledgers, and what is found in them."""

from collections.abc import Sequence
from pathlib import Path

from ledger.application import Ledger
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.held import Held
from ledger.audit.verifying.verify import Verified, verify
from ledger.audit.verifying.work import Log
from ledger.simulation.engines import Engine
from tests.audit.support import decided, tamper
from tests.support.ledgers import author, record

__all__ = ["amended", "changes", "kinds", "log_of", "said", "tamper", "verified"]


def amended(home: Path) -> Ledger:
    """Make a ledger with decisions, a correction, a withdrawal, a status and the retraction of a school."""
    from ledger.application.learning import correct, withdraw
    from ledger.application.learning import record as record_other
    from ledger.domain.learner import StatusSet
    from tests.support.ledgers import evidence

    ledger = decided(home)
    learner = ledger.vault.learner_id("S-1")
    correct(ledger, author(ledger), learner, evidence(ledger, "S-1-0", "C.1", "2"), "a slip")
    withdraw(ledger, author(ledger), learner, "S-1-1", "not theirs")
    record_other(ledger, author(ledger), learner, StatusSet(code="english-learner", holds=True, first_day="2026-01-01"))
    for number in range(70):
        record(ledger, learner, f"many-{number}", "C.2", "3", purpose="practice")
    return ledger


def log_of(ledger: Ledger, *, with_key: bool = True) -> Log:
    """Return the log of a ledger as verification names it."""
    stamp = ledger.log.recorder.stamp
    key = stamp.seal_key if with_key else None
    return Log(ledger.log.path, ledger.log.origin, key, stamp.seal_key_name if with_key else "")


def verified(ledger: Ledger, held: Sequence[Held] = (), engine: Engine | None = None) -> Verified:
    """Verify a ledger."""
    return verify(log_of(ledger), held, engine=engine)


def changes(ledger: Ledger, held: Sequence[Held] = ()) -> tuple[Finding, ...]:
    """Verify a ledger and return what is found."""
    return verified(ledger, held).findings


def kinds(ledger: Ledger) -> list[tuple[Kind, int]]:
    """Verify a ledger and return what is found, by kind and position."""
    return [(one.kind, one.position) for one in changes(ledger)]


def said(ledger: Ledger) -> list[str]:
    """Verify a ledger and return what is found, as it is printed without what follows."""
    return [f"{one.place}: {one.kind}: {one.what}" for one in changes(ledger)]
