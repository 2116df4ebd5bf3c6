"""Homes and numbers a demonstration cannot be made with, and markers it does not trust."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.application import initialise
from ledger.demonstration import Plan, build_demo, finished
from ledger.demonstration.summary import MARKER
from ledger.errors import UsageError
from ledger.home import Home


def test_a_home_in_use_is_left_alone(tmp_path: Path) -> None:
    """A home that holds a ledger of somebody's own is refused, and nothing is written to it."""
    initialise(tmp_path, "us-tx", kind="state", zone="UTC").close()
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(UsageError) as raised:
        build_demo(tmp_path, learners=24)

    assert str(raised.value) == f"{tmp_path} holds ledgers that are no demonstration; use another folder"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_other_numbers_are_refused(tmp_path: Path) -> None:
    """A home that holds a demonstration of another size, whole or not, is refused."""
    (tmp_path / "demo-started.json").write_text('{"each":50,"learners":400,"seed":2026}')

    with pytest.raises(UsageError) as raised:
        build_demo(tmp_path, learners=24)

    assert str(raised.value) == (
        f"{tmp_path} holds a demonstration made with other numbers; build anew with --fresh or use another folder"
    )


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    """Nothing happens on a day that has not come, so no demonstration is made as of one."""
    tomorrow = date.today() + timedelta(days=3)

    with pytest.raises(UsageError, match=f"^{tomorrow} has not come yet; today is .* in America/Chicago$"):
        build_demo(tmp_path, learners=24, today=tomorrow)

    assert finished(tmp_path) is None


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"learners": 23}, "a demonstration has at least 24 learners, not 23"),
        (
            {"each": 0},
            "a demonstration has at least one evidence a learner and no fewer than 0 preparations",
        ),
        (
            {"preparations": -1},
            "a demonstration has at least one evidence a learner and no fewer than 0 preparations",
        ),
    ],
)
def test_numbers_that_make_no_demonstration(numbers: dict[str, int], sentence: str) -> None:
    """A plan says what it needs at least."""
    with pytest.raises(UsageError) as raised:
        Plan(date(2026, 11, 20), **numbers)

    assert str(raised.value) == sentence


@pytest.mark.parametrize("marker", ["", "{", "{}", '{"format": 0, "summary": {}}', '{"format":1,"summary":{"seed":1}}'])
def test_a_marker_nobody_can_read_is_none(tmp_path: Path, marker: str) -> None:
    """A marker that is cut off, or of another version, does not count as a finished demonstration."""
    (tmp_path / MARKER).write_text(marker)

    assert finished(tmp_path) is None


def test_too_few_learners_leave_no_ledger(tmp_path: Path) -> None:
    """A plan that cannot be is refused before the state's ledger is made."""
    with pytest.raises(UsageError):
        build_demo(tmp_path, learners=3)

    assert Home(tmp_path).jurisdictions() == ()
