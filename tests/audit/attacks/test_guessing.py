"""T16: a score guessed from the hash that stays when it is erased."""

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.erasing import Order, erase
from ledger.audit.verifying.findings import Kind
from ledger.storage.tombstone import tombstone
from tests.audit.attacks.support import RECORDED, positions, tamper
from tests.audit.verifying.support import changes
from tests.support.ledgers import author


def test_t16_equal_evidence_has_unequal_hashes(ledger: Ledger) -> None:
    """Every event holds sixteen random bytes of its own, so that nothing can be tried against its hash."""
    salts = [msgspec.json.decode(row[4])["salt"] for row in ledger.log.recorder.scan()]

    assert {32} == {len(salt) for salt in salts}
    assert len(salts) == len(set(salts))


def test_t16_the_salt_goes_with_the_payload(ledger: Ledger) -> None:
    """What stays of an erased payload is who, when and a digest; the leaf and the tree are as before."""
    position = positions(ledger, RECORDED)[0]
    row = ledger.log.recorder.at(position)
    assert row is not None
    state = tombstone(row[4])
    before = ledger.log.leaf(row)
    tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", state, position)

    assert {"actor", "at", "erased", "v"} == set(msgspec.json.decode(state))
    assert msgspec.json.decode(row[4])["salt"] not in state.decode()
    assert before == ledger.log.leaf((*row[:4], state))


def test_t16_an_erasure_nobody_ordered_is_named(ledger: Ledger) -> None:
    """A payload erased by SQL fits its leaf, and no event of the learner names the erasure."""
    position = positions(ledger, RECORDED)[0]
    row = ledger.log.recorder.at(position)
    assert row is not None
    tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", tombstone(row[4]), position)
    told = [one for one in changes(ledger) if one.position]

    assert [(Kind.ERASED_WITHOUT_EVENT, position)] == [(one.kind, one.position) for one in told]


@pytest.mark.parametrize("payloads", [False, True])
def test_an_erasure_that_was_ordered_is_no_finding(ledger: Ledger, payloads: bool) -> None:
    """Where an event of the learner names what was erased, leaves, streams and all that derives are as they must be."""
    learner = ledger.vault.learner_id("S-1")
    erase([ledger], [author(ledger)], learner, Order(basis="34 CFR 99", payloads=payloads), lambda _: None)

    assert () == changes(ledger)


def test_an_index_that_still_tells_of_what_was_erased_is_named(ledger: Ledger) -> None:
    """An erasure that leaves a row of the index behind is not one."""
    learner = ledger.vault.learner_id("S-1")
    kept = ledger.log.recorder.evidence(["S-1-0"])["S-1-0"]
    erase([ledger], [author(ledger)], learner, Order(basis="34 CFR 99", payloads=True), lambda _: None)
    values = (kept.evidence, kept.stream, kept.entry, kept.version, kept.content)
    tamper(ledger, "INSERT INTO evidence VALUES (?,?,?,?,?)", *values)
    (told,) = changes(ledger)

    assert (Kind.EVIDENCE_INDEX, "evidence, S-1-0") == (told.kind, told.place)
