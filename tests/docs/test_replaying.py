"""docs/replaying.md is run, command by command, and tells every verdict there is."""

import re
from pathlib import Path

import pytest

from ledger.audit.verdicts import Verdict
from tests.cli.support import EVIDENCE, Terminal, found_school, written
from tests.docs.walking import steps, take

PAGE = (Path(__file__).parents[2] / "docs" / "replaying.md").read_text(encoding="utf-8")


def test_the_page_about_replaying_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, typed in a school of two learners, prints what the page shows."""
    found_school(tmp_path)
    school = Terminal(tmp_path / "home")
    school.ok("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASTERY_HOME", str(school.home))
    monkeypatch.delenv("MASTERY_LEDGER", raising=False)

    assert [] == [wrong for step in steps(PAGE) if (wrong := take(step))]


def test_the_page_tells_every_verdict() -> None:
    """All eleven, in the order in which they are counted."""
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)

    assert [one.value for one in Verdict] == told
    assert 11 == len(told)
