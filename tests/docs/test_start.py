"""docs/start.md is run, command by command, as a newcomer would."""

import shlex
from pathlib import Path

import pytest

from tests.docs.walking import lacking, steps, take

PAGE = (Path(__file__).parents[2] / "docs" / "start.md").read_text(encoding="utf-8")


def test_the_walk_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page succeeds in turn, and prints what the page shows, in that order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MASTERY_HOME", raising=False)
    monkeypatch.delenv("MASTERY_LEDGER", raising=False)

    assert [] == walked(PAGE, monkeypatch)


def walked(page: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Walk through a page whose commands set the scene by `export`, and return what is wrong with its steps."""
    wrong = []
    for step in steps(page):
        program, *words = shlex.split(step.text)
        if program == "export":
            monkeypatch.setenv(*words[0].split("=", 1))
        elif said := take(step):
            wrong.append(said)
    return wrong


def test_the_walk_goes_somewhere() -> None:
    """The page has commands, and every one but those that set the scene shows what it prints."""
    every = list(steps(PAGE))

    assert len(every) > 15
    assert [] == [step.text for step in every if not step.shown and not step.text.startswith("export ")]


def test_a_line_out_of_order_is_noticed() -> None:
    """A page that shows lines in another order than they are printed is wrong."""
    assert ["a"] == lacking(("b", "a"), "a\nb\n")
