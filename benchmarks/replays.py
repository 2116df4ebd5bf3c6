"""A million events of a school year whose decisions are all made again, in two processes: seconds and memory.

The evidence came day by day, so that decisions rest on 180 days, each with its own governing position. It is
done in a process of its own, so that nothing else is counted; the memory is that of all its processes together.
Beside it stand SHA-256 over the same stored bytes, in one process, and a sample of sixty. Run by name only.
"""

import csv
import json
import multiprocessing
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, Target
from benchmarks.verify import hashed
from ledger.application import Ledger, open_ledger
from ledger.audit.parallel import Choice, replay_all
from ledger.audit.sampled import replay_sample
from ledger.audit.verdicts import Verdict
from ledger.domain.learner import Decided
from ledger.domain.ledger import Ticked
from ledger.domain.topics import TOPIC_OF
from ledger.importing import ImportOptions, import_evidence

EVENTS, DAYS, ROWS_EACH, EVENTS_EACH, COMPETENCIES = 1_000_000, 180, 16, 28.4, 6
"""Events wanted, the days they come on; rows of a learner, the events that come of them, and competencies."""

SECONDS, LIMIT, PROCESSES, SAMPLE = 120, 1_000_000_000, 2, 60
"""For a million events, on two cores; bytes."""


class Calendar:
    """A clock that shows three in the afternoon, UTC, of the day it is set to."""

    day = date(2024, 8, 1)

    def __call__(self) -> str:
        """Return the instant."""
        return f"{self.day}T15:00:00.000000Z"


def run(setting: Setting) -> Report:
    """Make the ledger, make its decisions again, then those of a sample."""
    calendar, home = Calendar(), setting.directory / "replays-home"
    days, learners = setting.size(DAYS, 4), int(setting.size(EVENTS, 600) / EVENTS_EACH)
    with content.classroom(home, calendar) as ledger:
        _school_year(ledger, calendar, setting.directory / "replays.csv", days, learners)
        path = ledger.log.path
        events = ledger.log.recorder.max_notification_id()
        decisions = sum(1 for _ in ledger.log.recorder.scan(topics=[TOPIC_OF[Decided]]))
    whole, sample = (_told(home, how) for how in ("whole", "sample"))
    count, _, seconds = hashed(path)
    target = SECONDS * events / EVENTS
    name = f"replay of {events:,} events' decisions"
    return Report(
        [
            Measure(
                name,
                "seconds",
                [whole["seconds"]],
                ratio=whole["seconds"] / target,
                against=f"{target:.3g} s",
                target=Target(1, at_most=True),
            ),
            Measure(
                f"replay: peak memory, {events:,} events",
                "MB",
                [whole["memory"] / 1_000_000],
                ratio=whole["memory"] / LIMIT,
                against="1 GB",
                target=Target(1, at_most=True),
            ),
            Measure(
                name,
                "events/s",
                [events / whole["seconds"]],
                bare=[count / seconds],
                ratio=events / whole["seconds"] / (count / seconds),
                against="SHA-256",
            ),
            Measure(f"replay of {SAMPLE} sampled of them", "seconds", [sample["seconds"]]),
        ],
        [
            Check("replays: events", count, events),
            Check("replays: decisions that are identical", decisions, whole["identical"]),
            Check("replays: sampled that are identical", min(SAMPLE, decisions), sample["identical"]),
        ],
        [f"replays: {decisions:,} decisions about {learners:,} learners on {days} days; SHA-256 took {seconds:.1f} s"],
    )


def _school_year(ledger: Ledger, calendar: Calendar, file: Path, days: int, learners: int) -> None:
    chance, number = random.Random(f"{days} {learners}"), 0
    for day in (calendar.day + timedelta(days=one) for one in range(1, days + 1)):
        calendar.day = day
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.writer(opened)
            writer.writerow(content.COLUMNS)
            for _ in range(learners * ROWS_EACH // days):
                number += 1
                writer.writerow(_row(chance, learners, number, day))
        import_evidence(ledger, content.operator(ledger), file, ImportOptions())
        ledger.write(content.operator(ledger), "ledger", [Ticked(through=day.isoformat())])


def _row(chance: random.Random, learners: int, number: int, day: date) -> tuple[str, ...]:
    return (
        *(f"learner {chance.randrange(learners)}", f"C.{chance.randrange(COMPETENCIES)}", chance.choice(content.KINDS)),
        *("summative", chance.choice(content.LEVELS), f"task {number}", day.isoformat(), f"r{number}"),
    )


def _told(home: Path, how: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.replays", str(home), how]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    return told


def replayed_in(home: Path, how: str) -> dict[str, float]:
    """Replay the ledger of a folder; return seconds, how many are identical, and the peak of all processes in bytes."""
    began = time.perf_counter()
    with open_ledger(home) as ledger:
        if how == "whole":
            identical = replay_all(ledger.log, Choice(), processes=PROCESSES).verdicts[Verdict.IDENTICAL]
        else:
            sampled = replay_sample(ledger.log, SAMPLE, "benchmark", processes=PROCESSES)
            identical = len(sampled.draw.counted) - sampled.exceptions
    seconds = time.perf_counter() - began
    for child in multiprocessing.active_children():  # only of one that was waited for the memory is known
        child.join()
    own, each = (resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "memory": own + PROCESSES * each, "identical": identical}


if __name__ == "__main__":
    print(json.dumps(replayed_in(Path(sys.argv[1]), sys.argv[2])))
