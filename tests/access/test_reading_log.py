"""The log of what was read, as a file: added to by many, kept in a backup, and no name in it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.application import initialise
from ledger.application.backing_up import back_up
from ledger.errors import LedgerDamaged, Unavailable, UsageError
from ledger.storage.reading_log import Reading, ReadingLog, Sought

ONE = Reading(
    at="2026-06-05T15:30:00.000000Z",
    ledger="us-xx",
    person="11111111-1111-4111-8111-111111111111",
    role="teacher",
    what="read a learner's record",
    learner="22222222-2222-4222-8222-222222222222",
    learners=1,
    through="page",
)


def test_what_many_add_at_once_is_all_there_in_order(tmp_path: Path) -> None:
    """Eight threads over two openings of one file: nothing is lost, positions are dense, the latest comes first."""
    logs = [ReadingLog(tmp_path / "reads.db") for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: logs[number % 2].add(replace(ONE, learners=number)), range(1, 41)))
    found = logs[0].find(Sought())
    for log in logs:
        log.close()

    assert list(range(40, 0, -1)) == [one.position for one in found]
    assert set(range(1, 41)) == {one.learners for one in found}


def test_a_page_goes_on_where_the_one_before_ended(tmp_path: Path) -> None:
    """Before a position; a page has at most a hundred rows."""
    log = ReadingLog(tmp_path / "reads.db")
    for _ in range(3):
        log.add(ONE)
    pages = [log.find(Sought(learner=ONE.learner), limit=2), log.find(Sought(), limit=2, before=2)]
    with pytest.raises(UsageError):
        log.find(Sought(), limit=0)
    log.close()

    assert [[3, 2], [1]] == [[one.position for one in page] for page in pages]


def test_a_backup_holds_it(tmp_path: Path) -> None:
    """It cannot be made again, so it is copied with the ledgers and the vault."""
    home = tmp_path / "home"
    initialise(home, "us-xx", kind="state", zone="UTC", environment={}).close()
    log = ReadingLog(home / "reads.db")
    log.add(ONE)
    log.close()
    kept = back_up(home, tmp_path / "copy")
    copied = ReadingLog(tmp_path / "copy" / "reads.db")
    found = copied.find(Sought())
    copied.close()

    assert "reads.db" in {file.path for file in kept.manifest.files}
    assert [ONE.person] == [one.person for one in found]


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A folder in its place, and a file that is no database, each in a sentence that names it."""
    folder, other = tmp_path / "folder.db", tmp_path / "other.db"
    folder.mkdir()
    other.write_bytes(b"no database at all" * 100)
    with pytest.raises(Unavailable, match="cannot be made"):
        ReadingLog(folder).add(ONE)
    damaged = ReadingLog(other)
    with pytest.raises(LedgerDamaged, match="is damaged"):
        damaged.add(ONE)
    damaged.close()

    assert () == ReadingLog(tmp_path / "none.db").find(Sought())
