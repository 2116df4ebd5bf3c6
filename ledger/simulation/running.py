"""Running a what-if over a population, and putting its parts together."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ledger.policy.memory import Memory
from ledger.policy.model import Outcome
from ledger.simulation.breakdown import Grouping, breakdown
from ledger.simulation.engines import Engine, Serial
from ledger.simulation.opportunity import HeldBack, Longing, Offers, held_back
from ledger.simulation.population import Partition, Side
from ledger.simulation.result import ChangedAnswer, Effect, WhatIf, pair_counts
from ledger.simulation.screening import Part, Screening, joined, share_of

CHECKED = 1_000
"""Learners that are decided again from scratch, about so many of all; none may differ."""

Progress = Callable[[int, int], None]
"""Told how many learners are done, and how many there are."""


def simulate(
    population: Sequence[Partition],
    baseline: Side,
    candidate: Side,
    *,
    seed: int,
    engine: Engine | None = None,
    checked: int = CHECKED,
    grouping: Grouping | None = None,
    progress: Progress = lambda done, total: None,
    remember: Callable[[Side], Memory] = Side.memory,
) -> WhatIf:
    """Decide a population under two rules and return what differs; equal seeds check the same learners.

    Every learner stands whole in one partition of each ledger. Raises `WhatIfUnsound`, naming the
    learner, where one that is decided again from scratch comes out otherwise.
    """
    learners = sum(partition.size for partition in population)
    screening = Screening(baseline, candidate, seed, share_of(checked, learners), remember)
    parts = list(joined(_told(population, engine or Serial(), screening, progress, learners)))
    pairs: Counter[tuple[Outcome, Outcome]] = Counter()
    for part in parts:
        pairs.update(part.pairs)
    changed = tuple(sorted((one for part in parts for one in part.changed), key=_who))
    effects = _effects(parts)
    counted = Counter(effect for held in effects.values() for effect in held.values())
    return WhatIf(
        baseline=baseline.policy.edition,
        candidate=candidate.policy.edition,
        learners=counted.total(),
        answers=pairs.total(),
        pairs=pair_counts(pairs, changed),
        changed=changed,
        effects={effect: counted[effect] for effect in Effect},
        checked=sum(part.checked for part in parts),
        seed=seed,
        groups=breakdown(effects, Effect, grouping) if grouping else (),
        held_back=tuple(sorted(held_back(_longing(parts), _offers(parts)), key=lambda one: (one.side, *_who(one)))),
    )


def _told(
    population: Sequence[Partition], engine: Engine, screening: Screening, progress: Progress, learners: int
) -> Iterator[Part]:
    done = 0
    progress(done, learners)
    for number, part in engine.map(screening, population):
        done += population[number].size
        progress(done, learners)
        yield part


def _who(one: ChangedAnswer | HeldBack) -> tuple[str, str]:
    return one.learner, one.subject


def _effects(parts: Sequence[Part]) -> dict[str, dict[str, Effect]]:
    found: dict[str, dict[str, Effect]] = {}
    for part in parts:
        found.setdefault(part.ledger, {}).update(part.effects)
    return found


def _longing(parts: Sequence[Part]) -> Iterator[Longing]:
    for part in parts:
        yield from part.longing


def _offers(parts: Sequence[Part]) -> Offers:
    found: Offers = {}
    for part in parts:
        for key, values in part.offers.items():
            found.setdefault(key, set()).update(values)
    return found
