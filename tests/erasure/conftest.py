"""A school with two learners, one of whom is to be erased."""

from pathlib import Path

import pytest

from tests.erasure.school import School, founded


@pytest.fixture
def school(tmp_path: Path) -> School:
    """Return a school of one's own, opened."""
    return founded(tmp_path)
