"""A what-if: 100,000 generated learners and a rule of ten standards, asked with two sets of numbers.

Ours finds every pair of outcomes, explains each answer that changes and decides a thousand of the others
again from scratch. Beside it stand the same learners decided one by one, a sample of them, and the same
rule as a plain loop that says yes or no and nothing else. The facts are in memory before the clock starts.
"""

import os
import time
from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import Any

from benchmarks.measuring import Check, Measure, Report, Setting, Target
from ledger.policy.model import Outcome
from ledger.simulation import Case, Engine, Held, Processes, Serial, WhatIf, simulate
from tests.simulation.ten_standards import generated, sides

SECONDS, CORES, ROUNDS = 10, 2, 3


def run(setting: Setting) -> Report:
    """Measure the what-if on two cores and on one, learners one by one, and the plain loop."""
    population = generated(setting.size(100_000, 300), partition=setting.size(5_000, 100))
    engine = Processes(min(CORES, os.cpu_count() or 1), start="fork")
    before = os.times().children_user
    rounds = [_timed(population, engine) for _ in range(min(ROUNDS, setting.rounds))]
    found, took = rounds[0][0], median(seconds for _, seconds in rounds)
    worked = (os.times().children_user - before) / len(rounds)
    alone, took_alone = _timed(population, Serial())
    cases = [case for held in population for case in held.held]
    sample = cases[: setting.size(2_000, 50)]
    one_by_one, took_sample = _one_by_one(sample)
    plainly, took_plain = _plainly(cases)
    scaled = took_sample * len(cases) / len(sample)
    size = f"what-if over {len(cases):,} learners"
    report = Report(
        [
            Measure(
                f"{size}, {engine.count} cores",
                "seconds",
                [seconds for _, seconds in rounds],
                ratio=took / SECONDS,
                against=f"{SECONDS} s",
                target=Target(1, at_most=True),
            ),
            Measure(f"{size}, 1 core", "learners/s", [len(cases) / took_alone]),
            Measure(
                f"{size}, one by one, 1 core",
                "learners/s",
                [len(sample) / took_sample],
                textbook=[len(cases) / took_plain],
                ratio=scaled / took_alone,
                against="the what-if",
            ),
        ]
    )
    report.checks += [
        Check("simulation: who changes, on one core and on several", found.changed, alone.changed),
        Check("simulation: pairs of outcomes, one by one", one_by_one, _pairs(simulated(sample))),
        Check("simulation: who is met under either rule, by plain Python", plainly, _met(found)),
    ]
    report.notes.append(
        f"simulation: {len(found.changed):,} of {found.answers:,} answers change and are explained, {found.checked:,} "
        f"of the others decided again; the workers took {worked:.1f} s of processor time together, the plain loop "
        f"{took_plain:.2f} s; one by one would take {scaled:.0f} s"
    )
    return report


def simulated(cases: Sequence[Case], engine: Engine | None = None) -> WhatIf:
    """Run the what-if over some cases."""
    return simulate([Held(tuple(cases))], *sides(), seed=1, engine=engine)


def _timed(population: Sequence[Held], engine: Engine) -> tuple[WhatIf, float]:
    began = time.perf_counter()
    found = simulate(population, *sides(), seed=1, engine=engine)
    return found, time.perf_counter() - began


def _one_by_one(cases: Sequence[Case]) -> tuple[dict[tuple[Outcome, Outcome], int], float]:
    baseline, candidate = sides()
    began = time.perf_counter()
    found: dict[tuple[Outcome, Outcome], int] = {}
    for case in cases:
        pair = (baseline.decide(case.baseline).outcome, candidate.decide(case.candidate).outcome)
        found[pair] = found.get(pair, 0) + 1
    return found, time.perf_counter() - began


def _plainly(cases: Sequence[Case]) -> tuple[tuple[int, int], float]:
    began = time.perf_counter()
    met = [0, 0]
    for case in cases:
        standards: Any = case.baseline["standards"]
        for place, (average, kinds) in enumerate(((3, 2), (Fraction(5, 2), 1))):
            met[place] += all(
                one["average"] >= average and one["latest"] >= 2 and one["kinds"] >= kinds for one in standards
            )
    return (met[0], met[1]), time.perf_counter() - began


def _pairs(found: WhatIf) -> dict[tuple[Outcome, Outcome], int]:
    return {(one.baseline, one.candidate): one.answers for one in found.pairs}


def _met(found: WhatIf) -> tuple[int, int]:
    before = sum(one.answers for one in found.pairs if one.baseline is Outcome.MET)
    return before, sum(one.answers for one in found.pairs if one.candidate is Outcome.MET)
