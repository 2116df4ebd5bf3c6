"""Files beside the ledger that are not what they seem, keys that were replaced, and pins that show nothing."""

import os
from pathlib import Path

import pytest

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import EMPTY_ROOT
from ledger.audit.note import SigningKey, sign
from ledger.audit.verifying.findings import Kind
from ledger.domain.checkpoints import KeyIntroduced
from ledger.errors import UsageError
from tests.audit.verifying.support import verified
from tests.audit.verifying.test_beside import Published, published
from tests.support.ledgers import author, record

__all__ = ["published"]


def test_t13_a_key_that_was_replaced_signs_nothing_later(published: Published) -> None:
    """A key that was disclosed and replaced still makes signatures; they count for what was signed before."""
    ledger, new = published.ledger, SigningKey(published.ledger.log.origin, b"n" * 32)
    introduced = KeyIntroduced(key=new.verifier_key, replaces=published.key.verifier_key, reason="disclosed")
    position = ledger.write(author(ledger), "ledger", [introduced]).last
    before = published.verify().findings
    record(ledger, ledger.vault.learner_id("S-1"), "later", "C.1", "3")
    published.publish()
    told = published.verify().findings

    assert () == before
    assert {(Kind.SIGNATURE, f"it is signed with a key in whose place position {position} put another")} == {
        (one.kind, one.what) for one in told
    }


def test_t13_a_checkpoint_signed_by_the_new_key_too_counts(published: Published) -> None:
    """Of two signatures one is enough."""
    ledger, new = published.ledger, SigningKey(published.ledger.log.origin, b"n" * 32)
    introduced = KeyIntroduced(key=new.verifier_key, replaces=published.key.verifier_key, reason="renewed")
    ledger.write(author(ledger), "ledger", [introduced])
    published.publish()
    published.publish(key=new)

    assert () == published.verify().findings


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_named(published: Published, make: object) -> None:
    """A folder, a pipe nobody writes to and a link in a circle are told, and what else there is is looked at."""
    (tile,) = (published.folder / "tile" / "0" / "000.p").iterdir()
    tile.unlink()
    make(tile)  # type: ignore[operator]
    make(published.folder / "checkpoints" / "3")  # type: ignore[operator]

    assert {(Kind.FILE, "checkpoints/3"), (Kind.TILE, f"tile/0/000.p/{tile.name}")} == set(published.found())


def test_another_history_under_an_odd_name_is_named(published: Published) -> None:
    """Every file among the checkpoints is read, whatever it is called."""
    fork = sign(Checkpoint(published.ledger.log.origin, 5, bytes(32)).text(), published.key)
    (published.folder / "checkpoints" / "05").write_text(fork)

    assert {(Kind.CHECKPOINT, "checkpoints/05")} == set(published.found())


def test_a_checkpoint_of_an_empty_log_is_no_pin(published: Published, tmp_path: Path) -> None:
    """It fits every log, so it shows nothing about this one."""
    pin = tmp_path / "pin"
    pin.write_text(Checkpoint(published.ledger.log.origin, 0, EMPTY_ROOT).text())

    with pytest.raises(UsageError, match="of an empty log, which shows nothing about this one"):
        published.verify(pin=pin)


def test_what_was_pinned_is_held_outside(published: Published, tmp_path: Path) -> None:
    """Whoever gives a checkpoint holds it: only what came after it is exposed, and only while the log is that one."""
    found, pin = verified(published.ledger), tmp_path / "pin"
    pin.write_text(Checkpoint(published.ledger.log.origin, found.reached, found.roots[found.reached]).text())
    fits = published.verify(pin=pin)
    pin.write_text(Checkpoint(published.ledger.log.origin, 5, bytes(32)).text())
    differs = published.verify(pin=pin)

    assert (found.reached, found.reached, "pinned", 0) == (
        fits.pinned,
        fits.exposure.held,
        fits.exposure.how,
        fits.exposure.exposed,
    )
    assert (5, None) == (differs.pinned, differs.exposure.how)


def test_a_key_that_cannot_be_used_is_named(published: Published) -> None:
    """Opening the key to everybody would keep every seal from being looked at, and nobody would be told."""
    key = published.ledger.home.path / "keys" / "seal.key"
    key.chmod(0o644)
    told = published.one()
    key.unlink()
    without = published.verify()

    assert (Kind.FILE, "the key of the seals") == (told.kind, told.place)
    assert told.what.startswith(f"no seal was checked: {key} is open to other accounts (mode 0644)")
    assert ((), without.events) == (without.findings, without.unchecked)
