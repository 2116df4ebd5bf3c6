"""Events a learner's record refuses to step over."""

from typing import Any

import pytest

from ledger.domain.belonging import BelongingRetracted, CourseEnrolled
from ledger.domain.ledger import Ticked
from ledger.errors import LedgerDamaged, VersionGap
from ledger.facts.record import LearnerRecord
from tests.facts.support import LEARNER, WHY, corrected, record_of, shown, withdrawn


@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_version_that_is_not_the_next_is_refused(version: int) -> None:
    """A record steps from each version to the next and over none."""
    record = record_of(shown("a", "3"))

    with pytest.raises(VersionGap) as caught:
        record.apply(version, shown("b", "3"))

    assert str(caught.value) == f"learner/{LEARNER} stands at version 1; version {version} is not the next"


def test_an_event_of_another_stream_is_refused() -> None:
    """Nothing but a learner's events stands in a learner's stream."""
    with pytest.raises(LedgerDamaged) as caught:
        record_of(Ticked(through="2026-01-01"))

    assert str(caught.value) == f"learner/{LEARNER}, version 1: Ticked is no event of a learner"


@pytest.mark.parametrize("payload", [corrected("a", "3"), withdrawn("a")])
def test_evidence_that_is_not_there_cannot_be_changed(payload: Any) -> None:
    """A correction or a withdrawal names evidence of the same learner."""
    record = LearnerRecord(LEARNER)

    with pytest.raises(LedgerDamaged) as caught:
        record.apply(1, payload)

    assert str(caught.value) == f"learner/{LEARNER} holds no evidence a"
    assert record.version == 0


@pytest.mark.parametrize("entry", [1, 2, 3, 4])
def test_what_is_no_entry_of_belonging_cannot_be_retracted(entry: int) -> None:
    """Evidence, what was retracted before, the retraction itself and what is yet to come are none."""
    before = (shown("a", "3"), CourseEnrolled(course="ALG1", first_day="2026-01-05"))
    record = record_of(*before, BelongingRetracted(entry=2, reason=WHY))

    with pytest.raises(LedgerDamaged) as caught:
        record.apply(4, BelongingRetracted(entry=entry, reason=WHY))

    assert str(caught.value) == f"version 4 retracts version {entry}, which says nothing of where the learner belongs"
