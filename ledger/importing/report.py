"""What an import came to."""

from dataclasses import dataclass, field

from ledger.errors import Fault

MOST_FAULTS = 1_000
"""Faults kept in memory and told; the rest is counted, and all go into the fault file."""


@dataclass(slots=True)
class ImportReport:
    """Counts of one import, while it runs and after.

    `rows` read well; `refused` have faults; `same` were known with equal content; `imported` and
    `corrected` were stored; `decisions` those caused. `resumed` says that an earlier run was continued.
    """

    file: str
    rows: int = 0
    refused: int = 0
    same: int = 0
    imported: int = 0
    corrected: int = 0
    learners: int = 0
    decisions: int = 0
    resumed: bool = False
    dry_run: bool = False
    governed: bool = True
    faults: list[Fault] = field(default_factory=list)
    fault_file: str | None = None

    def refuse(self, rows: int) -> None:
        """Count rows that read well and are refused all the same."""
        self.rows -= rows
        self.refused += rows
