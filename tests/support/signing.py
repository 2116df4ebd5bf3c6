"""Ledgers whose logs are signed, by a signer whose clock stands where theirs does."""

from pathlib import Path

from ledger.application import Ledger
from ledger.application.checkpointing import introduce_key
from ledger.audit.note import SigningKey
from ledger.audit.signing import Secret, Signed, memory_folder, sign_log
from ledger.keys import Key
from tests.support.ledgers import author

KEY = Key(bytes(range(32)), "test")
OTHER_KEY = Key(bytes(range(1, 33)), "test")


def secret_of(home: Path, key: Key = KEY) -> Secret:
    """Return a signer's secret, remembered in the home."""
    return Secret(key, memory_folder(home))


def log_key(origin: str, key: Key = KEY) -> SigningKey:
    """Return the key that signs checkpoints of one log."""
    return Secret(key, Path()).signing_key(origin)


def key_of(ledger: Ledger, key: Key = KEY) -> str:
    """Return the verifier key of a ledger's log."""
    return log_key(ledger.opened.ledger, key).verifier_key


def signed(ledger: Ledger, key: Key = KEY) -> Signed:
    """Introduce the key where it is not known yet, and sign what stands."""
    introduce_key(ledger, author(ledger), key_of(ledger, key))
    return signed_on(ledger, key)


def signed_on(ledger: Ledger, key: Key = KEY) -> Signed:
    """Sign what stands."""
    secret = secret_of(ledger.home.path, key)
    return sign_log(ledger.home, ledger.jurisdiction, secret, clock=ledger.clock, environment={})
