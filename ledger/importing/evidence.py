"""Import of evidence: check, stage, append; any size, resumable, and the same however it was interrupted."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ledger.application import Ledger
from ledger.errors import InputFaults
from ledger.importing.appending import append_staged
from ledger.importing.checking import FaultFile, Progress, check
from ledger.importing.report import ImportReport
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.storage.envelope import Author
from ledger.storage.staging import Staging
from ledger.values import identifier


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is imported.

    `corrections` is the reason for which known evidence may be replaced, null where other content
    under a known key is a fault. `fault_file` is where faults are written, null for nowhere.
    """

    map_file: Path | None = None
    dry_run: bool = False
    all_or_nothing: bool = False
    corrections: str | None = None
    fault_file: Path | None = None


def _no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def import_evidence(
    ledger: Ledger, author: Author, path: Path, options: ImportOptions, progress: Progress = _no_progress
) -> ImportReport:
    """Import a file of evidence; return what became of it.

    Good rows are stored and faulty ones reported, unless `all_or_nothing`: then a single fault
    raises `InputFaults` and nothing is stored. A second run of the same import resumes an
    interrupted one, or finds every row known.
    """
    found = _map(options.map_file)
    report = ImportReport(path.name, dry_run=options.dry_run, governed=bool(ledger.governance().adoptions))
    directory = options.map_file.parent if options.map_file else path.parent
    key = _import_key(ledger, path, options)
    with FaultFile(options.fault_file) as faults:
        if options.dry_run or options.all_or_nothing:
            check(ledger, path, found, directory, report, None, faults, progress)
            _refuse_faults(report, options)
            if options.dry_run:
                return _finished(report, options)
            report.rows = 0
        staging = Staging(ledger.home.staging / f"{key}.db")
        try:
            if staging.complete:
                report.resumed, report.rows = True, staging.count("rows")
                report.refused = staging.fact("refused")
            else:
                staging.begin()
                check(ledger, path, found, directory, report, staging, faults, progress)
                staging.remember("refused", report.refused)
                staging.finish()
            append_staged(ledger, author, staging, key, options.corrections, report, faults, progress)
        except BaseException:
            staging.close()
            raise
        staging.close(delete=True)
    return _finished(report, options)


def _finished(report: ImportReport, options: ImportOptions) -> ImportReport:
    if report.refused and options.fault_file is not None:
        report.fault_file = str(options.fault_file)
    return report


def _refuse_faults(report: ImportReport, options: ImportOptions) -> None:
    if report.refused and options.all_or_nothing:
        raise InputFaults(report.faults, max(report.refused - len(report.faults), 0))


def _map(path: Path | None) -> EvidenceMap | None:
    if path is None:
        return None
    found = read_map(path.read_bytes(), path.name)
    if not isinstance(found, EvidenceMap):
        raise InputFaults(found)
    return found


def _import_key(ledger: Ledger, path: Path, options: ImportOptions) -> str:
    """Name an import by what it does: the file's bytes, the map's bytes, the ledger, the corrections."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hashed.update(block)
    mapping = options.map_file.read_bytes() if options.map_file else b""
    parts = [hashed.hexdigest(), hashlib.sha256(mapping).hexdigest(), ledger.opened.ledger, options.corrections or ""]
    return identifier("import", *parts)
