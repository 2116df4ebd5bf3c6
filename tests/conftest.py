"""Where real data is, when it is there; shared by all tests."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, or skip with a sentence that says how to name it."""
    folder = REPOSITORY / os.environ.get("MASTERY_TEST_DATA", "../shared/data")
    if not folder.is_dir():
        pytest.skip("no real data here: set MASTERY_TEST_DATA to its folder to run this test")
    return folder
