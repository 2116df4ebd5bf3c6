"""A signed ledger that nobody writes into, and somebody who checks what it hands out."""

from pathlib import Path

import pytest

from tests.audit.bundle.support import Auditor, Signed, signed


@pytest.fixture(scope="package")
def school(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Return a signed ledger, made once."""
    return signed(tmp_path_factory.mktemp("signed"))


@pytest.fixture
def auditor(tmp_path: Path, school: Signed) -> Auditor:
    """Return somebody who believes the key of that ledger's log and asks for no witness."""
    return Auditor(tmp_path, school.trust)
