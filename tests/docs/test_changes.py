"""docs/changes.md is run, command by command."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledger.demonstration.content import ZONE
from tests.docs.test_start import walked

PAGE = (Path(__file__).parents[2] / "docs" / "changes.md").read_text(encoding="utf-8")


def test_the_page_about_changes_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, typed in turn on the day itself, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MASTERY_HOME", raising=False)
    monkeypatch.delenv("MASTERY_LEDGER", raising=False)
    today = datetime.now(ZoneInfo(ZONE)).date().isoformat()

    assert [] == walked(PAGE.replace("$(date +%F)", today), monkeypatch)
