"""Threads of one process share one commit: whoever gets the lock first commits for all who wait."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ledger.errors import LedgerError, Unavailable

Work = TypeVar("Work")
Answer = TypeVar("Answer")

MOST_AT_ONCE = 200
"""How many appends one transaction takes at the most, so that nobody waits long for the others."""


_STOPPED = "the thread that stored this was stopped; send the same command again: nothing is stored twice"


class _Ticket(Generic[Work, Answer]):
    __slots__ = ("answer", "error", "work")

    @property
    def waits(self) -> bool:
        return self.answer is None and self.error is None

    def __init__(self, work: Work) -> None:
        self.work = work
        self.answer: Answer | None = None
        self.error: BaseException | None = None


class GroupCommit(Generic[Work, Answer]):
    """Hands everything that waits to one call of `commit`, which answers each piece of work.

    An error answered for one piece reaches its thread only; an error raised by `commit` reaches all.
    Where the committing thread is stopped (Ctrl-C), only it stops; the others are told `Unavailable`.
    """

    def __init__(self, commit: Callable[[Sequence[Work]], Sequence[Answer | LedgerError]]) -> None:
        self._commit = commit
        self._queue: list[_Ticket[Work, Answer]] = []
        self._enqueueing = threading.Lock()
        self._committing = threading.Lock()

    def submit(self, work: Work) -> Answer:
        """Wait until the work is committed, by this thread or by another, and return its answer."""
        ticket: _Ticket[Work, Answer] = _Ticket(work)
        try:
            with self._enqueueing:
                self._queue.append(ticket)
            while ticket.waits:
                with self._committing:
                    if ticket.waits:
                        self._commit_some()
        except BaseException:
            with self._enqueueing:
                if ticket in self._queue:
                    self._queue.remove(ticket)
            raise
        if ticket.error is not None:
            raise ticket.error
        assert ticket.answer is not None  # noqa: S101 - told to the type checker
        return ticket.answer

    def _commit_some(self) -> None:
        tickets: list[_Ticket[Work, Answer]] = []
        try:
            with self._enqueueing:
                tickets, self._queue = self._queue[:MOST_AT_ONCE], self._queue[MOST_AT_ONCE:]
            answers = self._commit([ticket.work for ticket in tickets])
            for ticket, answer in zip(tickets, answers, strict=True):
                if isinstance(answer, LedgerError):
                    ticket.error = answer
                else:
                    ticket.answer = answer
        except BaseException as error:
            reaching_all = error if isinstance(error, Exception) else Unavailable(_STOPPED)
            for ticket in tickets:
                if ticket.waits:
                    ticket.error = reaching_all
            if reaching_all is not error:
                raise
