"""Past questions asked again: what is kept between them is bounded, and changes no answer."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.deciding import Shelf
from ledger.deciding.again import Again
from ledger.domain.learner import Decided
from ledger.facts.record import LearnerRecord
from tests.support.ledgers import Clock, classroom, record


@pytest.fixture
def days(tmp_path: Path) -> Ledger:
    """A ledger in which one learner was decided about on three days."""
    clock = Clock()
    ledger = classroom(tmp_path, course=False, clock=clock)
    for day in (15, 16, 17):
        clock.instant = f"2026-06-{day}T17:00:00.000000Z"
        record(ledger, ledger.vault.learner_id("S-1"), f"e{day}", f"C.{day - 13}")
    return ledger


def outcomes(again: Again, ledger: Ledger) -> list[tuple[str, str]]:
    """Ask about every decision again, twice over; return the outcome as made, and as it is now."""
    learner, found = ledger.vault.learner_id("S-1"), list[tuple[str, str]]()
    for _ in range(2):
        folded = LearnerRecord(learner)
        for event in ledger.log.stream(f"learner/{learner}"):
            if isinstance(event.data, Decided):
                found.append((event.data.outcome, again.answer(event.data, folded).finding.outcome.value))
            folded.apply(event.originator_version, event.data)
    return found


@pytest.mark.parametrize(("deciders", "conclusions"), [(1, 10_000), (2, 1), (512, 10_000)])
def test_what_is_kept_is_bounded_and_changes_nothing(
    days: Ledger, monkeypatch: pytest.MonkeyPatch, deciders: int, conclusions: int
) -> None:
    """However little room there is, every answer is the one that was given."""
    monkeypatch.setattr("ledger.deciding.again.MOST_DECIDERS", deciders)
    monkeypatch.setattr("ledger.deciding.again.MOST_CONCLUSIONS", conclusions)
    governance = days.governance()
    again = Again(governance, Shelf(governance))

    assert [("not_yet", "not_yet")] * 6 == outcomes(again, days)
    assert len(again._deciders) == min(deciders, 3)
    assert len(again._conclusions) == min(conclusions, 3)


def test_one_conclusion_is_never_taken_for_that_of_another_day(days: Ledger) -> None:
    """Deciders share what they concluded, each under its own day."""
    governance = days.governance()
    again = Again(governance, Shelf(governance))
    outcomes(again, days)

    assert 3 == len({key[0] for key in again._conclusions})
