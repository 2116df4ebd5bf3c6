"""docs/signing.md is run, command by command."""

import re
from pathlib import Path

import pytest

from ledger.cli.reference import commands
from ledger.cli.root import main
from tests.docs.walking import steps, take

PAGE = (Path(__file__).parents[2] / "docs" / "signing.md").read_text(encoding="utf-8")


def test_the_page_about_signing_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, typed in turn, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER", "MASTERY_SIGNER_KEY", "MASTERY_SEAL_KEY"):
        monkeypatch.delenv(name, raising=False)

    assert [] == [wrong for step in steps(PAGE) if (wrong := take(step))]


def test_the_page_about_signing_goes_through_all_of_it() -> None:
    """Each command about keys, checkpoints and the signer is named on the page."""
    known = {path[1:] for path, _ in commands(main, ("mastery",)) if path[1:2] in (("signing-key",), ("checkpoints",))}
    named = {tuple(found) for found in re.findall(r"(signing-key|checkpoints) (\w+)", PAGE)}

    assert {path for path in known if len(path) == 2} - {("signing-key", "show")} <= named
    assert {"signer", "checkpoint", "receipt"} <= set(re.findall(r"mastery (?:--ledger \S+ )?(\w+)", PAGE))
