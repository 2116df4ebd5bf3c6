"""Each benchmark compares sides that do the same work; nothing here is timed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = {
    "append": {
        "append, one at a time": ">= 0.5",
        "append, batches of 50": ">= 0.45",
        "append, batches of 500": ">= 0.3",
    },
    "commands": {"full command, 50 events": ">= 4", "full command, 5000 events": "<= 1.3"},
    "replay": {"replay of a learner": ">= 0.5"},
    "fold": {"fold of a ledger": ">= 0.6"},
    "imports": {
        "import, 10 rows a learner": ">= 1",
        "import, 16 rows a learner": ">= 1",
        "import, 50 rows a learner": ">= 1",
    },
    "policies": {"explained decision, Texas": ">= 1", "explained decision, memoised": ">= 1"},
    "simulation": {"what-if over 300 learners, ": "<= 1"},
    "million": {"import of 320 rows: peak memory": "<= 1"},
    "verify": {"verify, ": "<= 1", "verify with read models, ": "<= 1", "verify: peak memory, ": "<= 1"},
    "proofs": {"proof that one of ": "<= 1", "proof that 3,000 leaves begin with some": "<= 1"},
    "replays": {"replay of ": "<= 1", "replay: peak memory, ": "<= 1"},
    "posting": {},
    "http": {},
}


SABOTAGE = """
import sys
from benchmarks import bare
from benchmarks.__main__ import main

insert = bare.insert
bare.insert = lambda connection, batches: insert(connection, batches[:-1])
sys.exit(main(sys.argv[1:]))
"""
"""Runs the benchmarks with a bare side that leaves out its last batch."""


def benchmarked(*arguments: str, run: tuple[str, ...] = ("-m", "benchmarks")) -> "subprocess.CompletedProcess[str]":
    """Run the benchmarks as a person does."""
    command = [sys.executable, *run, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module", params=TARGETS)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run one benchmark with tiny sizes and return what it wrote down."""
    directory = tmp_path_factory.mktemp(request.param)
    file = directory / "told.json"
    done = benchmarked(request.param, "--quick", "--rounds", "2", "--dir", str(directory), "--json", str(file))

    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(file.read_text())
    return found | {"benchmark": request.param, "left": [path.name for path in directory.iterdir()]}


def test_both_sides_do_the_same_work(told: dict[str, Any]) -> None:
    """What is stored and what is found is equal on every side, and no file is left behind."""
    assert [check["what"] for check in told["checks"] if not check["same"]] == []
    assert told["checks"] != []
    assert all(rate > 0 for measure in told["measures"] for rate in measure["ours"])
    assert told["left"] == ["told.json"]


def test_every_target_is_held_against_a_ratio(told: dict[str, Any]) -> None:
    """A line with a target says the ratio and what it is a ratio of."""
    aimed = [one for one in told["measures"] if one["target"]]
    wanted = TARGETS[told["benchmark"]]

    assert [one["target"] for one in aimed] == list(wanted.values())
    assert [one["name"][: len(name)] for one, name in zip(aimed, wanted, strict=True)] == list(wanted)
    assert all(one["ratio"] is not None and one["against"] for one in aimed)
    assert {one["verdict"].split(":")[0] for one in aimed} <= {"met", "missed", "missed by far"}


def test_a_side_that_does_less_is_noticed(tmp_path: Path) -> None:
    """Where the bare side leaves rows out the run says so and fails."""
    done = benchmarked("append", "--quick", "--rounds", "1", "--dir", str(tmp_path), run=("-c", SABOTAGE))

    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "NOT THE SAME WORK: append, one at a time: the rows stored",
        "NOT THE SAME WORK: append, batches of 50: the rows stored",
        "NOT THE SAME WORK: append, batches of 500: the rows stored",
    ]


def test_an_unknown_name_is_told() -> None:
    """The names there are stand in the sentence."""
    done = benchmarked("appends")

    assert done.returncode == 1
    told, _, names = done.stderr.strip().partition("; there are ")
    assert told == "there is no benchmark 'appends'"
    assert set(TARGETS) <= set(names.split(", "))
