"""Import of evidence files with the decisions they cause, in one process: rows a second, against a fixed target.

Files of ten, sixteen and fifty rows a learner, spread over so many competencies that at least 30 % of the rows
write a decision. Pass 1 reads, checks and stages the rows; pass 2 folds, decides and appends each learner. Each
round imports into a new ledger.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import content
from benchmarks.measuring import Check, Measure, Report, Setting, Target, Work, interleaved
from ledger.application import Ledger
from ledger.importing import ImportOptions, ImportReport, import_evidence

SHAPES = ((10, 4), (16, 6), (50, 18))
"""Rows a learner, and competencies they are spread over."""

ROWS = 16_000
TARGET = 6_000
"""Pieces of evidence a second."""


def run(setting: Setting) -> Report:
    """Measure each shape of file."""
    report = Report()
    for rows, competencies in SHAPES:
        _Shape(setting, rows, competencies).measure(report)
    return report


@dataclass(slots=True)
class _Shape:
    setting: Setting
    rows: int
    competencies: int
    passes: list[tuple[float, float]] = field(default_factory=list)
    reports: list[ImportReport] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def measure(self, report: Report) -> None:
        learners = self.setting.size(ROWS, 400) // self.rows
        path = self.setting.directory / f"import-{self.rows}.csv"
        file = content.write_file(path, learners, self.rows, self.competencies)

        def side(number: int) -> Work:
            ledger = content.classroom(self.setting.directory / f"import-{self.rows}-{number}")
            return lambda: self._import(ledger, file)

        rates = interleaved(self.setting.rounds, {"ours": side})["ours"]
        report.measures.append(
            Measure(
                f"import, {self.rows} rows a learner",
                "evidence/s",
                rates,
                ratio=median(rates) / TARGET,
                against=f"{TARGET:,} a second",
                target=Target(1),
            )
        )
        report.notes.append(self._note(learners * self.rows))
        report.checks.append(Check(f"import, {self.rows} rows a learner: events stored", self._told(), self.stored))

    def _import(self, ledger: Ledger, file: Path) -> int:
        last: dict[str, float] = {}
        began, processor = time.perf_counter(), time.process_time()
        with ledger:
            before = ledger.log.recorder.max_notification_id()
            told = import_evidence(
                ledger,
                content.operator(ledger),
                file,
                ImportOptions(),
                lambda stage, _done, _total: last.update({stage: time.perf_counter()}),
            )
            self.stored.append(ledger.log.recorder.max_notification_id() - before)
        ended = time.perf_counter()
        self.passes.append((last["check"] - began, ended - last["check"]))
        self.processor.append(time.process_time() - processor)
        self.reports.append(told)
        return told.imported

    def _told(self) -> list[int]:
        return [told.imported + told.decisions for told in self.reports]

    def _note(self, rows: int) -> str:
        told = self.reports[-1]
        first, second = (rows / median(each[number] for each in self.passes) for number in (0, 1))
        return (
            f"import, {self.rows} rows a learner: 1 process, {rows} rows over {self.competencies} competencies, "
            f"{told.decisions / rows:.0%} of the rows wrote a decision; pass 1 alone {first:,.0f} rows/s, "
            f"pass 2 alone {second:,.0f} rows/s; "
            f"{rows / median(self.processor):,.0f} rows in a second of processor time"
        )
