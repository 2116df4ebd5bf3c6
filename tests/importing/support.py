"""What the tests of the import share: a header, files, and imports that are stopped."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.importing import ImportOptions, ImportReport, import_evidence
from ledger.importing.appending import Appending
from tests.support.ledgers import author

HEADER = "learner,competency,level,kind,purpose,task,occurred,source_system,source_record"


def row(learner: str, record: str, level: str = "3", competency: str = "C.0", day: str = "2026-05-01") -> str:
    """Write one row about a learner and a record."""
    return f"{learner},{competency},{level},task,summative,t,{day},school,{record}"


def written(path: Path, *rows: str) -> Path:
    """Write a file of rows."""
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def run(ledger: Ledger, file: Path, **options: object) -> ImportReport:
    """Import a file."""
    return import_evidence(ledger, author(ledger), file, ImportOptions(**options))  # type: ignore[arg-type]


def counts(report: ImportReport) -> dict[str, int]:
    """Return what became of the rows, without what there was none of."""
    names = ("rows", "refused", "imported", "corrected", "same")
    return {name: count for name in names if (count := getattr(report, name))}


class Stopped(BaseException):
    """Stands for Ctrl-C."""


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, *, before: bool) -> Iterator[None]:
    """Stop the import before or after its first commit."""
    commit = Appending.commit

    def stop(self: Appending) -> None:
        if not before:
            commit(self)
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(Appending, "commit", stop)
        with suppress(Stopped):
            yield
            pytest.fail("the import was not stopped")
