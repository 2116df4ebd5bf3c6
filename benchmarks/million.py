"""A million rows imported: the peak memory of the process that does it, against 500 MB.

The import runs in a process of its own, so that nothing else is counted. Run by name only.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, Target
from ledger.importing import ImportOptions, import_evidence

ROWS, ROWS_EACH, COMPETENCIES = 1_000_000, 16, 6
LIMIT = 500_000_000
"""Bytes."""


def run(setting: Setting) -> Report:
    """Import the file once, in a child process."""
    learners = setting.size(ROWS, 320) // ROWS_EACH
    file = content.write_file(setting.directory / "million.csv", learners, ROWS_EACH, COMPETENCIES)
    home = setting.directory / "million-home"
    command = [sys.executable, "-m", "benchmarks.million", str(file), str(home)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    rows = learners * ROWS_EACH
    name = f"import of {rows:,} rows"
    return Report(
        [
            Measure(
                f"{name}: peak memory",
                "MB",
                [told["memory"] / 1_000_000],
                ratio=told["memory"] / LIMIT,
                against="500 MB",
                target=Target(1, at_most=True),
            ),
            Measure(name, "evidence/s", [rows / told["seconds"]]),
        ],
        [
            Check(f"{name}: rows imported", rows, told["imported"]),
            Check(f"{name}: events stored", told["imported"] + told["decisions"], told["stored"]),
        ],
    )


def imported(file: Path, home: Path) -> dict[str, float]:
    """Import a file into a new ledger; return counts, seconds and the peak resident size in bytes."""
    with content.classroom(home) as ledger:
        before = ledger.log.recorder.max_notification_id()
        began = time.perf_counter()
        told = import_evidence(ledger, content.operator(ledger), file, ImportOptions())
        return {
            "seconds": time.perf_counter() - began,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "imported": told.imported,
            "decisions": told.decisions,
            "stored": ledger.log.recorder.max_notification_id() - before,
        }


if __name__ == "__main__":
    print(json.dumps(imported(Path(sys.argv[1]), Path(sys.argv[2]))))
