"""A million events verified, without and with the read models, in two processes: seconds and memory.

Every row, leaf, seal, index and snapshot is held against the stored bytes, and the tree is made anew. It is
done in a process of its own, so that nothing else is counted; the memory is that of all its processes
together. Beside it stands SHA-256 over the same stored bytes, read by sqlite3 and hashed by nothing but
hashlib, in one process. Run by name only.
"""

import hashlib
import json
import multiprocessing
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, Target
from ledger.audit.verifying.whole import Asked, verified
from ledger.home import Home
from ledger.importing import ImportOptions, import_evidence
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels

EVENTS, ROWS_EACH, EVENTS_EACH, COMPETENCIES = 1_000_000, 16, 21.6, 6
"""Events wanted; rows of a learner, and the events that come of them with the decisions they bring."""

SECONDS, SECONDS_WITH_MODELS, LIMIT = 60, 180, 1_000_000_000
"""For a million events, on two cores; bytes."""

PROCESSES = 2


def run(setting: Setting) -> Report:
    """Make the ledger and its read models, then verify it twice."""
    learners = int(setting.size(EVENTS, 600) / EVENTS_EACH)
    file = content.write_file(setting.directory / "verify.csv", learners, ROWS_EACH, COMPETENCIES)
    home = setting.directory / "verify-home"
    with content.classroom(home) as ledger:
        import_evidence(ledger, content.operator(ledger), file, ImportOptions())
        models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
        catch_up(ledger.log, models)
        models.close()
        path = ledger.log.path
    alone, whole = (_told(home, projections) for projections in (False, True))
    count, size, seconds = hashed(path)
    events = alone["events"]
    share = events / EVENTS
    return Report(
        [
            _measure(f"verify, {events:,} events", alone["seconds"], SECONDS * share),
            _measure(f"verify with read models, {events:,} events", whole["seconds"], SECONDS_WITH_MODELS * share),
            _memory(f"verify: peak memory, {events:,} events", max(alone["memory"], whole["memory"])),
            Measure(
                f"verify, {events:,} events",
                "events/s",
                [events / alone["seconds"]],
                bare=[count / seconds],
                ratio=events / alone["seconds"] / (count / seconds),
                against="SHA-256",
            ),
        ],
        [
            Check("verify: events", count, events),
            Check("verify: bytes", size, alone["bytes"]),
            Check("verify: findings", 0, alone["findings"] + whole["findings"]),
            Check("verify: read models compared up to", events, whole["read_models"]),
        ],
        [f"verify: {size / 1_000_000:,.0f} MB of stored bytes; SHA-256 over them alone took {seconds:.1f} s"],
    )


def _measure(name: str, seconds: float, target: float) -> Measure:
    return Measure(
        name, "seconds", [seconds], ratio=seconds / target, against=f"{target:.3g} s", target=Target(1, at_most=True)
    )


def _memory(name: str, taken: float) -> Measure:
    return Measure(name, "MB", [taken / 1_000_000], ratio=taken / LIMIT, against="1 GB", target=Target(1, at_most=True))


def _told(home: Path, projections: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.verify", str(home), *(["projections"] if projections else [])]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    return told


def hashed(path: Path) -> tuple[int, int, float]:
    """Return how many stored bytes there are, in how many events, and the seconds it takes to hash them."""
    began, count, size = time.perf_counter(), 0, 0
    with closing(sqlite3.connect(path)) as connection:
        for (state,) in connection.execute("SELECT state FROM stored_events ORDER BY position"):
            hashlib.sha256(state).digest()
            count += 1
            size += len(state)
    return count, size, time.perf_counter() - began


def verified_in(home: Path, projections: bool) -> dict[str, float | None]:
    """Verify the ledger of a folder; return seconds, counts, and the peak resident size of all processes in bytes."""
    began = time.perf_counter()
    asked = Asked(home, Home(home).the_one(None), None, projections, PROCESSES)
    found = verified(asked, lambda *_: None, {})
    seconds = time.perf_counter() - began
    for child in multiprocessing.active_children():  # only of one that was waited for the memory is known
        child.join()
    own, each = (resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": seconds,
        "memory": own + PROCESSES * each,
        "events": found.events,
        "bytes": found.size,
        "findings": len(found.findings) + found.more,
        "read_models": found.read_models,
    }


if __name__ == "__main__":
    print(json.dumps(verified_in(Path(sys.argv[1]), "projections" in sys.argv[2:])))
