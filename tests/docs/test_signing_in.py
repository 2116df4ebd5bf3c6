"""docs/signing-in.md is run, command by command."""

from pathlib import Path

import pytest

from tests.docs.walking import steps, take

PAGE = Path(__file__).parents[2] / "docs" / "signing-in.md"


def test_the_page_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, typed in turn, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER"):
        monkeypatch.delenv(name, raising=False)

    assert [] == [wrong for step in steps(PAGE.read_text(encoding="utf-8")) if (wrong := take(step))]
