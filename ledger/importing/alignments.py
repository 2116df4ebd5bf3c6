"""Bringing in a file of alignments: all of it or nothing, and nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.domain.aligned import alignments
from ledger.domain.governance import Governance
from ledger.domain.shapes import Authority, Payload
from ledger.domain.stream_names import framework_stream
from ledger.errors import InputFaults
from ledger.interchange.alignment_csv import AlignmentsRead, Sides, read_alignments
from ledger.interchange.known_names import KnownNames, known_names
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import digest


@dataclass(frozen=True, slots=True)
class AlignmentFile:
    """A file of alignments, by whose authority, and the two frameworks where codes alone do not tell them."""

    name: str
    data: bytes
    authority: Authority
    local_framework: str | None = None
    state_framework: str | None = None


@dataclass(frozen=True, slots=True)
class AlignmentsBrought:
    """How many alignments were stored, how many were known, and what was appended, null for nothing."""

    new: int
    same: int
    appended: Appended | None


def import_alignments(ledger: Ledger, author: Author, file: AlignmentFile) -> AlignmentsBrought:
    """Store every alignment of a file that is new; raise `InputFaults` with every fault, storing nothing."""
    read = _read(ledger, ledger.governance(), file)
    if not read.new:
        return AlignmentsBrought(0, read.same, None)

    def make(governance: Governance) -> Sequence[tuple[str, Payload]]:
        return [(framework_stream(one.framework), one) for one in _read(ledger, governance, file).new]

    done = ledger.write_as_governed(author, ["alignments", digest(file.data)], make)
    return AlignmentsBrought(len(read.new), read.same, done)


def _read(ledger: Ledger, governance: Governance, file: AlignmentFile) -> AlignmentsRead:
    current = governance.current_editions(governance.position)
    sides = Sides(
        jurisdiction=ledger.jurisdiction,
        authority=file.authority,
        state=_names(ledger, governance, file.state_framework),
        local=_names(ledger, governance, file.local_framework),
        frameworks={edition: framework for framework, edition in current.items()},
        known=alignments(governance, governance.position),
    )
    found = read_alignments(file.data, file.name, sides)
    if isinstance(found, AlignmentsRead):
        return found
    raise InputFaults(found)


def _names(ledger: Ledger, governance: Governance, framework: str | None) -> KnownNames:
    current = governance.current_editions(governance.position)
    wanted = current.values() if framework is None else (current[framework],)
    return known_names([(governance.outline(one).edition, one) for one in wanted], (), ledger.today())
