"""Making everything anew beside what is in use, and saying what differed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ledger.errors import Unavailable
from ledger.projections.rebuild import Difference, rebuild
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import ADA, add, change, decided, evidence, open_log, rows
from tests.projections.test_runner import fill


def test_equal_read_models_are_left_alone(log: Log, models: ReadModels) -> None:
    """Nothing differed, nothing is written, and each page is reported."""
    reported: list[tuple[int, int]] = []
    fill(log, 1)
    catch_up(log, models)
    before = models.path.read_bytes()

    assert () == rebuild(log, models, page=6, progress=lambda *pages: reported.append(pages))
    assert [(6, 13), (12, 13), (13, 13)] == reported
    assert before == models.path.read_bytes()


def test_a_missing_file_is_made_and_nothing_differs(log: Log, models: ReadModels) -> None:
    """Without a file there is nothing to differ from."""
    fill(log, 1)

    assert () == rebuild(log, models)
    assert rows(models)["decisions"]


def test_a_changed_row_is_found_and_mended(log: Log, models: ReadModels) -> None:
    """The table, the key and the kind of difference are named, and the next rebuild finds nothing."""
    fill(log)
    catch_up(log, models)
    before = rows(models)
    change(models, f"UPDATE progress SET outcome = 'denied' WHERE learner = '{ADA}' AND subject = 'course/C1'")
    change(models, "DELETE FROM decisions WHERE position = 7")
    change(models, "INSERT INTO learners VALUES ('nobody', 1, 1, 1, 1, '')")
    found = rebuild(log, models)

    assert (
        Difference("progress", 0, 0, 1, (f"{ADA} CREDIT course/C1 standard",)),
        Difference("decisions", 1, 0, 0, ("7",)),
        Difference("learners", 0, 1, 0, ("nobody",)),
    ) == found
    assert "decisions: 1 rows were missing, 0 too many, 0 other than the ledger says; the first: 7" == str(found[1])
    assert before == rows(models)
    assert () == rebuild(log, models)


def test_the_first_twenty_keys_are_named_and_all_are_counted(log: Log, models: ReadModels) -> None:
    """Fifty rows that differ are fifty, of which twenty have their keys told."""
    add(log, f"learner/{ADA}", *(decided(f"competency/c{number}") for number in range(50)))
    catch_up(log, models)
    change(models, "UPDATE decisions SET outcome = 'denied'")
    (found,) = rebuild(log, models)

    assert (50, 20) == (found.changed, len(found.keys))
    assert tuple(str(number) for number in range(3, 23)) == found.keys


def test_a_table_emptied_is_filled_again(log: Log, models: ReadModels) -> None:
    """More rows than one portion come back."""
    add(log, f"learner/{ADA}", *(evidence(f"e{number}", f"competency/c{number}") for number in range(1200)))
    catch_up(log, models)
    before = rows(models)
    change(models, "DELETE FROM evidence")
    (found,) = rebuild(log, models)

    assert ("evidence", 1200) == (found.table, found.missing)
    assert before == rows(models)


class Busy(ReadModels):
    """Read models on whose ledger something else happens while they are made anew."""

    def __init__(self, path: Path, meanwhile: Callable[[], object]) -> None:
        super().__init__(path)
        self.meanwhile = meanwhile

    @contextmanager
    def private(self) -> Iterator[Connection]:
        """Let the other thing happen first."""
        self.meanwhile()
        with super().private() as connection:
            yield connection


def test_events_that_arrive_meanwhile_make_no_difference(log: Log, models: ReadModels) -> None:
    """What others fold while the new tables are made is folded into those too before they are compared."""
    fill(log, 1)

    def meanwhile() -> None:
        fill(log, 1)
        catch_up(log, models)

    assert () == rebuild(log, Busy(models.path, meanwhile))


def test_read_models_begun_anew_meanwhile_are_not_compared(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """Where another ledger took the place of the one being rebuilt, nothing is changed and that is said."""
    fill(log, 1)
    other = open_log(tmp_path / "other.db", "ledger.invalid/other")
    add(other, f"learner/{ADA}", decided())
    with pytest.raises(Unavailable) as caught:
        rebuild(log, Busy(models.path, lambda: catch_up(other, models)))

    assert str(caught.value) == (f"{models.path} was begun anew meanwhile; nothing was compared; run the rebuild again")
    assert 1 == len(rows(models)["decisions"])
