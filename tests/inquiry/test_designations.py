"""Priority standards: by which body, on which days, and who wrote it down."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.governing import designate, pull_upstream
from ledger.domain.shapes import Authority
from ledger.inquiry.designations import designations
from ledger.vault import Profile
from tests.support.frameworks import beside
from tests.support.ledgers import author, opened

BOARD = Authority(body="Board", date="2026-01-15", minute="7", link="https://example.org/7")
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger in which S.1 is a priority standard of a course from spring on, by Ines Okoro."""
    with beside(opened(tmp_path)) as ledger:
        ledger.vault.put_profiles({ledger.vault.person_id("operator"): Profile(given_name="Ines", family_name="Okoro")})
        _designate(ledger, SPRING)
        yield ledger


def _designate(ledger: Ledger, first_day: date, course: str = "ALG", priority: bool = True) -> None:
    designate(ledger, author(ledger), ["S.1"], course, first_day=first_day, authority=BOARD, priority=priority)


def states(ledger: Ledger, on: date, known_at: int | None = None) -> list[str]:
    """Return the state of every designation there is."""
    return [one.state for one in designations(ledger, on=on, known_at=known_at, everything=True)]


def test_a_designation_names_body_minute_and_who_entered_it(ledger: Ledger) -> None:
    """Everything a reader needs to find the minute stands in the row, and the name of the person."""
    (one,) = designations(ledger, "ALG", on=SPRING)

    assert ("S.1", "Standard 1", "academic", "in force") == (one.code, one.label, one.kind, one.state)
    assert ("Board", "2026-01-15", "7", "https://example.org/7") == (one.body, one.date, one.minute, one.link)
    assert ("Ines Okoro", 4, "2026-06-15T17:00:00.000000Z") == (one.entered_by, one.position, one.entered)


def test_only_what_holds_on_the_day_is_listed(ledger: Ledger) -> None:
    """Before its first day, for another course, and at a position before it, a designation is not listed."""
    assert () == designations(ledger, on=date(2026, 2, 28))
    assert () == designations(ledger, "GEOM", on=SPRING)
    assert () == designations(ledger, on=SPRING, known_at=3)


def test_a_later_word_replaces_or_takes_back(ledger: Ledger) -> None:
    """On each day the last word about a standard of a course counts, as known at the position."""
    _designate(ledger, SPRING)
    _designate(ledger, SUMMER, priority=False)
    _designate(ledger, SUMMER, "GEOM")

    assert ["replaced", "in force", "takes back", "to come"] == states(ledger, SPRING)
    assert ["taken back", "taken back", "takes back", "in force"] == states(ledger, SUMMER)
    assert ["in force"] == states(ledger, SUMMER, known_at=4)


def test_what_has_run_out_is_over(tmp_path: Path) -> None:
    """After its last day a designation is over, and not listed unless all are asked for."""
    with beside(opened(tmp_path)) as ledger:
        by = author(ledger)
        designate(ledger, by, ["S.1"], "ALG", first_day=SPRING, last_day=date(2026, 4, 1), authority=BOARD)

        assert ["over"] == states(ledger, SUMMER)
        assert () == designations(ledger, on=SUMMER)


def test_what_was_received_names_the_ledger_it_came_from(tmp_path: Path) -> None:
    """In a district a designation of the state was entered by the state's ledger; nobody is named."""
    with (
        beside(opened(tmp_path)) as state,
        opened(tmp_path, "us-xx/low", kind="district", parent="us-xx", upstream="us-xx") as district,
    ):
        _designate(state, SPRING)
        pull_upstream(district, author(district), state)
        (one,) = designations(district)

        assert (state.opened.ledger, "us-xx", "S.1") == (one.entered_by, one.jurisdiction, one.code)
