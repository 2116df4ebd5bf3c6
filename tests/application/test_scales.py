"""Rules that read levels are adopted with a scale, and read levels of that scale alone."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt, warnings
from ledger.application.governing import define_scale, pull_upstream
from ledger.application.learning import record_evidence
from ledger.domain.framework import Level
from ledger.domain.scales import scale_defined
from ledger.errors import PolicyProblems
from tests.support.ledgers import (
    AUTHORITY,
    FOUR_LEVELS,
    LONG_AGO,
    adopted,
    author,
    catalogue,
    classroom,
    evidence,
    opened,
    outcomes,
    record,
)

TEN = scale_defined("ten", "Ten levels", tuple(Level(label=f"L{n}", value=str(n)) for n in range(1, 11)))


def adoption(ledger: Ledger, policy: str, scale: str | None = None) -> Adoption:
    """Ask for a built-in policy."""
    found = catalogue().find(policy, LONG_AGO)
    return Adoption(found, ledger.jurisdiction, LONG_AGO, AUTHORITY, "for the test", scale=scale)


def refused(ledger: Ledger, policy: str) -> str:
    """Adopt a policy without a scale and return what was said."""
    before = ledger.log.recorder.max_notification_id()
    with pytest.raises(PolicyProblems) as caught:
        adopt(ledger, author(ledger), adoption(ledger, policy))
    assert before == ledger.log.recorder.max_notification_id()
    return str(caught.value)


def test_a_rule_that_reads_levels_is_adopted_with_a_scale(tmp_path: Path) -> None:
    """Where scales are held the adoption names one; a rule that reads none needs none."""
    ledger = opened(tmp_path)
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    define_scale(ledger, author(ledger), TEN)
    said = refused(ledger, "competency-based/readiness")
    adopt(ledger, author(ledger), adoption(ledger, "competency-based/course"))

    assert said == (
        "competency-based/readiness@2000-01-01, scale: it reads levels; name the scale with --scale "
        "(held are: Four levels, Ten levels)"
    )


def test_a_scale_held_above_is_held_below(tmp_path: Path) -> None:
    """A district that received a scale names it as the state does."""
    state = classroom(tmp_path, course=False)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    pull_upstream(district, author(district), state)

    assert "name the scale with --scale (held are: Four levels)" in refused(district, "competency-based/mastery")


def test_a_level_of_another_scale_is_no_level(tmp_path: Path) -> None:
    """3 of 10 levels is not level 3 of four."""
    ledger = classroom(tmp_path, course=False)
    learner = ledger.vault.learner_id("S-1")
    define_scale(ledger, author(ledger), TEN)
    for kind in ("task", "exam"):
        plain = evidence(ledger, kind, "C.2", "3", kind=kind, scale=TEN.digest)
        written = record_evidence(ledger, author(ledger), learner, plain)

        assert ("MASTERY", "c2", "met") not in outcomes(written)


def test_a_new_edition_of_the_scale_is_still_the_scale(tmp_path: Path) -> None:
    """Levels of every edition count together, those of editions brought in after the adoption too."""
    ledger = classroom(tmp_path, course=False)
    learner = ledger.vault.learner_id("S-1")
    record(ledger, learner, "old", "C.2", "3")
    newer = scale_defined("four-levels", "Four levels, reworded", FOUR_LEVELS.levels)
    define_scale(ledger, author(ledger), newer)
    written = record(ledger, learner, "new", "C.2", "3", kind="exam", scale=newer.digest)

    assert outcomes(written) == [("MASTERY", "c2", "met")]


def test_a_result_without_its_scale_is_no_level_of_it(tmp_path: Path) -> None:
    """Where the adoption names a scale, a bare number counts for nothing."""
    ledger = classroom(tmp_path, course=False)
    learner = ledger.vault.learner_id("S-1")
    bare = evidence(ledger, "bare", "C.2", "4")
    bare = replace(bare, results=tuple(replace(one, scale=None) for one in bare.results))
    record_evidence(ledger, author(ledger), learner, bare)
    written = record(ledger, learner, "second", "C.2", "3", kind="exam")

    assert [("MASTERY", "c2", "not_yet")] == outcomes(written)
    assert ("kinds",) == written.decisions[0].decisive


def test_an_adoption_warns_of_what_will_not_count(tmp_path: Path) -> None:
    """Without a scale no level of one counts, without bands no score; with both there is nothing to say."""
    ledger = opened(tmp_path)
    without = warnings(ledger, adoption(ledger, "competency-based/mastery"))
    adopted(ledger, "competency-based/mastery")
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    define_scale(ledger, author(ledger), TEN)

    assert without == (
        "It names no scale: levels of a scale brought in later will not count until it is adopted with one.",
    )
    assert warnings(ledger, adoption(ledger, "competency-based/mastery", TEN.digest)) == (
        "The scale Ten levels has no bands: scores are not read as levels and do not count.",
    )
    assert warnings(ledger, adoption(ledger, "competency-based/mastery", FOUR_LEVELS.digest)) == ()
    assert warnings(ledger, adoption(ledger, "competency-based/course")) == ()
