"""Ctrl-C at any moment: the ledger stays usable, and only the thread that was stopped is stopped."""

import inspect
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.errors import LedgerError, Unavailable, UsageError
from ledger.storage.append import Append, Appended
from ledger.storage.datastore import LedgerDatastore
from ledger.storage.group_commit import GroupCommit
from ledger.storage.vault_store import SealedText, VaultStore
from tests.storage.support import open_recorder, stored


def interrupting(method: Callable[..., Any], beginning: str) -> Callable[..., Any]:
    """Return a method that is interrupted right after a statement it runs."""

    def interrupted(self: object, *arguments: Any) -> Any:
        answer = method(self, *arguments)
        if arguments[-1].startswith(beginning):
            raise KeyboardInterrupt
        return answer

    return interrupted


@pytest.mark.parametrize("statement", ["BEGIN", "PRAGMA journal_mode", "PRAGMA synchronous"])
def test_an_interrupt_while_a_write_begins_frees_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """The next append is stored, and by a connection that is set as it must be."""
    recorder = open_recorder(tmp_path / "ledger.db")
    with monkeypatch.context() as patch:
        patch.setattr(LedgerDatastore, "_patiently", interrupting(LedgerDatastore._patiently, statement))
        with pytest.raises(KeyboardInterrupt):
            recorder.append(Append(stored("learner/a", 1)))
    done = recorder.append(Append(stored("learner/a", 1)))
    with recorder.datastore.write() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]

    assert Appended(1, 1) == done
    assert 2 == synchronous


def test_an_interrupt_while_the_vault_begins_to_write_frees_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next text is kept."""
    store = VaultStore(tmp_path / "vault.db", "key")
    with monkeypatch.context() as patch:
        patch.setattr(VaultStore, "_patiently", interrupting(VaultStore._patiently, "BEGIN"))
        with pytest.raises(KeyboardInterrupt):
            store.add_texts([SealedText("one", "owner", b"sealed")])
    store.add_texts([SealedText("two", "owner", b"sealed")])

    assert (None, SealedText("two", "owner", b"sealed")) == (store.text("one"), store.text("two"))
    store.close()


class _Threads:
    """Three pieces of work: the first commits alone, the others wait for it and go together."""

    def __init__(self, second: Callable[[], None]) -> None:
        self.calls: list[int] = []
        self.answers: dict[str, object] = {}
        self._second = second
        self._first_runs, self._go_on = threading.Event(), threading.Event()
        self.group: GroupCommit[str, str] = GroupCommit(self._commit)

    def _commit(self, work: Sequence[str]) -> list[str | LedgerError]:
        self.calls.append(len(work))
        if len(self.calls) == 1:
            self._first_runs.set()
            self._go_on.wait(5)
        elif len(self.calls) == 2:
            self._second()
        return [name.upper() for name in work]

    def _submit(self, name: str, before: Callable[[], None]) -> None:
        before()
        try:
            self.answers[name] = self.group.submit(name)
        except BaseException as error:
            self.answers[name] = type(error)

    def run(self, before: Callable[[], None] = lambda: None) -> None:
        """Run all three; `before` is called in each thread but the first."""
        threads = [threading.Thread(target=self._submit, args=("first", lambda: None))]
        threads += [threading.Thread(target=self._submit, args=(name, before)) for name in ("second", "third")]
        threads[0].start()
        self._first_runs.wait(5)
        for thread in threads[1:]:
            thread.start()
        while len(self.group._queue) < 2:
            pass
        self._go_on.set()
        for thread in threads:
            thread.join(10)


def test_only_the_interrupted_thread_is_interrupted() -> None:
    """Whoever waited for a thread that was stopped while it committed is told to send the command again."""

    def stop() -> None:
        raise KeyboardInterrupt

    threads = _Threads(stop)
    threads.run()

    assert "FIRST" == threads.answers.pop("first")
    assert {KeyboardInterrupt, Unavailable} == set(threads.answers.values())
    assert "LATER" == threads.group.submit("LATER")


def test_an_interrupt_between_taking_and_committing_leaves_nobody_waiting() -> None:
    """A thread stopped with the others' work in its hands answers them all the same."""
    lines, first = inspect.getsourcelines(GroupCommit._commit_some)
    place = next(first + number for number, line in enumerate(lines) if "self._commit(" in line)
    stopping = threading.Lock()

    def tracer(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_name != "_commit_some":
            return None
        return stop_before_the_commit

    def stop_before_the_commit(frame: FrameType, event: str, _: object) -> Any:
        if event == "line" and frame.f_lineno == place and stopping.acquire(blocking=False):
            raise KeyboardInterrupt
        return stop_before_the_commit

    threads = _Threads(lambda: None)
    threads.run(lambda: sys.settrace(tracer))

    assert {"FIRST", KeyboardInterrupt, Unavailable} == set(threads.answers.values())
    assert [1] == threads.calls
    assert "LATER" == threads.group.submit("LATER")


def test_work_of_a_thread_that_stopped_waiting_is_not_committed_later() -> None:
    """A thread interrupted before its work was taken takes it back."""
    group: GroupCommit[str, str] = GroupCommit(lambda work: [name.upper() for name in work])

    class Interrupted:
        def __enter__(self) -> None:
            raise KeyboardInterrupt

        def __exit__(self, *_: object) -> None:
            """Never entered."""

    committing, group._committing = group._committing, Interrupted()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        group.submit("work")
    group._committing = committing

    assert [] == group._queue
    assert "OTHER" == group.submit("OTHER")


def test_what_cannot_be_stored_is_refused_alone(tmp_path: Path) -> None:
    """A row the database cannot take does not keep the others of its transaction out."""
    recorder = open_recorder(tmp_path / "ledger.db")
    bad = StoredEvent("learner/b", 1, "a\ud800", stored("learner/b", 1)[0].state)
    answers = recorder.append_all([Append(stored("learner/a", 1)), Append([bad]), Append(stored("learner/d", 1))])

    assert [Appended(1, 1), Appended(2, 2)] == [answers[0], answers[2]]
    assert isinstance(answers[1], UsageError)
    assert "learner/b: this cannot be stored, and nothing of it was: 'utf-8' codec can't encode" in str(answers[1])
    assert [1, 2] == [row[0] for row in recorder.scan()]


def test_an_error_of_the_file_concerns_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with the database, and not with a value, is told to everybody."""
    recorder = open_recorder(tmp_path / "ledger.db")

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(recorder, "_insert", broken)

    with pytest.raises(Unavailable, match="disk I/O error.*nothing was stored"):
        recorder.append_all([Append(stored("learner/a", 1))])
