"""A trust policy: which checkpoints its holder believes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.note import KeyType, SigningKey, cosigned, sign
from ledger.audit.trust import Trust, parse
from ledger.errors import LedgerDamaged

LOG = SigningKey("ledger.example.org/us-tx", bytes(range(32)))
WITNESSES = [SigningKey(f"witness.example/{number}", bytes([number] * 32), KeyType.WITNESS) for number in range(6)]
CHECKPOINT = Checkpoint(LOG.name, 70_000, bytes(32))
SIGNED = sign(CHECKPOINT.text(), LOG)
TWO_LEVELS = f"""
# Two of the three at universities, and one of the three elsewhere.
\tlog {LOG.verifier_key} https://ledger.example.org/
{"".join(f"witness w{number} {key.verifier_key}" + chr(10) for number, key in enumerate(WITNESSES))}
group universities 2 w0 w1 w2
group elsewhere any w3 w4 w5
group both all universities elsewhere
quorum both
"""


def policy(quorum: str) -> Trust:
    """Return a policy with the log, one witness and a quorum."""
    return parse(f"log {LOG.verifier_key}\nwitness w0 {WITNESSES[0].verifier_key}\nquorum {quorum}\n", "trust.txt")


@given(st.sets(st.integers(0, 5)))
def test_a_quorum_may_have_two_levels(signers: set[int]) -> None:
    """The groups within a group each have to be filled; the times of all who signed are told."""
    note = SIGNED
    for number in sorted(signers):
        note = cosigned(note, WITNESSES[number], 1_764_000_000 + number)
    found = parse(TWO_LEVELS, "trust.txt").judge(note)

    assert (len(signers & {0, 1, 2}) >= 2 and bool(signers & {3, 4, 5})) == found.accepted
    assert {f"w{number}": 1_764_000_000 + number for number in signers} == found.witnesses
    assert (CHECKPOINT, (LOG.verifier,)) == (found.checkpoint, found.keys)


def test_witnesses_may_not_be_asked_for() -> None:
    """With the quorum `none` the signature of the log is enough."""
    assert (True, False) == (policy("none").judge(SIGNED).accepted, policy("w0").judge(SIGNED).accepted)


def test_a_log_signs_for_itself_alone() -> None:
    """The signature of a key known as that of another log, or of a witness, does not count."""
    other = Checkpoint("ledger.example.org/us-ks", 70_000, bytes(32)).text()
    notes = [sign(other, LOG), sign(CHECKPOINT.text(), SigningKey(LOG.name, bytes(32)))]
    notes.append(cosigned(sign(CHECKPOINT.text(), SigningKey("x", bytes(32))), WITNESSES[0], 1))

    assert [False] * 3 == [policy("none").judge(note).accepted for note in notes]


def test_a_key_may_have_replaced_another() -> None:
    """Where two keys of one log are believed, either is enough, and both are told where both signed."""
    later = SigningKey(LOG.name, bytes(range(1, 33)))
    text = f"log {LOG.verifier_key}\nlog {later.verifier_key}\nquorum none"
    judged = [parse(text, "trust.txt").judge(sign(CHECKPOINT.text(), *keys)) for keys in ([LOG], [later], [LOG, later])]

    assert [1, 1, 2] == [len(one.keys) for one in judged]


def test_an_altered_signature_is_not_passed_over() -> None:
    """A checkpoint whose text is not what a known key signed is refused, whoever else signed."""
    with pytest.raises(LedgerDamaged, match=r"the signature of ledger\.example\.org/us-tx does not hold"):
        policy("none").judge(SIGNED.replace("70000", "70001"))
