"""A what-if as text for people."""

from collections.abc import Iterator

from ledger.cli.printing import counted, table
from ledger.policy.model import Outcome
from ledger.simulation import ChangedAnswer, HeldBack, PairCount, WhatIf

SHOWN = 20
"""Rows of a list before it is cut; the whole is in the files and in the JSON."""


def what_if_lines(found: WhatIf) -> Iterator[str]:
    """Yield what a what-if found."""
    yield f"{counted(found.learners, 'learner')}, {counted(found.answers, 'answer')}"
    if not found.answers:
        yield "Nothing on record answers this question for anybody."
        return
    yield ""
    yield from table(("baseline", "candidate", "answers"), map(_pair, found.pairs))
    yield from _because(found)
    yield ""
    yield from table(("what it does to a learner", "learners"), found.effects.items())
    yield ""
    yield (
        f"Checked: {counted(found.checked, 'unchanged learner')}, drawn with seed {found.seed}, decided again from "
        "scratch: no difference."
    )
    yield from _groups(found)
    yield from _changed(found)
    yield from _held_back(found)


def _pair(one: PairCount) -> tuple[object, ...]:
    return _word(one.baseline), _word(one.candidate), f"{one.answers:,}"


def _word(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _because(found: WhatIf) -> Iterator[str]:
    for pair in found.pairs:
        if pair.baseline is not pair.candidate:
            yield ""
            yield f"{_word(pair.baseline)} to {_word(pair.candidate)}, {counted(pair.answers, 'answer')}:"
            yield f"  the baseline rests on {_counts(pair.baseline_clauses)}"
            yield f"  the candidate rests on {_counts(pair.candidate_clauses)}"


def _counts(clauses: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in clauses.items()) or "no clause"


def _groups(found: WhatIf) -> Iterator[str]:
    if not found.groups:
        return
    yield ""
    yield "By group, learners, in ranges that no two runs can be subtracted by:"
    effects = list(found.groups[0].effects)
    rows = [(one.group, one.learners, *(one.effects[effect] for effect in effects)) for one in found.groups]
    yield from table(("group", "all", *effects), rows)


def _changed(found: WhatIf) -> Iterator[str]:
    if not found.changed:
        return
    yield ""
    yield from table(("learner", "subject", "baseline", "candidate"), map(_row, found.changed[:SHOWN]))
    yield from _more(len(found.changed))


def _row(one: ChangedAnswer) -> tuple[object, ...]:
    return (
        one.learner,
        one.subject,
        _said(one.baseline, one.baseline_rests_on),
        _said(one.candidate, one.candidate_rests_on),
    )


def _said(outcome: Outcome, rests_on: tuple[str, ...]) -> str:
    return f"{_word(outcome)}: {', '.join(rests_on)}" if rests_on else _word(outcome)


def _held_back(found: WhatIf) -> Iterator[str]:
    if not found.held_back:
        return
    yield ""
    answers = len({(one.side, one.learner, one.subject) for one in found.held_back})
    yield f"Opportunity: {counted(answers, 'answer')} not yet met only because what is wanted was never offered there:"
    yield from table(("rule", "learner", "place", "wanted", "offered"), map(_wanting, found.held_back[:SHOWN]))
    yield from _more(len(found.held_back))


def _wanting(one: HeldBack) -> tuple[object, ...]:
    wanted = f"{one.clause}: {one.wanted} of {one.category or one.field}"
    return one.side, one.learner, one.place, wanted, ", ".join(one.offered) or "nothing"


def _more(rows: int) -> Iterator[str]:
    if rows > SHOWN:
        yield f"and {rows - SHOWN:,} more; --csv FILE and --json give all of them"
