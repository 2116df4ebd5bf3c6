"""Import of evidence: check, stage, append; any size, resumable, and the same however it was interrupted."""

import tempfile
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from ledger.application import Ledger
from ledger.application.documenting import required_by
from ledger.errors import InputFaults, Refused, UsageError
from ledger.importing.appending import append_staged
from ledger.importing.checking import Identify, Progress, check
from ledger.importing.fault_file import write_faults
from ledger.importing.rehearsing import identifying, rehearse
from ledger.importing.report import MOST_FAULTS, ImportReport
from ledger.importing.sources import Sources, sources
from ledger.interchange.csv_text import broken
from ledger.storage.envelope import Author
from ledger.storage.staging import Staging
from ledger.values import canonical, digest, identifier

READINGS = 3
"""How often a file that changes while it is read is read from its beginning."""


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
    interrupted one; after that it finds every row known that was stored, and looks at the others anew.
    Raises `InputFaults` where the file cannot be read to its end, `UsageError` for a reason that cannot be kept.
    """
    options = replace(options, corrections=_reason(ledger, options.corrections))
    run = _Import(ledger, author, sources(path, options.map_file), options, progress)
    for _ in range(READINGS):
        try:
            return run.carried_out(run.sources.digests())
        except _ChangedMeanwhile:
            continue
    raise Refused(f"{path.name} or a file beside it was changed while it was read; import it when nobody writes to it")


def _reason(ledger: Ledger, given: str | None) -> str | None:
    """Return the reason for corrections in Unicode form NFC; raise `UsageError` where it cannot be kept."""
    if given is None:
        return None
    reason = unicodedata.normalize("NFC", given).strip()
    if not reason:
        raise UsageError("corrections need a reason; say why the file is right and the record is not")
    ledger.vault.check_text(reason)
    return reason


class _ChangedMeanwhile(Exception):
    """A file is not the one it was when its reading began."""


@dataclass(frozen=True, slots=True)
class _Import:
    ledger: Ledger
    author: Author
    sources: Sources
    options: ImportOptions
    progress: Progress

    def carried_out(self, digests: tuple[str, ...]) -> ImportReport:
        """Import the files that have these digests; of a file that cannot be read to its end nothing is stored."""
        if self.options.corrections is not None and (by := required_by(self.ledger.governance(), "correction")):
            raise Refused(
                f"{by} requires a document for every correction, and an import carries none: import without "
                "--corrections, and correct one by one with `mastery correct`"
            )
        if (breach := broken(self.sources.path)) is not None:
            raise InputFaults([breach])
        if self.options.dry_run or self.options.all_or_nothing:
            report = self._rehearsed(digests)
            if self.options.dry_run:
                return report
        return self._imported(digests)

    def _rehearsed(self, digests: tuple[str, ...]) -> ImportReport:
        report = self._report()
        with tempfile.TemporaryDirectory(prefix="mastery-import-") as folder:
            staging = Staging(Path(folder) / "rehearsal.db")
            try:
                self._stage(staging, digests, identifying(self.ledger), report)
                rehearse(self.ledger, staging, self.options.corrections, report)
                self._tell(staging, report)
                self._refuse_faults(staging, report)
            finally:
                staging.close()
        return report

    def _imported(self, digests: tuple[str, ...]) -> ImportReport:
        key, report, done = self._key(digests), self._report(), False
        staging = Staging(self.ledger.home.staging / f"{key}.db")
        try:
            if staging.complete:
                report.resumed, report.rows = True, staging.count("rows")
                report.refused = staging.fact("refused")
            else:
                self._stage(staging, digests, self.ledger.vault.learner_ids, report)
                staging.remember("refused", report.refused)
                self._refuse_faults(staging, report)
                staging.finish()
            self._tell(staging, report)
            append_staged(self.ledger, self.author, staging, key, self.options.corrections, report, self.progress)
            self._tell(staging, report)
            done = True
        except (_ChangedMeanwhile, InputFaults):
            done = True
            raise
        finally:
            staging.close(delete=done)
        return report

    def _report(self) -> ImportReport:
        governed = bool(self.ledger.governance().adoptions)
        return ImportReport(self.sources.path.name, dry_run=self.options.dry_run, governed=governed)

    def _key(self, digests: tuple[str, ...]) -> str:
        """Name an import by what it does: the bytes of every file, the ledger, the corrections."""
        files = digest(canonical(list(digests)))
        return identifier("import", files, self.ledger.opened.ledger, self.options.corrections or "")

    def _stage(self, staging: Staging, digests: tuple[str, ...], identify: Identify, report: ImportReport) -> None:
        staging.begin()
        check(self.ledger, self.sources, identify, staging, report, self.progress)
        if self.sources.digests() != digests:
            raise _ChangedMeanwhile

    def _tell(self, staging: Staging, report: ImportReport) -> None:
        """Take the faults over from the staging file, which keeps those of earlier runs too."""
        report.faults = list(staging.faults(MOST_FAULTS))
        if report.faults and self.options.fault_file is not None:
            write_faults(self.options.fault_file, staging.faults())
            report.fault_file = str(self.options.fault_file)

    def _refuse_faults(self, staging: Staging, report: ImportReport) -> None:
        if report.refused and self.options.all_or_nothing:
            raise InputFaults(list(staging.faults(MOST_FAULTS)), max(staging.count("faults") - MOST_FAULTS, 0))
