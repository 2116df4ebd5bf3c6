"""Keys introduced and checkpoints handed out."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.checkpointing import (
    events_of,
    hand_out,
    introduce_key,
    introduced,
    latest_checkpoint,
)
from ledger.audit.checkpoint_store import stated
from ledger.audit.endorsing import is_endorsed
from ledger.audit.exposed import exposure_of
from ledger.audit.exposure import Exposure
from ledger.audit.merkle import Tree
from ledger.audit.note import KeyType, SigningKey, cosigned, opened
from ledger.audit.replacing import replace_key
from ledger.domain.checkpoints import CheckpointHandedOut, KeyIntroduced
from ledger.errors import Refused, SigningRefused
from tests.support.ledgers import author
from tests.support.ledgers import opened as made
from tests.support.signing import KEY, OTHER_KEY, key_of, log_key, secret_of, signed, signed_on

WITNESS = SigningKey("witness.test", bytes(range(2, 34)), KeyType.WITNESS)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger whose log is signed over its opening and the introduction of the key."""
    ledger = made(tmp_path)
    signed(ledger)
    return ledger


def exposed(ledger: Ledger, *witnesses: SigningKey) -> Exposure:
    """Return the exposure of a ledger."""
    keys = [one.verifier for one in witnesses]
    return exposure_of(ledger.home, ledger.jurisdiction, ledger.opened.ledger, keys)


def test_the_first_key_is_introduced_once(ledger: Ledger) -> None:
    """The ledger says under which key its log is signed; said again, nothing happens."""
    again = introduce_key(ledger, author(ledger), key_of(ledger))

    assert again is None
    assert (KeyIntroduced(key=key_of(ledger), replaces=None, reason="first"),) == introduced(ledger)


def test_a_key_is_replaced_by_one_that_signs_the_same_checkpoint(ledger: Ledger) -> None:
    """The last checkpoint carries both signatures, and the ledger says so in the event that introduces the new key."""
    home = ledger.home
    note = replace_key(
        home, ledger.jurisdiction, ledger.opened.ledger, secret_of(home.path), secret_of(home.path, OTHER_KEY)
    )
    introduce_key(ledger, author(ledger), key_of(ledger, OTHER_KEY))
    last = introduced(ledger)[-1]

    assert (key_of(ledger, OTHER_KEY), key_of(ledger), "renewed") == (last.key, last.replaces, last.reason)
    assert is_endorsed(str(last.endorsement), key_of(ledger), key_of(ledger, OTHER_KEY))
    keys = [log_key(ledger.opened.ledger, one).verifier for one in (KEY, OTHER_KEY)]
    assert set(keys) == set(opened(note, keys).verified)
    with pytest.raises(SigningRefused, match="`mastery signing-key replace`"):
        signed_on(ledger, KEY)
    assert 3 == signed_on(ledger, OTHER_KEY).size


def test_a_replacement_that_was_cut_short_is_repeated(ledger: Ledger) -> None:
    """Replacing a key that replaced the other already ends the same way."""
    home, name = ledger.home, ledger.opened.ledger
    secrets = secret_of(home.path), secret_of(home.path, OTHER_KEY)
    first = replace_key(home, ledger.jurisdiction, name, *secrets)

    assert first == replace_key(home, ledger.jurisdiction, name, *secrets)


def test_a_lost_key_is_replaced_without_its_signature(ledger: Ledger) -> None:
    """Where the key is lost the new one signs alone, and the ledger gives the reason."""
    home = ledger.home
    replace_key(home, ledger.jurisdiction, ledger.opened.ledger, None, secret_of(home.path, OTHER_KEY))
    introduce_key(ledger, author(ledger), key_of(ledger, OTHER_KEY), "lost")

    expected = KeyIntroduced(key=key_of(ledger, OTHER_KEY), replaces=key_of(ledger), reason="lost")
    assert expected == introduced(ledger)[-1]
    assert 3 == signed_on(ledger, OTHER_KEY).size


def test_a_checkpoint_is_handed_out(ledger: Ledger) -> None:
    """What was given to whom is an event, in which the person stands by a pseudonym."""
    done = hand_out(ledger, author(ledger), "auditor@example.org", "mail")
    event = next(events_of(ledger, CheckpointHandedOut))
    who = ledger.vault.person_id("auditor@example.org")

    assert CheckpointHandedOut(size=2, root=done.note.split("\n")[2], to=who, means="mail") == event.data
    assert (latest_checkpoint(ledger), 2, event.position) == (done.note, done.size, done.appended.last)


def test_what_was_handed_out_is_held_outside(ledger: Ledger) -> None:
    """Events up to a checkpoint that somebody was given are no longer exposed; those after it are."""
    before = exposed(ledger)
    hand_out(ledger, author(ledger), None, "published")

    assert (Exposure(2, 0, None), 2) == (before, before.exposed)
    assert (Exposure(3, 2, "handed out"), 1) == (exposed(ledger), exposed(ledger).exposed)


def test_what_a_known_witness_signed_is_held_outside(ledger: Ledger) -> None:
    """A cosignature counts where the key of the witness is known, and not where anybody may have made it."""
    store_note = cosigned(latest_checkpoint(ledger), WITNESS, 7)
    (ledger.home.log_folder(ledger.jurisdiction) / "checkpoints" / "2").write_text(store_note)
    stranger = SigningKey("witness.test", bytes(range(3, 35)), KeyType.WITNESS)

    assert Exposure(2, 2, "cosigned") == exposed(ledger, WITNESS)
    assert Exposure(2, 0, None) == exposed(ledger, stranger) == exposed(ledger)


def test_a_checkpoint_of_another_history_protects_nothing(ledger: Ledger) -> None:
    """What was handed out and is not what the log is now does not count."""
    other = Tree([bytes(32), bytes(32)]).root()
    root = stated(latest_checkpoint(ledger)).root
    payload = CheckpointHandedOut(size=2, root="*", to=None, means="published")
    ledger.write(author(ledger), "ledger", [payload])

    assert other != root
    assert Exposure(3, 0, None) == exposed(ledger)


def test_an_unreadable_claim_protects_nothing(ledger: Ledger) -> None:
    """A handing out whose bytes cannot be read is passed over; so are tiles that are not there."""
    hand_out(ledger, author(ledger), None, "published")
    path = ledger.home.log_folder(ledger.jurisdiction) / "tile" / "0" / "000.p" / "2"
    data = path.read_bytes()
    path.unlink()
    without = exposed(ledger)
    path.write_bytes(data)
    with ledger.log.recorder.datastore.write() as cursor:
        cursor.execute("UPDATE stored_events SET state = X'7B' WHERE position = 3")

    assert [Exposure(3, 0, None)] * 2 == [without, exposed(ledger)]


def test_a_ledger_without_signature_has_nothing_to_hand_out(tmp_path: Path) -> None:
    """Without a checkpoint, or without a key that anybody knows, nothing is handed out."""
    ledger = made(tmp_path)
    with pytest.raises(Refused, match="is signed yet; `mastery signer --once` signs it"):
        latest_checkpoint(ledger)
    signed_on(ledger)
    with pytest.raises(Refused, match="the key that signs is not introduced"):
        latest_checkpoint(ledger)
    introduce_key(ledger, author(ledger), key_of(ledger, OTHER_KEY))
    with pytest.raises(Refused, match="is not signed by a key that was introduced"):
        latest_checkpoint(ledger)
