"""Judging a proof of which every signature holds: what it says must agree with itself."""

from datetime import UTC, datetime

import pytest

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import Tree
from ledger.audit.note import KeyType, SigningKey, cosigned, sign
from ledger.audit.proving import judge
from ledger.audit.tlog_proof import Proof
from ledger.audit.trust import Trust
from ledger.storage.leaves import leaf_hash
from ledger.values import canonical

LOG = SigningKey("log.example", bytes([1]) * 32)
WITNESS = SigningKey("witness.example", bytes([2]) * 32, KeyType.WITNESS)
TRUST = Trust((LOG.verifier,), {"w": WITNESS.verifier}, {}, "w")
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
SEEN = int(NOON.timestamp())


def proof(at: str) -> Proof:
    """Prove a leaf record that says when, in a log of one event that a witness saw at noon."""
    record = canonical(
        {"actor": "a", "at": at, "log": LOG.name, "n": 1, "state": "0", "stream": "s", "topic": "t", "v": 1}
    )
    root = Tree([leaf_hash(record)]).root()
    return Proof(record, 0, (), cosigned(sign(Checkpoint(LOG.name, 1, root).text(), LOG), WITNESS, SEEN))


@pytest.mark.parametrize(
    ("at", "against"),
    [
        ("2026-06-15T12:00:00.000000Z", ()),
        ("2026-06-15T12:05:00.000000Z", ()),
        (
            "2026-06-15T12:05:01.000000Z",
            ("the event says it was recorded at 2026-06-15T12:05:01.000000Z, and w saw it before that",),
        ),
        ("midsummer", ("the leaf record says it was recorded at 'midsummer', which is no instant",)),
    ],
)
def test_a_witness_cannot_have_seen_an_event_before_it_was_recorded(at: str, against: tuple[str, ...]) -> None:
    """Five minutes are allowed for two clocks; beyond that one of the two instants is not so."""
    assert against == judge(proof(at), TRUST).against
