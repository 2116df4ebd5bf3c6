"""Methods that read what people said of a learner: the cohort set, how a panel voted, what was chosen.

They fold nothing. A vote or a choice about the learner as a whole speaks for every subject, and of
several the last dated holds, as of several words of approval.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from ledger.facts.backing import Backing
from ledger.facts.methods.base import ArgumentWanted, Raw, words
from ledger.facts.methods.lists import Row
from ledger.facts.methods.tables import Asked, TableMethod
from ledger.facts.said import ChoiceEntry, PanelEntry
from ledger.policy.facts import FactType, Reads
from ledger.policy.sheet import UNKNOWN

Read: TypeAlias = Callable[[Asked], tuple[Raw, Backing]]

ANY = "any"
CAST = "cast"
ANY_ROLE = ""
"""The `role` that counts members whatever their role."""


def _cohort(asked: Asked) -> tuple[Raw, Backing]:
    found = asked.record.cohort_of(words(asked.arguments, "clock"))
    if found is None:
        return None, Backing()
    value: Raw = found.year if found.day is None else date.fromisoformat(found.day)
    if asked.type is FactType.INTEGER:
        value = value.year if isinstance(value, date) else value
    elif not isinstance(value, date):
        value = UNKNOWN
    return value, Backing((found.version,), 1)


def _of_vote(read: Callable[[Asked, PanelEntry], Raw]) -> Read:
    def value(asked: Asked) -> tuple[Raw, Backing]:
        found = asked.record.panel_on(words(asked.arguments, "body"), asked.subject, asked.on.isoformat())
        return (None, Backing()) if found is None else (read(asked, found), Backing((found.version,), 1))

    return value


def _members(asked: Asked, found: PanelEntry) -> Raw:
    counted, wanted = words(asked.arguments, "vote"), words(asked.arguments, "role")
    return sum(_counts(vote, counted) for role, vote in found.votes if wanted in (ANY_ROLE, role))


def _counts(vote: str, counted: str) -> bool:
    if counted == CAST:
        return vote != "absent"
    return counted in (ANY, vote)


def _panel_day(_asked: Asked, found: PanelEntry) -> Raw:
    return date.fromisoformat(found.occurred[:10]) if found.occurred else None


def _of_choice(read: Callable[[Asked, ChoiceEntry], Raw]) -> Read:
    def value(asked: Asked) -> tuple[Raw, Backing]:
        found = asked.record.choice_on(words(asked.arguments, "choice"), asked.subject, asked.on.isoformat())
        if found is None:
            return None, Backing()
        return (read(asked, found) if found.options else None), Backing((found.version,), 1)

    return value


def _options(_asked: Asked, found: ChoiceEntry) -> Raw:
    rows: list[Row] = [{"id": option, "day": (found.occurred or "")[:10]} for option in found.options]
    return rows


_BODY = ArgumentWanted("body", "the code of the panel", (str,))
_CHOICE = ArgumentWanted("choice", "the code of what was to be chosen", (str,))
_PANEL = frozenset({Reads.PANEL})
_CHOOSING = frozenset({Reads.CHOICE})

COHORT = TableMethod(
    "cohort.1",
    "The year or the day last set on the cohort clock `clock`; as a whole number the calendar year, also of a day; as "
    "a date the day, UNKNOWN where only a year was set; when_none where it was never set.",
    _cohort,
    frozenset({FactType.INTEGER, FactType.DATE}),
    frozenset({Reads.COHORT}),
    (ArgumentWanted("clock", "the code of the cohort clock", (str,)),),
)

PANEL_RESULT = TableMethod(
    "panel_result.1",
    "The result (carried, not_carried, sent_back) of the last vote of the panel `body` about the subject or the "
    "learner as a whole, dated not after the day of decision; an undated vote is the oldest; when_none where there "
    "is no vote.",
    _of_vote(lambda _, found: found.result),
    frozenset({FactType.CHOICE}),
    _PANEL,
    (_BODY,),
    reads_day=True,
)

PANEL_VOTES = TableMethod(
    "panel_votes.1",
    "How many members of the `role` (every one where empty) voted `vote` in the vote panel_result.1 reads: any counts "
    "every member named, cast those not absent; when_none where there is no vote.",
    _of_vote(_members),
    frozenset({FactType.INTEGER}),
    _PANEL,
    (
        _BODY,
        ArgumentWanted("vote", "which votes count", (str,), ANY, (ANY, CAST, "yes", "no", "abstained")),
        ArgumentWanted("role", "the role of the members, empty for any", (str,), ANY_ROLE),
    ),
    reads_day=True,
)

PANEL_DAY = TableMethod(
    "panel_day.1",
    "The day of the vote panel_result.1 reads; when_none where there is no vote or it is undated.",
    _of_vote(_panel_day),
    frozenset({FactType.DATE}),
    _PANEL,
    (_BODY,),
    reads_day=True,
)

CHOSEN = TableMethod(
    "choice.1",
    "The option chosen last for `choice` about the subject or the learner as a whole, dated not after the day of "
    "decision, the first where several were; an undated choice is the oldest; when_none where there is no choice or "
    "it was withdrawn.",
    _of_choice(lambda _, found: found.options[0]),
    frozenset({FactType.TEXT, FactType.CHOICE}),
    _CHOOSING,
    (_CHOICE,),
    reads_day=True,
)

CHOSE = TableMethod(
    "chose.1",
    "Whether the choice that choice.1 reads includes the option `option`; when_none where there is no choice or it "
    "was withdrawn.",
    _of_choice(lambda asked, found: words(asked.arguments, "option") in found.options),
    frozenset({FactType.BOOLEAN}),
    _CHOOSING,
    (_CHOICE, ArgumentWanted("option", "the code of the option", (str,))),
    reads_day=True,
)

CHOICES = TableMethod(
    "choices.1",
    "One sub-sheet for each option of the choice that choice.1 reads, in the order recorded; when_none where there is "
    "no choice or it was withdrawn.",
    _of_choice(_options),
    frozenset({FactType.LIST}),
    _CHOOSING,
    (_CHOICE,),
    reads_day=True,
)
