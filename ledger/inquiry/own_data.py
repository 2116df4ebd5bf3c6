"""Everything a ledger holds about one learner, to be taken away by the learner or a guardian."""

from dataclasses import dataclass
from typing import Any

import msgspec

from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.domain.topics import topic_of
from ledger.inquiry.learners import explanations_of, read_history
from ledger.inquiry.views import DecisionSummary

NOTE = (
    "This is everything this ledger has on record about one learner, in the order in which it was recorded. "
    "`events` is the record itself: each entry says what was recorded, when, and in which role somebody did it. "
    "`decisions` are the same decisions again in words, with the reason for each that stands today. "
    "Nothing was left out but the names of those who recorded it, and notes in free text, which are kept apart: "
    "the school office shows you those. If something is wrong, ask the school office to correct it; the correction "
    "is added, and the old entry stays to be seen."
)


@dataclass(frozen=True, slots=True)
class EventView:
    """One entry of the record: its place in the learner's stream and in the log, what it is, and what it says."""

    version: int
    position: int
    recorded: str
    role: str
    what: str
    says: Any


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision in a line; `because` is the reason in a sentence, empty for one that no longer stands."""

    decision: DecisionSummary
    because: str


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is taken away: a note in plain words, whose it is, every entry, and every decision."""

    note: str
    jurisdiction: str
    learner: str
    name: str
    position: int
    events: tuple[EventView, ...]
    decisions: tuple[DecisionWords, ...]


def own_data(ledger: Ledger, learner: str) -> OwnData:
    """Return everything on record about a learner; raise `UnknownName` where nothing is."""
    history = read_history(ledger, learner)
    standing = list(history.standing().values())
    said = explanations_of(ledger, learner, standing)
    reasons = {version: one.answer for version, one in said.items() if one is not None}
    return OwnData(
        note=NOTE,
        jurisdiction=ledger.jurisdiction,
        learner=learner,
        name=ledger.vault.display_name(learner),
        position=history.position,
        events=tuple(
            EventView(
                event.originator_version,
                event.position,
                event.at,
                event.role,
                topic_of(event.data),
                _says(event.data),
            )
            for event in ledger.log.stream(stream_of(learner))
        ),
        decisions=tuple(
            DecisionWords(history.summary(one), reasons.get(one.originator_version, "")) for one in history.decisions
        ),
    )


UNNAMED = frozenset({"who", "attested_by"})
"""Fields that name somebody else by vault id."""


def _says(payload: Any) -> Any:
    return _without_people(msgspec.to_builtins(payload))


def _without_people(value: Any) -> Any:
    """Return plain data without the vault ids of people; what they were there as stays."""
    if isinstance(value, dict):
        return {name: _without_people(one) for name, one in value.items() if name not in UNNAMED}
    return [_without_people(one) for one in value] if isinstance(value, list | tuple) else value
