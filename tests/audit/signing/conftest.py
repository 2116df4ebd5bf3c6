"""The log most of these tests sign."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.signing.support import SignedLog


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SignedLog]:
    """A log of five events, nothing of which is signed yet."""
    made = SignedLog(tmp_path)
    made.append(5)
    yield made
    made.recorder.datastore.close()
