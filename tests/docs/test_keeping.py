"""docs/books.md and docs/backup.md are run, command by command, on one demonstration."""

import shutil
from pathlib import Path

import pytest

from ledger.demonstration.planting import build_planted
from tests.docs.walking import steps, take

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a demonstration of planted wrongdoing, to be copied by whoever writes into it."""
    home = tmp_path_factory.mktemp("walk") / "mastery-planted"
    build_planted(home, seed=7)
    return home


@pytest.fixture
def here(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a copy of the demonstration."""
    monkeypatch.chdir(tmp_path)
    for name in ("MASTERY_HOME", "MASTERY_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(demonstration, tmp_path / demonstration.name)
    return tmp_path


@pytest.mark.parametrize("name", ["books.md", "backup.md"])
def test_the_page_can_be_walked(here: Path, name: str) -> None:
    """Every command of the page, typed in turn, prints what the page shows."""
    page = (DOCS / name).read_text(encoding="utf-8")

    assert [] == [wrong for step in steps(page) if (wrong := take(step))]
