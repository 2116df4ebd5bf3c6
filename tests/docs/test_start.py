"""docs/start.md is run, command by command, as a newcomer would."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "start.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a page with the lines shown below it."""
    for block in BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield command, shown


def lacking(shown: list[str], output: str) -> list[str]:
    """Return the lines that the output does not hold, or not in this order; parts of lines will do."""
    place, found = 0, []
    for line in shown:
        at = output.find(line.strip(), place)
        if at < 0:
            found.append(line)
        else:
            place = at + len(line.strip())
    return found


def test_the_walk_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page succeeds in turn, and prints what the page shows, in that order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MASTERY_HOME", raising=False)
    monkeypatch.delenv("MASTERY_LEDGER", raising=False)
    wrong = {}
    for command, shown in steps(PAGE.read_text(encoding="utf-8")):
        program, *words = shlex.split(command)
        if program == "export":
            monkeypatch.setenv(*words[0].split("=", 1))
            continue
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        missing = lacking(shown, result.stdout)
        if program != "mastery" or result.exit_code or missing:
            wrong[command] = (result.exit_code, missing, result.output)

    assert wrong == {}


def test_the_walk_goes_somewhere() -> None:
    """The page has commands, and every one but those that set the scene shows what it prints."""
    commands = list(steps(PAGE.read_text(encoding="utf-8")))

    assert len(commands) > 15
    assert [command for command, shown in commands if not shown and not command.startswith("export ")] == []


def test_a_line_out_of_order_is_noticed() -> None:
    """A page that shows lines in another order than they are printed is wrong."""
    assert lacking(["b", "a"], "a\nb\n") == ["a"]
