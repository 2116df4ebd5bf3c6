"""Files that are not read models, or cannot be used."""

import sqlite3
import threading
from contextlib import closing

import pytest

from ledger.errors import LedgerDamaged, Unavailable
from ledger.projections.queries import overview
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import change, rows
from tests.projections.test_runner import fill


def test_another_database_is_not_taken_for_read_models(log: Log, models: ReadModels) -> None:
    """A database of another kind is refused and left as it is."""
    models.path.parent.mkdir()
    with closing(sqlite3.connect(models.path)) as other:
        other.execute("CREATE TABLE grades (mark TEXT)")
    before = models.path.read_bytes()
    with pytest.raises(LedgerDamaged) as caught:
        catch_up(log, models)

    assert str(caught.value) == f"{models.path} is a database, but not one of read models; move it away"
    assert before == models.path.read_bytes()


def test_a_later_format_is_refused(log: Log, models: ReadModels) -> None:
    """A file of another format says what to do with it."""
    catch_up(log, models)
    change(models, "PRAGMA user_version=9")
    with pytest.raises(LedgerDamaged) as caught:
        overview(models)

    assert str(caught.value) == (
        f"{models.path} has format 9; this version reads format 1: delete the file, it is made anew from the ledger"
    )


def test_a_file_that_is_no_database_is_refused(log: Log, models: ReadModels) -> None:
    """Bytes of another kind are called damaged, with what to do."""
    models.path.parent.mkdir()
    models.path.write_bytes(b"learner,level\n" * 100)
    with pytest.raises(LedgerDamaged) as caught:
        catch_up(log, models)

    assert str(caught.value) == (
        f"{models.path} is damaged: file is not a database; delete the file, it is made anew from the ledger"
    )


def test_a_table_that_was_dropped_is_damage(log: Log, models: ReadModels) -> None:
    """A table gone behind the product's back is told, and the page that met it is not half folded."""
    fill(log, 1)
    catch_up(log, models)
    change(models, "DROP TABLE learners")
    before = rows(models)
    fill(log, 1)
    with pytest.raises(LedgerDamaged) as caught:
        catch_up(log, models)

    assert str(caught.value) == (
        f"{models.path} is damaged: no such table: learners; delete the file, it is made anew from the ledger"
    )
    assert before == rows(models)


def test_the_tracking_table_that_was_dropped_is_damage(log: Log, models: ReadModels) -> None:
    """Without positions nothing is answered."""
    catch_up(log, models)
    change(models, "DROP TABLE tracking")
    with pytest.raises(LedgerDamaged, match="no such table: tracking"):
        overview(models)


def test_asking_before_the_first_catching_up_is_unavailable(models: ReadModels) -> None:
    """A missing file is not made by a question, and an empty one is not answered from."""
    with pytest.raises(Unavailable, match="cannot be used now: unable to open database file; nothing was changed"):
        overview(models)
    models.path.parent.mkdir()
    models.path.touch()
    with pytest.raises(Unavailable) as caught:
        overview(models)

    assert str(caught.value) == f"{models.path} is empty; ask again, or run `mastery rebuild`"


def test_a_file_held_by_another_is_unavailable(log: Log, models: ReadModels) -> None:
    """A writer that waits too long says that nothing was changed; readers do not wait."""
    catch_up(log, models)
    fill(log, 1)
    impatient = ReadModels(models.path, longest_wait=0.05)
    with closing(sqlite3.connect(models.path, isolation_level=None)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as caught:
            catch_up(log, impatient)
        seen = overview(impatient)

    assert str(caught.value) == f"{models.path} is held by another process; nothing was changed; try again"
    assert 2 == seen.position


def test_a_file_held_while_it_is_made_is_unavailable(log: Log, models: ReadModels) -> None:
    """Making waits for another maker, and not for ever."""
    models.path.parent.mkdir()
    impatient = ReadModels(models.path, longest_wait=0.05)
    with closing(sqlite3.connect(models.path, isolation_level=None)) as holding:
        holding.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="is held by another process; nothing was changed; try again"):
            catch_up(log, impatient)


@pytest.mark.parametrize(("released", "patience"), [(True, 30), (False, 0.05)])
def test_making_waits_for_a_reader_of_the_empty_file(
    log: Log, models: ReadModels, released: bool, patience: float
) -> None:
    """The switch to a write-ahead log is tried until nobody else reads, and not for ever."""
    models.path.parent.mkdir()
    models.path.touch()
    patient = ReadModels(models.path, longest_wait=patience)
    with closing(sqlite3.connect(models.path, isolation_level=None, check_same_thread=False)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM sqlite_master").fetchall()
        release = threading.Timer(0.1, reading.execute, ["ROLLBACK"] if released else ["SELECT 1"])
        release.start()
        try:
            outcome = f"position {catch_up(log, patient)}"
        except Unavailable as error:
            outcome = str(error)
        release.join()

    held = f"{models.path} is held by another process; nothing was changed; try again"
    assert outcome == ("position 2" if released else held)


def test_a_folder_that_cannot_be_made_is_unavailable(log: Log, models: ReadModels) -> None:
    """A file in the place of the folder is told with the system's own words."""
    models.path.parent.write_text("")
    with pytest.raises(Unavailable) as caught:
        catch_up(log, models)

    assert str(caught.value).startswith(f"{models.path} cannot be made: ")


def test_the_file_is_for_its_owner_alone(log: Log, models: ReadModels) -> None:
    """Nobody else on the machine may read where learners stand."""
    catch_up(log, models)

    assert 0o600 == models.path.stat().st_mode & 0o777
