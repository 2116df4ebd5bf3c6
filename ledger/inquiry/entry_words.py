"""Entries that are neither evidence nor decisions, in words: what each is, and what it says."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from ledger.domain import learner
from ledger.domain.shapes import Payload

Words = tuple[str, str]
"""What an entry is, and what it says."""


def entry_words(payload: Payload) -> Words:
    """Say what an entry is, and what it says, its subject aside."""
    return _SAYS[type(payload)](payload)


def _status(payload: learner.StatusSet) -> Words:
    until = f" to {payload.last_day}" if payload.last_day else ""
    since = f" from {payload.first_day}" if payload.first_day else ""
    return "status", f"{payload.code} {'holds' if payload.holds else 'does not hold'}{since}{until}"


def _provided(payload: learner.SupportProvided) -> Words:
    hours = f", {payload.hours} {'hour' if payload.hours == '1' else 'hours'}" if payload.hours else ""
    return "support", f"{payload.kind} provided{hours}"


def _panel(payload: learner.PanelVoted) -> Words:
    votes = Counter(member.vote for member in payload.members)
    said = ", ".join(f"{votes[vote]} {vote}" for vote in get_args(learner.Vote) if votes[vote])
    return "panel", f"{payload.body}: {payload.result.replace('_', ' ')} ({said})"


_SAYS: Mapping[type[Payload], Callable[[Any], Words]] = MappingProxyType(
    {
        learner.PreparationRecorded: lambda one: ("preparation", one.kind),
        learner.StatusSet: _status,
        learner.ApprovalGiven: lambda one: ("approval", f"{one.kind} given"),
        learner.ApprovalRefused: lambda one: ("approval", f"{one.kind} refused"),
        learner.CohortSet: lambda one: ("cohort", f"{one.clock} {one.day or one.year}"),
        learner.SupportOffered: lambda one: ("support", f"{one.kind} offered"),
        learner.SupportProvided: _provided,
        learner.PanelVoted: _panel,
        learner.ChoiceMade: lambda one: ("choice", f"{one.choice}: {', '.join(one.options) or 'withdrawn'}"),
    }
)
