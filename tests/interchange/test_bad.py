"""Each file of `bad` has what its name says wrong with it; beside it stand the exact sentences it is answered with."""

from pathlib import Path

import pytest

from tests.interchange.support import faults_of

FILES = sorted(path for path in Path(__file__).with_name("bad").iterdir() if path.suffix != ".txt")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bad_file_is_answered_with_exact_sentences(path: Path) -> None:
    """A bad file gives the faults written beside it, each with its place, and nothing else."""
    expected = path.with_name(f"{path.name}.txt").read_text().splitlines()
    found = [str(fault) for fault in faults_of(path)]

    assert found == expected != []
