"""A roster: who is in which school, grade and course, from a file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application import Ledger
from ledger.application.learning import record
from ledger.application.records import folded_record, snapshot_record
from ledger.domain.belonging import LearnerEnrolled
from ledger.errors import InputFaults, SnapshotUnusable, StreamConflict
from ledger.importing import roster
from ledger.importing.roster import RosterReport, import_roster
from tests.support.ledgers import author, opened

HEADER = "learner,organisation,grade,course,section,session,from,until\n"
NORTH, SOUTH = "us-xx/pine/north", "us-xx/pine/south"
ROWS = (
    f"S-1,{NORTH},9,,,,2025-08-18,\n",
    f"S-1,{NORTH},,ALG1,3,2025-26,2025-08-18,2026-05-29\n",
    f"S-2,{SOUTH},,,,,2025-08-18,2026-01-06\n",
    f"S-2,{NORTH},,,,,2026-01-07,\n",
)


def nobody(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def brought(ledger: Ledger, folder: Path, *rows: str, **more: Any) -> RosterReport:
    """Import some rows."""
    path = folder / "roster.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return import_roster(ledger, author(ledger), path, nobody, **more)


def events(ledger: Ledger) -> int:
    """Count what is in the log."""
    return ledger.log.recorder.max_notification_id()


def test_a_roster_says_where_its_learners_belong(tmp_path: Path) -> None:
    """School, grade and courses of each learner are those of the file, from the snapshot and from the events."""
    ledger = opened(tmp_path)
    report = brought(ledger, tmp_path, *ROWS)
    first, second = (ledger.vault.learner_id(name) for name in ("S-1", "S-2"))

    assert RosterReport("roster.csv", 4, 2, 4, 0, 0) == report
    for read in (folded_record, snapshot_record):
        one, other = (read(ledger, f"learner/{learner}") for learner in (first, second))
        assert [NORTH, "9"] == [one.organisation_on("2026-05-30"), one.grade_on("2026-05-30")]
        assert [True, False] == [one.in_course("ALG1", day) for day in ("2026-05-29", "2026-05-30")]
        assert [SOUTH, NORTH] == [other.organisation_on(day) for day in ("2026-01-06", "2026-01-07")]


def test_a_roster_brought_in_again_records_nothing(tmp_path: Path) -> None:
    """Every row is recognised, in another order and twice in one file too."""
    ledger = opened(tmp_path)
    brought(ledger, tmp_path, *ROWS)
    before = events(ledger)
    report = brought(ledger, tmp_path, *reversed(ROWS), ROWS[0])

    assert (RosterReport("roster.csv", 5, 2, 0, 5, 0), before) == (report, events(ledger))


def test_a_last_day_that_is_known_by_now_is_recorded(tmp_path: Path) -> None:
    """A row with a last day closes what was open, and the old file does not open it again."""
    ledger = opened(tmp_path)
    brought(ledger, tmp_path, ROWS[3])
    closed = brought(ledger, tmp_path, f"S-2,{NORTH},,,,,2026-01-07,2026-05-29\n")
    again = brought(ledger, tmp_path, ROWS[3])
    learner = snapshot_record(ledger, f"learner/{ledger.vault.learner_id('S-2')}")

    assert [(1, 0), (0, 1)] == [(one.recorded, one.same) for one in (closed, again)]
    assert [NORTH, None] == [learner.organisation_on(day) for day in ("2026-05-29", "2026-05-30")]


def test_a_grade_alone_can_be_new(tmp_path: Path) -> None:
    """An enrolment on record whose row has another grade is recorded again with it."""
    ledger = opened(tmp_path)
    brought(ledger, tmp_path, ROWS[0])
    report = brought(ledger, tmp_path, ROWS[0].replace(",9,", ",10,"))
    learner = snapshot_record(ledger, f"learner/{ledger.vault.learner_id('S-1')}")

    assert (1, "10") == (report.recorded, learner.grade_on("2025-08-18"))


def test_a_dry_run_stores_nothing_and_knows_nobody(tmp_path: Path) -> None:
    """A dry run says what would be recorded; no learner of the file is known afterwards."""
    ledger = opened(tmp_path)
    before = events(ledger)
    report = brought(ledger, tmp_path, *ROWS, dry_run=True)

    assert (RosterReport("roster.csv", 4, 2, 4, 0, 0, dry_run=True), before) == (report, events(ledger))
    assert ledger.vault.find("S-1") is None


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ROWS))
def test_rows_may_stand_in_any_order(tmp_path_factory: pytest.TempPathFactory, order: list[str]) -> None:
    """A file in any order records the same, for the later first day of a learner is recorded later."""
    folder = tmp_path_factory.mktemp("roster")
    ledger = opened(folder)
    brought(ledger, folder, *order)
    learner = snapshot_record(ledger, f"learner/{ledger.vault.learner_id('S-2')}")

    assert [SOUTH, NORTH] == [learner.organisation_on(day) for day in ("2026-01-06", "2026-01-07")]
    assert [(1, SOUTH), (2, NORTH)] == [(span.version, span.organisation) for span in learner.belonging.enrolments]


def test_who_meets_another_writer_is_recorded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner written to meanwhile is prepared anew, the others are not."""
    ledger = opened(tmp_path)
    learner, stored = ledger.vault.learner_id("S-1"), ledger.log.recorder.append_all
    sizes: list[int] = []

    def late(appends: Any) -> Any:
        if not sizes:
            record(ledger, author(ledger), learner, LearnerEnrolled(organisation=SOUTH, first_day="2024-08-19"))
        sizes.append(len(appends))
        return stored(appends)

    monkeypatch.setattr(ledger.log.recorder, "append_all", late)
    report = brought(ledger, tmp_path, *ROWS)

    assert ([2, 1], 2, 4) == (sizes, report.learners, report.recorded)
    assert 3 == snapshot_record(ledger, f"learner/{learner}").version


def test_who_always_meets_another_writer_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others keep writing, the import says how to go on."""
    ledger = opened(tmp_path)
    monkeypatch.setattr(ledger.log.recorder, "append_all", lambda appends: [StreamConflict("late")] * len(appends))
    with pytest.raises(StreamConflict) as caught:
        brought(ledger, tmp_path, *ROWS)

    assert str(caught.value) == (
        "others kept writing to the same learners; import the roster again to go on with the rest"
    )


def test_what_cannot_be_stored_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is another error ends the import with it."""
    ledger = opened(tmp_path)
    monkeypatch.setattr(ledger.log.recorder, "append_all", lambda appends: [InputFaults([])] * len(appends))

    with pytest.raises(InputFaults):
        brought(ledger, tmp_path, *ROWS)


def test_a_snapshot_that_does_not_hold_costs_time_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a snapshot cannot be used, the events say what is on record."""
    ledger = opened(tmp_path)
    brought(ledger, tmp_path, *ROWS)

    def unusable(*_: Any) -> Any:
        raise SnapshotUnusable("lost")

    monkeypatch.setattr(roster, "snapshot_record", unusable)

    assert 4 == brought(ledger, tmp_path, *ROWS).same
