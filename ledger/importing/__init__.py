"""One pipeline for every format: pass 1 checks and stages, pass 2 appends learner by learner."""

from ledger.importing.evidence import ImportOptions, import_evidence
from ledger.importing.report import ImportReport

__all__ = ["ImportOptions", "ImportReport", "import_evidence"]
