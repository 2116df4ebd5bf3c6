"""A ledger with rules, two learners, and a clock to be set."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger, open_ledger
from tests.support.ledgers import Clock, classroom, record


def who(ledger: Ledger, name: str) -> str:
    """Return the UUID of a learner."""
    return ledger.vault.learner_id(name)


@pytest.fixture
def clock() -> Clock:
    """Return a clock to be set."""
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of the ledger."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger made once; nobody writes into it."""
    folder = tmp_path_factory.mktemp("begun") / "home"
    with classroom(folder) as found:
        record(found, who(found, "one"), "e1", "C.2", "3", kind="task")
        record(found, who(found, "one"), "e2", "C.2", "3", kind="exam")
        record(found, who(found, "two"), "e3", "C.2", "2", kind="task")
    return folder


@pytest.fixture
def ledger(begun: Path, home: Path, clock: Clock) -> Iterator[Ledger]:
    """Return a ledger in which one learner has mastered a competency, and another has not."""
    shutil.copytree(begun, home)
    with open_ledger(home, clock=clock, environment={}) as found:
        yield found
