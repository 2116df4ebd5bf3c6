"""An import killed anywhere and run again leaves the ledger an undisturbed one leaves."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.support import COMMAND, Terminal, written
from tests.support.equality import comparable

LEARNERS, EACH = 300, 12


def many_results(folder: Path) -> Path:
    """Write evidence of many learners, in an order in which each comes back again and again."""
    kinds = ("task", "performance", "exam")
    rows = [
        f"S-{learner},M.{1 + number % 2},{1 + (learner * 7 + number * 3) % 4},{kinds[number % 3]},summative,"
        f"Task {number},2026-03-{1 + number:02}\n"
        for number in range(EACH)
        for learner in range(LEARNERS)
    ]
    return written(folder, "many.csv", "learner,competency,level,kind,purpose,task,occurred\n" + "".join(rows))


def killed_once(terminal: Terminal, path: Path, reached: Callable[[Terminal], bool]) -> bool:
    """Start an import, kill it with SIGKILL once it has come so far, and say whether it was killed in time."""
    command = [COMMAND, "--home", terminal.home, "import", "evidence", path]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as importing:
        while importing.poll() is None and not reached(terminal):
            time.sleep(0.002)
        with contextlib.suppress(ProcessLookupError):
            os.kill(importing.pid, signal.SIGKILL)
    return importing.returncode == -signal.SIGKILL


def staging(terminal: Terminal) -> bool:
    """Say whether rows are being staged."""
    return any((terminal.home / "staging").glob("*.db"))


def appending(events: int) -> Callable[[Terminal], bool]:
    """Return the question whether the log has grown so far."""
    return lambda terminal: last(terminal) > events


def last(terminal: Terminal) -> int:
    """Return the last position of the log."""
    return terminal.positions()["us-tx/pine-valley"]


@pytest.mark.parametrize("reached", [staging, appending(9), appending(1_500)], ids=["staging", "first", "middle"])
def test_a_killed_import_is_resumed(
    school: Terminal, founded: Path, tmp_path: Path, reached: Callable[[Terminal], bool]
) -> None:
    """Killed while it stages, after its first append, or in the middle, then run again: all rows, once, in order."""
    path = many_results(tmp_path)
    undisturbed = Terminal(tmp_path / "undisturbed")
    shutil.copytree(founded / "home", undisturbed.home)
    undisturbed.ok("import", "evidence", path)
    killed = killed_once(school, path, reached)
    at_the_kill = last(school)
    school.ok("import", "evidence", path)

    with undisturbed.open() as one, school.open() as other:
        expected, found = comparable(one), comparable(other)
    assert killed
    assert at_the_kill < len(expected)
    assert expected == found
    assert LEARNERS * EACH == sum(topic == "learner.evidence-recorded.1" for _, _, _, topic, _ in found)
    assert not list((school.home / "staging").iterdir())
