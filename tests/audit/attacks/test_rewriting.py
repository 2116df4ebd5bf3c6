"""T13 and T14: whoever has every key of the machine rewrites, or shows one history to one and another to another."""

import shutil
import sqlite3
from pathlib import Path

from ledger.application import Ledger, open_ledger
from ledger.audit.verifying.findings import Kind
from ledger.audit.verifying.held import Held
from tests.audit.attacks.support import ADOPTED, pin_of, positions, reseal, rewrite
from tests.audit.verifying.support import changes, verified
from tests.support.ledgers import Clock, record


def test_t13_a_rewritten_history_is_named_by_a_pin(ledger: Ledger) -> None:
    """With all keys nothing shows here, which is why a checkpoint has to be held outside: that one shows it."""
    pin = pin_of(ledger)
    position = positions(ledger, ADOPTED)[0]
    rewrite(ledger, position, '"minute":"1"', '"minute":"2"')
    reseal(ledger, position)
    (told,) = changes(ledger, [pin])

    assert () == changes(ledger)
    assert (Kind.PIN, "the pin") == (told.kind, told.place)
    assert f"between position 1 and position {pin.size} the log is another" in told.what


def test_t13_checkpoints_narrow_down_what_was_rewritten(ledger: Ledger) -> None:
    """Of several checkpoints the last that fits and the first that does not say between which positions to look."""
    early = pin_of(ledger)
    for number in range(3):
        record(ledger, ledger.vault.learner_id("S-1"), f"more-{number}", "C.2", purpose="practice")
    late = pin_of(ledger)
    after = [Held(f"checkpoint {late.size}", late.size, bytes(32)), Held("another", late.size, bytes(32))]
    kept = [Held(f"checkpoint {early.size}", early.size, early.root), *after]
    (told,) = changes(ledger, [*kept, late])

    assert (Kind.CHECKPOINT, f"checkpoint {late.size}", early.size + 1) == (told.kind, told.place, told.position)
    assert (
        f"between position {early.size + 1} and position {late.size} the log is another; so do 1 after it" in told.what
    )


def test_t13_a_tree_with_a_hole_fits_no_pin(ledger: Ledger) -> None:
    """Where event and leaf are gone from the middle there is no root to compare."""
    from tests.audit.support import tamper

    pin = pin_of(ledger)
    tamper(ledger, "DELETE FROM stored_events WHERE position = 5")
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index = 4")
    found = verified(ledger, [pin])
    (told,) = [one for one in found.findings if one.kind is Kind.PIN]

    assert 4 == found.reached
    assert f"a leaf is missing between position 1 and position {pin.size}, so that the tree has no root" == told.what


def test_t14_two_histories_do_not_fit_one_checkpoint(tmp_path: Path, ledger: Ledger) -> None:
    """What one auditor was shown is held against what another was: the sizes are the same, the roots are not."""
    other_home = tmp_path / "other"
    shutil.copytree(ledger.home.path, other_home, ignore=shutil.ignore_patterns("other"))
    learner = ledger.vault.learner_id("S-1")
    with open_ledger(other_home, clock=Clock(), environment={}) as other:
        record(other, learner, "shown to one", "C.2", "4", purpose="practice")
        one = pin_of(other)
    record(ledger, learner, "shown to the other", "C.2", "1", purpose="practice")
    another = pin_of(ledger)

    assert one.size == another.size
    assert [] == [told.what for told in changes(ledger, [another])]
    assert [Kind.PIN] == [told.kind for told in changes(ledger, [one])]


def test_t13_a_gap_that_was_closed_is_named_by_a_pin(ledger: Ledger) -> None:
    """An event taken out with its leaf, and all after it moved up, keeps every seal: the order is what a pin holds."""
    pin, last = pin_of(ledger), ledger.log.recorder.max_notification_id()
    taken = positions(ledger, "learner.decided.1")[0]
    with sqlite3.connect(ledger.log.path) as database:
        for table, key, first in (("stored_events", "position", taken), ("leaves", "leaf_index", taken - 1)):
            database.execute(f"DELETE FROM {table} WHERE {key} = ?", (first,))
            database.execute(f"UPDATE {table} SET {key} = -{key} WHERE {key} > ?", (first,))
            database.execute(f"UPDATE {table} SET {key} = -{key} - 1 WHERE {key} < 0")
    told = {one.kind for one in changes(ledger, [pin])}

    assert last - 1 == ledger.log.recorder.max_notification_id()
    assert {Kind.EVENT_MISSING, Kind.COMMAND, Kind.PIN} == told
