"""What lies beside the log: checkpoints, tiles, the signer's memory, and a checkpoint from outside."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.audit.checkpoint_store import CheckpointStore
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.memory import FOLDER, Memory, Remembered
from ledger.audit.note import KeyType, SigningKey, cosigned, sign
from ledger.audit.tiles import Tiles
from ledger.audit.trust import Trust
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.whole import Asked, Whole
from ledger.audit.verifying.whole import verified as whole
from ledger.domain.checkpoints import CheckpointHandedOut, KeyIntroduced
from ledger.errors import UsageError
from tests.audit.attacks.support import reseal, rewrite
from tests.audit.support import decided
from tests.audit.verifying.support import verified
from tests.support.ledgers import author

WITNESS = SigningKey("witness.example", b"w" * 32, KeyType.WITNESS)
NOON = 1_781_542_800
"""The instant the clock of these ledgers shows, in seconds since 1970."""


@dataclass(slots=True)
class Published:
    """A ledger with its key introduced, its tiles and one checkpoint published."""

    ledger: Ledger
    key: SigningKey

    @property
    def folder(self) -> Path:
        """Return where it is published."""
        return self.ledger.home.log_folder("us-xx")

    def publish(self, *, size: int | None = None, root: bytes | None = None, key: SigningKey | None = None) -> str:
        """Sign a checkpoint of the log as it stands, or one that says something else, and keep it."""
        found = verified(self.ledger)
        checkpoint = Checkpoint(self.ledger.log.origin, size or found.reached, root or found.roots[found.reached])
        note = sign(checkpoint.text(), key or self.key)
        CheckpointStore(self.folder).add(note)
        return note

    def verify(self, **asked: object) -> Whole:
        """Verify all there is."""
        path = self.ledger.home.path
        return whole(Asked(path, "us-xx", **asked), lambda *_: None, {})  # type: ignore[arg-type]

    def trust(self, log: SigningKey | None = None) -> Trust:
        """Return what an auditor trusts: the key of the log, or another one, and the witness."""
        return Trust(((log or self.key).verifier,), {"w": WITNESS.verifier}, {}, "w")

    def found(self, **asked: object) -> list[tuple[Kind, str]]:
        """Verify all there is, and return what is found by kind and place."""
        return [(one.kind, one.place) for one in self.verify(**asked).findings]

    def one(self, **asked: object) -> Finding:
        """Verify all there is, and return the only finding."""
        (found,) = self.verify(**asked).findings
        return found


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """A ledger whose log is published."""
    ledger = decided(tmp_path)
    key = SigningKey(ledger.log.origin, b"k" * 32)
    ledger.write(author(ledger), "ledger", [KeyIntroduced(key=key.verifier_key, replaces=None, reason="first")])
    found = Published(ledger, key)
    rows = ledger.log.recorder.datastore.query("SELECT leaf FROM leaves ORDER BY leaf_index")
    Tiles(found.folder).append([row[0] for row in rows])
    found.publish()
    return found


def test_nothing_is_found_in_what_was_published_and_not_touched(published: Published) -> None:
    """The checkpoint is counted once, by its size; who signed it is looked at."""
    found = published.verify()

    assert ((), 1, 0, None) == (found.findings, found.checkpoints, found.unsigned, found.against)
    assert (0, found.events, None) == (found.exposure.held, found.exposure.exposed, found.exposure.how)


def test_a_log_that_was_rewritten_after_it_was_signed_is_named(published: Published) -> None:
    """With the key that seals, not the one that signs: the checkpoint and the tile name what was rewritten."""
    rewrite(published.ledger, 2, "Test framework", "Best framework")
    reseal(published.ledger, 2)
    size = published.verify().events

    assert [
        (Kind.TILE, f"tile/0/000.p/{size}"),
        (Kind.CHECKPOINT, f"checkpoints/{size}"),
    ] == published.found()
    assert "leaf 1 (position 2) is another one than stands here" == published.verify().findings[0].what


def test_a_checkpoint_signed_by_a_strange_key_is_named(published: Published) -> None:
    """A checkpoint nobody introduced the key of shows nothing, whatever it says."""
    published.publish(size=3, root=verified(published.ledger).roots.get(3) or bytes(32), key=SigningKey("x", b"x" * 32))

    assert {(Kind.SIGNATURE, "checkpoints/3"), (Kind.CHECKPOINT, "checkpoints/3")} == set(published.found())


def test_an_edited_checkpoint_is_named(published: Published) -> None:
    """Another root over the same signature is no checkpoint of this log."""
    (file,) = (published.folder / "checkpoints").iterdir()
    text = file.read_text().split("\n")
    file.write_text("\n".join([text[0], text[1], "A" * 43 + "=", *text[3:]]))

    assert {(Kind.SIGNATURE, f"checkpoints/{file.name}"), (Kind.CHECKPOINT, f"checkpoints/{file.name}")} == set(
        published.found()
    )


def test_a_checkpoint_that_cannot_be_read_is_named(published: Published) -> None:
    """A file that is no checkpoint is told with its name."""
    (published.folder / "checkpoints" / "7").write_text("rubbish")

    assert (Kind.FILE, "checkpoints/7") == (published.one().kind, published.one().place)


def test_a_checkpoint_of_another_log_is_named(published: Published) -> None:
    """The name of the log is part of what is signed."""
    note = sign(Checkpoint("ledger.invalid/other", 5, bytes(32)).text(), published.key)
    (published.folder / "checkpoints" / "6").write_text(note)
    said = {one.what for one in published.verify().findings}

    assert f"it is of 'ledger.invalid/other', and this log is {published.ledger.log.origin!r}" in said
    assert "it speaks of 5 events" in said


@pytest.mark.parametrize("removed", [True, False])
def test_a_last_checkpoint_that_is_not_the_last_is_named(published: Published, removed: bool) -> None:
    """Whoever asks for the last checkpoint would be shown an older log."""
    last = published.folder / "checkpoint"
    older = sign(Checkpoint(published.ledger.log.origin, 5, roots(published, 5)).text(), published.key)
    last.unlink()
    if not removed:
        last.write_text(older)

    assert (Kind.CHECKPOINT, "checkpoint") == (published.one().kind, published.one().place)


def roots(published: Published, size: int) -> bytes:
    """Return the root of the log at a size."""
    return Tiles(published.folder).root(size)


def test_without_a_key_signatures_are_not_looked_at(tmp_path: Path) -> None:
    """A log that introduced no key has checkpoints that fit, and nobody who signed them."""
    found = Published(decided(tmp_path), SigningKey("somebody", b"k" * 32))
    found.publish()

    assert ((), 1) == (found.verify().findings, found.verify().unsigned)


def test_an_edited_tile_is_named(published: Published) -> None:
    """A tile is told with the leaf at which it differs, one of a wrong length with that."""
    (tile,) = (published.folder / "tile" / "0" / "000.p").iterdir()
    held = tile.read_bytes()
    tile.write_bytes(held[:32] + bytes(32) + held[64:])
    altered = published.one()
    tile.write_bytes(held[:-1])

    assert (Kind.TILE, f"tile/0/000.p/{tile.name}") == (altered.kind, altered.place)
    assert "leaf 1 (position 2) is another one than stands here" == altered.what
    assert published.one().what.endswith("which is not what its name says")


def test_what_the_signer_remembers_is_held_against_the_log(published: Published) -> None:
    """The memory beside the key speaks where every checkpoint here was removed."""
    memory = Memory(published.ledger.home.path / "keys" / FOLDER, published.ledger.log.origin)
    memory.write(Remembered(9, roots(published, 9)))
    fits = published.found()
    memory.write(Remembered(9, bytes(32)))
    differs = published.found()
    memory.path.write_text("rubbish")

    assert [] == fits
    assert [(Kind.CHECKPOINT, "what the signer remembers")] == differs
    assert [(Kind.FILE, str(memory.path))] == published.found()


def test_a_pin_of_three_lines_is_enough(published: Published, tmp_path: Path) -> None:
    """A checkpoint as it can be printed or mailed, without a signature, is held against the log."""
    pin = tmp_path / "pin.txt"
    pin.write_text(Checkpoint(published.ledger.log.origin, 9, roots(published, 9)).text())
    fits = published.verify(pin=pin)
    pin.write_text(Checkpoint(published.ledger.log.origin, 9_000, bytes(32)).text())

    assert ((), str(pin)) == (fits.findings, fits.against)
    assert (Kind.PIN, str(pin)) == (published.one(pin=pin).kind, published.one(pin=pin).place)


def test_a_pin_may_be_the_signed_note(published: Published, tmp_path: Path) -> None:
    """The checkpoint with its signatures says the same, and so does the letter it came in."""
    pin = tmp_path / "pin.txt"
    note = CheckpointStore(published.folder).latest() or ""
    pin.write_text(note)
    alone = published.found(pin=pin)
    pin.write_bytes(f"To: somebody\n\nPlease keep these lines.\n\n{note}".replace("\n", "\r\n").encode())

    assert [] == alone == published.found(pin=pin, trust=published.trust())


@pytest.mark.parametrize("text", ["rubbish", "ledger.invalid/other\n1\n" + "A" * 43 + "=\n", "\udcff"])
def test_a_file_that_holds_no_checkpoint_of_this_log_is_refused(
    published: Published, tmp_path: Path, text: str
) -> None:
    """Verification against nothing would find nothing."""
    pin = tmp_path / "pin.txt"
    pin.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(UsageError, match=r"pin\.txt holds (no|a) checkpoint"):
        published.verify(pin=pin)


def test_a_checkpoint_handed_out_shortens_the_exposure(published: Published) -> None:
    """What somebody outside holds covers the events up to it; where the log no longer fits it, that is named."""
    ledger, size = published.ledger, published.verify().events
    text = Checkpoint(ledger.log.origin, size, roots(published, size)).text().split("\n")[2]
    given = CheckpointHandedOut(size=size, root=text, to=None, means="mail")
    ledger.write(author(ledger), "ledger", [given])
    found = published.verify()
    rewrite(ledger, 2, "Test framework", "Best framework")
    reseal(ledger, 2)
    after = published.verify()

    assert ((), size, 1) == (found.findings, found.exposure.held, found.exposure.exposed)
    assert "handed out" == found.exposure.how
    assert (0, after.events) == (after.exposure.held, after.exposure.exposed)
    assert "so do 2 after it" in next(one.what for one in after.findings if one.kind is Kind.CHECKPOINT)


def test_t6_witnesses_bracket_instants(published: Published) -> None:
    """An event seen before it says it was recorded is named, and one recorded before a log without it was seen."""
    note = CheckpointStore(published.folder).latest() or ""
    size = published.verify().events
    early, late = cosigned(note, WITNESS, NOON - 3_600), cosigned(note, WITNESS, NOON + 3_600)
    CheckpointStore(published.folder).add(cosigned(note, WITNESS, NOON + 10))
    fits = published.verify(trust=published.trust())
    (published.folder / "checkpoints" / str(size)).write_text(early)
    before = published.one(trust=published.trust())
    (published.folder / "checkpoints" / str(size)).write_text(late)
    published.ledger.write(
        author(published.ledger), "ledger", [CheckpointHandedOut(size=1, root="", to=None, means="mail")]
    )
    after = [one for one in published.verify(trust=published.trust()).findings if one.position == size + 1]

    assert ((), "cosigned", 0) == (fits.findings, fits.exposure.how, fits.exposure.exposed)
    assert (Kind.TIME_WENT_BACK, size) == (before.kind, before.position)
    assert [Kind.TIME_WENT_BACK] == [one.kind for one in after]


def test_keys_that_are_trusted_take_the_place_of_those_introduced(published: Published, tmp_path: Path) -> None:
    """An auditor's own list of keys counts, not what the log says of itself; of a signed pin too."""
    other = SigningKey(published.ledger.log.origin, b"o" * 32)
    pin = tmp_path / "pin.txt"
    pin.write_text(CheckpointStore(published.folder).latest() or "")
    size = published.verify().events

    assert [] == published.found(trust=published.trust(), pin=pin)
    assert {(Kind.SIGNATURE, place) for place in (str(pin), f"checkpoints/{size}", "checkpoint")} == set(
        published.found(trust=published.trust(other), pin=pin)
    )
