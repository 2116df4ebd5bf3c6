"""A learner's stream read for people: what is on record, and the decisions, as known and as of."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ledger.deciding.shelf import Shelf
from ledger.domain import learner
from ledger.domain.erasure import Erased
from ledger.domain.learner import Decided, Evidence
from ledger.errors import LedgerError
from ledger.inquiry.entry_words import entry_words
from ledger.inquiry.naming import Naming
from ledger.inquiry.views import DecisionSummary, EntryView, EvidenceView
from ledger.policy.canonical import value_from_text
from ledger.policy.model import Outcome, Words
from ledger.policy.sheet import value_words
from ledger.storage.envelope import Event


@dataclass(slots=True)
class History:
    """The fold of one stream into what is shown; decisions are kept whole, in order."""

    naming: Naming
    shelf: Shelf
    evidence: dict[str, EvidenceView] = field(default_factory=dict)
    entries: list[EntryView] = field(default_factory=list)
    decisions: list[Event[Decided]] = field(default_factory=list)
    version: int = 0
    position: int = 0

    def read(self, events: Iterable[Event[Any]], as_of: date | None) -> None:
        """Fold events; what is dated after `as_of`, or was decided after it, is left out."""
        for event in events:
            self.version, self.position = event.originator_version, event.position
            payload = event.data
            if isinstance(payload, Decided):
                if as_of is None or payload.on <= as_of.isoformat():
                    self.decisions.append(event)
            elif not isinstance(payload, Erased):  # the event that names the erasure stands for them all
                self._keep(event, payload)
        if as_of is not None:
            day = as_of.isoformat()
            self.evidence = {name: one for name, one in self.evidence.items() if one.occurred[:10] <= day}
            self.entries = [one for one in self.entries if one.day <= day]

    def standing(self) -> dict[tuple[str, str, str], Event[Decided]]:
        """Return the last decision of each key (question, subject, award)."""
        return {_key(event.data): event for event in self.decisions}

    def _keep(self, event: Event[Any], payload: Any) -> None:
        if isinstance(payload, learner.EvidenceRecorded):
            view = self._evidence(event, payload.evidence)
            self.evidence[payload.evidence.evidence_id] = view
        elif isinstance(payload, learner.EvidenceCorrected):
            before = self.evidence.get(payload.evidence.evidence_id)
            view = self._evidence(event, payload.evidence)
            entry = before.entry if before else view.entry
            self.evidence[payload.evidence.evidence_id] = replace(view, entry=entry, corrected=True)
        elif isinstance(payload, learner.EvidenceWithdrawn):
            before = self.evidence.get(payload.evidence_id)
            if before is not None:
                self.evidence[payload.evidence_id] = replace(before, withdrawn=True)
        else:
            self.entries.append(self._entry(event, payload))

    def _evidence(self, event: Event[Any], evidence: Evidence) -> EvidenceView:
        return EvidenceView(
            evidence_id=evidence.evidence_id,
            entry=event.originator_version,
            version=event.originator_version,
            position=event.position,
            recorded=event.at,
            actor=event.actor,
            system=evidence.source.system,
            kind=evidence.kind.replace("_", " "),
            purpose=evidence.purpose,
            task=evidence.task or evidence.item or "",
            instrument=evidence.instrument or "",
            attempt="" if evidence.attempt is None else str(evidence.attempt),
            occurred=evidence.occurred or "",
            submitted=evidence.submitted or "",
            scored=evidence.scored or "",
            results=tuple(self.naming.result(result) for result in evidence.results),
        )

    def _entry(self, event: Event[Any], payload: Any) -> EntryView:
        about = getattr(payload, "subject", None)
        subject = self.naming.subject(about) if about is not None else None
        what, words = entry_words(payload)
        return EntryView(
            event.originator_version, event.position, event.at, what, words, subject, (_day(payload) or "")[:10]
        )

    def summary(self, event: Event[Decided]) -> DecisionSummary:
        """Return a decision in a line."""
        made = event.data
        title, words = self._title_and_words(made)
        return DecisionSummary(
            learner=event.originator_id.removeprefix("learner/"),
            version=event.originator_version,
            position=event.position,
            recorded=event.at,
            on=made.on,
            question=made.question,
            subject=self.naming.subject(made.subject),
            award=made.award,
            outcome=made.outcome,
            word=words.of(Outcome(made.outcome)),
            level=made.level or "",
            policy=made.policy,
            edition=made.edition,
            title=title,
            decisive=made.decisive,
            grants=tuple((grant.key, value_words(value_from_text(grant.value))) for grant in made.grants),
            standing=self.standing().get(_key(made)) is event,
            supersedes=made.supersedes,
        )

    def _title_and_words(self, made: Decided) -> tuple[str, Words]:
        try:
            policy = self.shelf.find(made.digests.rule).policy
        except LedgerError:
            return made.policy, Words()
        return policy.title, policy.words


def _key(made: Decided) -> tuple[str, str, str]:
    return made.question, made.subject.key, made.award


def _day(payload: Any) -> str | None:
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        return payload.evidence.occurred
    if isinstance(payload, learner.CohortSet):
        return None
    names = ("first_day", "occurred", "on", "day")
    return next((day for name in names if (day := getattr(payload, name, None)) is not None), None)
