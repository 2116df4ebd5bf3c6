"""The worker: what it is told and answers, what it is kept from, and what becomes of one that fails."""

import json
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import JudgementFailed
from ledger.policy import ABSENT, UNKNOWN, fact, param, table
from ledger.policy.judging import worker as inside
from ledger.policy.judging.asking import Worker, answer_of, in_worker
from ledger.policy.judging.telling import question, told
from ledger.policy.nodes import Judged
from ledger.policy.sheet import Value
from ledger.values import digest
from tests.judging import growth

CODE = growth.growing.test
NEEDS = (fact.score, param.cut)


def code(*lines: str, name: str = "sound") -> Judged:
    """Write code of some lines that needs a score and a cut."""
    source = f"def {name}(facts, parameters):\n" + "".join(f"    {line}\n" for line in lines)
    return Judged(name, source, digest(source.encode()), NEEDS)


CUT = code("return facts.score >= parameters.cut")


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Return a worker that is given up after a second, and ended."""
    one = Worker(seconds=1)
    yield one
    one.close()


def ask(judged: Judged, score: Value, cut: Value = 1) -> bool | None:
    """Ask in the worker of these tests' process."""
    return in_worker(judged, {"score": score}, {"cut": cut})


def said_of(worker: Worker, judged: Judged, score: Value = 1) -> str:
    """Ask, and return the sentence with which it fails, without the code it names."""
    with pytest.raises(JudgementFailed) as failed:
        answer_of(worker, judged, {"score": score}, {"cut": 1})
    return str(failed.value).removeprefix(f"the code of 'sound' ({judged.digest[:16]}) ")


def test_it_answers_what_the_code_says() -> None:
    """True, false and None come back as they are."""
    maybe = code("if facts.score is None:", "    return None", "return facts.score >= parameters.cut")

    assert [True, False, None] == [ask(maybe, score) for score in (2, 0, ABSENT)]


@pytest.mark.parametrize(
    ("value", "test"),
    [
        (Fraction(5, 2), "facts.score * 2 == 5"),
        (date(2026, 5, 30), "facts.score.year == 2026"),
        ("a text", "facts.score.startswith('a')"),
        (True, "facts.score is True"),
        (("a", "b"), "facts.score[1] == 'b'"),
        (({"level": 2}, {"level": ABSENT}), "[one.level for one in facts.score] == [2, None]"),
        (table({"a": 1, "b": 2}), "facts.score.get('b') == 2"),
        (table({("a", 1): 5}), "facts.score[('a', 1)] == 5"),
    ],
)
def test_every_kind_of_value_arrives(value: Value, test: str) -> None:
    """Fractions, days, texts, lists of members and tables are in the worker what they are here."""
    assert ask(code(f"return {test} and parameters.cut == 1"), value) is True
    assert inside.answered(question(code(f"return {test}"), {"score": value}, {"cut": 1})) == b'{"answer": true}\n'


def test_what_is_not_known_is_never_told() -> None:
    """There is no way to tell the worker of something that is not known."""
    with pytest.raises(TypeError) as refused:
        told(UNKNOWN)

    assert "UNKNOWN is nothing that code can be asked with" == str(refused.value)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            "return facts.score // 0 == parameters.cut",
            "failed: ZeroDivisionError: integer division or modulo by zero (line 2)",
        ),
        (
            "return facts.score + parameters.cut",
            "failed: TypeError: it answered with int, not with True, False or None",
        ),
        (
            "return facts.nothing == parameters.cut + facts.score",
            "may not be run: line 2: reads facts.nothing, which it does not say that it needs",
        ),
        ("return open('x') == facts.score + parameters.cut", "may not be run: line 2: reads 'open', which is neither"),
        ("return 'a' * 4000000000 == facts.score + parameters.cut", "failed: MemoryError"),
    ],
)
def test_code_that_gives_no_answer_is_named_with_the_reason(worker: Worker, line: str, what: str) -> None:
    """An error, an answer that is none, and code that may not be run are sentences with the line."""
    assert said_of(worker, code(line)).startswith(what)
    assert answer_of(worker, CUT, {"score": 1}, {"cut": 1}) is True


def test_a_worker_that_takes_too_long_is_ended(worker: Worker) -> None:
    """By the clock on the wall it is ended; the next question is answered by another."""
    endless = code("return sum(range(10 ** 12)) == facts.score + parameters.cut".replace("10 ** 12", "1000000000000"))

    assert "gave no answer within 1 seconds" == said_of(worker, endless)
    assert answer_of(worker, CUT, {"score": 0}, {"cut": 1}) is False


def test_a_worker_that_takes_too_much_of_the_processor_ends() -> None:
    """Long before the clock on the wall, the processor's own limit ends it."""
    patient = Worker(seconds=60)
    endless = code("return sum(range(1000000000000)) == facts.score + parameters.cut")

    assert "ended its worker, as too much memory or time does" == said_of(patient, endless)

    patient.close()


def test_a_worker_that_ended_in_between_is_started_again(worker: Worker) -> None:
    """A worker that somebody ended while nobody asked is noticed, and nobody is troubled."""
    answer_of(worker, CUT, {"score": 1}, {"cut": 1})
    process: Any = worker._process
    process.kill()
    process.wait()

    assert answer_of(worker, CUT, {"score": 1}, {"cut": 1}) is True


@pytest.mark.parametrize(
    ("program", "what"),
    [
        ("print('yes')", "said what is no answer"),
        ("print('{\"answer\": 1}')", "said what is no answer"),
        ("print('[]')", "said what is no answer"),
        ("print('x' * 70000)", "answered too much"),
        ("pass", "ended its worker, as too much memory or time does"),
    ],
)
def test_an_answer_that_is_none_is_refused(program: str, what: str) -> None:
    """Whatever comes back that is no answer is refused, even from a worker that is not ours."""
    other = Worker(command=(sys.executable, "-c", f"import sys; sys.stdin.readline(); {program}; sys.stdout.flush()"))

    assert what == said_of(other, CUT)

    other.close()


def test_a_worker_that_does_not_listen_is_started_once_more() -> None:
    """A worker that ends before it was asked is started again, and once only."""
    deaf = Worker(command=(sys.executable, "-c", "import os, sys; os.close(0); print(1)"))
    large = Judged("sound", CUT.source, CUT.digest, NEEDS)
    with pytest.raises((JudgementFailed, BrokenPipeError)):
        answer_of(deaf, large, {"score": "x" * 1_000_000}, {"cut": 1})
    deaf.close()


def test_many_threads_share_one_worker() -> None:
    """Every thread has the answer to its own question."""
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda score: ask(CUT, score, 50), range(100)))

    assert [score >= 50 for score in range(100)] == found


def test_it_is_started_without_randomness() -> None:
    """A worker whose hashes are seeded at random refuses to begin."""
    seeded = Worker(command=(sys.executable, "-I", "-S", inside.__file__))

    assert "ended its worker, as too much memory or time does" == said_of(seeded, CUT)

    seeded.close()


def test_code_is_compiled_from_the_bytes_that_were_hashed() -> None:
    """The worker hashes what it was sent; code of another digest is not run."""
    asked = json.loads(question(CUT, {"score": 1}, {"cut": 1}))
    asked["source"] = asked["source"].replace(">=", "<")

    assert b"ValueError: the code has the digest" in inside.answered(json.dumps(asked).encode())


def test_nothing_can_be_opened_while_code_runs() -> None:
    """While code runs whatever Python reports is denied; before and after it is not."""
    inside.deny("open", ())
    inside._running.append("sound")
    with pytest.raises(PermissionError) as denied:
        inside.deny("socket.connect", ())
    inside._running.clear()

    assert "code that judges may not use socket.connect" == str(denied.value)


def test_the_worker_denies_in_its_own_process(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even code that slipped past the reading of its text opens, imports and starts nothing."""
    monkeypatch.setattr("ledger.policy.judging.asking._faults", lambda judged: ())
    every = "().__class__.__base__.__subclasses__()"
    sneaking = code(
        f"base = [one for one in {every} if one.__name__ == '_IOBase'][0]",
        "raw = [one for one in base.__subclasses__() if one.__name__ == '_RawIOBase'][0]",
        "file = [one for one in raw.__subclasses__() if one.__name__ == 'FileIO'][0]",
        "file('sneaked', 'w')",
        "return True",
    )
    naming = code("return open('sneaked') is None")

    assert "failed: PermissionError: code that judges may not use open (line 5)" == said_of(worker, sneaking)
    assert "failed: NameError: name 'open' is not defined (line 2)" == said_of(worker, naming)
    assert not Path("sneaked").exists()


def test_the_worker_is_bound_in_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory, files, processes and time are bound before each question; a bound the system refuses is no fault."""
    asked: dict[int, int] = {}

    def note(kind: int, bounds: tuple[int, int]) -> None:
        asked[kind] = bounds[0]
        if kind == resource.RLIMIT_NPROC:
            raise OSError

    monkeypatch.setattr(resource, "setrlimit", note)
    inside.limit()

    kinds = (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE)

    assert [0] * 4 == [asked[kind] for kind in kinds]
    assert 512 * 1024 * 1024 == asked[resource.RLIMIT_AS]
    assert resource.RLIMIT_CPU in asked


def answers(levels: Sequence[Value]) -> bool | None:
    """Ask the code of the policy about works at some levels."""
    facts: Mapping[str, Value] = {"works": tuple({"work_level": level} for level in levels)}
    return in_worker(growth_code(), facts, {"fall": 1})


def growth_code() -> Judged:
    """Return the code of the policy."""
    assert isinstance(CODE, Judged)
    return CODE


def test_the_code_of_the_policy_judges() -> None:
    """A small fall is met, a deep one is not, a work without a level cannot be judged."""
    assert [True, False, None] == [answers(levels) for levels in ((2, 3, 2), (3, 1, 4), (3, ABSENT))]
