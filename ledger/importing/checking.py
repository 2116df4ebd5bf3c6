"""Pass 1: every row of the file is read and checked; good rows are staged, faults are kept beside them."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from ledger.application import Ledger
from ledger.errors import Fault
from ledger.importing.report import ImportReport
from ledger.importing.sources import Sources
from ledger.interchange.evidence_check import StagedEvidence, check_row
from ledger.interchange.evidence_csv import read_rows
from ledger.interchange.evidence_map import EvidenceMap
from ledger.interchange.evidence_rows import Row
from ledger.interchange.known_names import KnownNames, known_names
from ledger.storage.staging import Staging

BATCH = 2_000
"""Rows whose learners are looked up in the vault together."""

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done and how much there is; 0 for not known."""

Identify = Callable[[set[str]], Mapping[str, str]]
"""Gives the UUID of each external id."""

_encode = msgspec.json.Encoder(order="sorted").encode


def names_known(ledger: Ledger) -> KnownNames:
    """Return the names by which a file may speak of what a ledger holds now."""
    governance = ledger.governance()
    current = governance.current_editions(governance.position)
    editions = [(governance.outline(digest).edition, digest) for digest in current.values()]
    latest = {placed.payload.scale: placed.payload for placed in governance.scales}
    return known_names(editions, latest.values(), ledger.today(), ledger.opened.zone)


def checked_rows(
    path: Path, found: EvidenceMap | None, directory: Path, known: KnownNames
) -> Iterator[StagedEvidence | list[Fault]]:
    """Yield each row as evidence ready to be staged, or its faults."""
    for row in read_rows(path, found, directory):
        if isinstance(row, Row):
            yield check_row(row, known)
        else:
            yield [row]


def check(
    ledger: Ledger, sources: Sources, identify: Identify, staging: Staging, report: ImportReport, progress: Progress
) -> None:
    """Read and check a file; stage its good rows and keep the faults of the others."""
    rows = checked_rows(sources.path, sources.map, sources.directory, names_known(ledger))
    while batch := list(itertools.islice(rows, BATCH)):
        good: list[StagedEvidence] = []
        faults: list[Fault] = []
        for one in batch:
            if isinstance(one, list):
                faults += one
            else:
                good.append(one)
        report.rows += len(good)
        report.refused += len(batch) - len(good)
        if good:
            learners = identify({one.learner for one in good})
            staging.add([(one.line, learners[one.learner], _encode(one.evidence)) for one in good])
        if faults:
            staging.refuse(faults)
        progress("check", report.rows + report.refused, 0)
