"""T3 and T6: instants that lie, with and without the key that seals."""

from pathlib import Path

from ledger.application import Ledger
from ledger.audit.verifying.findings import Kind
from ledger.storage.envelope import instant_of
from tests.audit.attacks.support import RECORDED, positions, reseal, rewrite
from tests.audit.verifying.support import changes, kinds
from tests.support.ledgers import Clock, classroom, record

EARLIER = "2026-06-15T17:00:00.000000Z"
LATER = "2026-06-16T08:00:00.000000Z"


def two_days(home: Path) -> Ledger:
    """Make a ledger written on two days."""
    clock = Clock(EARLIER)
    ledger = classroom(home, clock=clock, course=False)
    learner = ledger.vault.learner_id("S-1")
    record(ledger, learner, "e0", "C.2")
    clock.instant = LATER
    for number in range(1, 5):
        record(ledger, learner, f"e{number}", "C.2")
    return ledger


def test_t6_a_clock_turned_back_moves_no_instant_back(tmp_path: Path) -> None:
    """Whatever the clock shows, an event is never recorded before the one in front of it."""
    ledger = two_days(tmp_path)
    ledger.log.recorder.stamp.clock.instant = EARLIER  # type: ignore[attr-defined]
    record(ledger, ledger.vault.learner_id("S-1"), "late", "C.2")
    instants = [instant_of(row[4]) for row in ledger.log.recorder.scan()]

    assert sorted(instants) == instants
    assert LATER == instants[-1]
    assert () == changes(ledger)


def test_t6_an_edited_instant_is_an_altered_event(tmp_path: Path) -> None:
    """The leaf binds the instant: one edited by SQL no longer fits."""
    ledger = two_days(tmp_path)
    position = positions(ledger, RECORDED)[-1]
    rewrite(ledger, position, LATER, EARLIER)

    assert [(Kind.EVENT_ALTERED, position)] == kinds(ledger)


def test_t3_a_back_dated_event_of_the_application_itself_is_named(tmp_path: Path) -> None:
    """An event sealed with an instant before that of the event in front of it cannot have been recorded there."""
    ledger = two_days(tmp_path)
    position = positions(ledger, RECORDED)[-1]
    rewrite(ledger, position, LATER, EARLIER)
    reseal(ledger, position)
    (told,) = changes(ledger)

    assert (Kind.TIME_WENT_BACK, position) == (told.kind, told.position)
    assert f"it says it was recorded at {EARLIER}, and position {position - 1} before it at {LATER}" == told.what


def test_t3_instants_are_compared_across_the_borders_of_the_work(tmp_path: Path, monkeypatch: object) -> None:
    """The first event of a span is held against the last before it."""
    from ledger.audit.verifying import positions as spans

    monkeypatch.setattr(spans, "SPAN", 1)  # type: ignore[attr-defined]
    ledger = two_days(tmp_path)
    position = positions(ledger, RECORDED)[-1]
    rewrite(ledger, position, LATER, EARLIER)
    reseal(ledger, position)

    assert [(Kind.TIME_WENT_BACK, position)] == kinds(ledger)
