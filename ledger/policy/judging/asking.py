"""Asking the worker: one for each process, started when the first question comes and again when it has ended."""

import atexit
import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import IO, cast

from ledger.errors import JudgementFailed
from ledger.policy.judging.allowed import faults
from ledger.policy.judging.telling import question
from ledger.policy.nodes import Judged
from ledger.policy.sheet import Value
from ledger.values import parse_json

SECONDS = 5
"""How long a question may take by the clock on the wall before its worker is ended."""

_LONGEST = 65_536
"""Bytes of an answer."""

COMMAND = (sys.executable, "-P", "-s", "-S", "-B", str(Path(__file__).with_name("worker.py")))
"""Python as with -I, which is not written so: it would also ignore the seed of hashes, and sets would differ."""

_ENVIRONMENT = {"PYTHONHASHSEED": "0"}


@dataclass(slots=True)
class Worker:
    """One process that judges; asked by one thread at a time."""

    seconds: int = SECONDS
    command: Sequence[str] = COMMAND
    _process: "subprocess.Popen[bytes] | None" = None
    _lock: Lock = field(default_factory=Lock)

    def ask(self, asked: bytes) -> bytes:
        """Return the line that answers a line; raise `JudgementFailed` where none comes, and end the process."""
        with self._lock:
            reply = self._reply(self._sent(asked + b"\n"))
            if not reply.endswith(b"\n"):
                self._end()
                what = "ended its worker, as too much memory or time does" if not reply else "answered too much"
                raise JudgementFailed(what)
            return reply

    def _sent(self, line: bytes) -> "subprocess.Popen[bytes]":
        """Hand a question over, to a new process where the one there was has ended since."""
        with suppress(BrokenPipeError):
            return self._handed(self._alive(), line)
        self._end()
        return self._handed(self._alive(), line)

    @staticmethod
    def _handed(process: "subprocess.Popen[bytes]", line: bytes) -> "subprocess.Popen[bytes]":
        pipe = cast("IO[bytes]", process.stdin)
        pipe.write(line)
        pipe.flush()
        return process

    def _alive(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a file beside this one
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
            )
        return self._process

    def _reply(self, process: "subprocess.Popen[bytes]") -> bytes:
        pipe = cast("IO[bytes]", process.stdout)
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        if not waiting.poll(self.seconds * 1000):
            self._end()
            raise JudgementFailed(f"gave no answer within {self.seconds} seconds")
        return os.read(pipe.fileno(), _LONGEST)

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    cast("IO[bytes]", pipe).close()
            self._process.wait()
            self._process = None


_WORKERS: dict[int, Worker] = {}
"""The worker of each process, by its id: what a process was forked from keeps its own."""


def _own() -> Worker:
    worker = _WORKERS.get(os.getpid())
    if worker is None:
        worker = _WORKERS.setdefault(os.getpid(), Worker())
        atexit.register(worker.close)
    return worker


def in_worker(judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value], /) -> bool | None:
    """Judge in the worker of this process; raise `JudgementFailed` naming the code and what became of it."""
    return answer_of(_own(), judged, facts, parameters)


def answer_of(
    worker: Worker, judged: Judged, facts: Mapping[str, Value], parameters: Mapping[str, Value]
) -> bool | None:
    """Judge in one worker; code that may not be run is not handed over."""
    try:
        for fault in _faults(judged):
            raise JudgementFailed(f"may not be run: {fault.rstrip('.')}")
        return _answer(worker.ask(question(judged, facts, parameters)))
    except JudgementFailed as error:
        raise JudgementFailed(f"the code of {judged.function!r} ({judged.digest[:16]}) {error}") from None


_faults = lru_cache(faults)


def _answer(reply: bytes) -> bool | None:
    try:
        said = parse_json(reply.decode())
    except ValueError:
        said = None
    if isinstance(said, Mapping) and set(said) == {"error"}:
        raise JudgementFailed(f"failed: {said['error']}")
    answer = said.get("answer") if isinstance(said, Mapping) and set(said) == {"answer"} else reply
    if answer is not None and not isinstance(answer, bool):
        raise JudgementFailed("said what is no answer")
    return answer
