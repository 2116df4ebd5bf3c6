"""Does the rule still say so? Every decision of a bundle made again from the bundle alone.

The rule, its values and the evidence come out of the bundle's events. What evaluates them is the
auditor's own copy of Mastery Ledger: never anything out of the bundle, in which there is no program.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import comb

from .answers import Answer
from .bundle import Bundle
from .completeness import DECIDED
from .events import Event

ERASED = "evidence_erased"
"""The verdict on a decision part of whose evidence was lawfully erased: it neither holds nor fails."""


def judge(bundle: Bundle) -> Answer:
    """Return the answer; it is `not done` where the auditor has no copy of Mastery Ledger that can be asked."""
    answer = Answer("replay")
    try:
        from .deciding import Replayer
    except ImportError as error:
        answer.done = False
        answer.missing.append(
            f"no copy of Mastery Ledger that can decide is installed beside this program ({error}); "
            "install the version you trust, and ask again"
        )
        return answer
    replayer = Replayer([event for event in bundle.events if not event.is_learner_s])
    asked = set(bundle.manifest.decisions)
    counts: dict[str, int] = {}
    for stream in sorted(bundle.manifest.streams):
        events = bundle.streams.get(stream, {})
        for event, verdict, detail in replayer.replay(stream, [events[version] for version in sorted(events)]):
            if asked and (stream, event.version) not in asked:
                continue
            counts[verdict] = counts.get(verdict, 0) + 1
            _tell(answer, event, verdict, detail)
    _count(answer, counts)
    if bundle.manifest.seed is not None:
        _estimate(answer, sum(counts.values()) - counts.get(ERASED, 0), len(answer.broken))
    _unseen(answer, bundle, sum(counts.values()))
    return answer


def _estimate(answer: Answer, seen: int, differing: int) -> None:
    """Say what a sample allows one to say of all decisions; of those that were erased it says nothing."""
    if seen:
        tenths = at_most(differing, seen)
        answer.reasons.append(
            f"{differing:,} of {seen:,} differ: of all decisions at most {tenths // 10}.{tenths % 10} % do, "
            "with a confidence of 95 %, where the seed was named after the log was pinned"
        )


def at_most(differing: int, seen: int) -> int:
    """Return the exact upper limit (Clopper and Pearson) on a rate, in tenths of a percent, rounded up, at 95 %.

    It is the smallest rate at which so few or fewer in the sample would turn up once in 20 times at most.
    """
    return bisect_left(range(1000), True, key=lambda tenths: _is_rare(differing, seen, tenths))


def _is_rare(differing: int, seen: int, tenths: int) -> bool:
    counts = range(differing + 1)
    ways: int = sum(comb(seen, count) * tenths**count * (1000 - tenths) ** (seen - count) for count in counts)
    everything: int = 1000**seen
    return 20 * ways <= everything


def _tell(answer: Answer, event: Event, verdict: str, detail: Iterable[str]) -> None:
    if verdict not in ("identical", ERASED):
        answer.broken.append(f"{event.place}: {verdict}: {'; '.join(detail)}")


def _count(answer: Answer, counts: Mapping[str, int]) -> None:
    total = sum(counts.values())
    listed = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
    if total:
        answer.reasons.append(f"{total:,} {'decision' if total == 1 else 'decisions'} made again: {listed}")
    else:
        answer.missing.append("the bundle holds no decision")


def _unseen(answer: Answer, bundle: Bundle, seen: int) -> None:
    """Say of decisions that should have been made again and were not."""
    asked = bundle.manifest.decisions
    here = sum(event.topic == DECIDED for event in bundle.events if event.is_learner_s)
    if (left := (len(asked) if asked else here) - seen) > 0:
        answer.missing.append(f"{left:,} decisions could not be read, and were not made again")
