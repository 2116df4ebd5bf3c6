"""Catching up: the same rows whatever the pages, once each, from wherever it stopped."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection

from ledger.errors import Refused
from ledger.projections.queries import overview
from ledger.projections.registry import PROJECTIONS
from ledger.projections.runner import catch_up
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.projections.support import (
    ADA,
    BEN,
    add,
    adopted,
    change,
    corrected,
    credit,
    decided,
    evidence,
    open_log,
    open_models,
    opened,
    rows,
    withdrawn,
)

ROOT = Path(__file__).parents[2]


def fill(log: Log, rounds: int = 6) -> int:
    """Append events of every kind the projections read, 11 a round, and return the last position."""
    for number in range(rounds):
        name = f"e{number}"
        add(
            log,
            f"learner/{ADA}",
            evidence(f"a{name}", f"competency/c{number % 3}"),
            decided(f"competency/c{number % 3}"),
        )
        add(log, f"learner/{ADA}", credit(f"C{number % 2}", "met" if number % 3 else "not_yet"))
        add(log, f"learner/{BEN}", evidence(name), decided(outcome="not_yet"), corrected(name, "competency/c9"))
        add(log, f"learner/{BEN}", evidence(f"{name}w"), decided(), withdrawn(f"{name}w"), credit())
        add(log, "jurisdiction/us-xx", adopted(f"us-xx/mastery@{number}", first_day=f"2025-0{1 + number % 7}-01"))
    return log.recorder.max_notification_id()


@pytest.mark.parametrize("page", [1, 7, 10_000])
def test_by_page_equals_by_any_other_page(log: Log, models: ReadModels, tmp_path: Path, page: int) -> None:
    """Folding event by event, by seven, and all at once leaves the same rows in every table."""
    last = fill(log)
    usual = open_models(tmp_path / "usual")

    assert last == catch_up(log, models, page=page)
    assert last == catch_up(log, usual)
    assert rows(usual) == rows(models)


def test_catching_up_goes_on_where_it_stopped(log: Log, models: ReadModels) -> None:
    """Only what is new is folded, each page is reported, and with nothing new nothing is written."""
    reported: list[tuple[int, int]] = []
    fill(log, 1)
    catch_up(log, models, page=5, progress=lambda *pages: reported.append(pages))
    before = models.path.read_bytes()
    nothing = catch_up(log, models, progress=lambda *pages: reported.append(pages))
    after = models.path.read_bytes()
    fill(log, 1)
    catch_up(log, models, progress=lambda *pages: reported.append(pages))

    assert [(5, 13), (10, 13), (13, 13), (24, 24)] == reported
    assert 13 == nothing
    assert before == after


def test_a_deleted_file_is_made_anew(log: Log, models: ReadModels) -> None:
    """The file may go at any time, with or without its side files; the next question has all the rows again."""
    fill(log)
    catch_up(log, models)
    before = rows(models)
    with closing(sqlite3.connect(models.path)) as holding:
        holding.execute("SELECT * FROM tracking").fetchall()
        change(models, "DELETE FROM learners")
        models.path.rename(models.path.with_suffix(".old"))
    catch_up(log, models)

    assert before == rows(models)


def test_a_new_version_of_a_projection_is_made_from_nothing(log: Log, models: ReadModels) -> None:
    """Its table is made anew from the first event; the others go on where they stand, untouched."""
    fill(log)
    catch_up(log, models)
    before = rows(models)
    change(models, "DELETE FROM progress")
    change(models, "UPDATE learners SET events = 0")
    newer = [replace(one, name="progress.2") if one.name == "progress.1" else one for one in PROJECTIONS]
    catch_up(log, models, projections=newer, page=7)
    after = rows(models)

    assert before["progress"] == after["progress"]
    assert before["decisions"] == after["decisions"]
    assert {0} == {row[3] for row in after["learners"]}
    assert "progress.1" not in dict(after["tracking"])


def test_a_restored_ledger_is_noticed(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """After a backup is put back, read models of the future that was lost are made anew."""
    fill(log, 1)
    backup = open_log(tmp_path / "backup.db")
    add(backup, "ledger", opened())
    fill(log, 2)
    catch_up(log, models)
    catch_up(backup, models)
    shorter = rows(models)
    fill(backup, 8)
    catch_up(backup, models)
    longer = rows(models)
    models.path.unlink()
    catch_up(backup, models)

    assert [] == shorter["decisions"]
    assert rows(models) == longer


def test_read_models_of_another_ledger_are_made_anew(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """The origin of the log is remembered beside the position."""
    fill(log, 1)
    catch_up(log, models)
    other = open_log(tmp_path / "other.db", "ledger.invalid/other")
    add(other, f"learner/{BEN}", decided())
    catch_up(other, models)

    assert (1, 1) == (overview(models).learners, overview(models).position)


def test_a_position_is_tracked_once(log: Log, models: ReadModels) -> None:
    """Tracking accepts a jump upward and refuses what is not above it, with the rows of that transaction."""
    fill(log, 1)
    catch_up(log, models)
    before = rows(models)["learners"]
    with pytest.raises(Refused) as caught:
        move(models, "learners.1", 2)
    move(models, "progress.1", 900)

    assert str(caught.value).endswith("already; 2 is not above it")
    assert 900 == dict(rows(models)["tracking"])["progress.1"]
    assert before == rows(models)["learners"] != []


def move(models: ReadModels, name: str, position: int) -> None:
    """Change a row and track a position in one transaction."""
    with models.open() as connection, models.writing(connection):
        connection.exec_driver_sql("UPDATE learners SET events = events + 1 WHERE ? = 'learners.1'", (name,))
        models.advance(connection, name, position)


def test_threads_share_the_work(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """Eight askers at once get the same position, and every event is folded once."""
    last = fill(log, 20)
    with ThreadPoolExecutor(8) as threads:
        positions = list(threads.map(lambda _: catch_up(log, models, page=9), range(8)))
    alone = open_models(tmp_path / "alone")
    catch_up(log, alone)

    assert [last] * 8 == positions
    assert rows(alone) == rows(models)


class Overtaken(ReadModels):
    """Read models that another runner brings further just before a page is written."""

    def __init__(self, path: Path, log: Log) -> None:
        super().__init__(path)
        self.log = log

    @contextmanager
    def writing(self, connection: Connection) -> Iterator[None]:
        """Let the other runner go first, once the tables are there."""
        if not self.path.with_suffix(".overtaken").exists() and self.is_made():
            self.path.with_suffix(".overtaken").touch()
            fill(self.log, 1)
            catch_up(self.log, ReadModels(self.path), page=3)
        with super().writing(connection):
            yield

    def is_made(self) -> bool:
        """Say whether the tables are there."""
        with closing(sqlite3.connect(self.path)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def test_a_page_that_overlaps_one_already_folded_is_left_out(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """A runner that was overtaken goes on from where the other stands; nothing is folded twice."""
    fill(log, 2)
    slow = Overtaken(models.path, log)
    reached = catch_up(log, slow, page=500)
    alone = open_models(tmp_path / "alone")
    catch_up(log, alone)

    assert slow.path.with_suffix(".overtaken").exists()
    assert log.recorder.max_notification_id() == reached
    assert rows(alone) == rows(models)


def test_makers_racing_make_one_file(log: Log, tmp_path: Path) -> None:
    """Six runners that find no file all end with it made, though SQLite lets only one of them switch to its log."""
    last = fill(log, 1)
    together = Barrier(6)

    def make(models: ReadModels) -> int:
        together.wait()
        return catch_up(log, models, page=4)

    with ThreadPoolExecutor(6) as threads:
        reached = [
            set(threads.map(make, [open_models(tmp_path / str(number)) for _ in range(6)])) for number in range(15)
        ]

    assert [{last}] * 15 == reached


RUNNER = """
import sys
from pathlib import Path
from ledger.projections.runner import catch_up
from tests.projections.support import open_log, open_models
folder, page = Path(sys.argv[1]), int(sys.argv[2])
print(catch_up(open_log(folder / "ledger.db"), open_models(folder), page=page))
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python process on a program's text."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_processes_racing_fold_every_event_once(log: Log, models: ReadModels, tmp_path: Path) -> None:
    """Runners with other pages on one file, from its making on, all end at the last position with the same rows."""
    last = fill(log, 30)
    runners = [start(RUNNER, tmp_path, page) for page in (3, 7, 11, 500)]
    outputs = [runner.communicate(timeout=120) for runner in runners]
    alone = open_models(tmp_path / "alone")
    catch_up(log, alone)

    assert [(f"{last}\n", "")] * 4 == outputs
    assert rows(alone) == rows(models)
