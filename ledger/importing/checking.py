"""Pass 1: every row of the file is read and checked; good rows are staged, faults are collected."""

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

import msgspec

from ledger.application import Ledger
from ledger.errors import Fault
from ledger.importing.report import ImportReport
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

_encode = msgspec.json.Encoder(order="sorted").encode


def names_known(ledger: Ledger) -> KnownNames:
    """Return the names by which a file may speak of what a ledger holds now."""
    governance = ledger.governance()
    current = governance.current_editions(governance.position)
    editions = [(governance.outline(digest).edition, digest) for digest in current.values()]
    latest = {placed.payload.scale: placed.payload for placed in governance.scales}
    return known_names(editions, latest.values(), ledger.today(), ledger.opened.zone)


class FaultFile:
    """Writes every fault as a line of CSV, the moment it is found; there is no file without a fault."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: TextIO | None = None

    def __enter__(self) -> "FaultFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, fault: Fault) -> None:
        """Write one fault."""
        if self.path is None:
            return
        if self._file is None:
            self._file = self.path.open("w", newline="", encoding="utf-8")
            csv.writer(self._file).writerow(("file", "line", "field", "why"))
        csv.writer(self._file).writerow((fault.file, fault.line or "", fault.field, _harmless(fault.why)))


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a quoted cell for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


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
    ledger: Ledger,
    path: Path,
    found: EvidenceMap | None,
    directory: Path,
    report: ImportReport,
    staging: Staging | None,
    faults: FaultFile,
    progress: Progress,
) -> None:
    """Read and check a file; stage its good rows where a staging file is given."""
    rows = checked_rows(path, found, directory, names_known(ledger))
    while batch := list(itertools.islice(rows, BATCH)):
        good: list[StagedEvidence] = []
        for one in batch:
            if isinstance(one, list):
                _refuse(one, report, faults)
            else:
                good.append(one)
        report.rows += len(good)
        if staging is not None and good:
            _stage(ledger, good, staging)
        progress("check", report.rows + report.refused, 0)


def _refuse(found: list[Fault], report: ImportReport, faults: FaultFile) -> None:
    report.refused += 1
    for fault in found:
        faults.write(fault)
        report.keep(fault)


def _stage(ledger: Ledger, good: list[StagedEvidence], staging: Staging) -> None:
    learners = ledger.vault.learner_ids({one.learner for one in good})
    staging.add([(one.line, learners[one.learner], _encode(one.evidence)) for one in good])
