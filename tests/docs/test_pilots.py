"""docs/pilots.md is run, command by command."""

import re
from pathlib import Path

import pytest

from tests.docs.walking import steps, take

PAGE = (Path(__file__).parents[2] / "docs" / "pilots.md").read_text(encoding="utf-8")


def test_the_page_about_pilots_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, typed in turn, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER"):
        monkeypatch.delenv(name, raising=False)

    assert [] == [wrong for step in steps(PAGE) if (wrong := take(step))]


def test_the_page_about_pilots_goes_through_all_of_it() -> None:
    """From opening to comparing, each command about a pilot is named on the page."""
    named = set(re.findall(r"pilots (\w+)", PAGE))

    assert {"open", "show", "extend", "end", "submit", "certify", "export", "receive", "compare"} <= named
