"""A learner's record: the fold of one learner's stream, from its events or from its snapshot on.

The record is the one mutable thing of this package. It belongs to one reader, steps from version to
version, and gives away its changed parts; a record whose append failed is thrown away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from ledger.domain import learner as events
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload
from ledger.errors import LedgerDamaged, VersionGap
from ledger.facts import belonging, erased, snapshots
from ledger.facts.belonging import Belonging, Belongs
from ledger.facts.entries import Entries, Entry
from ledger.facts.erased import Erases
from ledger.facts.payloads import Payloads
from ledger.facts.said import ChoiceEntry, CohortEntry, PanelEntry, last_word
from ledger.facts.settled import Settlement, Settles
from ledger.facts.snapshots import EntriesPart, LearnerPart, PartSource, SubjectPart
from ledger.facts.standing import (
    ApprovalEntry,
    Award,
    StandingDecision,
    StatusEntry,
    award_of,
    decision_key,
    standing_of,
)
from ledger.facts.subject import Fetch, SubjectRecord


class Located(NamedTuple):
    """Where a piece of evidence stands: the version of its first recording, and the one that holds now.

    `version` is 0 where it was withdrawn.
    """

    entry: int
    version: int


Locate: TypeAlias = Callable[[str], Located | None]
"""Finds a piece of evidence of this learner by its id."""


class LearnerRecord(Belongs, Settles, Erases):
    """What a learner's stream amounts to at a version.

    Folded from the events alone it keeps all payloads; opened from a snapshot it reads parts through
    `source`, payloads through `fetch` and places of evidence through `locate`, each only when needed.
    """

    def __init__(
        self,
        learner: str,
        source: PartSource | None = None,
        fetch: Fetch | None = None,
        locate: Locate | None = None,
    ) -> None:
        self.learner = learner
        self.version = 0
        self.statuses: list[StatusEntry] = []
        self.approvals: list[ApprovalEntry] = []
        self.cohorts: list[CohortEntry] = []
        self.panels: list[PanelEntry] = []
        self.choices: list[ChoiceEntry] = []
        self.belonging = Belonging()
        self.settlements: dict[str, Settlement] = {}
        self._awards: dict[str, Award] = {}
        self._source = source
        self._locate_stored = locate
        self._payloads = Payloads(learner, fetch)
        self._located: dict[str, Located] = {}
        self._subjects: dict[str, SubjectRecord] = {}
        self._subject_stamps: dict[str, int] = {}
        self._written_to = 0
        if source is not None:
            self._open(source)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Name every subject the record says something about, the learner as a whole included, sorted."""
        return tuple(sorted({*self._subject_stamps, *self._subjects_told()}))

    def _subjects_told(self) -> Iterator[str]:
        whole = f"learner/{self.learner}"
        yield whole
        yield from (key for key, subject in self._subjects.items() if subject.changed)
        for entries in (self.statuses, self.approvals, self.panels, self.choices):
            yield from (entry.subject or whole for entry in entries)

    @property
    def decision_keys(self) -> tuple[str, ...]:
        """Name every key that was ever decided (question/subject/award), sorted."""
        return tuple(sorted(key for subject in self.subjects for key in self.subject(subject).standing))

    def apply(self, version: int, payload: Payload) -> None:
        """Step over the next event of the stream.

        Raises `VersionGap` where it is not the next one, `LedgerDamaged` where no learner's stream
        can hold it or it corrects evidence that is not there.
        """
        if version != self.version + 1:
            raise VersionGap(
                f"learner/{self.learner} stands at version {self.version}; version {version} is not the next"
            )
        step = _STEPS.get(type(payload))
        if step is None:
            raise LedgerDamaged(
                f"learner/{self.learner}, version {version}: {type(payload).__name__} is no event of a learner"
            )
        step(self, version, payload)
        self.version = version

    def supposed(self) -> "LearnerRecord":
        """Return a record of its own for decisions nobody has made: they leave this one, and the store, alone."""
        other = copy(self)
        other._awards = dict(self._awards)
        other._subjects = {key: self.subject(key).supposed() for key in self.subjects}
        return other

    def subject(self, key: str) -> SubjectRecord:
        """Return what the record holds about a subject; an unknown one is empty."""
        found = self._subjects.get(key)
        if found is None:
            found = self._subjects[key] = self._read_subject(key)
        return found

    def located(self, evidence: str) -> Located | None:
        """Return where a piece of evidence stands, nothing where this learner has none of that id."""
        found = self._located.get(evidence)
        return found or (self._locate_stored(evidence) if self._locate_stored is not None else None)

    def subjects_of(self, evidence: str) -> tuple[str, ...]:
        """Name the subjects of a piece of evidence as it stands; none where it was withdrawn."""
        return self._subjects_of(self._locate(evidence))

    def entry_of(self, evidence: str) -> int:
        """Return the version of a piece of evidence's first recording."""
        return self._locate(evidence).entry

    def standing(self, question: str, subject: str, award: str) -> StandingDecision | None:
        """Return the standing decision of a key, nothing where it was never decided."""
        return self.subject(subject).standing.get(decision_key(question, subject, award))

    def is_decided(self, question: str, subject: str, award: str) -> bool:
        """Say whether a key was ever decided."""
        return self.standing(question, subject, award) is not None

    def status_on(self, code: str, subject: str, day: str) -> StatusEntry | None:
        """Return the status entry that governs a day (empty for undated): of those that cover it, the last set."""
        for entry in reversed(self.statuses):
            if entry.about(code, subject) and entry.covers(day):
                return entry
        return None

    def status_set(self, code: str, subject: str) -> StatusEntry | None:
        """Return the last setting of a status where it says that the status holds."""
        for entry in reversed(self.statuses):
            if entry.about(code, subject):
                return entry if entry.holds else None
        return None

    def approval_on(self, kind: str, subject: str, day: str) -> ApprovalEntry | None:
        """Return the last word of a kind dated not after a day; an undated word is the oldest."""
        return last_word((one for one in self.approvals if one.kind == kind), subject, day)

    def cohort_of(self, clock: str) -> CohortEntry | None:
        """Return the last setting of a cohort clock, nothing where it was never set."""
        return next((one for one in reversed(self.cohorts) if one.clock == clock), None)

    def panel_on(self, body: str, subject: str, day: str) -> PanelEntry | None:
        """Return the last vote of a panel dated not after a day; an undated vote is the oldest."""
        return last_word((one for one in self.panels if one.body == body), subject, day)

    def first_evidence_day(self, subject: str) -> str | None:
        """Return the day of the first evidence about a subject: empty where it is undated, nothing for none."""
        return self.subject(subject).first_evidence_day()

    def choice_on(self, choice: str, subject: str, day: str) -> ChoiceEntry | None:
        """Return the last choice of a code dated not after a day; an undated choice is the oldest."""
        return last_word((one for one in self.choices if one.choice == choice), subject, day)

    def awards_of(self, question: str, award: str) -> Iterator[Award]:
        """Yield the standing decisions of a question and award that are met and in force, by subject key."""
        for found in sorted(self._awards.values(), key=lambda one: one.subject):
            if found.question == question and found.award == award:
                yield found

    def changed_parts(self) -> dict[str, bytes | None]:
        """Return the parts of the snapshot that changed, None for those that are no more, and count them as written."""
        parts: dict[str, bytes | None] = {}
        for key in sorted(self._subjects):
            if self._subjects[key].changed:
                self._write_subject(key, parts)
        if parts or self.version != self._written_to:
            parts[snapshots.LEARNER] = snapshots.written(self.learner_part())
            self._written_to = self.version
        return parts

    def learner_part(self) -> LearnerPart:
        """Return what the learner's part of a snapshot holds now, with the stamps of the subjects as last written."""
        return LearnerPart(
            learner=self.learner,
            version=self.version,
            subjects=self._subject_stamps,
            statuses=self.statuses,
            approvals=self.approvals,
            cohorts=self.cohorts,
            panels=self.panels,
            choices=self.choices,
            awards=[self._awards[key] for key in sorted(self._awards)],
            belonging=self.belonging,
            settlements=[self.settlements[key] for key in sorted(self.settlements)],
            erased=self.erased,
        )

    def _write_subject(self, key: str, parts: dict[str, bytes | None]) -> None:
        subject = self._subjects[key]
        for number, entries in subject.entries.stamp(self.version).items():
            name = snapshots.entries_part(key, number)
            parts[name] = (
                None if entries is None else snapshots.written(EntriesPart(version=self.version, entries=entries))
            )
        parts[snapshots.subject_part(key)] = snapshots.written(
            SubjectPart(
                version=self.version,
                stamps=subject.entries.stamps,
                entries=subject.entries.tail,
                states=subject.states,
                tries=subject.tries,
                standing=[subject.standing[name] for name in sorted(subject.standing)],
            )
        )
        self._subject_stamps[key] = self.version
        subject.changed = False

    def _open(self, source: PartSource) -> None:
        part = snapshots.read_learner(source)
        if part is None:
            return
        self.version = self._written_to = part.version
        self.statuses, self.approvals, self.erased = part.statuses, part.approvals, part.erased
        self.cohorts, self.panels, self.choices = part.cohorts, part.panels, part.choices
        self.belonging, self.settlements = part.belonging, {one.key: one for one in part.settlements}
        self._awards = {decision_key(one.question, one.subject, one.award): one for one in part.awards}
        self._subject_stamps = part.subjects

    def _read_subject(self, key: str) -> SubjectRecord:
        source, stamp = self._source, self._subject_stamps.get(key)
        if source is None or stamp is None:
            return SubjectRecord(key, self._payloads)

        def read(number: int, stamp: int) -> list[Entry]:
            return snapshots.read_part(EntriesPart, source, snapshots.entries_part(key, number), stamp).entries

        part = snapshots.read_part(SubjectPart, source, snapshots.subject_part(key), stamp)
        entries = Entries(part.stamps, part.entries, read)
        return SubjectRecord(key, self._payloads, entries, part.states, part.tries, part.standing)

    def _locate(self, evidence: str) -> Located:
        found = self.located(evidence)
        if found is None:
            raise LedgerDamaged(f"learner/{self.learner} holds no evidence {evidence}")
        return found

    def _subjects_of(self, located: Located) -> tuple[str, ...]:
        if not located.version:
            return ()
        payload = self._payloads((located.version,))[located.version]
        return _subject_keys(payload.evidence)  # type: ignore[attr-defined]

    def _evidence_recorded(self, version: int, payload: events.EvidenceRecorded) -> None:
        evidence = payload.evidence
        self._payloads.held[version] = payload
        self._located[evidence.evidence_id] = Located(version, version)
        for key in _subject_keys(evidence):
            self.subject(key).append(version)

    def _evidence_corrected(self, version: int, payload: events.EvidenceCorrected) -> None:
        located = self._locate(payload.evidence.evidence_id)
        before, now = self._subjects_of(located), _subject_keys(payload.evidence)
        self._payloads.held[version] = payload
        self._located[payload.evidence.evidence_id] = Located(located.entry, version)
        for key in before:
            if key not in now:
                self.subject(key).withdraw(located.entry)
        for key in now:
            self.subject(key).correct(located.entry, version)

    def _evidence_withdrawn(self, _version: int, payload: events.EvidenceWithdrawn) -> None:
        located = self._locate(payload.evidence_id)
        for key in self._subjects_of(located):
            self.subject(key).withdraw(located.entry)
        self._located[payload.evidence_id] = Located(located.entry, 0)

    def _preparation_recorded(self, version: int, payload: events.PreparationRecorded) -> None:
        self._payloads.held[version] = payload
        self.subject(payload.subject.key).append(version)

    def _status_set(self, version: int, payload: events.StatusSet) -> None:
        subject = payload.subject.key if payload.subject else None
        self.statuses.append(
            StatusEntry(version, payload.code, payload.holds, subject, payload.first_day, payload.last_day)
        )

    def _approval(self, version: int, payload: events.ApprovalGiven | events.ApprovalRefused) -> None:
        subject = payload.subject.key if payload.subject else None
        given = isinstance(payload, events.ApprovalGiven)
        self.approvals.append(ApprovalEntry(version, payload.kind, given, subject, payload.occurred))
        self._payloads.held[version] = payload
        self.subject(subject or f"learner/{self.learner}").append(version)

    def _cohort_set(self, version: int, payload: events.CohortSet) -> None:
        self.cohorts.append(CohortEntry(version, payload.clock, payload.year, payload.day))

    def _support(self, version: int, payload: events.SupportOffered | events.SupportProvided) -> None:
        self._payloads.held[version] = payload
        self.subject(payload.subject.key if payload.subject else f"learner/{self.learner}").append(version)

    def _panel_voted(self, version: int, payload: events.PanelVoted) -> None:
        votes = tuple((member.role, member.vote) for member in payload.members)
        subject = payload.subject.key if payload.subject else None
        self.panels.append(PanelEntry(version, payload.body, payload.result, votes, subject, payload.occurred))

    def _choice_made(self, version: int, payload: events.ChoiceMade) -> None:
        subject = payload.subject.key if payload.subject else None
        self.choices.append(ChoiceEntry(version, payload.choice, payload.options, subject, payload.occurred))

    def _belonging(self, version: int, payload: Payload) -> None:
        self.belonging.apply(version, payload)

    def _decided(self, version: int, payload: events.Decided) -> None:
        subject = self.subject(payload.subject.key)
        key = decision_key(payload.question, subject.key, payload.award)
        standing = standing_of(version, payload, subject.standing.get(key))
        subject.decide(standing)
        if (award := award_of(standing)) is not None:
            self._awards[key] = award
        else:
            self._awards.pop(key, None)


def fold_learner(record: LearnerRecord, stream: Iterable[tuple[int, Payload]]) -> LearnerRecord:
    """Step a record over (version, payload) pairs in stream order, and return it."""
    for version, payload in stream:
        record.apply(version, payload)
    return record


def _subject_keys(evidence: events.Evidence) -> tuple[str, ...]:
    if len(evidence.results) == 1:
        return (evidence.results[0].subject.key,)
    return tuple(dict.fromkeys(result.subject.key for result in evidence.results))


_STEPS: Mapping[type[Payload], Callable[[LearnerRecord, int, Any], None]] = MappingProxyType(
    {
        events.EvidenceRecorded: LearnerRecord._evidence_recorded,
        events.EvidenceCorrected: LearnerRecord._evidence_corrected,
        events.EvidenceWithdrawn: LearnerRecord._evidence_withdrawn,
        events.PreparationRecorded: LearnerRecord._preparation_recorded,
        events.StatusSet: LearnerRecord._status_set,
        events.ApprovalGiven: LearnerRecord._approval,
        events.ApprovalRefused: LearnerRecord._approval,
        events.CohortSet: LearnerRecord._cohort_set,
        events.SupportOffered: LearnerRecord._support,
        events.SupportProvided: LearnerRecord._support,
        events.PanelVoted: LearnerRecord._panel_voted,
        events.ChoiceMade: LearnerRecord._choice_made,
        events.Decided: LearnerRecord._decided,
        DifferenceSettled: LearnerRecord._difference_settled,
        **dict.fromkeys(belonging.STEPS, LearnerRecord._belonging),
        **dict.fromkeys(erased.STEPS, LearnerRecord._erasure),
    }
)
