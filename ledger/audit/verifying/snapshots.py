"""The parts of a learner's snapshot held against the record its events alone amount to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ledger.audit.verifying.definitions import Definitions
from ledger.domain.shapes import Payload
from ledger.facts import snapshots
from ledger.facts.entries import Entries
from ledger.facts.filters import Days
from ledger.facts.record import LearnerRecord
from ledger.facts.snapshots import EntriesPart, LearnerPart, SubjectPart
from ledger.facts.spans import Spans
from ledger.facts.state import FactState
from ledger.facts.subject import FIRST_EVIDENCE, SubjectRecord
from ledger.facts.tries import Tries

Difference = tuple[str, str]
"""The name of a part, and what is wrong with it."""

MISSING = "it is not there"
ALTERED = "it does not hold what the events amount to"

_learner, _subject = msgspec.json.Decoder(LearnerPart), msgspec.json.Decoder(SubjectPart)
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError)
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(slots=True)
class SnapshotCheck:
    """Holds snapshots of one ledger against records; `unknown` counts facts of which no archived rule knows the key."""

    definitions: Definitions
    unknown: int = 0

    def differences(
        self, record: LearnerRecord, payloads: Mapping[int, Payload], stored: Mapping[str, bytes]
    ) -> Iterator[Difference]:
        """Yield the parts that differ from a record folded from events, whose payloads are given by version.

        A snapshot of an earlier version than the last is one that nothing reads: it is passed over.
        """
        part = _learner_part(stored)
        if part is not None and part.version < record.version:
            return
        subjects = [key for key in record.subjects if record.subject(key).changed]
        held = {snapshots.LEARNER}
        if (wrong := _whole(record, subjects, part, stored)) is not None:
            yield snapshots.LEARNER, wrong
        for key in subjects:
            chunks = len(record.subject(key).entries.stamps)
            held |= {snapshots.subject_part(key), *(snapshots.entries_part(key, one) for one in range(chunks))}
            yield from self._about(record, key, part.subjects.get(key) if part else None, payloads, stored)
        yield from ((name, "no event gives rise to it") for name in stored if name not in held)

    def _about(
        self,
        record: LearnerRecord,
        key: str,
        stamp: int | None,
        payloads: Mapping[int, Payload],
        stored: Mapping[str, bytes],
    ) -> Iterator[Difference]:
        name, subject = snapshots.subject_part(key), record.subject(key)
        data = stored.get(name)
        if data is None:
            yield name, MISSING
            return
        try:
            part = _subject.decode(data)
        except _UNREADABLE:
            yield name, "it cannot be read"
            return
        expected = SubjectPart(
            version=part.version if stamp is None else stamp,
            stamps=part.stamps,
            entries=subject.entries.tail,
            states=part.states,
            tries=part.tries,
            standing=[subject.standing[one] for one in sorted(subject.standing)],
        )
        if snapshots.written(expected) != snapshots.written(part) or len(part.stamps) != len(subject.entries.stamps):
            yield name, ALTERED
        else:
            yield from ((name, ALTERED) for _ in self._facts(record, subject, part, payloads))
        for number, stamp in enumerate(part.stamps[: len(subject.entries.stamps)]):
            yield from _chunk(subject, number, stamp, stored)

    def _facts(
        self, record: LearnerRecord, subject: SubjectRecord, part: SubjectPart, payloads: Mapping[int, Payload]
    ) -> Iterator[str]:
        """Yield the key of one fact, or of remembered tries, that folding gives otherwise."""
        folded = _Folded(subject, payloads, self.definitions)
        if any(not self._is_known(key) for key in part.states):
            self.definitions.learn(record)
        for key, state in part.states.items():
            if not self._is_known(key):
                self.unknown += 1
            elif _encode(folded.state(key, state.count)) != _encode(state):
                yield key
                return
        for key, tries in part.tries.items():
            again = folded.tries(key, tries.count)
            if again is not None and _encode(again) != _encode(tries):
                yield key
                return

    def _is_known(self, key: str) -> bool:
        return key == FIRST_EVIDENCE or self.definitions.known(key) or self.definitions.known(key.partition(" ")[0])


@dataclass(slots=True)
class _Folded:
    """One subject of a record, and the same with fewer entries, as far as its facts were folded."""

    subject: SubjectRecord
    payloads: Mapping[int, Payload]
    definitions: Definitions

    def upto(self, count: int) -> SubjectRecord:
        entries = self.subject.entries
        if count >= entries.count:
            return self.subject
        tail = [entry for _, entry in zip(range(count), entries.since(0), strict=False)]
        return SubjectRecord(self.subject.key, lambda _: self.payloads, Entries((), tail))

    def state(self, key: str, count: int) -> FactState | None:
        """Return a fact folded over so many entries; nothing where it cannot have been."""
        subject = self.upto(count)
        if key == FIRST_EVIDENCE:
            subject.first_evidence_day()
        elif (evidence := self.definitions.readiness.get(key)) is not None:
            subject.first_day(evidence)
        else:
            name, *days = key.split(" ")
            folding = self.definitions.foldings[name]
            return subject.state_for(folding, _days(days)) if len(days) == len(folding.days) else None
        return subject.states.get(key)

    def tries(self, key: str, count: int) -> Tries | None:
        """Return what is remembered of tries; nothing where no fact is known that remembers them so."""
        folding = next((one for one in self.definitions.foldings.values() if one.tries == key), None)
        if folding is None:
            return None
        subject = self.upto(count)
        subject.state_for(folding, ((),) * len(folding.days))
        return subject.tries.get(key)


def _learner_part(stored: Mapping[str, bytes]) -> LearnerPart | None:
    """Return the learner's part, nothing where it is missing or cannot be read."""
    try:
        return _learner.decode(stored[snapshots.LEARNER])
    except (KeyError, *_UNREADABLE):
        return None


def _whole(
    record: LearnerRecord, subjects: Sequence[str], part: LearnerPart | None, stored: Mapping[str, bytes]
) -> str | None:
    """Say what is wrong with the learner's part; one written before a field came has that field's default."""
    if snapshots.LEARNER not in stored:
        return MISSING
    if part is None:
        return "it cannot be read"
    expected = record.learner_part()
    expected.subjects = part.subjects
    same = snapshots.written(expected) == snapshots.written(part)
    return None if same and set(part.subjects) == set(subjects) else ALTERED


def _chunk(subject: SubjectRecord, number: int, stamp: int, stored: Mapping[str, bytes]) -> Iterator[Difference]:
    name = snapshots.entries_part(subject.key, number)
    if name not in stored:
        yield name, MISSING
    elif stored[name] != snapshots.written(EntriesPart(version=stamp, entries=subject.entries.chunk(number))):
        yield name, ALTERED


def _days(texts: Sequence[str]) -> Days:
    return tuple(() if text == "-" else _spans(text) for text in texts)


def _spans(text: str) -> Spans:
    pairs = (one.partition("/") for one in text.split(","))
    return tuple((first, end or None) for first, _, end in pairs)
