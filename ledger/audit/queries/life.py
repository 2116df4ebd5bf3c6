"""One learner's events as an auditor reads them: acts, what they changed, and the decisions that turned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from ledger.domain.belonging import BelongingRetracted
from ledger.domain.erasure import Erased
from ledger.domain.learner import (
    Decided,
    Evidence,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
    PreparationRecorded,
)
from ledger.domain.shapes import Source
from ledger.facts.belonging import STEPS, Belonging
from ledger.storage.envelope import Event

BY_HAND = ("by-hand", "mastery")
"""The source systems of what a person records here."""

PASSING = frozenset({"MASTERY", "CREDIT", "ADVANCEMENT", "CERTIFICATION", "GRADUATION"})
"""The questions to which `met` is a pass; readiness and support open a way and award nothing."""


@dataclass(frozen=True, slots=True)
class Act:
    """What one command did to one learner; `turned` are its decisions that pass where none stood before.

    `stood` gives the outcome that stood before each decision of it, by version, null for a first one.
    """

    events: tuple[Event[Any], ...]
    turned: tuple[Event[Any], ...]
    stood: Mapping[int, str | None]

    def turns(self, event: Event[Any]) -> bool:
        """Say whether an event of it is one of the decisions that turned."""
        return any(one is event for one in self.turned)

    @property
    def entries(self) -> tuple[Event[Any], ...]:
        """Return what somebody recorded, without the decisions that followed and what was erased."""
        return tuple(one for one in self.events if not isinstance(one.data, Decided | Erased))


class Change(NamedTuple):
    """A correction or withdrawal: the event, the first entry of the evidence, and what it said before and after."""

    act: Act
    event: Event[Any]
    entry: Event[Any]
    before: Evidence
    after: Evidence | None

    def changes_what_counts(self) -> bool:
        """Say whether any result, date, kind or purpose is another: all that a rule could weigh."""
        return self.after is None or _weighed(self.before) != _weighed(self.after)


class Life(NamedTuple):
    """A learner's stream, in order, as acts, and every correction in it."""

    learner: str
    acts: tuple[Act, ...]
    changes: tuple[Change, ...]

    def events(self) -> Iterator[tuple[Act, Event[Any]]]:
        """Yield every event with its act."""
        return ((act, event) for act in self.acts for event in act.events)


def life_of(learner: str, events: Iterable[Event[Any]]) -> Life:
    """Read a learner's stream; what was erased stays as an event that says nothing."""
    acts = tuple(_acts(events))
    return Life(learner, acts, tuple(_changes(acts)))


def lives(events: Iterable[Event[Any]]) -> Iterator[Life]:
    """Gather a stream of events in any order of learners into lives; what is not about a learner is passed over."""
    streams: dict[str, list[Event[Any]]] = {}
    for event in events:
        if event.originator_id.startswith("learner/"):
            streams.setdefault(event.originator_id, []).append(event)
    for stream, found in streams.items():
        yield life_of(stream.removeprefix("learner/"), found)


def _acts(events: Iterable[Event[Any]]) -> Iterator[Act]:
    outcomes: dict[tuple[str, str, str], str] = {}
    for _, some in groupby(events, key=lambda one: one.command):
        found, turned, stood = tuple(some), [], {}
        for event in found:
            if isinstance(made := event.data, Decided):
                key = (made.question, made.subject.key, made.award)
                stood[event.originator_version] = outcomes.get(key)
                if made.outcome == "met" != outcomes.get(key) and made.question in PASSING:
                    turned.append(event)
                outcomes[key] = made.outcome
        yield Act(found, tuple(turned), stood)


@dataclass(slots=True)
class _Standing:
    """What each piece of evidence says now, and where it was entered."""

    evidence: dict[str, tuple[Event[Any], Evidence]] = field(default_factory=dict)

    def step(self, act: Act, event: Event[Any]) -> Change | None:
        said = event.data
        if isinstance(said, EvidenceRecorded):
            self.evidence[said.evidence.evidence_id] = (event, said.evidence)
            return None
        if not isinstance(said, EvidenceCorrected | EvidenceWithdrawn):
            return None
        after = said.evidence if isinstance(said, EvidenceCorrected) else None
        identity = after.evidence_id if after else said.evidence_id  # type: ignore[union-attr]
        if identity not in self.evidence:  # its entry was erased
            return None
        entry, before = self.evidence[identity]
        self.evidence[identity] = (entry, after or before)
        return Change(act, event, entry, before, after)


def _changes(acts: Sequence[Act]) -> Iterator[Change]:
    standing = _Standing()
    for act in acts:
        for event in act.events:
            if (change := standing.step(act, event)) is not None:
                yield change


def _weighed(evidence: Evidence) -> tuple[object, ...]:
    dates = (evidence.occurred, evidence.submitted, evidence.due, evidence.scored)
    tries = (evidence.attempt, evidence.attempt_of, evidence.conditions, evidence.instrument)
    return (evidence.results, evidence.kind, evidence.purpose, dates, tries)


def dated(evidence: Evidence) -> str | None:
    """Return the day a piece of evidence is of: when it occurred, else was submitted, else scored; null for none."""
    found = evidence.occurred or evidence.submitted or evidence.scored
    return found[:10] if found else None


def by_hand(act: Act) -> Event[Any] | None:
    """Return the one thing a person recorded here by this act, nothing for an import or for several things."""
    entries = act.entries
    if len(entries) != 1:
        return None
    said = entries[0].data
    if isinstance(said, EvidenceRecorded):
        return entries[0] if _recorded_here(said.evidence.source) else None
    if isinstance(said, PreparationRecorded):
        return entries[0] if _recorded_here(said.source) else None
    return entries[0] if _recorded_here(getattr(said, "source", None)) else None


def _recorded_here(source: Source | None) -> bool:
    return source is None or (source.record is None and source.system in BY_HAND)


def step(belonging: Belonging, event: Event[Any]) -> None:
    """Step over an event where it says where the learner belongs; what it retracts may be erased."""
    said = event.data
    if type(said) in STEPS and (not isinstance(said, BelongingRetracted) or belonging.holds(said.entry)):
        belonging.apply(event.originator_version, said)


def subjects(evidence: Evidence) -> tuple[str, ...]:
    """Name the subjects of a piece of evidence."""
    return tuple(dict.fromkeys(result.subject.key for result in evidence.results))
