"""What the staged rows of a learner come to beside what is on record: new, corrected, the same, or a fault."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from ledger.application import Ledger
from ledger.domain.learner import Evidence
from ledger.domain.row_identity import content_digest, evidence_identifier, row_basis, row_key
from ledger.errors import Fault
from ledger.interchange.evidence_check import other_content
from ledger.storage.append import EvidenceEntry
from ledger.storage.staging import StagedLearner

ANOTHERS = "this record is known as another learner's; a record id names one record of one learner"
WITHDRAWN = "this record was withdrawn; record it anew under another record id"
CHANGED_SINCE = (
    "this very import was stored before, and this record was changed since; where the file is right, "
    "give another reason for the corrections"
)
TWICE = (
    "this record stands in this file before, with other content: lines {first} and {second} have one record id; "
    "keep the line that is right"
)

_decoder = msgspec.json.Decoder(Evidence)


class Row(NamedTuple):
    """A staged row: its line, the evidence with its id, the digest of what it says of the learner."""

    line: int
    evidence: Evidence
    content: bytes


@dataclass(slots=True)
class Compared:
    """What one learner's rows come to: `new` and `changed` ones to be stored, counts, and faults."""

    staged: StagedLearner
    store: list[tuple[Row, bool]] = field(default_factory=list)
    imported: int = 0
    corrected: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, row: Row, *, corrects: bool) -> None:
        """Take a row that is to be stored."""
        self.store.append((row, corrects))
        self.imported += not corrects
        self.corrected += corrects


class _Met(NamedTuple):
    """The first row met under an evidence id, and what was wrong with it."""

    learner: str
    row: Row
    why: str


@dataclass(slots=True)
class Comparison:
    """Compares learners one after another; what was compared before counts as known, until it is forgotten.

    `corrections` says whether other content replaces what is known.
    """

    ledger: Ledger
    file: str
    corrections: bool
    _met: dict[str, _Met] = field(default_factory=dict)

    def compare(self, staged: StagedLearner, earlier: range | None = None) -> Compared:
        """Compare one learner's rows, in the order of the file.

        `earlier` is given where this very import stored the same rows before, and nothing is left to
        store: the versions it stored. What stands there counts as stored, whatever was said of it since.
        """
        compared, rows = Compared(staged), identified(staged)
        known = self.ledger.log.recorder.evidence([row.evidence.evidence_id for row in rows])
        for row in rows:
            identity = row.evidence.evidence_id
            met = self._met.get(identity)
            if met is None:
                why = self._judge(compared, row, known.get(identity), earlier)
                self._met[identity] = _Met(staged.learner, row, why)
            else:
                why = self._again(compared, met, row)
            if why:
                compared.faults.append(Fault(self.file, row.line, "", "", why))
        return compared

    def forget(self) -> None:
        """Forget the rows compared so far: they are stored now, or were only looked at."""
        self._met.clear()

    def _again(self, compared: Compared, met: _Met, row: Row) -> str:
        """Judge a row whose evidence was met in this file before; return what is wrong with it."""
        if met.learner != compared.staged.learner:
            return ANOTHERS
        if met.row.content != row.content:
            return TWICE.format(first=met.row.line, second=row.line)
        compared.same += not met.why
        return met.why

    def _judge(self, compared: Compared, row: Row, entry: EvidenceEntry | None, earlier: range | None) -> str:
        """Judge a row by what is on record under its id; return what is wrong with it."""
        if entry is None:
            if earlier is not None:
                return CHANGED_SINCE
            compared.add(row, corrects=False)
        elif entry.stream != f"learner/{compared.staged.learner}":
            return ANOTHERS
        elif earlier is not None and entry.entry in earlier:
            compared.imported += 1
        elif earlier is not None and entry.version in earlier:
            compared.corrected += 1
        elif entry.content == row.content:
            compared.same += 1
        else:
            return self._other(compared, row, entry, earlier)
        return ""

    def _other(self, compared: Compared, row: Row, entry: EvidenceEntry, earlier: range | None) -> str:
        """Judge a row that says something else than what is on record."""
        if not entry.version:
            return WITHDRAWN
        if not self.corrections:
            held = next(self.ledger.log.versions(entry.stream, [entry.version]))
            return other_content(held.data.evidence, row.evidence)
        if earlier is not None:
            return CHANGED_SINCE
        compared.add(row, corrects=True)
        return ""


def identified(staged: StagedLearner) -> list[Row]:
    """Name each row by its key, counting the rows that are equal in all that tells rows apart."""
    seen: Counter[str] = Counter()
    rows = []
    for line, raw in staged.rows:
        evidence = _decoder.decode(raw)
        number = 1
        if evidence.source.record is None:
            basis = row_basis(staged.learner, evidence)
            seen[basis] += 1
            number = seen[basis]
        identity = evidence_identifier(row_key(staged.learner, evidence, number))
        content = bytes.fromhex(content_digest(staged.learner, evidence))
        rows.append(Row(line, msgspec.structs.replace(evidence, evidence_id=identity), content))
    return rows
