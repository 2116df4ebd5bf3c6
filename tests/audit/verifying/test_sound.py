"""Ledgers in which nothing was changed."""

from pathlib import Path

import pytest

from ledger.application import Ledger, open_ledger
from ledger.application.governing import pull_upstream
from ledger.application.learning import prepare
from ledger.audit.verifying import positions, streams
from ledger.audit.verifying.opening import log_of as found_log
from ledger.audit.verifying.verify import verify
from ledger.domain.learner import EvidenceRecorded
from ledger.errors import LedgerDamaged, UnknownName
from ledger.home import Home
from ledger.simulation.engines import Processes
from tests.audit.verifying.support import amended, changes, log_of, tamper, verified
from tests.support.ledgers import author, classroom, evidence, opened, record

OTHER = """UPDATE stored_events SET topic = 'ledger.ticked.1', state =
    CAST(replace(state, '"data":', '"data":{"through":"2026-01-01"},"was":') AS BLOB) WHERE position = 1"""
"""Makes another event of the first."""


def test_nothing_is_found_where_nothing_was_changed(tmp_path: Path) -> None:
    """Corrections, withdrawals, chunks of a long history and everything derived from them are accounted for."""
    ledger = amended(tmp_path)
    found = verified(ledger)

    assert ((), 0, 0, 0) == (found.findings, found.more, found.unchecked, found.unknown)
    assert ledger.log.recorder.max_notification_id() == found.events == found.reached
    assert sum(len(row[4]) for row in ledger.log.recorder.scan()) == found.size


def test_nothing_is_found_in_what_was_received_from_above(tmp_path: Path) -> None:
    """A district's ledger with what its state sent it verifies alone."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    pull_upstream(district, author(district), state)
    record(district, district.vault.learner_id("S-1"), "e1", "C.2")

    assert () == changes(district)


def test_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of several spans and many runs of streams is verified in processes as in one, changed or not."""
    monkeypatch.setattr(positions, "SPAN", 256)
    monkeypatch.setattr(streams, "MOST_EVENTS", 50)
    ledger = amended(tmp_path)
    for name in ("S-3", "S-4"):
        learner = ledger.vault.learner_id(name)
        payloads = [EvidenceRecorded(evidence=evidence(ledger, f"{name}-{n}", "C.2")) for n in range(250)]
        prepare(ledger, author(ledger), learner, payloads).stored(ledger, learner)
    alone = verified(ledger)
    together = verified(ledger, engine=Processes(2, start="fork"))
    tamper(ledger, "UPDATE stored_events SET topic = 'ledger.ticked.1' WHERE position IN (600, 20)")
    damaged = verified(ledger, engine=Processes(2, start="fork"))

    assert alone == together
    assert () == alone.findings
    assert 600 < alone.events
    assert [20, 600] == [one.position for one in damaged.findings if one.kind == "event_altered"]


def test_without_the_key_seals_are_not_checked(ledger: Ledger) -> None:
    """Whoever has the file alone checks all but the seals, and is told how many there are."""
    found = verify(log_of(ledger, with_key=False))

    assert () == found.findings
    assert found.events == found.unchecked


def test_a_folder_is_found_with_or_without_its_key(tmp_path: Path) -> None:
    """The log is named by its first event; the key is used where it lies."""
    with classroom(tmp_path) as ledger:
        origin = ledger.log.origin
    log = found_log(Home(tmp_path), "us-xx", {})
    (tmp_path / "keys" / "seal.key").unlink()

    assert (origin, True) == (log.origin, log.seal_key is not None)
    assert (origin, None) == (
        found_log(Home(tmp_path), "us-xx", {}).origin,
        found_log(Home(tmp_path), "us-xx", {}).seal_key,
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM stored_events WHERE position = 1", "no event stands at position 1"),
        ("UPDATE stored_events SET state = X'00' WHERE position = 1", "position 1 cannot be read"),
        (
            OTHER,
            "position 1 is not the opening of a ledger",
        ),
    ],
)
def test_a_log_without_a_name_is_told_at_once(tmp_path: Path, statement: str, said: str) -> None:
    """The first event names the log, and every leaf with it: without it nothing else can be told."""
    with classroom(tmp_path) as ledger:
        tamper(ledger, statement)

    with pytest.raises(LedgerDamaged, match=said):
        found_log(Home(tmp_path), "us-xx", {})


def test_a_ledger_that_is_not_there_is_not_verified(tmp_path: Path) -> None:
    """Nothing is made where nothing is."""
    with pytest.raises(UnknownName):
        found_log(Home(tmp_path), "us-xx", {})


def test_what_is_appended_meanwhile_is_no_finding(tmp_path: Path) -> None:
    """Each piece of work sees one state of the file, so that writers need not stop."""
    ledger = amended(tmp_path)
    learner = ledger.vault.learner_id("S-1")

    class Appending:
        """Appends before each piece of work."""

        def map(self, function, partitions):  # type: ignore[no-untyped-def]
            for number, partition in enumerate(partitions):
                record(ledger, learner, f"late-{number}", "C.2", "3")
                yield number, function(partition)

    found = verified(ledger, engine=Appending())

    assert () == found.findings
    assert () == changes(ledger)


def test_what_the_file_cannot_give_is_told_with_the_file(tmp_path: Path) -> None:
    """A page that SQLite did not write ends the verification with a sentence that names the file."""
    ledger = amended(tmp_path)
    log = log_of(ledger)
    ledger.log.recorder.datastore.query("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.close()
    data = bytearray(log.path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = bytes(100)
    log.path.write_bytes(bytes(data))

    with pytest.raises(LedgerDamaged, match=rf"{log.path.name} cannot be read: "):
        verify(log)


def test_open_ledger_is_not_needed(tmp_path: Path) -> None:
    """Verification opens the file alone: no vault and no key is read or made."""
    amended(tmp_path).close()
    (tmp_path / "vault.db").unlink()
    for key in (tmp_path / "keys").iterdir():
        key.unlink()

    assert () == verify(found_log(Home(tmp_path), "us-xx", {})).findings
    assert [] == list((tmp_path / "keys").iterdir())
    with pytest.raises(Exception, match="seal.key"):
        open_ledger(tmp_path, environment={})
