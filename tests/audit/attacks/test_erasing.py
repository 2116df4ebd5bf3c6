"""Erasures that were not ordered, not carried out, or ordered where nothing is ever erased: with the key that seals."""

from ledger.application import Ledger
from ledger.audit.verifying.findings import Kind
from ledger.domain.erasure import KeyDestroyed, PayloadsErased
from ledger.storage.tombstone import tombstone
from tests.audit.attacks.support import DECIDED, positions, tamper
from tests.audit.verifying.support import changes
from tests.support.ledgers import author


def ordered(ledger: Ledger, position: int, **order: object) -> None:
    """Order the erasure of one event, put a tombstone in its place, and remove what is derived from the stream."""
    row = ledger.log.recorder.at(position)
    assert row is not None
    ledger.write(author(ledger), row[1], [PayloadsErased(basis="an order", versions=(row[2],), **order)])  # type: ignore[arg-type]
    tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", tombstone(row[4]), position)
    for table in ("parts", "evidence"):
        tamper(ledger, f"DELETE FROM {table} WHERE stream = ?", row[1])


def last(ledger: Ledger) -> int:
    """Return the last position."""
    return ledger.log.recorder.max_notification_id()


def test_an_erasure_that_was_not_carried_out_is_named(ledger: Ledger) -> None:
    """Payloads said to be erased stand: they were put back, or never went."""
    stream = f"learner/{ledger.vault.learner_id('S-1')}"
    order = PayloadsErased(basis="an order", versions=(2, 3))
    ledger.write(author(ledger), stream, [KeyDestroyed(basis="an order"), order])
    (told,) = changes(ledger)

    assert (Kind.NOT_ERASED, last(ledger)) == (told.kind, told.position)
    assert "it says that versions 2, 3 of the stream were erased, and their payloads are not" == told.what


def test_a_decision_erased_by_an_order_that_leaves_decisions_is_named(ledger: Ledger) -> None:
    """An order that says it left decisions readable cannot excuse one that is gone."""
    position = positions(ledger, DECIDED)[0]
    ordered(ledger, position)
    (told,) = changes(ledger)

    assert (Kind.ERASED_WITHOUT_EVENT, position) == (told.kind, told.position)
    assert told.what.endswith("the event that names the erasure says it left decisions as they were")


def test_a_decision_erased_by_an_order_for_decisions_is_no_finding(ledger: Ledger) -> None:
    """Where the order says so, a tombstone stands for a decision too."""
    ordered(ledger, positions(ledger, DECIDED)[0], decisions=True)

    assert () == changes(ledger)


def test_an_erasure_that_hides_an_erasure_is_named(ledger: Ledger) -> None:
    """What says that something was erased, or given to somebody, is never erased itself."""
    stream = f"learner/{ledger.vault.learner_id('S-1')}"
    ledger.write(author(ledger), stream, [KeyDestroyed(basis="an order")])
    position = last(ledger)
    ordered(ledger, position)
    (told,) = changes(ledger)

    assert (Kind.ERASED_WITHOUT_EVENT, position) == (told.kind, told.position)
    assert "its payload was erased, and no erasure takes that of a learner.key-destroyed.1" == told.what


def test_an_order_outside_a_learner_s_stream_is_named(ledger: Ledger) -> None:
    """No event that governs is ever erased, whatever is sealed into its stream; nor does one stand with a learner."""
    order = PayloadsErased(basis="an order", versions=(1,))
    ledger.write(author(ledger), "ledger", [order])
    (told,) = changes(ledger)

    assert (Kind.EVENT_UNREADABLE, last(ledger)) == (told.kind, told.position)
    assert told.what.endswith("is about one learner, and does not stand in the stream of any")
