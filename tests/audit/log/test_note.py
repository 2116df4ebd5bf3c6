"""Signed notes: what was signed opens, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.checkpoints import Checkpoint, parse
from ledger.audit.note import KeyType, SigningKey, VerifierKey, cosigned, opened, sign
from ledger.errors import LedgerDamaged

LOG = SigningKey("ledger.example.org/us-tx", bytes(range(32)))
NEXT = SigningKey("ledger.example.org/us-tx", bytes(range(1, 33)))
WITNESS = SigningKey("audit.example.org", bytes(32), KeyType.WITNESS)
TEXT = Checkpoint("ledger.example.org/us-tx", 70_000, bytes(range(32))).text()


def test_a_note_opens_with_its_keys() -> None:
    """Each signature of a key that is known is verified; the others are named."""
    note = cosigned(sign(TEXT, LOG, NEXT), WITNESS, 1_764_000_000)
    found = opened(note, [LOG.verifier, WITNESS.verifier])

    assert {LOG.verifier: 0, WITNESS.verifier: 1_764_000_000} == found.verified
    assert (TEXT, (LOG.name, WITNESS.name), (NEXT.name,)) == (found.text, found.names, found.unknown)


def test_a_checkpoint_is_three_lines() -> None:
    """Name, size in digits, and root in base64; read back as it was written."""
    checkpoint = Checkpoint("ledger.example.org/us-tx", 70_000, bytes(range(32)))

    assert "ledger.example.org/us-tx\n70000\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n" == TEXT
    assert checkpoint == parse(TEXT)


def test_keys_are_read_back() -> None:
    """A verifier key is read off its text."""
    for key in (LOG, WITNESS):
        assert key.verifier == VerifierKey.parse(key.verifier_key)


def test_a_secret_is_never_shown() -> None:
    """The text of a signing key for people does not hold the secret."""
    assert repr(LOG.secret) not in repr(LOG)


@given(st.integers(0, 2_000), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, turned: int) -> None:
    """With any byte changed, a note is refused, or none of its signatures is one of the key's."""
    data = bytearray(sign(TEXT, LOG).encode())
    data[place % len(data)] ^= turned
    try:
        found = opened(data.decode(), [LOG.verifier])
    except (LedgerDamaged, UnicodeDecodeError):
        return

    assert {} == found.verified


def test_a_witness_signs_the_time_too() -> None:
    """A cosignature with another time does not hold."""
    line = WITNESS.line(TEXT, 1).split(" ")[2]
    other = WITNESS.line(TEXT, 2).split(" ")[2]

    with pytest.raises(LedgerDamaged, match=r"the signature of audit\.example\.org does not hold"):
        opened(f"{TEXT}\n\N{EM DASH} {WITNESS.name} {line[:16]}{other[16:]}", [WITNESS.verifier])
