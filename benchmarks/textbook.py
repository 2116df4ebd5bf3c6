"""The `eventsourcing` library as its tutorials use it: an aggregate with decorated methods, events as JSON.

SQLite in WAL mode with synchronous FULL, which is what the library and SQLite do unless told
otherwise. As in the tutorials every field is a parameter of the decorated method and so an attribute of
the event; the fields are those of our payloads. They are handed over as ready JSON values, which favours
this side: no date, number or identifier is converted when an event is made or read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from ledger.domain.learner import Decided, EvidenceRecorded
from ledger.domain.shapes import Payload

Json = dict[str, Any]

ENVELOPE = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})
AT_LEVEL, KINDS_NEEDED = 3, 2
OTHERWISE: Json = {
    "question": "MASTERY",
    "award": "standard",
    "on": "2026-01-05",
    "read_to": 0,
    "adoption": 0,
    "policy": "mastery",
    "edition": "mastery",
    "digests": {},
    "stage": "requires",
    "standing": "current",
    "effect": "immediate",
    "grants": [],
    "needs": [],
    "facts": [],
    "nodes": [],
    "supersedes": None,
    "other": {},
}
"""What a decision of this side says besides its outcome: next to nothing, which favours it."""


class Seen(NamedTuple):
    """What the rule looks at in a piece of evidence."""

    occurred: str
    kind: str
    level: int


class Learner(Aggregate):
    """A learner with evidence by subject and the standing decision of each."""

    @event("Registered")
    def __init__(self, name: str) -> None:
        self.name = name
        self.evidence: dict[str, list[Seen]] = {}
        self.standing: dict[str, Json] = {}

    @event("EvidenceRecorded")
    def record_evidence(
        self,
        evidence_id: str,
        source: Json,
        kind: str,
        purpose: str,
        results: list[Json],
        task: str | None,
        item: str | None,
        instrument: str | None,
        form: str | None,
        rubric: str | None,
        setting: str | None,
        conditions: list[str],
        language: str | None,
        attempt_of: str | None,
        attempt: int | None,
        occurred: str | None,
        submitted: str | None,
        due: str | None,
        scored: str | None,
        assessor: Json | None,
        artefacts: list[Json],
        note: Json | None,
        other: Json,
    ) -> None:
        """Record a piece of evidence."""
        for result in results:
            seen = Seen(occurred or "", kind, int(result["level"]))
            self.evidence.setdefault(key_of(result["subject"]), []).append(seen)

    @event("Decided")
    def decide(
        self,
        question: str,
        subject: Json,
        award: str,
        on: str,
        read_to: int,
        learner_version: int,
        adoption: int,
        policy: str,
        edition: str,
        digests: Json,
        outcome: str,
        stage: str,
        standing: str,
        effect: str,
        level: str | None,
        grants: list[Json],
        decisive: list[str],
        needs: list[str],
        facts: list[Json],
        nodes: list[str],
        supersedes: int | None,
        other: Json,
    ) -> None:
        """Let a decision stand."""
        self.standing[key_of(subject)] = {"outcome": outcome, "level": level, "decisive": decisive}


class School(Application[UUID]):
    """The application around the aggregate."""

    def record(self, learner: UUID, evidence: Json) -> Learner:
        """Carry out a full command: load, record, decide what the evidence is about, save."""
        aggregate: Learner = self.repository.get(learner)
        aggregate.record_evidence(**evidence)
        for result in evidence["results"]:
            conclude(aggregate, result["subject"])
        self.save(aggregate)
        return aggregate


def school(path: Path) -> School:
    """Open the application on a database file."""
    return School({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})


def key_of(subject: Mapping[str, Any]) -> str:
    """Name a subject the way the ledger does."""
    return f"{subject['kind']}/{subject['id']}"


def plain(payload: object) -> Json:
    """Return a payload of ours, or a part of one, as the JSON it stands for."""
    found: Json = msgspec.json.decode(msgspec.json.encode(payload))
    return found


def ready(payload: Payload) -> Json:
    """Return what the aggregate's method is called with for a payload of ours.

    Fields our payloads have gained since the method was written go together as `other`.
    """
    recorded = isinstance(payload, EvidenceRecorded)
    told = plain(payload.evidence if isinstance(payload, EvidenceRecorded) else payload)
    known = _parameters("EvidenceRecorded" if recorded else "Decided")
    other = {name: value for name, value in told.items() if name not in known}
    return {name: value for name, value in told.items() if name in known} | {"other": other}


@cache
def _parameters(event_class: str) -> frozenset[str]:
    return frozenset(one.name for one in fields(getattr(Learner, event_class))) - ENVELOPE


def tell(learner: Learner, payload: Payload, told: Json) -> None:
    """Make the aggregate's own event of a payload of ours, given what `ready` returned for it."""
    if isinstance(payload, EvidenceRecorded):
        learner.record_evidence(**told)
    elif isinstance(payload, Decided):
        learner.decide(**told)


def conclude(learner: Learner, subject: Json) -> None:
    """Decide mastery as the adopted rule does, without prerequisites and retakes, and write what changed."""
    key = key_of(subject)
    found = sorted(learner.evidence[key])
    kinds = {one.kind for one in found if one.level >= AT_LEVEL}
    met = {"kinds": len(kinds) >= KINDS_NEEDED, "holding": found[-1].level >= AT_LEVEL, "prerequisites": True}
    failing = [clause for clause in met if not met[clause]]
    said = {
        "outcome": "not_yet" if failing else "met",
        "level": None if failing else str(AT_LEVEL),
        "decisive": failing or list(met),
    }
    if learner.standing.get(key) != said:
        learner.decide(**(OTHERWISE | said | {"subject": subject, "learner_version": learner.version}))


def contents(application: School, learner: UUID) -> Iterator[Json]:
    """Yield what the stored events of a learner say, without the registration."""
    for stored in application.events.get(learner):
        found = {name: value for name, value in vars(stored).items() if name not in ENVELOPE}
        if "name" not in found:
            yield found
