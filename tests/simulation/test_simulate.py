"""A what-if finds what deciding everybody one by one would find."""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy import Outcome
from ledger.simulation import Case, Effect, Held, Processes, Serial, Side, shared, simulate
from ledger.simulation.result import effect_of
from tests.policy.examples import policy
from tests.policy.strategies import DAYS, PARAMETERS, SHEET, sheets, stages
from tests.simulation.support import BASELINE, CANDIDATE, held, one_by_one
from tests.simulation.ten_standards import generated, sides

slowly = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
SCORES = {"a": 1, "b": 2, "c": 3, "d": 2}


def test_counts_equal_deciding_two_thousand_learners_one_by_one() -> None:
    """Of 2,000 generated learners and a rule of ten standards every pair and every reason is right."""
    population = generated(2_000, 300)
    baseline, candidate = sides()
    found = simulate(population, baseline, candidate, seed=7, checked=100)
    cases = tuple(case for part in population for case in part.held)
    pairs = list(one_by_one(cases, baseline, candidate))
    changed = [case for case, (before, after) in zip(cases, pairs, strict=True) if before is not after]
    rests_on = [
        (baseline.decide(case.baseline).decisive, candidate.decide(case.candidate).decisive) for case in changed
    ]

    assert Counter(pairs) == {(one.baseline, one.candidate): one.answers for one in found.pairs}
    assert [case.learner for case in changed] == [one.learner for one in found.changed]
    assert rests_on == [(one.baseline_rests_on, one.candidate_rests_on) for one in found.changed]
    assert (2_000, 2_000) == (found.learners, found.answers)
    assert 100 < len(changed) < 1_900


@slowly
@given(stages(), st.data())
def test_a_random_rule_is_answered_as_it_is_one_by_one(parts: dict[str, Any], data: st.DataObject) -> None:
    """Two days and two values of any rule over any sheets give the pairs they give one by one."""
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    drawn = data.draw(st.lists(sheets(asked.applies, asked.eligible, asked.requires), min_size=1, max_size=6))
    pool: dict[object, Any] = {}
    read = [shared(sheet, pool) for sheet in drawn]
    cases = tuple(Case(f"l{number}", "course/c", sheet, sheet) for number, sheet in enumerate(read))
    pair = (Side(asked, DAYS[0]), Side(asked, DAYS[2], {"cut": 1}))
    found = simulate([Held(cases)], *pair, seed=1)

    assert drawn == read
    assert Counter(one_by_one(cases, *pair)) == {(one.baseline, one.candidate): one.answers for one in found.pairs}
    assert found.effects[Effect.SAME] == found.checked


def test_every_changed_learner_is_told_with_the_clauses_on_both_sides() -> None:
    """A learner whose outcome changes is named with what either answer rests on; nobody else is."""
    found = simulate([held(SCORES)], BASELINE, CANDIDATE, seed=1)
    told = [(one.ledger, one.learner, one.baseline_rests_on, one.candidate_rests_on) for one in found.changed]
    [same, gained, kept] = found.pairs

    assert [("us-ex/one", "b", ("score",), ("score",)), ("us-ex/one", "d", ("score",), ("score",))] == told
    assert (Outcome.MET, Outcome.MET, 1) == (same.baseline, same.candidate, same.answers)
    assert (Outcome.NOT_YET, Outcome.MET, 2) == (gained.baseline, gained.candidate, gained.answers)
    assert ({"score": 2}, {"score": 2}) == (gained.baseline_clauses, gained.candidate_clauses)
    assert (1, {}, {}) == (kept.answers, kept.baseline_clauses, kept.candidate_clauses)


def test_clauses_are_counted_without_the_members_they_stand_in() -> None:
    """A clause asked of ten standards is counted once for an answer, however many standards it fails for."""
    baseline, candidate = sides()
    found = simulate(generated(200, 200), baseline, candidate, seed=1)
    changed = next(one for one in found.pairs if one.baseline is not one.candidate)

    assert {"average", "kinds", "latest"} >= changed.baseline_clauses.keys()
    assert changed.answers >= max(changed.baseline_clauses.values())


def test_an_effect_is_of_a_learner_over_all_subjects() -> None:
    """Met under one rule alone gains or loses, either way both; other changes are told apart from none."""
    met, not_yet, denied = Outcome.MET, Outcome.NOT_YET, Outcome.DENIED
    pairs = {
        Effect.GAINS: [(not_yet, met), (met, met)],
        Effect.LOSES: [(met, denied), (met, met)],
        Effect.BOTH: [(not_yet, met), (met, not_yet)],
        Effect.OTHER: [(not_yet, denied)],
        Effect.SAME: [(met, met), (denied, denied)],
    }

    assert {effect: effect_of(Counter(some)) for effect, some in pairs.items()} == {effect: effect for effect in pairs}


def test_a_learner_is_counted_once_and_each_subject_is_an_answer() -> None:
    """Two subjects of one learner are two answers of one learner."""
    one = held({"a": 1}).held[0]
    other = one._replace(subject="course/biology", baseline={"score": 2}, candidate={"score": 2})
    found = simulate([Held((one, other))], BASELINE, CANDIDATE, seed=1)

    assert (1, 2) == (found.learners, found.answers)
    assert 1 == found.effects[Effect.GAINS]


def test_processes_find_what_one_finds() -> None:
    """In two processes, started afresh or copied, a what-if is the same to the last field."""
    population = generated(120, 30)
    alone = simulate(population, *sides(), seed=5, checked=40)

    assert alone == simulate(population, *sides(), seed=5, checked=40, engine=Processes(2))
    assert alone == simulate(population, *sides(), seed=5, checked=40, engine=Processes(2, "fork"))
    assert alone == simulate(population[::-1], *sides(), seed=5, checked=40, engine=Serial())


def test_equal_seeds_check_the_same_learners_however_they_are_cut() -> None:
    """The sample follows from seed and learner alone, and is about as large as wanted."""
    sizes = [simulate(generated(600, size), *sides(), seed=11, checked=60).checked for size in (7, 600)]
    other = simulate(generated(600, 600), *sides(), seed=12, checked=60).checked

    assert sizes[0] == sizes[1]
    assert 20 < sizes[0] < 90
    assert 20 < other < 90


def test_progress_is_told_in_learners() -> None:
    """Progress begins at nothing, goes on partition by partition, and ends with everybody."""
    told: list[tuple[int, int]] = []
    simulate(generated(10, 4), *sides(), seed=1, progress=lambda done, total: told.append((done, total)))

    assert [(0, 10), (4, 10), (8, 10), (10, 10)] == told


def test_a_policy_out_of_force_applies_to_nobody() -> None:
    """A candidate that takes effect later is not applicable to anybody on that day."""
    later = replace(CANDIDATE, policy=replace(CANDIDATE.policy, effective=date(2030, 1, 1)))
    found = simulate([held(SCORES)], BASELINE, later, seed=1)

    assert {Outcome.NOT_APPLICABLE} == {one.candidate for one in found.pairs}
    assert (1, 3) == (found.effects[Effect.LOSES], found.effects[Effect.OTHER])


def test_nobody_is_a_population_too() -> None:
    """Over nobody every figure is 0."""
    found = simulate([], BASELINE, CANDIDATE, seed=1)

    assert (0, 0, (), (), 0) == (found.learners, found.answers, found.pairs, found.changed, found.checked)
    assert "what-if" == found.kind


def test_the_sample_is_of_the_seed() -> None:
    """Whoever is drawn is drawn by the digest of seed and learner."""
    wanted = [
        name
        for name in (f"learner-{number:06}" for number in range(50))
        if int.from_bytes(hashlib.sha256(f"3/{name}".encode()).digest()[:8], "big") < 20 * 2**64 // 50
    ]
    baseline, _ = sides()

    assert len(wanted) == simulate(generated(50, 50), baseline, baseline, seed=3, checked=20).checked
