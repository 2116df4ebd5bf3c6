"""Where real data is, when it is there, and which examples hypothesis draws; shared by all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("reproducible", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("MASTERY_HYPOTHESIS", "reproducible"))
"""The same examples each time, so that a failure is one of the change at hand; `searching` draws new ones."""

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, or skip with a sentence that says how to name it."""
    folder = REPOSITORY / os.environ.get("MASTERY_TEST_DATA", "../shared/data")
    if not folder.is_dir():
        pytest.skip("no real data here: set MASTERY_TEST_DATA to its folder to run this test")
    return folder
