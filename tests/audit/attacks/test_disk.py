"""Bytes of the file itself changed on the disk, under SQLite and all its tables."""

import random
import sqlite3
from pathlib import Path

import pytest

from ledger.audit.verifying.whole import Asked, verified
from ledger.errors import LedgerDamaged
from tests.audit.verifying.support import amended

FLIPS = 60


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that lies in one file alone."""
    folder = tmp_path_factory.mktemp("disk")
    ledger = amended(folder)
    ledger.close()
    with sqlite3.connect(ledger.log.path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def found(home: Path) -> str:
    """Verify, and say whether anything was found, the file could not be read, or all seemed well."""
    try:
        return "found" if verified(Asked(home), lambda *_: None, {}).findings else "nothing"
    except LedgerDamaged as error:
        return "told" if "us-xx.db" in str(error) else str(error)


def test_a_flipped_byte_is_told_or_lies_where_nothing_does(home: Path) -> None:
    """Every flip ends in findings or in a sentence that names the file, but where the byte was in use by nothing."""
    path = home / "ledgers" / "us-xx.db"
    sound, chance = path.read_bytes(), random.Random(7)
    answers = []
    for _ in range(FLIPS):
        data = bytearray(sound)
        data[chance.randrange(100, len(data))] ^= chance.randrange(1, 256)
        path.write_bytes(bytes(data))
        answers.append(found(home))
    path.write_bytes(sound)

    assert {"found", "told", "nothing"} >= set(answers)
    assert FLIPS / 2 < answers.count("found") + answers.count("told")
    assert "nothing" == found(home)


@pytest.mark.parametrize(("place", "value"), [(0, b"another file"), (16, b"\xff\xff"), (100, bytes(60))])
def test_a_broken_header_is_a_sentence(home: Path, place: int, value: bytes) -> None:
    """A file whose first page is not what it was is told with its name."""
    path = home / "ledgers" / "us-xx.db"
    sound = path.read_bytes()
    path.write_bytes(sound[:place] + value + sound[place + len(value) :])
    answer = found(home)
    path.write_bytes(sound)

    assert "told" == answer
