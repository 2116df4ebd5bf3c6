"""Threads of one process share one commit: whoever gets the lock first commits for all who wait."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ledger.errors import LedgerError

Work = TypeVar("Work")
Answer = TypeVar("Answer")

MOST_AT_ONCE = 200
"""How many appends one transaction takes at the most, so that nobody waits long for the others."""


class _Ticket(Generic[Work, Answer]):
    __slots__ = ("answer", "error", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.answer: Answer | None = None
        self.error: BaseException | None = None


class GroupCommit(Generic[Work, Answer]):
    """Hands everything that waits to one call of `commit`, which answers each piece of work.

    An error answered for one piece reaches its thread only; an error raised by `commit` reaches all.
    """

    def __init__(self, commit: Callable[[Sequence[Work]], Sequence[Answer | LedgerError]]) -> None:
        self._commit = commit
        self._queue: list[_Ticket[Work, Answer]] = []
        self._enqueueing = threading.Lock()
        self._committing = threading.Lock()

    def submit(self, work: Work) -> Answer:
        """Wait until the work is committed, by this thread or by another, and return its answer."""
        ticket: _Ticket[Work, Answer] = _Ticket(work)
        with self._enqueueing:
            self._queue.append(ticket)
        while ticket.answer is None and ticket.error is None:
            with self._committing:
                if ticket.answer is None and ticket.error is None:
                    self._commit_some()
        if ticket.error is not None:
            raise ticket.error
        assert ticket.answer is not None  # noqa: S101 - told to the type checker
        return ticket.answer

    def _commit_some(self) -> None:
        with self._enqueueing:
            tickets, self._queue = self._queue[:MOST_AT_ONCE], self._queue[MOST_AT_ONCE:]
        try:
            answers = self._commit([ticket.work for ticket in tickets])
        except BaseException as error:
            for ticket in tickets:
                ticket.error = error
            return
        for ticket, answer in zip(tickets, answers, strict=True):
            if isinstance(answer, LedgerError):
                ticket.error = answer
            else:
                ticket.answer = answer
