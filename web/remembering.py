"""What was worked out for a page, remembered for whoever asks the very same; a new position is another question."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask, current_app

Found = TypeVar("Found")

MOST = 32
"""Answers remembered at once; the one asked for longest ago is forgotten first."""


class Memory:
    """Answers by what was asked; safe for threads, and two who ask at once may both work it out."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._changing = threading.Lock()

    def answer(self, asked: Hashable, work: Callable[[], Found]) -> Found:
        """Return what was worked out before, else work it out."""
        with self._changing:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                known: Found = self._answers[asked]
                return known
        found = work()
        with self._changing:
            self._answers[asked] = found
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found

    def __contains__(self, asked: Hashable) -> bool:
        return asked in self._answers


def register(app: Flask) -> None:
    """Give an application a memory of its own."""
    app.extensions["memory"] = Memory()


def memory() -> Memory:
    """Return the memory of the application at work."""
    known: Memory = current_app.extensions["memory"]
    return known


def remembered(asked: Hashable, work: Callable[[], Found]) -> Found:
    """Return the answer to what was asked, worked out now where nobody asked it before."""
    return memory().answer(asked, work)
