"""The ledgers of the demonstration are signed in the end, and the districts' checkpoints given to the state."""

from collections.abc import Sequence
from pathlib import Path

from ledger.application import Ledger
from ledger.application.checkpointing import introduce_key, introduced
from ledger.application.delivering import delivery, held_of, receive_checkpoint
from ledger.application.disclosing import commit_heads
from ledger.audit.signing import Secret, memory_folder, sign_log
from ledger.errors import KeyUnusable
from ledger.keys import Key, make_key, signer_key
from ledger.storage.envelope import Author

WHO = "who signs"


def sign(home: Path, state: Ledger, districts: Sequence[Ledger]) -> None:
    """Sign the districts' logs, let the state receive their checkpoints, and sign the state's log over them."""
    secret = Secret(_key(home), memory_folder(home))
    for ledger in (*districts, state):
        introduce_key(ledger, _author(ledger), secret.signing_key(ledger.opened.ledger).verifier_key)
    for district in districts:
        commit_heads(district, _author(district))
        sign_log(district.home, district.jurisdiction, secret)
        held = held_of(state, district.jurisdiction)
        data = delivery(district, held.size if held else 0)
        receive_checkpoint(state, _author(state), data, introduced(district)[-1].key)
    commit_heads(state, _author(state))
    sign_log(state.home, state.jurisdiction, secret)


def _key(home: Path) -> Key:
    try:
        return signer_key(home)
    except KeyUnusable:  # the first time there is none
        return make_key(home / "keys" / "signer.key")


def _author(ledger: Ledger) -> Author:
    return ledger.author(WHO, "operator")
