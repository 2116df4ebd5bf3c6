"""A small demonstration, built once for all who only read it."""

from pathlib import Path

import pytest

from ledger.demonstration import DemoSummary, build_demo
from tests.demonstration.support import SMALL, Built


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a home with a demonstration of two dozen learners."""
    home: Path = tmp_path_factory.mktemp("demonstration")
    told: list[tuple[str, int, int]] = []
    summary: DemoSummary = build_demo(home, learners=SMALL, progress=lambda *each: told.append(each))
    return Built(home, summary, told)
