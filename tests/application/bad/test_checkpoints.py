"""Keys and delivered checkpoints that are refused, each with its sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.checkpointing import introduce_key
from ledger.application.delivering import delivery, receive_checkpoint
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.note import sign
from ledger.audit.replacing import remember, replace_key
from ledger.domain.ledger import Ticked
from ledger.errors import LedgerError, Refused, SigningRefused, UsageError
from ledger.values import Json, canonical, parse_json
from tests.audit.verifying.support import log_of
from tests.support.ledgers import author, opened
from tests.support.signing import KEY, OTHER_KEY, key_of, log_key, secret_of, signed, signed_on

PINE = "ledger.test/pine"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a state."""
    with opened(tmp_path / "state") as ledger:
        yield ledger


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a district of it, its log signed over two events and then over three."""
    with opened(tmp_path / "district", "us-xx/pine", kind="district", parent="us-xx", name=PINE) as ledger:
        signed(ledger)
        yield ledger


@pytest.fixture
def known(state: Ledger, district: Ledger) -> Ledger:
    """The state's ledger, which holds the district's checkpoint over two events; the district has a third."""
    receive_checkpoint(state, author(state), delivery(district), key_of(district))
    district.write(author(district), "ledger", [Ticked(through="2026-06-01")])
    signed_on(district)
    return state


def refusal(state: Ledger, data: bytes, key: str | None = None) -> str:
    """Return why a delivery is refused; nothing is written."""
    before = state.log.recorder.max_notification_id()
    with pytest.raises(LedgerError) as refused:
        receive_checkpoint(state, author(state), data, key)
    assert before == state.log.recorder.max_notification_id()
    return str(refused.value)


def altered(data: bytes, **fields: Any) -> bytes:
    """Return a delivery with other fields."""
    return canonical({**parse_json(data), **fields})  # type: ignore[dict-item]


def forged(size: int, root: int = 7, origin: str = PINE) -> str:
    """Return a checkpoint that the district's key signed and its log never was."""
    return sign(Checkpoint(origin, size, bytes([root]) * 32).text(), log_key(origin, KEY))


def test_a_first_checkpoint_without_a_key(state: Ledger, district: Ledger) -> None:
    """Nobody is believed because a file says so."""
    assert (
        "no key of us-xx/pine is known here: ask for it by another way than this file, and name it with --key"
    ) == refusal(state, delivery(district))


def test_a_checkpoint_of_somebody_else(state: Ledger, district: Ledger) -> None:
    """A ledger holds the checkpoints of those below it alone, and by the key of that log."""
    data = altered(delivery(district), jurisdiction="us-yy/pine")

    assert "us-yy/pine is not below us-xx" == refusal(state, data, key_of(district))
    other = log_key("ledger.test/oak", KEY).verifier_key
    assert f"the key {other} is not one of {PINE}" == refusal(state, delivery(district), other)


def test_a_signature_of_another_key(state: Ledger, district: Ledger) -> None:
    """A note that the key does not sign is refused."""
    key = key_of(district, OTHER_KEY)

    assert refusal(state, delivery(district), key).startswith(f"the checkpoint of {PINE} is not signed with the key")


def test_another_name_of_the_log(known: Ledger) -> None:
    """A jurisdiction whose log suddenly has another name is refused."""
    name = "ledger.test/elsewhere"
    document: dict[str, Json] = {
        "document": "mastery checkpoint 1",
        "jurisdiction": "us-xx/pine",
        "note": forged(3, origin=name),
        "since": 2,
        "consistency": [],
        "keys": [],
    }
    said = refusal(known, canonical(document), log_key(name, KEY).verifier_key).splitlines()

    assert f"the log of us-xx/pine called itself {PINE} so far, and {name} now" == said[0]


def test_a_key_that_signs_an_old_checkpoint_vouches_for_nothing(known: Ledger, district: Ledger) -> None:
    """Anybody can add a signature to a checkpoint: without an endorsement a new key is not followed."""
    old, new = log_key(PINE, KEY), log_key(PINE, OTHER_KEY)
    both = sign(Checkpoint(PINE, 2, bytes(32)).text(), old, new)
    steps = [{"key": new.verifier_key, "replaces": old.verifier_key, "endorsement": both}]
    data = altered(delivery(district, 2), keys=steps, note=sign(Checkpoint(PINE, 3, bytes(32)).text(), new))

    assert refusal(known, data).startswith(f"the checkpoint of {PINE} is not signed with the key {old.verifier_key}")


def test_histories_that_do_not_fit(known: Ledger, district: Ledger) -> None:
    """A shorter history, another of the same size, and one without a proof are refused."""
    data = delivery(district, 2)

    unproved = (
        f"the proof does not show that {PINE} only grew from 2 to 3 events; where no proof can be given that does, "
        "its history was rewritten: keep both checkpoints"
    )
    shorter = f"a checkpoint over 2 events of {PINE} is held, and this one is over 1: events were removed, or it is an"
    second = f"the checkpoint held over 2 events of {PINE} has another root: two histories were signed; keep both"
    early = "the checkpoint held is over 2 events, and the proof begins at 0; ask for it with"
    assert [
        f"{shorter} old one",
        f"{second} checkpoints, they show it to anybody",
        unproved,
        unproved,
        f"{early} `mastery checkpoints deliver --since 2`",
    ] == [
        refusal(known, altered(data, note=forged(1))),
        refusal(known, altered(data, note=forged(2))),
        refusal(known, altered(data, note=forged(3))),
        refusal(known, altered(data, consistency=["zz"])),
        refusal(known, delivery(district)),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "this is no delivered checkpoint: Expecting property name"),
        (b"{}", "this is no delivered checkpoint: Object missing required field"),
        (b"\xff", "this is no delivered checkpoint: 'utf-8' codec"),
    ],
)
def test_a_file_that_is_no_delivery(state: Ledger, data: bytes, said: str) -> None:
    """Anything else than a delivered checkpoint is told apart."""
    assert refusal(state, data).startswith(said)


def test_a_delivery_of_another_form(state: Ledger, district: Ledger) -> None:
    """A document that calls itself otherwise, or whose note is none, is refused."""
    data = delivery(district)

    assert "it does not begin as 'mastery checkpoint 1' does" in refusal(state, altered(data, document="x"))
    assert "is not a checkpoint" in refusal(state, altered(data, note="x"))
    assert msgspec.json.decode(data)["document"] == "mastery checkpoint 1"


def test_nothing_is_held_of_more_events_than_there_are(district: Ledger) -> None:
    """A proof since a size the log never had cannot be made."""
    with pytest.raises(UsageError, match=r"^the last checkpoint is over 2 events; nobody can hold one over 9$"):
        delivery(district, 9)


def test_keys_that_cannot_be_introduced(district: Ledger) -> None:
    """The key of another log, a reason that does not fit, and a key nobody vouched for are refused."""
    other = log_key("ledger.test/oak", KEY).verifier_key
    sentences = []
    for key, reason in ((other, None), (key_of(district, OTHER_KEY), "first"), (key_of(district, OTHER_KEY), None)):
        with pytest.raises(LedgerError) as refused:
            introduce_key(district, author(district), key, reason)  # type: ignore[arg-type]
        sentences.append(str(refused.value))

    unvouched = "the key in use does not vouch for this one; run `mastery signing-key replace` where the key in use is"
    assert [
        f"the key {other} is one of ledger.test/oak; the log of this ledger is {PINE}",
        "the log has a key so far, so the reason cannot be 'first'",
        f"{unvouched} kept, or say with --reason that it is lost or disclosed",
    ] == sentences


def test_keys_that_cannot_be_replaced(district: Ledger, tmp_path: Path) -> None:
    """Nothing is replaced before anything was signed, nor by somebody without the key in use."""
    home, stranger = district.home, secret_of(district.home.path, OTHER_KEY)
    with pytest.raises(Refused, match=f"{PINE} is signed with the key .*, and not with "):
        replace_key(home, "us-xx/pine", PINE, stranger, secret_of(home.path, type(KEY)(bytes(32), "test")))
    with pytest.raises(Refused, match="is signed yet: introduce the key that is to sign it, and sign"):
        replace_key(home, "us-xx/pine", PINE, secret_of(tmp_path), stranger)


def test_checkpoints_that_are_not_to_be_remembered(district: Ledger) -> None:
    """A signer remembers no checkpoint it did not sign, none that is older, and none of another history."""
    log, secret = log_of(district), secret_of(district.home.path)
    note = signed_on(district).note
    strange = sign(Checkpoint(PINE, 2, bytes(32)).text(), log_key(PINE, OTHER_KEY))
    with pytest.raises(Refused, match=f"^this is no checkpoint of {re.escape(PINE)} signed with the key"):
        remember(log, secret, strange)
    with pytest.raises(Refused, match=r"^a checkpoint over 2 events is remembered, and this one is over 2$"):
        remember(log, secret, note)
    secret.memory.joinpath(PINE.replace("/", "~")).write_text("lost")
    for size in (2, 5):
        with pytest.raises(SigningRefused, match="what stands in the ledger is not what was signed"):
            remember(log, secret, forged(size))
    told: list[tuple[int, int]] = []
    found = remember(log, secret, note, lambda done, there: told.append((done, there)))

    assert (2, [(2, 2)]) == (found.size, told)
    district.write(author(district), "ledger", [Ticked(through="2026-06-01")])
    assert 3 == signed_on(district).size
