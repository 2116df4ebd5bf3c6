"""A what-if as text for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.cli.printing import counted, table
from ledger.policy.model import Outcome
from ledger.simulation import ChangedAnswer, Effect, GroupCells, HeldBack, PairCount, WhatIf

SHOWN = 20
"""Rows of a list before it is cut; the whole is in the files and in the JSON."""


def what_if_lines(found: WhatIf) -> Iterator[str]:
    """Yield what a what-if found."""
    yield f"{counted(found.learners, 'learner')}, {counted(found.answers, 'answer')}"
    if not found.answers:
        yield "Nothing on record answers this question for anybody."
        return
    yield from answers_lines(found.pairs, found.effects)
    yield ""
    yield (
        f"Checked: {counted(found.checked, 'unchanged learner')}, drawn with seed {found.seed}, decided again from "
        "scratch: no difference."
    )
    yield from group_lines(found.groups)
    yield from _changed(found)
    yield from _held_back(found)


def answers_lines(
    pairs: Iterable[PairCount], effects: Mapping[Effect, int], baseline: str = "baseline", candidate: str = "candidate"
) -> Iterator[str]:
    """Yield the pairs of outcomes, what the changes rest on, and what that does to learners."""
    yield ""
    yield from table((baseline, candidate, "answers"), map(_pair, pairs))
    yield from _because(pairs, baseline, candidate)
    yield ""
    yield from table(("what it does to a learner", "learners"), effects.items())


def _pair(one: PairCount) -> tuple[object, ...]:
    return word(one.baseline), word(one.candidate), f"{one.answers:,}"


def word(outcome: Outcome) -> str:
    """Write an outcome for people."""
    return outcome.value.replace("_", " ")


def _because(pairs: Iterable[PairCount], baseline: str, candidate: str) -> Iterator[str]:
    for pair in pairs:
        if pair.baseline is not pair.candidate:
            yield ""
            yield f"{word(pair.baseline)} to {word(pair.candidate)}, {counted(pair.answers, 'answer')}:"
            yield f"  the {baseline} rests on {_counts(pair.baseline_clauses)}"
            yield f"  the {candidate} rests on {_counts(pair.candidate_clauses)}"


def _counts(clauses: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in clauses.items()) or "no clause"


def group_lines(groups: Sequence[GroupCells]) -> Iterator[str]:
    """Yield what it does by group, nothing where no group was asked for."""
    if not groups:
        return
    yield ""
    yield "By group, learners, in ranges that no two runs can be subtracted by:"
    effects = list(groups[0].effects)
    rows = [(one.group, one.learners, *(one.effects[effect] for effect in effects)) for one in groups]
    yield from table(("group", "all", *effects), rows)


def _changed(found: WhatIf) -> Iterator[str]:
    if not found.changed:
        return
    yield ""
    yield from table(("learner", "subject", "baseline", "candidate"), map(_row, found.changed[:SHOWN]))
    yield from more(len(found.changed))


def _row(one: ChangedAnswer) -> tuple[object, ...]:
    return (
        one.learner,
        one.subject,
        said(one.baseline, one.baseline_rests_on),
        said(one.candidate, one.candidate_rests_on),
    )


def said(outcome: Outcome, rests_on: tuple[str, ...]) -> str:
    """Write an outcome with what it rests on."""
    return f"{word(outcome)}: {', '.join(rests_on)}" if rests_on else word(outcome)


def _held_back(found: WhatIf) -> Iterator[str]:
    if not found.held_back:
        return
    yield ""
    answers = len({(one.side, one.learner, one.subject) for one in found.held_back})
    yield f"Opportunity: {counted(answers, 'answer')} not yet met only because what is wanted was never offered there:"
    yield from table(("rule", "learner", "place", "wanted", "offered"), map(_wanting, found.held_back[:SHOWN]))
    yield from more(len(found.held_back))


def _wanting(one: HeldBack) -> tuple[object, ...]:
    wanted = f"{one.clause}: {one.wanted} of {one.category or one.field}"
    return one.side, one.learner, one.place, wanted, ", ".join(one.offered) or "nothing"


def more(rows: int) -> Iterator[str]:
    """Say how many rows of a list were not told."""
    if rows > SHOWN:
        yield f"and {rows - SHOWN:,} more; --csv FILE and --json give all of them"
