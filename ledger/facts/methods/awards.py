"""Methods that read what was decided before: about this subject, and awards about other subjects.

They read standing decisions in force, which follow the stream's order: an award counts from the
moment it stands, and a running total of a policy's own question holds what was awarded before.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.base import ArgumentWanted, Raw, words
from ledger.facts.methods.lists import Row
from ledger.facts.methods.tables import Asked, TableMethod, question_arguments
from ledger.facts.ratios import pair_of
from ledger.facts.standing import Award, StandingDecision, granted, level_number
from ledger.policy.facts import FactType, Reads
from ledger.policy.sheet import UNKNOWN

FOR_EVER = ""
"""The `year_starts` of a total over the learner's whole record."""

_DECISION = frozenset({Reads.DECISION})


def _standing(asked: Asked) -> StandingDecision | None:
    question, award = words(asked.arguments, "question"), words(asked.arguments, "award")
    return asked.record.standing(question, asked.subject, award)


def _of_decision(read: Callable[[Asked, StandingDecision], Raw]) -> Callable[[Asked], tuple[Raw, Backing]]:
    def value(asked: Asked) -> tuple[Raw, Backing]:
        found = _standing(asked)
        return (None, Backing()) if found is None else (read(asked, found), Backing((found.version,), 1))

    return value


def _of_award(read: Callable[[Asked, StandingDecision], Raw]) -> Callable[[Asked], tuple[Raw, Backing]]:
    def value(asked: Asked, found: StandingDecision) -> Raw:
        return read(asked, found) if found.outcome == "met" and found.in_force else None

    return _of_decision(value)


def _awards(asked: Asked) -> Iterator[Award]:
    question, award = words(asked.arguments, "question"), words(asked.arguments, "award")
    policy = words(asked.arguments, "policy")
    for found in asked.record.awards_of(question, award):
        if found.subject != asked.subject and policy in ("", found.policy):
            yield found


def _listed(asked: Asked) -> tuple[Raw, Backing]:
    found = list(_awards(asked))
    rows: list[Row] = [
        {
            "id": one.subject.partition("/")[2],
            "on": one.on,
            "policy": one.policy,
            "level": level_number(one.level),
            "grants": one.grants,
        }
        for one in found
    ]
    return rows, backing_of(one.version for one in found)


def _total(asked: Asked) -> tuple[Raw, Backing]:
    first, last = year_of(asked.on, words(asked.arguments, "year_starts"))
    total, versions = Fraction(0), []
    for one in _awards(asked):
        amount = granted(one.grants, words(asked.arguments, "key"), FactType.FRACTION)
        if amount is None or not first <= one.on <= last:
            continue
        versions.append(one.version)
        if not isinstance(amount, tuple):
            return UNKNOWN, backing_of(versions)
        total += Fraction(*amount)
    return pair_of(total), backing_of(versions)


def year_of(day: date, starts: str) -> tuple[str, str]:
    """Return the first and the last day of the year of days that holds a day; `starts` is its first, as MM-DD."""
    if starts == FOR_EVER:
        return date.min.isoformat(), date.max.isoformat()
    first = date.fromisoformat(f"{day.year}-{starts}")
    if day < first:
        first = first.replace(year=day.year - 1)
    return first.isoformat(), (first.replace(year=first.year + 1) - timedelta(days=1)).isoformat()


def _own_id(asked: Asked) -> tuple[Raw, Backing]:
    return asked.subject.partition("/")[2], Backing()


_POLICY = ArgumentWanted("policy", "the id of the policy that awarded, empty for any", (str,), "")
_KEY = ArgumentWanted("key", "the key of the grant", (str,))

OUTCOME = TableMethod(
    "outcome.1",
    "The outcome of the standing decision of `question` and `award` about the subject, as its code; when_none where "
    "there is none.",
    _of_decision(lambda _, found: found.outcome),
    frozenset({FactType.CHOICE}),
    _DECISION,
    question_arguments(None),
)

DECISION_DAY = TableMethod(
    "decision_day.1",
    "The legal day of the standing decision of `question` and `award` where it is met and in force; else when_none.",
    _of_award(lambda _, found: found.on[:10]),
    frozenset({FactType.DATE}),
    _DECISION,
    question_arguments(None),
)

DECISION_LEVEL = TableMethod(
    "decision_level.1",
    "The level the standing decision of `question` and `award` carries, exact, where it is met and in force; else "
    "when_none.",
    _of_award(lambda _, found: level_number(found.level)),
    frozenset({FactType.FRACTION}),
    _DECISION,
    question_arguments(None),
)

GRANTED = TableMethod(
    "granted.1",
    "What the standing decision of `question` and `award` gives under `key`, where it is met and in force: a number, "
    "exact and in the grant's unit, or a text; else when_none.",
    _of_award(lambda asked, found: granted(found.grants, words(asked.arguments, "key"), asked.type)),
    frozenset({FactType.FRACTION, FactType.TEXT}),
    _DECISION,
    (*question_arguments(None), _KEY),
)

AWARDS = TableMethod(
    "awards.1",
    "One sub-sheet for each standing decision of `question` and `award` about another subject that is met and in "
    "force, by the key of its subject; of nothing, an empty list.",
    _listed,
    frozenset({FactType.LIST}),
    _DECISION,
    (*question_arguments(None), _POLICY),
)

AWARDED = TableMethod(
    "awarded.1",
    "The sum of what is given under `key` by the standing decisions of `question` and `award` about other subjects "
    "that are met and in force, exact, in the grant's unit; with `year_starts` (MM-DD) only those decided within the "
    "year that holds the day of decision; UNKNOWN where one of them is; of nothing, 0.",
    _total,
    frozenset({FactType.FRACTION}),
    _DECISION,
    (
        *question_arguments(None),
        _POLICY,
        _KEY,
        ArgumentWanted("year_starts", "the first day of the year as MM-DD, empty for ever", (str,), FOR_EVER),
    ),
    reads_day=True,
)

SUBJECT = TableMethod(
    "subject.1",
    "The id of the subject itself: the code of a course or requirement, the id of a competency; it always has one.",
    _own_id,
    frozenset({FactType.TEXT}),
    frozenset({Reads.FRAMEWORK}),
)

ACROSS = frozenset({AWARDS.name, AWARDED.name})
"""The methods that read decisions about other subjects than their own."""
