"""Samples: in proportion, by the seed alone, and every decision with the same chance."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ledger.application import Ledger
from ledger.audit.sampled import replay_sample
from ledger.audit.sampling import ERASED, UNREADABLE, Key, Stratum, draw, strata_of
from ledger.audit.verdicts import Verdict
from ledger.storage.inspection import Inspection
from tests.audit.erasing import erase, versions
from tests.audit.support import alter, positions, tamper

DECIDED = "learner.decided.1"


def row(*sizes: int) -> dict[Key, list[int]]:
    """Build strata of these sizes; positions follow one another."""
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    return {
        ("MASTERY", chr(ord("a") + number), "p@2000-01-01"): list(range(end - size, end))
        for number, (size, end) in enumerate(zip(sizes, ends, strict=True))
    }


SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=6)


@given(SIZES, st.integers(1, 60), st.text(min_size=1))
def test_each_stratum_gives_its_share(sizes: list[int], wanted: int, seed: str) -> None:
    """A stratum gives what its part of the whole comes to, less or more by less than two; where none, one besides."""
    found = draw(row(*sizes), wanted, seed)
    total = sum(sizes)

    assert min(wanted, total) == len(found.counted) == sum(one.drawn for one in found.strata)
    assert (wanted >= total) == found.whole
    assert sizes == [one.decisions for one in found.strata]
    assert all(abs(one.drawn * total - min(wanted, total) * one.decisions) < 2 * total for one in found.strata)
    assert [one.drawn == 0 for one in found.strata] == [one.besides == 1 for one in found.strata]
    assert len(found.besides) == sum(one.besides for one in found.strata)


@given(SIZES, st.integers(1, 60), st.text(min_size=1))
def test_a_sample_follows_from_its_seed(sizes: list[int], wanted: int, seed: str) -> None:
    """Whoever knows the seed draws the same."""
    assert draw(row(*sizes), wanted, seed) == draw(row(*sizes), wanted, seed)


def test_every_decision_has_the_same_chance() -> None:
    """Over many seeds every one of ten is drawn about three times in ten, those on the cuts too."""
    drawn = Counter(one for seed in range(4_000) for one in draw(row(4, 1, 5), 3, str(seed)).counted)

    assert set(range(10)) == set(drawn)
    assert all(1_100 <= count <= 1_300 for count in drawn.values())


def test_another_seed_draws_others() -> None:
    """A sample cannot be foreseen without its seed."""
    assert draw(row(1_000), 10, "a").counted != draw(row(1_000), 10, "b").counted


def test_nothing_is_drawn_of_nothing() -> None:
    """A ledger without decisions has an empty sample, which is the whole."""
    found = draw({}, 5, "a")

    assert ((), (), True) == (found.counted, found.strata, found.whole)


def test_decisions_are_put_in_strata_as_they_are_stored(ledger: Ledger) -> None:
    """By question, outcome and policy; erased and unreadable ones have strata of their own, other events none."""
    first, second, third, *rest = positions(ledger, DECIDED)
    (learner,) = {ledger.log.recorder.at(second)[1].removeprefix("learner/")}  # type: ignore[index]
    erase(ledger, learner, [versions(ledger, learner, DECIDED)[1]], decisions=True)
    tamper(ledger, "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = ?", first)
    tamper(ledger, "UPDATE stored_events SET state = 5 WHERE position = ?", third)
    found = strata_of(Inspection(ledger.log.recorder.datastore), 0, 10_000)

    assert [first, third] == found[UNREADABLE]
    assert [second] == found[ERASED]
    assert rest == sorted(one for key, some in found.items() if key[0] for one in some)
    assert {"MASTERY", "CREDIT", "ADVANCEMENT"} == {key[0] for key in found if key[0]}


def test_a_sound_sample_limits_the_rate_of_exceptions(ledger: Ledger) -> None:
    """Six drawn without an exception limit the rate to 39.31 %; nothing but the drawn is made again."""
    found = replay_sample(ledger.log, 6, "a")

    assert (6, 0, 0) == (len(found.draw.counted), found.exceptions, found.erased)
    assert "3931/10000" == str(found.limit)
    assert set(found.draw.positions) == set(found.decisions)
    assert {Verdict.IDENTICAL} == {one.verdict for one in found.decisions.values()}


def test_a_sample_of_all_leaves_nothing_to_estimate(ledger: Ledger) -> None:
    """Where all decisions are taken there is no limit; only those after the position are."""
    (*_, before, _) = positions(ledger, DECIDED)
    found = replay_sample(ledger.log, 10_000, "a", after=before)

    assert found.draw.whole
    assert found.limit is None
    assert 1 == len(found.decisions)


def test_what_is_altered_is_an_exception(ledger: Ledger) -> None:
    """Every decision drawn of a learner whose evidence was altered is one."""
    alter(ledger, "learner.evidence-recorded.1", '"task":"S-1-0"', '"task":"S-1-X"')
    found = replay_sample(ledger.log, 10_000, "a")
    altered = [one for one in found.decisions.values() if one.verdict is Verdict.EVIDENCE_ALTERED]

    assert altered
    assert len(altered) == found.exceptions


def test_a_decision_drawn_that_cannot_be_read_is_an_exception(ledger: Ledger) -> None:
    """It stands for itself in the sample, and its damage is told."""
    last = positions(ledger, DECIDED)[-1]
    tamper(ledger, "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE position = ?", last)
    found = replay_sample(ledger.log, 10_000, "a")

    assert Stratum("", "unreadable", "", 1, 1, 0) in found.draw.strata
    assert 1 == found.exceptions
    assert [last] == [one.position for one in found.replayed.kept if one.is_finding]


def test_what_was_erased_is_an_exception_that_accuses_nobody(ledger: Ledger) -> None:
    """Nothing was shown of a decision whose evidence is gone: it counts, and is told apart."""
    learner = ledger.vault.learner_id("S-1")
    erase(ledger, learner, versions(ledger, learner, "learner.evidence-recorded.1"))
    found = replay_sample(ledger.log, 10_000, "a")

    assert found.exceptions == found.erased > 0
    assert not any(one.is_finding for one in found.replayed.kept)
