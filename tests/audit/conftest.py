"""The ledger most of these tests damage."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from tests.audit.support import decided


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which two learners were decided about."""
    return decided(tmp_path)
