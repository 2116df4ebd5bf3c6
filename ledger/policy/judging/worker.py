"""The process in which code judges. It is started by its path, and imports nothing of this program.

One question a line, one answer a line, both JSON. What runs is compiled from the very text that was
hashed just before. While it runs nothing may be opened, imported or started.
"""

import datetime
import fractions
import hashlib
import json
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

_MEMORY, _SECONDS = 512 * 1024 * 1024, 2
"""What a question may take: bytes of address space in all, seconds of the processor for itself."""

_FUNCTIONS = (
    abs, all, any, bool, dict, divmod, enumerate, int, len, list, max, min, range,
    reversed, round, sorted, sum, tuple, zip,
)  # fmt: skip

_ANNOTATIONS_ARE_TEXT = 0x1000000  # the flag of `from __future__ import annotations`
_LONGEST_ERROR = 300

_compiled: dict[str, CodeType] = {}
_running: list[str] = []


class Given:
    """What has attributes: the facts, the parameters, a member of a list."""

    def __init__(self, values: dict[str, Any]) -> None:
        vars(self).update({name: read(value) for name, value in values.items()})


def read(value: Any) -> Any:
    """Return what a told value stands for."""
    if isinstance(value, dict):
        return Given(value)
    return _KINDS[value[0]](value[1:]) if isinstance(value, list) else value


def _table(lines: list[Any]) -> dict[Any, Any]:
    """Return a table as a dictionary: by its key, or by several; the first of equal keys counts."""
    found: dict[Any, Any] = {}
    for keys, value in lines:
        every = tuple(read(key) for key in keys)
        found.setdefault(every[0] if len(every) == 1 else every, read(value))
    return found


_KINDS: dict[str, Callable[[list[Any]], Any]] = {
    "fraction": lambda parts: fractions.Fraction(*parts),
    "date": lambda parts: datetime.date.fromisoformat(parts[0]),
    "table": _table,
    "list": lambda parts: [read(part) for part in parts],
}


def answered(line: bytes) -> bytes:
    """Answer one question: `{"answer": true}`, or `{"error": "..."}` where the code fails or says what is no answer."""
    try:
        said: dict[str, Any] = {"answer": _answer(json.loads(line))}
    except Exception as error:
        said = {"error": f"{type(error).__name__}: {error}{_line_of(error)}"[:_LONGEST_ERROR]}
    return json.dumps(said).encode() + b"\n"


def _answer(asked: dict[str, Any]) -> bool | None:
    function = _function(asked)
    facts, parameters = Given(asked["facts"]), Given(asked["parameters"])
    _running.append(asked["function"])
    try:
        answer = function(facts, parameters)
    finally:
        _running.clear()
    if answer is not None and type(answer) is not bool:
        raise TypeError(f"it answered with {type(answer).__name__}, not with True, False or None")
    return answer


def _function(asked: dict[str, Any]) -> Callable[[Given, Given], Any]:
    """Return the function, compiled from the bytes that have just been hashed, in a world of its own."""
    source = asked["source"].encode()
    found = hashlib.sha256(source).hexdigest()
    if found != asked["digest"]:
        raise ValueError(f"the code has the digest {found[:16]}, not {asked['digest'][:16]}")
    if found not in _compiled:
        _compiled[found] = compile(source, "<judged>", "exec", _ANNOTATIONS_ARE_TEXT, dont_inherit=True)
    world: dict[str, Any] = {"__builtins__": {each.__name__: each for each in _FUNCTIONS}}
    exec(_compiled[found], world)  # noqa: S102 - what this process is for
    return world[asked["function"]]  # type: ignore[no-any-return]


def _line_of(error: Exception) -> str:
    trace, line = error.__traceback__, 0
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == "<judged>" else line
        trace = trace.tb_next
    return f" (line {line})" if line else ""


def deny(event: str, _: object) -> None:
    """Let code that judges open, import, start or look up nothing at all."""
    if _running:
        raise PermissionError(f"code that judges may not use {event}")


def limit() -> None:
    """Bound the memory, forbid files and processes, and grant the processor for one more question."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    granted = int(used.ru_utime + used.ru_stime) + _SECONDS + 1
    for kind, most in (("AS", _MEMORY), ("FSIZE", 0), ("NOFILE", 0), ("NPROC", 0), ("CORE", 0), ("CPU", granted)):
        number = getattr(resource, f"RLIMIT_{kind}", None)
        if number is not None:
            hard = resource.getrlimit(number)[1]
            try:
                resource.setrlimit(number, (most, hard))
            except (OSError, ValueError):
                continue


def main() -> None:
    """Answer questions until there are no more."""
    if sys.flags.hash_randomization:
        sys.exit("the worker has to be started with PYTHONHASHSEED=0")
    sys.addaudithook(deny)
    for line in sys.stdin.buffer:
        limit()
        sys.stdout.buffer.write(answered(line))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
