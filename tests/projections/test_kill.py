"""Kill -9 between the rows of a page and its tracking position leaves both or none."""

import signal
from pathlib import Path

import pytest

from ledger.projections.registry import PROJECTIONS
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import open_models, rows
from tests.projections.test_runner import fill, start

VICTIM = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from tests.projections.support import open_log
folder, moment, page = Path(sys.argv[1]), sys.argv[2], 10
PAGES = []

def die_at(here):
    if here == moment and len(PAGES) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

class Killed(ReadModels):
    def advance(self, connection, name, position):
        die_at(f"before {name}")
        super().advance(connection, name, position)
        die_at(f"after {name}")

    @contextmanager
    def writing(self, connection):
        with super().writing(connection):
            die_at("begun")
            yield
            die_at("before commit")
        die_at("after commit")

catch_up(open_log(folder / "ledger.db"), Killed(folder / "read" / "test.db"), page=page,
         progress=lambda *_: PAGES.append(1))
"""
NAMES = [projection.name for projection in PROJECTIONS]
MOMENTS = {
    "begun": 20,
    f"before {NAMES[0]}": 20,
    f"after {NAMES[0]}": 20,
    f"before {NAMES[3]}": 20,
    f"after {NAMES[-1]}": 20,
    "before commit": 20,
    "after commit": 30,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_rows_and_position_stay_together(log: Log, models: ReadModels, tmp_path: Path, moment: str) -> None:
    """Whenever the runner dies in its third page, the file holds two pages or three, and can be gone on with."""
    last = fill(log)
    victim = start(VICTIM, tmp_path, moment)
    victim.communicate(timeout=60)
    left = rows(models)
    reference = open_models(tmp_path / "reference")
    upto(log, reference, MOMENTS[moment])

    assert -signal.SIGKILL == victim.returncode
    assert rows(reference) == left
    assert last == catch_up(log, models)
    catch_up(log, reference)
    assert rows(reference) == rows(models)


class Stop(Exception):
    """Raised to stop a runner after a page."""


def upto(log: Log, models: ReadModels, position: int) -> None:
    """Fold up to a position in one page."""

    def stop(*_: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        catch_up(log, models, page=position, progress=stop)
