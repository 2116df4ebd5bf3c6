"""Erasures that are refused, and what each refusal says."""

import fcntl
import sqlite3
from pathlib import Path

import pytest

from ledger.application.erasing import Order, erase
from ledger.errors import LedgerDamaged, Refused, Unavailable, UnknownName, UsageError
from ledger.storage.append import Erasure
from ledger.storage.erasing import erase as erase_rows
from ledger.storage.erasing import swept
from ledger.values import random_identifier
from tests.erasure.school import BASIS, School, brought_up
from tests.support.ledgers import author


@pytest.mark.parametrize("basis", ["", "   ", "x" * 201, "line\nline"])
def test_an_erasure_rests_on_something(school: School, basis: str) -> None:
    """A basis is a name of one to 200 characters."""
    with pytest.raises(UsageError) as refusal:
        school.erased(basis=basis)

    assert "name the law, rule or order the erasure rests on, in 1 to 200 characters" == str(refusal.value)


@pytest.mark.parametrize("basis", ["Request of the Quillfeather family", "deletion of qf-31337"])
def test_a_basis_does_not_tell_whom_it_erases(school: School, basis: str) -> None:
    """A basis that names the learner is refused: it stays on record."""
    with pytest.raises(UsageError) as refusal:
        school.erased(basis=basis)

    assert "what an erasure rests on stays on record: name the law, rule or order, not the learner" == str(
        refusal.value
    )


def test_nobody_unknown_is_erased(school: School) -> None:
    """Somebody no ledger knows is refused by name."""
    nobody = random_identifier()
    with pytest.raises(UnknownName) as refusal:
        erase([school.ledger], [author(school.ledger)], nobody, Order(BASIS), brought_up)

    sentence = f"nothing is on record about a learner {nobody}; `mastery learners` lists those there are"
    assert sentence == str(refusal.value)


def test_payloads_wait_for_an_import(school: School) -> None:
    """While an import is under way no payload is erased; what an interrupted one left is removed."""
    staging = school.ledger.home.staging
    staging.mkdir()
    (staging / "old.db").write_bytes(b"half an import")
    (staging / "old.lock").touch()
    last = school.ledger.log.recorder.max_notification_id()
    with (staging / "running.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(Refused) as refusal:
            school.erased()

    sentence = "an import is under way (running): what it has read may name the learner; wait for it, or stop it"
    assert (sentence, last) == (str(refusal.value), school.ledger.log.recorder.max_notification_id())
    assert [staging / "running.lock"] == list(staging.iterdir())


def test_a_file_somebody_reads_is_not_swept_in_silence(tmp_path: Path) -> None:
    """While somebody reads the file, what was deleted cannot leave the write-ahead log, and that is said."""
    path = tmp_path / "some.db"
    writer, reader = sqlite3.connect(path, isolation_level=None), sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE some (what TEXT)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM some").fetchall()

    with pytest.raises(Unavailable) as refusal:
        swept(path, longest_wait=0.01)

    sentence = "what was erased may still be found in it byte by byte: give the same command again later"
    assert f"{path} is being read by another process; {sentence}" == str(refusal.value)
    reader.execute("COMMIT")
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as refusal:
        swept(path, longest_wait=0.01)
    assert f"{path} cannot be written anew: database is locked; {sentence}" == str(refusal.value)
    for connection in (reader, writer):
        connection.close()


def test_a_version_that_is_not_there_is_not_erased(school: School) -> None:
    """Naming a version that is not stored erases none of the others."""
    stream = f"learner/{school.gone}"
    rows = list(school.ledger.log.recorder.stream_rows(stream))
    with pytest.raises(LedgerDamaged) as refusal, school.ledger.log.recorder.datastore.write() as cursor:
        erase_rows(cursor, Erasure(stream, (1, 99)))

    assert f"{stream}: version 99 is not there as it was written; nothing is erased" == str(refusal.value)
    assert rows == list(school.ledger.log.recorder.stream_rows(stream))
