"""A file of alignments is taken whole, once, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.domain.aligned import alignments
from ledger.errors import InputFaults
from ledger.importing.alignments import AlignmentFile, AlignmentsBrought, import_alignments
from tests.support.frameworks import aligned, beside, local_framework, state_framework
from tests.support.ledgers import AUTHORITY, author, opened

END = "end that first with `mastery frameworks end`"
ROWS = b"""\
state,local,relation,from,until
S.1,PV.1,exactMatchOf,2026-01-01,
S.1,PV.2,isPartOf,2026-01-01,
S.2,PV.2,isPartOf,2026-01-01,2026-12-31
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with two frameworks beside each other."""
    with beside(opened(tmp_path)) as ledger:
        yield ledger


def brought(ledger: Ledger, data: bytes = ROWS, **sides: str) -> AlignmentsBrought:
    """Bring a file in."""
    return import_alignments(ledger, author(ledger), AlignmentFile("file.csv", data, AUTHORITY, **sides))


def test_every_row_becomes_an_alignment(ledger: Ledger) -> None:
    """All rows are stored in one append, in the order of the file."""
    done = brought(ledger)

    assert done.appended is not None
    assert (3, 0, 4, 6) == (done.new, done.same, done.appended.first, done.appended.last)
    assert [("p1", "s1"), ("p2", "s1"), ("p2", "s2")] == [one.pair for one in alignments(ledger.governance(), 6)]


def test_the_same_file_again_changes_nothing(ledger: Ledger) -> None:
    """A file brought in again is recognised row by row; only what is new is stored."""
    brought(ledger)
    again, more = brought(ledger), brought(ledger, ROWS + b"S.3,PV.3,isPeerOf,2026-01-01,\n")

    assert AlignmentsBrought(0, 3, None) == again
    assert (1, 3) == (more.new, more.same)
    assert 7 == ledger.log.recorder.max_notification_id()


def test_a_command_repeated_is_answered_as_the_first_time(ledger: Ledger) -> None:
    """The same command with the same file, in a race with itself, stores nothing twice."""
    by, file = author(ledger, "once"), AlignmentFile("file.csv", ROWS, AUTHORITY)
    first, second = import_alignments(ledger, by, file), import_alignments(ledger, by, file)

    assert first.appended is not None
    assert AlignmentsBrought(0, 3, None) == second


def test_one_fault_keeps_everything_out(ledger: Ledger) -> None:
    """With a single bad row nothing is stored, and every fault is told with its line."""
    aligned(ledger, "PV.1", "S.1", "isPeerOf")
    with pytest.raises(InputFaults) as refused:
        brought(ledger, ROWS + b"S.9,PV.3,isPartOf,2026-01-01,\n")

    assert [
        f"file.csv:2: the two are aligned already, isPeerOf from 2026-01-01 on (position 4); {END}",
        "file.csv:5 [state]: no competency has the id or code 'S.9'",
    ] == [str(fault).partition(" (did")[0] for fault in refused.value.faults]
    assert 4 == ledger.log.recorder.max_notification_id()


def test_the_frameworks_tell_codes_apart(tmp_path: Path) -> None:
    """A code that both frameworks have is ambiguous until the file says which is meant where."""
    rows = b"state,local,relation,from\nS.1,S.1,isPartOf,2026-01-01\n"
    with beside(opened(tmp_path), state_framework(), local_framework("S.1")) as ledger:
        with pytest.raises(InputFaults) as refused:
            brought(ledger, rows)
        done = brought(ledger, rows, local_framework="local-framework", state_framework="state-framework")

    assert 2 == len(refused.value.faults)
    assert 1 == done.new


def test_a_file_that_loses_a_race_is_checked_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was aligned while the file was read counts: the file is read anew, and refused where it conflicts."""
    number = ledger._numbered
    overtaken: list[bool] = []

    def slowly(*args: object, **more: object) -> object:
        if not overtaken:
            overtaken.append(True)
            aligned(ledger, "PV.1", "S.1", "isPeerOf")
        return number(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "_numbered", slowly)
    with pytest.raises(InputFaults, match="the two are aligned already, isPeerOf"):
        brought(ledger)

    assert 4 == ledger.log.recorder.max_notification_id()
