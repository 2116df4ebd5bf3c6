"""Levels of different scales are never compared as one."""

from typing import Any

import pytest
from msgspec.structs import replace

from ledger.domain.framework import Band, Level
from ledger.domain.learner import EvidenceRecorded
from ledger.domain.scales import scale_defined
from ledger.domain.shapes import Result
from ledger.facts.bands import NO_SCALE, Levels, levels_of
from ledger.facts.record import LearnerRecord
from ledger.facts.surroundings import Surroundings
from ledger.policy import ABSENT, FactType, Reads
from tests.facts.support import COMPETENCY, evidence, fact, record_of, shown, value_of

LETTERS = tuple(Level(label=label, value=value) for label, value in zip("ABCD", "1234", strict=True))
BANDS = (Band(level="C", at_least="75", first_day="", last_day=None, cites="Board"),)
BEFORE = scale_defined("four", "Four levels", LETTERS)
FOUR = scale_defined("four", "Four levels", LETTERS, BANDS)
TEN = scale_defined("ten", "Ten levels", tuple(Level(label=f"L{n}", value=str(n)) for n in range(1, 11)))
BY_FOUR = levels_of(FOUR, (BEFORE.digest, FOUR.digest))
BY_TEN = levels_of(TEN, (TEN.digest,))


def on_scale(name: str, level: str, scale: str | None) -> Any:
    """Record a level of a scale."""
    result = Result(subject=COMPETENCY, scale=scale, level=level)
    return EvidenceRecorded(evidence=replace(evidence(name, occurred="2026-01-05"), results=(result,)))


def latest(record: LearnerRecord, levels: Levels) -> Any:
    """Read the latest level."""
    return value_of(record, fact("latest.1"), surroundings=Surroundings(levels=levels))


@pytest.mark.parametrize(
    ("scale", "levels", "value"),
    [
        pytest.param(FOUR.digest, BY_FOUR, 3, id="the edition named"),
        pytest.param(BEFORE.digest, BY_FOUR, 3, id="another edition of the scale named"),
        pytest.param(TEN.digest, BY_FOUR, ABSENT, id="another scale"),
        pytest.param(None, BY_FOUR, ABSENT, id="no scale, and one is named"),
        pytest.param(None, NO_SCALE, 3, id="no scale, and none is named"),
        pytest.param(FOUR.digest, NO_SCALE, ABSENT, id="a scale, and none is named"),
    ],
)
def test_a_level_counts_on_the_scale_the_adoption_names(scale: str | None, levels: Levels, value: Any) -> None:
    """A level of any edition of the scale named counts; one of another scale is no level at all."""
    assert latest(record_of(on_scale("a", "3", scale)), levels) == value


def test_an_edition_not_known_yet_is_another_scale() -> None:
    """What counts are the editions known at the position read to."""
    record = record_of(on_scale("a", "3", BEFORE.digest))

    assert latest(record, levels_of(FOUR, (FOUR.digest,))) is ABSENT


def test_facts_folded_under_one_scale_are_not_taken_for_those_of_another() -> None:
    """The same record answers each adoption by its own scale, in any order of asking."""
    record = record_of(on_scale("a", "3", FOUR.digest), on_scale("b", "7", TEN.digest))

    assert [latest(record, each) for each in (BY_FOUR, BY_TEN, NO_SCALE, BY_FOUR)] == [3, 7, ABSENT, 3]


def test_a_scale_without_bands_reads_no_score() -> None:
    """A score is a level only through bands, whatever the scale is called."""
    record = record_of(shown("a", score=("80", "0", "100"), occurred="2026-01-05"))

    assert [latest(record, each) for each in (BY_FOUR, BY_TEN)] == [3, ABSENT]


def test_what_reads_no_level_sees_evidence_of_every_scale() -> None:
    """Evidence on another scale is still evidence: only its level is none."""
    record = record_of(on_scale("a", "3", TEN.digest))
    counted = fact("count.1", FactType.INTEGER, reads=Reads.EVIDENCE, measure="presence")

    assert value_of(record, counted, surroundings=Surroundings(levels=BY_FOUR)) == 1
