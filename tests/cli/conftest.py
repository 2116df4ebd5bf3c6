"""The school that most tests begin with."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.plugins import GOOD, install
from tests.cli.support import EVIDENCE, Terminal, found_school, written


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a school that was founded once; nobody writes into it."""
    folder = tmp_path_factory.mktemp("founded")
    found_school(folder)
    return folder


@pytest.fixture
def school(founded: Path, tmp_path: Path) -> Terminal:
    """Return a terminal in a school of one's own, without evidence."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    return Terminal(tmp_path / "home")


@pytest.fixture
def class_(school: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal in a school with evidence of two learners, S-1 who mastered M.1 and S-2 who did not."""
    school.ok("import", "evidence", written(tmp_path, "results.csv", EVIDENCE))
    return school


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder in which installed plugins are found; what is imported from it is forgotten."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name in sys.modules if name.startswith("rules_")]:
        del sys.modules[name]


@pytest.fixture
def plugin(plugins: Path) -> str:
    """Return the name of an installed plugin that is sound, one of whose cases fails."""
    return install(plugins, "elsewhere", "rules_elsewhere", GOOD)
