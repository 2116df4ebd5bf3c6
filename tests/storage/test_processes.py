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
    assert (8 * 25,) * 3 == _counts(path)
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


def _counts(path: Path) -> tuple[int, int, int]:
    """Return the number of events, of leaves, and the highest index of a leaf plus one; the file has to be sound."""
    with sqlite3.connect(path) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
        found: tuple[int, int, int] = connection.execute(
            "SELECT (SELECT COUNT(*) FROM stored_events), COUNT(*), MAX(leaf_index) + 1 FROM leaves"
        ).fetchone()
    return found


def _killed(process: subprocess.Popen[str], after: int) -> int:
    """Kill a writer once it acknowledged some appends; return the last version it acknowledged."""
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.communicate(timeout=30)[0].splitlines()
    return int([line for line in acknowledged if line.strip().isdigit()][-1])


def test_writers_killed_twenty_times_leave_events_and_leaves_equal(tmp_path: Path) -> None:
    """Kill -9 at any moment, while others write, loses no acknowledged event and leaves one leaf for each event."""
    path = tmp_path / "ledger.db"
    recorder = open_recorder(path)
    for wave in range(4):
        sizes = {f"{wave}-{size}": size for size in (1, 3, 20, 70, 200)}
        processes = {name: _start(path, name, 100_000, size) for name, size in sizes.items()}
        last = {name: _killed(process, 1 + wave) for name, process in processes.items()}
        lost = {name: recorder.last_version(f"learner/{name}") - version for name, version in last.items()}
        events, leaves, highest = _counts(path)

        assert all(process.returncode == -signal.SIGKILL for process in processes.values())
        assert {} == {name: versions for name, versions in lost.items() if versions < 0}
        assert {0} == {recorder.last_version(f"learner/{name}") % size for name, size in sizes.items()}
        assert events == leaves == highest > 0
    assert list(range(1, events + 1)) == [row[0] for row in recorder.scan()]


FILLING = """
import resource, sys
from pathlib import Path
from ledger.errors import Unavailable
from ledger.storage.append import Append
from tests.storage.support import open_recorder, stored
recorder = open_recorder(Path(sys.argv[1]))
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
done, refused = 0, []
for limit in (300_000, 500_000, 700_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited))
    try:
        while True:
            done = recorder.append(Append(stored("learner/a", done + 1, 7))).last
            print(done, flush=True)
    except Unavailable as error:
        refused.append(str(error))
resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
print(recorder.append(Append(stored("learner/a", done + 1))).last, flush=True)
print(refused)
"""


def test_where_no_file_can_grow_nothing_is_half_stored(tmp_path: Path) -> None:
    """Whoever appends is told that nothing was stored; nothing acknowledged is lost, and with room again it goes on."""
    path = tmp_path / "ledger.db"
    open_recorder(path)
    answer = subprocess.run(
        [sys.executable, "-c", FILLING, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=120,
        check=True,
    )
    *acknowledged, refused = answer.stdout.splitlines()

    assert 3 == refused.count("nothing was stored")
    assert [*range(7, 7 * len(acknowledged), 7), 7 * (len(acknowledged) - 1) + 1] == [int(one) for one in acknowledged]
    assert (int(acknowledged[-1]),) * 3 == _counts(path)
