"""A witness signs that a log only grew, and never two histories of it."""

import hashlib
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import EMPTY_ROOT, Tree
from ledger.audit.note import KeyType, SigningKey, VerifierKey, opened, sign
from ledger.audit.witnessing import Request, Witness, WitnessRefused, request_of

LEAVES = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(40)]
TREE = Tree(LEAVES)
OTHER = Tree([*LEAVES[:20], *reversed(LEAVES[20:])])
LOG = SigningKey("ledger.example.org/us-tx", bytes(range(32)))
STRANGER = SigningKey(LOG.name, bytes(32))
KEY = SigningKey("witness.example.org", bytes(range(1, 33)), KeyType.WITNESS)


def asked(old: int, new: int, tree: Tree = TREE, key: SigningKey = LOG, origin: str = LOG.name) -> Request:
    """Return what a witness that saw a size is asked about another."""
    path = tree.consistency(old, new) if 0 < old <= new else ()
    return Request(old, path, sign(Checkpoint(origin, new, tree.root(new)).text(), key))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    """Return a witness that knows one log, on which it saw ten events."""
    ticks = count(1_764_000_000)
    made = Witness(tmp_path / "witness", KEY, lambda: next(ticks))
    made.know(LOG.verifier)
    made.cosign(asked(0, 10))
    return made


def seen(witness: Witness) -> list[tuple[VerifierKey, Checkpoint]]:
    """Return what a witness with the same folder, started anew, remembers."""
    return Witness(witness.folder, KEY, lambda: 0).logs()


def test_a_log_that_grew_is_signed(witness: Witness) -> None:
    """What comes back is a line that makes the checkpoint a note signed by the witness, with the time."""
    request = asked(10, 30)
    note = request.checkpoint + witness.cosign(request_of(request.text()))

    assert {LOG.verifier: 0, KEY.verifier: 1_764_000_001} == opened(note, [LOG.verifier, KEY.verifier]).verified
    assert [(LOG.verifier, Checkpoint(LOG.name, 30, TREE.root(30)))] == seen(witness)


def test_the_same_checkpoint_is_signed_again(witness: Witness) -> None:
    """Whoever lost the answer asks again from the size that was seen."""
    request = asked(10, 10)

    assert witness.cosign(request) != witness.cosign(request)


def refusals() -> Iterator[tuple[str, Request, int, str]]:
    """Yield what is not signed, the status, and the reason."""
    name = LOG.name
    yield "unknown", asked(0, 5, origin="other"), 404, "'other' is not a log this witness signs for (404)"
    yield (
        "stranger",
        asked(10, 30, key=STRANGER),
        403,
        f"the checkpoint is not signed with the key known for {name} (403)",
    )
    altered = Request(10, (), asked(10, 30).checkpoint.replace("\n30\n", "\n31\n"))
    why = f"the signature of {name} does not hold: note or signature were altered (403)"
    yield "altered", altered, 403, why
    yield "backwards", asked(10, 9), 400, "a log does not grow from 10 events to 9 (400)"
    why = f"10 events of {name} were seen last, not {{}}: ask again from 10 (409)"
    yield "from too early", asked(5, 30), 409, why.format(5)
    yield "from nothing", asked(0, 30), 409, why.format(0)
    yield "rolled back", asked(5, 8), 409, why.format(5)
    why = (
        f"another root was seen over 10 events of {name}: there are two histories; keep both checkpoints, they "
        "prove it (409)"
    )
    yield "two histories", asked(10, 10, Tree(LEAVES[::-1])), 409, why
    why = f"the proof does not show that {name} only grew from 10 events to 30 (422)"
    yield "no proof", Request(10, (), asked(10, 30).checkpoint), 422, why
    yield "another proof", Request(10, asked(10, 29).path, asked(10, 30).checkpoint), 422, why
    yield "rewritten", asked(10, 30, Tree(LEAVES[::-1])), 422, why
    note = sign("ledger\n", LOG)
    yield "no checkpoint", Request(0, (), note), 400, "'ledger\\n' is not a checkpoint: it has to be three lines, each "


@pytest.mark.parametrize(
    ("request_", "status", "why"), [row[1:] for row in refusals()], ids=[row[0] for row in refusals()]
)
def test_what_is_not_signed(witness: Witness, request_: Request, status: int, why: str) -> None:
    """Each refusal has the status of the protocol and its reason, and the witness remembers what it did."""
    before = seen(witness)
    with pytest.raises(WitnessRefused) as caught:
        witness.cosign(request_)

    assert status == caught.value.status
    assert str(caught.value).startswith(why)
    assert before == seen(witness)


def test_a_first_checkpoint_needs_no_proof(tmp_path: Path) -> None:
    """From nothing any tree grows, also one without leaves; a proof of that is not one."""
    witness = Witness(tmp_path, KEY, lambda: 1)
    witness.know(LOG.verifier)
    witness.cosign(asked(0, 0))
    with pytest.raises(WitnessRefused, match="does not show that"):
        witness.cosign(Request(0, (LEAVES[0],), asked(0, 10).checkpoint))
    before = seen(witness)
    witness.cosign(asked(0, 10))

    assert [(LOG.verifier, Checkpoint(LOG.name, 0, EMPTY_ROOT))] == before
    assert 10 == seen(witness)[0][1].size


def test_no_log_signs_in_the_name_of_another(tmp_path: Path) -> None:
    """Two logs whose names differ in a sign alone are two; neither key is taken for the other's log."""
    one, two = SigningKey("example.org/a", bytes(32)), SigningKey("example.org~a", bytes([1] * 32))
    witness = Witness(tmp_path, KEY, lambda: 1)
    witness.know(two.verifier)
    witness.know(one.verifier)
    witness.cosign(asked(0, 10, key=one, origin=one.name))
    with pytest.raises(WitnessRefused, match="is not signed with the key known for example.org~a"):
        witness.cosign(asked(0, 10, key=one, origin=two.name))

    assert [(one.name, 10), (two.name, 0)] == [(key.name, checkpoint.size) for key, checkpoint in seen(witness)]


def test_a_new_key_of_a_log_goes_on_from_what_was_seen(witness: Witness) -> None:
    """A key that replaces another is held against the same history."""
    witness.know(STRANGER.verifier)
    with pytest.raises(WitnessRefused, match="403"):
        witness.cosign(asked(10, 30))
    with pytest.raises(WitnessRefused, match="422"):
        witness.cosign(asked(10, 30, Tree(LEAVES[::-1]), STRANGER))

    assert witness.cosign(asked(10, 30, key=STRANGER))


def test_of_two_histories_asked_about_at_once_one_is_signed(witness: Witness) -> None:
    """However many ask at the same time, the witness goes on from ten events once."""
    requests = [asked(10, size, tree) for size in range(21, 31) for tree in (TREE, OTHER)]
    signed: list[Request] = []

    def ask(request: Request) -> None:
        try:
            witness.cosign(request)
        except WitnessRefused as refused:
            assert refused.status == 409
        else:
            signed.append(request)

    threads = [threading.Thread(target=ask, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == len(signed)
    assert seen(witness)[0][1].text() == opened(signed[0].checkpoint, ()).text


def test_a_witness_may_know_no_log(tmp_path: Path) -> None:
    """A witness that was never told of a log lists none."""
    assert [] == Witness(tmp_path / "none", KEY, lambda: 0).logs()
