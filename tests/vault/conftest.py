"""A vault in a folder of its own, with a key that does not come from this machine's environment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.vault import Vault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty folder that stands for MASTERY_HOME."""
    return tmp_path / "home"


@pytest.fixture
def vault(home: Path) -> Iterator[Vault]:
    """Open a new vault and close it afterwards."""
    with Vault.open(home, environment={}) as opened:
        yield opened
