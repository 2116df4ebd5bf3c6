"""Threads that share commits: each gets its own answer."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger.errors import LedgerError, StreamConflict
from ledger.storage.append import Append
from ledger.storage.group_commit import GroupCommit
from tests.storage.support import open_recorder, stored


def test_threads_of_one_process_lose_nothing(tmp_path: Path) -> None:
    """Sixteen threads appending at once leave dense positions and one conflict for each taken version."""
    recorder = open_recorder(tmp_path / "ledger.db")
    refused: list[str] = []

    def work(name: int) -> None:
        for version in range(1, 11):
            recorder.append(Append(stored(f"learner/{name}", version)))
            try:
                recorder.append(Append(stored("learner/shared", version)))
            except StreamConflict as error:
                refused.append(str(error))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 16 * 10 + 10 == recorder.max_notification_id()
    assert 16 * 10 - 10 == len(refused)


def test_work_that_waits_is_committed_together() -> None:
    """What gathers while a commit runs is handed over in one call."""
    started, go_on, calls = threading.Event(), threading.Event(), []

    def commit(work: Sequence[int]) -> list[int | LedgerError]:
        calls.append(len(work))
        started.set()
        go_on.wait(5)
        return [number * 2 for number in work]

    group: GroupCommit[int, int] = GroupCommit(commit)
    answers: dict[int, int] = {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: group.submit(n)})) for n in range(5)]
    threads[0].start()
    started.wait(5)
    for thread in threads[1:]:
        thread.start()
    while len(group._queue) < 4:
        pass
    go_on.set()
    for thread in threads:
        thread.join()

    assert [1, 4] == calls
    assert {n: n * 2 for n in range(5)} == answers


def test_a_failing_commit_reaches_everybody_who_waited() -> None:
    """An error of the database is not taken for success by anybody."""

    def commit(work: Sequence[int]) -> list[int | LedgerError]:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        GroupCommit[int, int](commit).submit(1)
