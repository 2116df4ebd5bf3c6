"""Appending: the next version, one order, repeats, leaf rows, and nothing half-stored."""

import hashlib
import hmac
import sqlite3
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.errors import (
    CommandReused,
    LedgerDamaged,
    Refused,
    StreamConflict,
    Unavailable,
    UnknownName,
    VersionGap,
)
from ledger.storage import tables
from ledger.storage.append import Append, Appended, Command, EvidenceEntry, Part
from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.leaves import leaf_hash, leaf_record
from ledger.storage.parts import PartReader
from ledger.storage.recorder import LedgerRecorder, Stamp
from tests.storage.support import SETTINGS, open_recorder, stored


@pytest.fixture
def recorder(tmp_path: Path) -> LedgerRecorder:
    """A recorder on a new ledger file."""
    return open_recorder(tmp_path / "ledger.db")


def _count(recorder: LedgerRecorder, table: str) -> int:
    with sqlite3.connect(recorder.datastore.pool.db_name) as connection:
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def test_positions_are_dense_and_start_at_one(recorder: LedgerRecorder) -> None:
    """Events get positions 1, 2, 3 ... in the order of their commits."""
    first = recorder.append(Append(stored("learner/a", 1, 2)))
    second = recorder.append(Append(stored("learner/b", 1)))

    assert (Appended(1, 2), Appended(3, 3)) == (first, second)
    assert [1, 2, 3] == [row[0] for row in recorder.scan()]


def test_a_version_gap_is_refused(recorder: LedgerRecorder) -> None:
    """An event must carry the next version of its stream."""
    recorder.append(Append(stored("learner/a", 1)))

    with pytest.raises(VersionGap, match="learner/a is at version 1; the next is 2, not 3"):
        recorder.append(Append(stored("learner/a", 3)))
    assert 1 == recorder.max_notification_id()


def test_a_taken_version_is_a_conflict(recorder: LedgerRecorder) -> None:
    """Whoever comes second to a version is told to read again; nothing of that append is stored."""
    recorder.append(Append(stored("learner/a", 1)))

    with pytest.raises(StreamConflict, match="learner/a is at version 1; version 1 is taken"):
        recorder.append(Append([*stored("learner/b", 1), *stored("learner/a", 1)]))
    assert 1 == recorder.max_notification_id()


def test_a_repeated_command_returns_the_first_result(recorder: LedgerRecorder) -> None:
    """The same command with the same body is answered with the first positions and stored once."""
    command = Command("test", "c1", b"body")
    first = recorder.append(Append(stored("learner/a", 1), command))

    again = recorder.append(Append(stored("learner/a", 1), command))

    assert Appended(first.first, first.last, repeated=True) == again
    assert 1 == recorder.max_notification_id()


def test_a_command_reused_with_another_body_is_refused(recorder: LedgerRecorder) -> None:
    """A command id stands for one body for ever."""
    recorder.append(Append(stored("learner/a", 1), Command("test", "c1", b"body")))

    with pytest.raises(CommandReused, match="the command id c1 was used before for something else"):
        recorder.append(Append(stored("learner/a", 2), Command("test", "c1", b"other")))


def test_a_conflict_after_a_lost_acknowledgement_is_our_own_success(recorder: LedgerRecorder) -> None:
    """A writer that never heard of its commit and tries again finds its own events, not a conflict."""
    append = Append(stored("learner/a", 1), Command("test", "c1", b"body"))
    recorder.append(append)

    assert recorder.append(append).repeated


def test_every_event_has_its_leaf_row(recorder: LedgerRecorder) -> None:
    """The leaf of each event is the RFC 6962 hash of its record, sealed with the application's key."""
    recorder.append(Append(stored("learner/a", 1, 3)))
    with sqlite3.connect(recorder.datastore.pool.db_name) as connection:
        leaves = connection.execute("SELECT leaf_index, leaf, seal FROM leaves ORDER BY leaf_index").fetchall()

    for (position, stream, version, topic, state), (index, leaf, seal) in zip(recorder.scan(), leaves, strict=True):
        record = leaf_record(
            log=SETTINGS["LEDGER_LOG"],
            stream=stream,
            version=version,
            topic=topic,
            instant=instant_of(state).encode(),
            actor=actor_of(state),
            state=state,
        )
        assert position - 1 == index
        assert hashlib.sha256(b"\x00" + record).digest() == leaf == leaf_hash(record)
        assert hmac.digest(b"\xab" * 32, leaf, "sha256") == seal


def test_swapped_rows_are_detected(recorder: LedgerRecorder) -> None:
    """Bytes moved to another row do not fit the leaf of that row."""
    recorder.append(Append([*stored("learner/a", 1), *stored("learner/b", 1)]))
    one, two = recorder.scan()

    moved = leaf_record(
        log=SETTINGS["LEDGER_LOG"],
        stream=one[1],
        version=1,
        topic=one[3],
        instant=instant_of(two[4]).encode(),
        actor=actor_of(two[4]),
        state=two[4],
    )
    with sqlite3.connect(recorder.datastore.pool.db_name) as connection:
        kept = connection.execute("SELECT leaf FROM leaves WHERE leaf_index = 0").fetchone()[0]

    assert leaf_hash(moved) != kept


def test_the_recorded_instant_never_decreases(tmp_path: Path) -> None:
    """A clock set back does not turn the ledger's time back."""
    path = tmp_path / "ledger.db"
    plain = open_recorder(path)
    ticks = iter(["2026-05-30T10:00:00.000000Z", "2026-05-30T09:00:00.000000Z"])
    recorder = LedgerRecorder(plain.datastore, Stamp("log", lambda: next(ticks), b"k" * 32, "key"))

    recorder.append(Append(stored("learner/a", 1)))
    recorder.append(Append(stored("learner/a", 2)))

    assert ["2026-05-30T10:00:00.000000Z"] * 2 == [instant_of(row[4]) for row in recorder.scan()]


def test_positions_survive_backup_and_restore(recorder: LedgerRecorder, tmp_path: Path) -> None:
    """A copy made by SQLite's backup, and one rebuilt by VACUUM, keep every position."""
    recorder.append(Append(stored("learner/a", 1, 5)))
    before = list(recorder.scan())
    copy = tmp_path / "copy.db"
    with (
        sqlite3.connect(recorder.datastore.pool.db_name) as source,
        sqlite3.connect(copy) as target,
    ):
        source.backup(target)
    with sqlite3.connect(copy) as target:
        target.execute("DELETE FROM stored_events WHERE position = 3")
        target.commit()
        target.execute("VACUUM")

    assert [row for row in before if row[0] != 3] == list(open_recorder(copy).scan())


def test_evidence_known_already_is_a_conflict_and_nothing_is_stored(recorder: LedgerRecorder) -> None:
    """Two appends cannot both bring the same piece of evidence."""
    recorder.append(Append(stored("learner/a", 1), evidence=[EvidenceEntry("e1", "learner/a", 1, 1, b"x")]))

    with pytest.raises(StreamConflict, match="learner/b: some of this evidence was recorded meanwhile"):
        recorder.append(Append(stored("learner/b", 1), evidence=[EvidenceEntry("e1", "learner/b", 1, 1, b"x")]))
    assert (1, 1) == (_count(recorder, "stored_events"), _count(recorder, "leaves"))


def test_a_correction_moves_the_place_of_its_evidence(recorder: LedgerRecorder) -> None:
    """The index names the version that holds the present content of a piece of evidence."""
    recorder.append(Append(stored("learner/a", 1), evidence=[EvidenceEntry("e1", "learner/a", 1, 1, b"x")]))
    recorder.append(
        Append(stored("learner/a", 2), evidence=[EvidenceEntry("e1", "learner/a", 1, 2, b"y", replaces=True)])
    )

    assert {"e1": EvidenceEntry("e1", "learner/a", 1, 2, b"y")} == recorder.evidence(["e1", "e2"])


def test_a_flipped_byte_in_a_snapshot_part_is_noticed(recorder: LedgerRecorder) -> None:
    """A part whose bytes changed, or that stands in another's place, is read as missing and named."""
    parts = [Part("learner/a", "one", b"state"), Part("learner/a", "two", b"other")]
    recorder.append(Append(stored("learner/a", 1), parts=parts))
    with sqlite3.connect(recorder.datastore.pool.db_name) as connection:
        connection.execute("UPDATE parts SET state = ? WHERE name = 'one'", (b"stAte",))
    reader = PartReader(recorder.datastore, "learner/a")

    assert [None, b"other", None] == [reader.part("one"), reader.part("two"), reader.part("three")]
    assert ["one"] == reader.damaged
    assert ["one", "two"] == list(reader.names())


def test_a_part_without_a_state_is_removed(recorder: LedgerRecorder) -> None:
    """Writing a part as null takes it out."""
    recorder.append(Append(stored("learner/a", 1), parts=[Part("learner/a", "one", b"state")]))
    recorder.append(Append(stored("learner/a", 2), parts=[Part("learner/a", "one", None)]))

    assert [] == list(PartReader(recorder.datastore, "learner/a").names())


def test_events_are_read_as_the_library_reads_them(recorder: LedgerRecorder) -> None:
    """Notifications follow positions, and streams follow versions, with every bound the library uses."""
    recorder.insert_events([*stored("learner/a", 1, 3), *stored("learner/b", 1, 2)])

    assert [2, 3] == [n.id for n in recorder.select_notifications(2, 2)]
    assert [3, 4] == [n.id for n in recorder.select_notifications(2, 9, 4, inclusive_of_start=False)]
    assert [] == list(recorder.select_notifications(None, 9, topics=["ledger.opened.1"]))
    assert [3, 2] == [e.originator_version for e in recorder.select_events("learner/a", gt=1, desc=True)]
    assert [2] == [row[2] for row in recorder.stream_rows("learner/a", after=1, upto=2)]
    assert [1, 3] == [row[2] for row in recorder.versions("learner/a", [3, 1])]
    assert (5, 3, 0) == (
        recorder.max_notification_id(),
        recorder.last_version("learner/a"),
        recorder.last_governing(),
    )
    assert recorder.at(9) is None


def test_a_ledger_held_by_another_process_is_unavailable_for_a_while(tmp_path: Path) -> None:
    """A writer waits a bounded time for others, then says that nothing was stored."""
    path = tmp_path / "ledger.db"
    recorder = open_recorder(path, longest_wait=0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable, match="held by another process for 0.2 seconds; nothing was stored"):
        recorder.append(Append(stored("learner/a", 1)))
    other.execute("ROLLBACK")
    other.close()
    assert Appended(1, 1) == recorder.append(Append(stored("learner/a", 1)))


def test_a_failing_database_stores_nothing(tmp_path: Path) -> None:
    """A full disk is told as such, and the ledger is as it was."""
    recorder = open_recorder(tmp_path / "ledger.db")
    recorder.append(Append(stored("learner/a", 1)))
    with recorder.datastore.write() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    recorder.datastore._connection().execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(Unavailable, match="full.*nothing was stored"):
        recorder.append(Append(stored("learner/a", 2, 500)))
    assert (1, 1) == (_count(recorder, "stored_events"), _count(recorder, "leaves"))


def test_only_a_ledger_file_is_opened(tmp_path: Path) -> None:
    """A missing file, another database, another format and a second creation are each refused with a reason."""
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE x (y)").connection.close()
    text = tmp_path / "text.db"
    text.write_text("not a database at all" * 100)
    newer = tmp_path / "newer.db"
    tables.create(newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version=99")

    with pytest.raises(UnknownName, match="make one with `mastery init`"):
        open_required(tmp_path / "none.db")
    with pytest.raises(LedgerDamaged, match="a database, but not a ledger"):
        open_required(other)
    with pytest.raises(LedgerDamaged, match="cannot be read as a database"):
        open_required(text)
    with pytest.raises(LedgerDamaged, match="table format 99; this version reads format 1"):
        open_required(newer)
    with pytest.raises(Refused, match="exists already"):
        tables.create(newer)


def open_required(path: Path) -> None:
    """Open a ledger file that must exist."""
    tables.require(path)


def test_an_empty_append_holds_only_its_command(recorder: LedgerRecorder) -> None:
    """A command that changed nothing is remembered all the same."""
    command = Command("test", "c1", b"body")

    assert Appended(0, 0) == recorder.append(Append((), command))
    assert Appended(0, 0, repeated=True) == recorder.append(Append((), command))


def test_unstamped_rows_never_reach_the_log_unstamped(recorder: LedgerRecorder) -> None:
    """Every stored event has an instant and a salt of its own."""
    recorder.append(Append(stored("learner/a", 1, 3)))
    salts = {row[4][-40:-8] for row in recorder.scan()}

    assert 3 == len(salts)
    assert all(b'"at":""' not in row[4] for row in recorder.scan())
    assert isinstance(recorder.select_events("learner/a")[0], StoredEvent)
