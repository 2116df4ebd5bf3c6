"""Damage to learners' streams and to the log's shape: what was removed or changed behind the last decision too."""

import pytest

from ledger.application import Ledger
from ledger.audit.replay import Replay
from ledger.audit.shape import gaps
from ledger.audit.verdicts import Verdict
from tests.audit.support import alter, places, positions, replayed, tamper, verdicts
from tests.audit.test_governing_damage import reseal
from tests.support.ledgers import record

RECORDED = "learner.evidence-recorded.1"
FIRST = f"(SELECT min(position) FROM stored_events WHERE topic = '{RECORDED}')"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("state = 5", "its state is of a type that is never written"),
        ("state = 1.5", "its state is of a type that is never written"),
        ("state = ''", "its state is of a type that is never written"),
        ("state = X'ff'", "it does not fit its leaf"),
        ('state = CAST(\'{"actor":"\xe9\' AS BLOB)', "it does not fit its leaf"),
        ("topic = X'00'", "its topic is of a type that is never written"),
        ("topic = CAST(X'ff' AS TEXT)", "its topic is of a type that is never written"),
        ("topic = 5", "it does not fit its leaf"),
        ("topic = 'ledger.ticked.1'", "it does not fit its leaf"),
        ("originator_version = 'x'", "version 1 is missing, 2 follows"),
        ("originator_version = 1.5", "its version is of a type that is never written"),
        ("originator_version = -1", "version 1 is missing, -1 follows"),
        ("originator_version = 9007199254740993", "version 1 is missing, 2 follows"),
    ],
)
def test_a_column_may_hold_anything(ledger: Ledger, change: str, said: str) -> None:
    """Whatever somebody writes into a row, the decisions behind it say what is wrong with it."""
    tamper(ledger, f"UPDATE stored_events SET {change} WHERE position = {FIRST}")
    found = [one for one in replayed(ledger) if one.question and one.verdict is not Verdict.IDENTICAL]

    assert found
    assert all(one.detail.endswith(said) for one in found)
    assert 1 == len({one.learner for one in found})


def test_the_end_of_a_log_that_was_cut_off_shows_in_the_leaves(ledger: Ledger) -> None:
    """Events removed from the end of the log have left their leaves."""
    last = ledger.log.recorder.max_notification_id()
    tamper(ledger, "DELETE FROM stored_events WHERE position >= ?", last - 3)

    assert [
        (
            Verdict.EVIDENCE_MISSING,
            f"no event stands at positions {last - 3} to {last} of 1 to {last}; leaves without events there: 4",
        )
    ] == places(ledger)


def test_the_end_of_a_stream_that_was_cut_off_is_a_gap(ledger: Ledger) -> None:
    """Events and leaves removed together, other events behind them, are a gap in both."""
    (stream, *_) = sorted(
        ledger.log.recorder.streams("learner/"), key=lambda one: next(ledger.log.recorder.stream_rows(one))[0]
    )
    gone = [row[0] for row in ledger.log.recorder.stream_rows(stream, after=4)]
    for position in gone:
        tamper(ledger, "DELETE FROM stored_events WHERE position = ?", position)
        tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)
    last, first, final = ledger.log.recorder.max_notification_id(), min(gone), max(gone)

    assert [
        (
            Verdict.EVIDENCE_MISSING,
            f"no event stands at positions {first} to {final} of 1 to {last}; nor does a leaf",
        ),
        (
            Verdict.EVIDENCE_ALTERED,
            f"no leaf stands at indices {first - 1} to {final - 1} of 0 to {last - 1}; nor does an event",
        ),
    ] == places(ledger)


def test_a_learner_who_was_removed_is_a_gap(ledger: Ledger) -> None:
    """A whole stream that is gone leaves no decision to say so; the log does."""
    stream = ledger.log.recorder.streams("learner/")[0]
    tamper(ledger, "DELETE FROM stored_events WHERE originator_id = ?", stream)

    assert {Verdict.IDENTICAL} == {one.verdict for one in replayed(ledger) if one.question}
    assert {Verdict.EVIDENCE_MISSING} == {verdict for verdict, _ in places(ledger)}


def test_one_learner_is_replayed_without_the_rest_of_the_log(ledger: Ledger) -> None:
    """What happened to other learners is not told of one learner."""
    kept, removed = ledger.log.recorder.streams("learner/")
    tamper(ledger, "DELETE FROM stored_events WHERE originator_id = ?", removed)
    found = list(Replay(ledger.log).replay([kept.removeprefix("learner/")]))

    assert {Verdict.IDENTICAL} == {one.verdict for one in found}


def test_a_leaf_that_was_removed_is_told(ledger: Ledger) -> None:
    """An event without a leaf is told by the decisions behind it, and by the log."""
    position = positions(ledger, RECORDED)[0]
    tamper(ledger, "DELETE FROM leaves WHERE leaf_index = ?", position - 1)
    last = ledger.log.recorder.max_notification_id()

    assert any(one.detail.endswith(f"position {position}: it has no leaf") for one in replayed(ledger) if one.question)
    assert [
        (
            Verdict.EVIDENCE_ALTERED,
            f"no leaf stands at index {position - 1} of 0 to {last - 1}; events without leaves there: 1",
        )
    ] == places(ledger)


def test_event_and_leaf_changed_together_do_not_fit_the_seal(ledger: Ledger) -> None:
    """Whoever writes events and leaves by SQL has not the key that seals them."""
    position = positions(ledger, RECORDED)[0]
    seal = ledger.log.recorder.datastore.query("SELECT seal FROM leaves WHERE leaf_index = ?", (position - 1,))[0][0]
    alter(ledger, RECORDED, '"task":"S-1-0"', '"task":"S-1-X"')
    reseal(ledger, position)
    tamper(ledger, "UPDATE leaves SET seal = ? WHERE leaf_index = ?", seal, position - 1)
    found = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert found
    assert all(one.detail.endswith(f"position {position}: its leaf does not fit the seal") for one in found)


def test_seals_of_another_key_are_not_checked(ledger: Ledger) -> None:
    """After a change of keys older seals cannot be checked; they are counted, and no fault."""
    tamper(ledger, "UPDATE leaves SET seal_key = '0123456789abcdef', seal = X'00' WHERE leaf_index < 5")
    replay = Replay(ledger.log)

    assert {Verdict.IDENTICAL} == {one.verdict for one in replay.replay(replay.learners(), whole=True)}
    assert 5 == replay.seals_unchecked


@pytest.mark.parametrize("name", ["another", b"\x00", "0123456789ABCDEF"])
def test_a_seal_that_names_no_key_is_told(ledger: Ledger, name: object) -> None:
    """A seal whose key cannot be one is a fault."""
    position = positions(ledger, RECORDED)[0]
    tamper(ledger, "UPDATE leaves SET seal_key = ? WHERE leaf_index = ?", name, position - 1)

    assert any(one.detail.endswith("the seal of its leaf names no key") for one in replayed(ledger))


def test_a_last_decision_that_cannot_be_read_is_told(ledger: Ledger) -> None:
    """The damage at the end of a stream is told for the learner, there being no decision behind it."""
    position = positions(ledger, "learner.decided.1")[-1]
    row = ledger.log.recorder.at(position)
    assert row is not None
    tamper(ledger, "UPDATE stored_events SET state = CAST('rubbish' AS BLOB) WHERE position = ?", position)
    (told,) = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert (row[1].removeprefix("learner/"), row[2], position, "", "", "") == (
        told.learner,
        told.version,
        told.position,
        told.policy,
        told.subject,
        told.question,
    )
    assert Verdict.EVIDENCE_ALTERED is told.verdict


def test_evidence_altered_behind_the_last_decision_is_told(ledger: Ledger) -> None:
    """Evidence that no decision has read yet is held against its leaf all the same."""
    learner = ledger.log.recorder.streams("learner/")[0].removeprefix("learner/")
    record(ledger, learner, "extra", "C.2", "3", purpose="practice")
    alter(ledger, RECORDED, "extra", "extru")
    position = ledger.log.recorder.max_notification_id()

    assert [(learner, position, Verdict.EVIDENCE_ALTERED)] == [
        (one.learner, one.position, one.verdict) for one in replayed(ledger) if not one.question
    ]


def test_bytes_nested_without_end_are_told(ledger: Ledger) -> None:
    """Brackets deeper than any reader goes are altered evidence, sealed or not."""
    position = positions(ledger, RECORDED)[0]
    state = b'{"actor":"a","at":"2026-06-15T17:00:00.000000Z","deep":' + b"[" * 100_000
    tamper(ledger, "UPDATE stored_events SET state = ? WHERE position = ?", state, position)
    assert Verdict.EVIDENCE_ALTERED in verdicts(ledger)
    reseal(ledger, position)

    assert Verdict.EVIDENCE_ALTERED in verdicts(ledger)


def test_an_event_no_learner_can_have_is_told(ledger: Ledger) -> None:
    """A sealed event of another kind in a learner's stream is a hole in it."""
    position = positions(ledger, RECORDED)[0]
    tamper(
        ledger,
        "UPDATE stored_events SET topic = 'ledger.ticked.1', "
        'state = CAST(replace(state, \'"data":\', \'"data":{"through":"2026-01-01"},"was":\') AS BLOB) '
        "WHERE position = ?",
        position,
    )
    reseal(ledger, position)
    found = [one for one in replayed(ledger) if one.verdict is not Verdict.IDENTICAL]

    assert found
    assert {Verdict.EVIDENCE_MISSING} == {one.verdict for one in found}
    assert all("Ticked is no event of a learner" in one.detail for one in found)


def test_a_moved_event_is_told(ledger: Ledger) -> None:
    """An event at another position has no leaf there, and is missing where it was."""
    last = ledger.log.recorder.max_notification_id()
    tamper(ledger, "UPDATE stored_events SET position = position + 1000000 WHERE position = ?", last)

    assert f"no event stands at positions {last} to {last + 999_999} of 1 to {last + 1_000_000}; leaves " in next(
        detail for verdict, detail in places(ledger) if verdict is Verdict.EVIDENCE_MISSING
    )


def test_what_stands_before_the_first_position_is_told(ledger: Ledger) -> None:
    """Positions begin with 1 and leaf indices with 0."""
    last = ledger.log.recorder.max_notification_id()
    tamper(ledger, "UPDATE stored_events SET position = 0 WHERE position = ?", last)
    tamper(ledger, "UPDATE leaves SET leaf_index = -1 WHERE leaf_index = ?", last - 1)

    assert [
        (Verdict.EVIDENCE_ALTERED, "an event stands at position 0, before the first"),
        (Verdict.EVIDENCE_ALTERED, "a leaf stands at index -1, before the first"),
    ] == places(ledger)


def test_a_stream_whose_name_is_no_text_is_told(ledger: Ledger) -> None:
    """A learner's stream that nobody can name is told by its position."""
    position = ledger.log.recorder.max_notification_id()
    tamper(
        ledger,
        "UPDATE stored_events SET originator_id = CAST(X'6c6561726e65722fff' AS TEXT) WHERE position = ?",
        position,
    )

    assert [
        (Verdict.EVIDENCE_ALTERED, f"position {position}: the name of its stream is not text: b'learner/\\xff'")
    ] == places(ledger)


def test_what_is_appended_meanwhile_is_left_for_the_next_replay(ledger: Ledger) -> None:
    """A replay speaks of the ledger as it stood when it was begun."""
    replay = Replay(ledger.log)
    before = len(positions(ledger, "learner.decided.1"))
    record(ledger, ledger.vault.learner_id("S-9"), "late", "C.2")
    found = list(replay.replay(replay.learners(), whole=True))

    assert {Verdict.IDENTICAL} == {one.verdict for one in found}
    assert before == len(found)
    assert {Verdict.IDENTICAL: before + 1} == verdicts(ledger)


def test_gaps_are_runs_of_what_is_missing() -> None:
    """Each run of missing numbers is named once by its ends, the run at the end included."""
    assert [(1, 1), (4, 6), (9, 10)] == list(gaps([2, 3, 7, 8], 10))
    assert [(1, 3)] == list(gaps([], 3))
    assert [] == list(gaps([1, 2], 2))
