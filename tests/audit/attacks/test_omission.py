"""T15: a learner's history with an event left out."""

from ledger.application import Ledger
from ledger.audit.verdicts import Verdict
from ledger.audit.verifying.findings import Kind
from tests.audit.attacks.support import RECORDED, positions
from tests.audit.support import places, tamper, verdicts
from tests.audit.verifying.support import changes


def test_t15_an_event_left_out_leaves_a_version_out(ledger: Ledger) -> None:
    """Versions of a stream have no gap, so that one left out is named by verification and by replay."""
    position = positions(ledger, RECORDED)[0]
    row = ledger.log.recorder.at(position)
    assert row is not None
    tamper(ledger, "DELETE FROM stored_events WHERE position = ?", position)
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)
    told = [one for one in changes(ledger) if one.kind is Kind.EVENT_MISSING]

    assert [f"position {position}", row[1]] == [one.place for one in told]
    assert f"version {row[2]} is missing, {row[2] + 1} follows" == told[1].what
    assert Verdict.EVIDENCE_MISSING in verdicts(ledger)


def test_t15_a_learner_left_out_leaves_positions_out(ledger: Ledger) -> None:
    """A whole stream that is gone has left no version behind, and no position either."""
    first = ledger.log.recorder.at(positions(ledger, RECORDED)[0])
    assert first is not None
    tamper(ledger, "DELETE FROM stored_events WHERE originator_id = ?", first[1])
    last = ledger.log.recorder.max_notification_id()
    gone = [position for position in range(first[0], last) if ledger.log.recorder.at(position) is None]
    for position in gone:
        tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)

    assert min(gone) == min(one.position for one in changes(ledger) if one.kind is Kind.EVENT_MISSING)
    assert Verdict.EVIDENCE_MISSING in {verdict for verdict, _ in places(ledger)}
