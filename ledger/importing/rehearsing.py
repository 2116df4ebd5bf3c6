"""An import looked at and not made: every fault it would have, while nothing is stored and nobody becomes known."""

import os
from collections.abc import Callable, Iterable, Mapping

from ledger.application import Ledger
from ledger.errors import Fault
from ledger.importing.comparing import ANOTHERS, Compared, Comparison
from ledger.importing.report import ImportReport
from ledger.storage.staging import Staging
from ledger.values import identifier

BATCH = 2_000
"""Learners whose results are noted together."""


def identifying(ledger: Ledger) -> Callable[[Iterable[str]], Mapping[str, str]]:
    """Return what gives the UUIDs of learners, and to whoever is not known one that this rehearsal invents."""
    secret = os.urandom(16).hex()

    def identify(external_ids: Iterable[str]) -> Mapping[str, str]:
        given = set(external_ids)
        unknown = {one: identifier("rehearsal", secret, one) for one in given}
        return unknown | ledger.vault.find_many(given)

    return identify


def rehearse(ledger: Ledger, staging: Staging, corrections: str | None, report: ImportReport) -> None:
    """Compare every staged row with what is on record; keep the faults, store nothing."""
    comparison = Comparison(ledger, report.file, corrections is not None)
    waiting: list[Compared] = []
    for staged in staging.learners():
        waiting.append(comparison.compare(staged))
        comparison.forget()
        if len(waiting) >= BATCH:
            _note(waiting, staging, report)
            waiting = []
    _note(waiting, staging, report)
    claimed = [Fault(report.file, line, "", "", ANOTHERS) for _, line in staging.claimed_twice()]
    staging.refuse(claimed)
    report.refuse(len(claimed))


def _note(waiting: list[Compared], staging: Staging, report: ImportReport) -> None:
    staging.judge({one.staged.ordinal: one.faults for one in waiting if one.faults})
    staging.bring(
        [
            (bytes.fromhex(row.evidence.evidence_id.replace("-", "")), one.staged.ordinal, row.line)
            for one in waiting
            for row, corrects in one.store
            if not corrects
        ]
    )
    for one in waiting:
        report.same += one.same
        report.refuse(len(one.faults))
