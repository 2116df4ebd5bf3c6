"""`mastery demo` and `mastery serve`."""

import json
import os
import re
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ledger import demonstration
from ledger.cli import main, serving
from ledger.demonstration import DemoSummary, Story, planting, summary
from tests.cli.support import COMMAND, Terminal

ROOT = Path(__file__).parents[2]
LEARNER = "3f2a91c0-0000-4000-8000-000000000000"


def pretended(monkeypatch: pytest.MonkeyPatch, stories: int = 1) -> list[tuple[Path, int]]:
    """Put a builder in the place of the real one that only marks the folder; return what it is asked for."""
    asked: list[tuple[Path, int]] = []

    def build(home: Path, *, seed: int, progress: Any) -> DemoSummary:
        asked.append((home, seed))
        home.mkdir(parents=True, exist_ok=True)
        (home / serving.STARTED).write_text("{}")
        progress("files", 1, 1)
        told = tuple(Story(f"Title {n}", "Sentence.", "us-tx", LEARNER, "S-1", n or None) for n in range(stories))
        year = ("2025-08-18", "2026-05-29")
        return DemoSummary(seed, ("us-tx",), year, 400, 20_000, 10, 9_000, (("met", 1),), told)

    monkeypatch.setattr(demonstration, "build_demo", build)
    return asked


def test_the_demo_is_built_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`demo --build-only` builds, and tells what there is and what to look at."""
    asked = pretended(monkeypatch, stories=2)
    home = tmp_path / "demo"
    said = Terminal(home).ok("demo", "--build-only")

    assert [(home, serving.SEED)] == asked
    assert (
        "us-tx: 400 learners, 20,000 pieces of evidence, 9,000 decisions; all of it is made up, from the number 2026.\n"
        "What to look at:\n"
        "  Title 0: Sentence.\n"
        f"    mastery --home {home} --ledger us-tx learner S-1\n"
        "  Title 1: Sentence.\n"
        f"    mastery --home {home} --ledger us-tx explain S-1 1\n"
    ) == said


def test_all_stories_are_in_the_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text tells the first stories and where the others are; JSON holds them all."""
    pretended(monkeypatch, stories=9)
    terminal = Terminal(tmp_path / "demo")

    said = terminal.ok("demo", "--build-only").splitlines()[-1]
    assert f"  3 more: mastery --home {terminal.home} demo --build-only --json" == said
    assert 9 == len(terminal.json("demo", "--build-only")["stories"])


def test_another_number_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--seed` reaches the builder; `--fresh` removes the demonstration first, and only a demonstration."""
    asked = pretended(monkeypatch)
    terminal = Terminal(tmp_path / "demo")
    terminal.ok("demo", "--build-only", "--seed", "7")
    (terminal.home / "old").write_text("")
    terminal.ok("demo", "--build-only", "--fresh")

    assert [7, serving.SEED] == [seed for _, seed in asked]
    assert not (terminal.home / "old").exists()


def test_the_planted_one_is_built_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--planted` has a builder and a folder of its own; named again without it, the folder is only reported."""
    asked: list[tuple[Path, int]] = []

    def build(home: Path, *, seed: int, progress: Any) -> DemoSummary:
        asked.append((home, seed))
        home.mkdir(parents=True, exist_ok=True)
        (home / planting.PLANTED).write_text("[]")
        done = DemoSummary(seed, ("us-tx",), ("2025-08-18", "2026-05-29"), 44, 900, 600, 2_800, (), ())
        summary.finish(home, done)
        return done

    monkeypatch.setattr(planting, "build_planted", build)
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(main, ["demo", "--planted", "7", "--build-only"], catch_exceptions=False)
    again = CliRunner().invoke(main, ["--home", "mastery-planted", "demo", "--build-only"], catch_exceptions=False)

    assert (0, 0) == (first.exit_code, again.exit_code)
    assert first.stdout == again.stdout
    assert [(serving.PLANTED_DEMO, 7)] * 2 == asked


def test_one_demonstration_at_a_time(tmp_path: Path) -> None:
    """`--seed` and `--planted` together are refused."""
    terminal = Terminal(tmp_path / "demo")

    assert "--seed is for the ordinary demonstration and --planted for the other; give one of them" == terminal.refused(
        "demo", "--seed", "1", "--planted", "2"
    )


def test_nothing_but_a_demonstration_is_removed(school: Terminal) -> None:
    """`--fresh` refuses a folder that is no demonstration."""
    assert (
        f"{school.home} is not a demonstration, so it is not removed; name another folder with --home"
    ) == school.refused("demo", "--build-only", "--fresh")


def test_there_must_be_a_ledger_to_serve(tmp_path: Path) -> None:
    """`serve` says how to begin where there is nothing to show."""
    home = tmp_path / "none"

    assert f"there is no ledger in {home}; make one with `mastery init`, or try `mastery demo`" == Terminal(
        home
    ).refused("serve")


def test_a_port_in_use_is_told(school: Terminal) -> None:
    """A port that cannot be used is named, with what to do."""
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = school.refused("serve", "--port", port)

    assert said.startswith(f"port {port} cannot be used (")
    assert said.endswith("); name another with --port, 0 for any")


def test_a_browser_is_opened_on_a_screen_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a screen no browser is opened, for it would take over the terminal."""
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    without = serving.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")

    assert (False, True) == (without, serving.has_screen())


def test_a_browser_is_opened_unless_told_not_to(
    school: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`demo` opens the address in the browser; --no-open does not."""
    pretended(monkeypatch)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(serving, "has_screen", lambda: True)
    monkeypatch.setattr("waitress.server.BaseWSGIServer.run", lambda _: None)
    first = Terminal(tmp_path / "demo").ok("demo", "--port", "0")
    second = Terminal(tmp_path / "demo").run("demo", "--port", "0", "--no-open", "--json")

    (address,) = opened
    assert 2026 == json.loads(second.stdout)["seed"]
    assert second.stderr.endswith("Stopped.\n")
    assert f"Open {address} in a browser; Ctrl-C stops.\nStopped.\n" in first


def test_pages_are_served_until_interrupted(school: Terminal) -> None:
    """A served ledger answers on this machine, and Ctrl-C ends it in order, even where it was ignored before."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [COMMAND, "--home", school.home, "serve", "--port", "0"]
    with subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *map(str, command)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as serving_process:
        assert serving_process.stdout is not None
        said = serving_process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        with urllib.request.urlopen(address[0], timeout=20) as answer:  # noqa: S310 - our own address
            status = answer.status
        serving_process.send_signal(signal.SIGINT)
        rest = serving_process.communicate(timeout=30)[0]

    assert (200, "Stopped.\n", 0) == (status, rest, serving_process.returncode)


def test_a_command_run_for_real_speaks_json(school: Terminal) -> None:
    """The installed command prints JSON on standard output and nothing else."""
    done = subprocess.run(
        [COMMAND, "--home", school.home, "replay", "--json"], capture_output=True, text=True, check=True
    )

    answer = json.loads(done.stdout)

    assert (0, 0, {}, [], "") == (
        answer["learners"],
        answer["decisions"],
        answer["verdicts"],
        answer["differing"],
        done.stderr,
    )
