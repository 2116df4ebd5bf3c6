"""T1, T2, T3, T11 and T12: rows of the log changed by SQL."""

import sys

from ledger.application import Ledger
from ledger.audit.verifying.findings import Kind
from tests.audit.attacks.support import RECORDED, pin_of, positions, reseal, rewrite, said, tamper
from tests.audit.verifying.support import changes, kinds


def stream_of(ledger: Ledger, position: int) -> tuple[str, int]:
    """Return stream and version of the event at a position."""
    row = ledger.log.recorder.at(position)
    assert row is not None
    return row[1], row[2]


def test_t1_an_edited_event_is_named(ledger: Ledger) -> None:
    """A level edited from 3 to 4 is one finding, with the position, the learner and the version."""
    position = positions(ledger, RECORDED)[2]
    rewrite(ledger, position, '"level":"3"', '"level":"4"')
    stream, version = stream_of(ledger, position)

    (told,) = said(ledger)

    assert told == (
        f"position {position} ({stream} version {version}): event_altered: its stored bytes, or the stream they stand "
        "in, are not those its leaf was made from"
    )
    assert "no decision that read it can be relied on" in str(changes(ledger)[0])


def test_t1_an_event_edited_with_its_leaf_is_named(ledger: Ledger) -> None:
    """Whoever writes the leaf too has not the key that seals it."""
    position = positions(ledger, RECORDED)[2]
    seal = ledger.log.recorder.datastore.query("SELECT seal FROM leaves WHERE leaf_index = ?", (position - 1,))[0][0]
    rewrite(ledger, position, '"level":"3"', '"level":"4"')
    reseal(ledger, position)
    tamper(ledger, "UPDATE leaves SET seal = ? WHERE leaf_index = ?", seal, position - 1)

    assert [(Kind.EVENT_FORGED, position)] == kinds(ledger)


def test_t1_an_edited_leaf_is_told_from_an_edited_event(ledger: Ledger) -> None:
    """The seal says which of the two is what was written; so the tree keeps its root."""
    position = positions(ledger, RECORDED)[2]
    pin = pin_of(ledger)
    tamper(ledger, "UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index = ?", position - 1)

    assert [(Kind.LEAF_ALTERED, position)] == [(one.kind, one.position) for one in changes(ledger, [pin])]


def test_t1_an_event_removed_from_the_middle_is_named(ledger: Ledger) -> None:
    """Its position and its version are missing, and the leaf it left behind is told."""
    position = positions(ledger, RECORDED)[2]
    stream, version = stream_of(ledger, position)
    tamper(ledger, "DELETE FROM stored_events WHERE position = ?", position)

    assert [
        f"position {position}: event_missing: no event stands there; 1 of 1 leaves were left behind",
        f"{stream}: event_missing: version {version} is missing, {version + 1} follows",
    ] == [one for one in said(ledger) if "event_missing" in one]


def test_t1_an_event_without_its_leaf_is_named(ledger: Ledger) -> None:
    """Removing the leaf does not hide the event, and the tree has no root any more."""
    position = positions(ledger, RECORDED)[2]
    pin = pin_of(ledger)
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)

    assert [(Kind.LEAF_MISSING, position)] == [(one.kind, one.position) for one in changes(ledger, [pin])]


def test_t2_an_end_removed_from_one_table_is_named(ledger: Ledger) -> None:
    """Leaves without their events tell how many are gone, and from where."""
    last = ledger.log.recorder.max_notification_id()
    tamper(ledger, "DELETE FROM stored_events WHERE position > ?", last - 3)

    assert (
        f"positions {last - 2} to {last}: event_missing: no event stands there; 3 of 3 leaves were left behind"
        in said(ledger)
    )


def test_t2_an_end_removed_from_both_tables_is_named_by_what_derives_from_it(ledger: Ledger) -> None:
    """Commands, the index of evidence and snapshots speak of events that are not there."""
    last = ledger.log.recorder.max_notification_id()
    tamper(ledger, "DELETE FROM stored_events WHERE position > ?", last - 3)
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index >= ?", last - 3)

    assert {Kind.COMMAND, Kind.SNAPSHOT, Kind.EVIDENCE_INDEX} <= {one.kind for one in changes(ledger)}


def test_t2_an_end_removed_everywhere_is_named_by_a_checkpoint(ledger: Ledger) -> None:
    """Where nothing derives from it the end leaves no trace here: a checkpoint held outside says how much is gone."""
    last = ledger.log.recorder.max_notification_id()
    pin = pin_of(ledger)
    tamper(ledger, "DELETE FROM stored_events WHERE originator_id LIKE 'learner/%' AND position > ?", 0)
    for table in ("commands WHERE last > ?", "evidence WHERE ? >= 0", "parts WHERE ? >= 0"):
        tamper(ledger, f"DELETE FROM {table}", last - len(positions_of_learners(last, ledger)))
    kept = ledger.log.recorder.max_notification_id()
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index >= ?", kept)
    (told,) = changes(ledger, [pin])

    assert () == changes(ledger)
    assert (Kind.PIN, "the pin", kept + 1) == (told.kind, told.place, told.position)
    assert (
        f"it speaks of {last} events, and {kept} stand here: the last {last - kept} were removed, "
        "or an older copy was put back"
    ) == told.what


def positions_of_learners(last: int, ledger: Ledger) -> range:
    """Return the positions that learners' events had: all after those that govern."""
    return range(ledger.log.recorder.max_notification_id(), last)


def test_t3_an_inserted_event_has_no_seal(ledger: Ledger) -> None:
    """A row written by SQL with a leaf of its own is forged, for nobody sealed it."""
    last = ledger.log.recorder.max_notification_id()
    stream, version = stream_of(ledger, last)
    tamper(
        ledger,
        "INSERT INTO stored_events SELECT position + 1, originator_id, originator_version + 1, topic, state "
        "FROM stored_events WHERE position = ?",
        last,
    )
    tamper(
        ledger,
        "INSERT INTO leaves SELECT leaf_index + 1, leaf, seal_key, seal FROM leaves WHERE leaf_index = ?",
        last - 1,
    )
    row = ledger.log.recorder.at(last + 1)
    assert row is not None
    tamper(ledger, "UPDATE leaves SET leaf = ? WHERE leaf_index = ?", ledger.log.leaf(row), last)

    assert (
        f"position {last + 1} ({stream} version {version + 1}): event_forged: its leaf fits it, and the seal does not "
        "fit the leaf"
    ) in said(ledger)


def test_t3_an_inserted_event_needs_a_leaf(ledger: Ledger) -> None:
    """A row without a leaf was never recorded."""
    last = ledger.log.recorder.max_notification_id()
    tamper(
        ledger,
        "INSERT INTO stored_events SELECT 0, 'learner/x', 1, topic, state FROM stored_events WHERE position = ?",
        last,
    )

    assert "position 0: event_forged: an event stands before the first position" in said(ledger)


def test_t11_a_topic_that_names_a_module_is_not_imported(ledger: Ledger) -> None:
    """What the topic was is found out, and the module stays where it is."""
    position = positions(ledger, RECORDED)[2]
    stream, version = stream_of(ledger, position)
    sys.modules.pop("this", None)
    tamper(ledger, "UPDATE stored_events SET topic = 'this:s' WHERE position = ?", position)

    assert [
        f"position {position} ({stream} version {version}): event_altered: its topic was {RECORDED} and is this:s"
    ] == said(ledger)
    assert "this" not in sys.modules


def test_t11_a_topic_sealed_by_the_application_is_not_imported_either(ledger: Ledger) -> None:
    """With the key that seals the row fits its leaf, and still nothing is loaded for it."""
    position = positions(ledger, RECORDED)[2]
    sys.modules.pop("this", None)
    tamper(ledger, "UPDATE stored_events SET topic = 'this:s' WHERE position = ?", position)
    reseal(ledger, position)
    (told,) = [one for one in changes(ledger) if one.position == position]

    assert Kind.EVENT_UNREADABLE is told.kind
    assert told.what.endswith("nothing was loaded for it")
    assert "this" not in sys.modules


def test_t12_bytes_moved_to_another_row_are_told_with_their_place(ledger: Ledger) -> None:
    """Two learners' bytes that changed places are found to be each other's."""
    one, other = positions(ledger, RECORDED)[1], positions(ledger, RECORDED)[-1]
    states = {place: ledger.log.recorder.at(place)[4] for place in (one, other)}  # type: ignore[index]
    for place, source in ((one, other), (other, one)):
        tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", states[source], place)

    assert [
        (one, f"it holds what was written at position {other}"),
        (other, f"it holds what was written at position {one}"),
    ] == [(told.position, told.what) for told in changes(ledger) if told.kind is Kind.EVENT_ALTERED]


def test_t12_an_event_given_to_another_learner_is_named(ledger: Ledger) -> None:
    """The leaf binds the stream: the learner it was taken from lacks a version."""
    position = positions(ledger, RECORDED)[-1]
    stream, version = stream_of(ledger, position)
    tamper(
        ledger,
        "UPDATE stored_events SET originator_id = 'learner/00000000-0000-4000-8000-000000000000', "
        "originator_version = 1 WHERE position = ?",
        position,
    )
    told = said(ledger)

    assert any(one.startswith(f"position {position} (learner/00000000") for one in told)
    assert any(one.startswith(f"{stream}: event_missing: version {version} is missing") for one in told)


def test_t12_another_version_is_named(ledger: Ledger) -> None:
    """The version an event had is found out where it is not far."""
    position = ledger.log.recorder.max_notification_id()
    _, version = stream_of(ledger, position)
    tamper(ledger, "UPDATE stored_events SET originator_version = ? WHERE position = ?", version + 2, position)

    assert f"its version was {version} and is {version + 2}" == changes(ledger)[0].what
