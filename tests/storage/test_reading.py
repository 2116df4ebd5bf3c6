"""Reading beside the writer: on its connection while it is idle, on another while it writes."""

import sqlite3
import threading
from pathlib import Path

import pytest

from ledger.storage.append import Append, Command
from ledger.storage.datastore import LedgerDatastore
from ledger.storage.recorder import LedgerRecorder
from tests.storage.support import open_recorder, stored

COUNT = "SELECT COUNT(*) FROM commands"
REMEMBER = "INSERT INTO commands VALUES ('test', 'one', X'00', 0, 0)"


@pytest.fixture
def recorder(tmp_path: Path) -> LedgerRecorder:
    """A ledger that was written to, so that its writing connection is open."""
    made = open_recorder(tmp_path / "ledger.db")
    made.append(Append(stored("learner/a", 1)))
    return made


@pytest.fixture
def datastore(recorder: LedgerRecorder) -> LedgerDatastore:
    """The connections of that ledger."""
    return recorder.datastore


def test_what_is_not_committed_is_not_read(datastore: LedgerDatastore) -> None:
    """The thread that writes reads what is committed, as all others do."""
    with datastore.write() as cursor:
        cursor.execute(REMEMBER)
        within = datastore.query(COUNT)

    assert [(0,)] == within
    assert [(1,)] == datastore.query(COUNT)


def test_a_reader_does_not_wait_for_the_writer(datastore: LedgerDatastore) -> None:
    """While one thread writes another reads what was there before."""
    found: list[object] = []
    with datastore.write() as cursor:
        cursor.execute(REMEMBER)
        reader = threading.Thread(target=lambda: found.append(datastore.query(COUNT)))
        reader.start()
        reader.join(10)

    assert [[(0,)]] == found


def test_a_wrong_statement_is_told(datastore: LedgerDatastore) -> None:
    """What SQLite says reaches the caller, whichever connection was asked."""
    with pytest.raises(sqlite3.OperationalError, match="no such table: elsewhere"):
        datastore.query("SELECT * FROM elsewhere")


def test_what_another_process_wrote_is_read(datastore: LedgerDatastore, tmp_path: Path) -> None:
    """The writing connection sees the commits of others."""
    with sqlite3.connect(tmp_path / "ledger.db") as other:
        other.execute(REMEMBER)
    other.close()

    assert [(1,)] == datastore.query(COUNT)


def test_a_known_command_stores_nothing_beside_it(recorder: LedgerRecorder) -> None:
    """The id is noticed before anything of the append is written, whatever versions it names."""
    command = Command("test", "one", b"body")
    first = recorder.append(Append(stored("learner/a", 2), command))
    again = recorder.append(Append(stored("learner/a", 9), command))

    assert (first.first, True) == (again.first, again.repeated)
    assert 2 == recorder.last_version("learner/a")
