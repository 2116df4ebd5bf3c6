"""Several processes on one ledger file, and processes that are killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from ledger.storage.envelope import instant_of
from tests.storage.support import open_recorder

WRITER = """
import sys, time
from pathlib import Path
from ledger.storage.append import Append
from tests.storage.support import open_recorder, stored
path, name, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
recorder = open_recorder(path)
slowest = []
for number in range(count):
    started = time.monotonic()
    recorder.append(Append(stored(f"learner/{name}", number * size + 1, size)))
    slowest.append(time.monotonic() - started)
    print(recorder.last_version(f"learner/{name}"), flush=True)
slowest.sort()
print("p99", slowest[int(len(slowest) * 0.99) - 1], flush=True)
"""


def _start(path: Path, name: str, count: int, size: int = 1) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count), str(size)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_eight_processes_on_one_file(tmp_path: Path) -> None:
    """Nothing is lost, positions are dense, the recorded instant never decreases, and nobody starves."""
    path = tmp_path / "ledger.db"
    recorder = open_recorder(path)

    outputs = [process.communicate(timeout=120)[0] for process in [_start(path, str(n), 25) for n in range(8)]]

    rows = list(recorder.scan())
    instants = [instant_of(row[4]) for row in rows]
    assert list(range(1, 8 * 25 + 1)) == [row[0] for row in rows]
    assert sorted(instants) == instants
    assert all(float(output.split("p99")[1]) < 10 for output in outputs)


def test_a_tailing_reader_sees_every_event_of_six_writers(tmp_path: Path) -> None:
    """Reading after the last position seen, over and over, misses nothing while others append."""
    path = tmp_path / "ledger.db"
    recorder = open_recorder(path)
    processes = [_start(path, str(n), 20, 3) for n in range(6)]
    seen: list[int] = []
    until = time.monotonic() + 120
    while len(seen) < 6 * 20 * 3 and time.monotonic() < until:
        seen += [row[0] for row in recorder.scan(seen[-1] if seen else 0)]
    for process in processes:
        process.communicate(timeout=60)

    assert list(range(1, 6 * 20 * 3 + 1)) == seen


def test_a_killed_writer_leaves_events_and_leaves_equal(tmp_path: Path) -> None:
    """Kill -9 at any moment loses no acknowledged event and leaves one leaf for each event."""
    path = tmp_path / "ledger.db"
    recorder = open_recorder(path)
    for round_number in range(4):
        process = _start(path, str(round_number), 10_000, 20)
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(3 + round_number)]
        process.send_signal(signal.SIGKILL)
        rest = process.communicate(timeout=30)[0]
        acknowledged += [int(line) for line in rest.splitlines() if line.isdigit()]

        with sqlite3.connect(path) as connection:
            events, leaves, highest = connection.execute(
                "SELECT (SELECT COUNT(*) FROM stored_events), (SELECT COUNT(*) FROM leaves), MAX(leaf_index)"
                " FROM leaves"
            ).fetchone()
        assert events == leaves == highest + 1
        assert recorder.last_version(f"learner/{round_number}") >= max(acknowledged)
