"""docs/events.md describes the events as they are."""

from pathlib import Path

from ledger.domain.reference import PAGE, reference

ROOT = Path(__file__).parents[2]


def test_the_page_of_events_is_current() -> None:
    """The page is what `python -m ledger.domain.reference` writes."""
    assert reference() == (ROOT / PAGE).read_text(encoding="utf-8"), "run: python -m ledger.domain.reference"
