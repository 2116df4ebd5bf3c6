"""A ledger with its read models, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import add, adopted, open_log, open_models, opened


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A ledger that was opened, at position 1, and adopted a mastery policy, at position 2."""
    log = open_log(tmp_path / "ledger.db")
    add(log, "ledger", opened())
    add(log, "jurisdiction/us-xx", adopted())
    yield log
    log.close()


@pytest.fixture
def models(tmp_path: Path) -> Iterator[ReadModels]:
    """Read models whose file is not made yet."""
    models = open_models(tmp_path)
    yield models
    models.close()
