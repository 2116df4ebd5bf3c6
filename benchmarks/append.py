"""Appending ready events: our log beside the same rows through bare sqlite3 and beside the textbook aggregate.

Ours begins with payloads in memory (real evidence and real decisions of an import): encoding, stamping,
leaf hash, seal and commit are timed. Bare inserts the very rows and leaf rows, ready made, into the same
tables and indices. The textbook side makes, encodes and saves its own events of the same content. A
transaction a batch everywhere, WAL, synchronous FULL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks import bare, content, textbook
from benchmarks.measuring import Check, Measure, Report, Setting, Side, Target, Work, interleaved, ratio_of
from ledger.importing import ImportOptions, import_evidence
from ledger.storage import tables
from ledger.storage.envelope import Author, Unstamped
from ledger.storage.log import Log

SHAPES = ((1, 300, 0.5), (50, 3_000, 0.45), (500, 6_000, 0.30))
"""Events a batch, events a round, and the target against bare sqlite3."""

AUTHOR = Author("00000000-0000-4000-8000-000000000001", "operator", "benchmark")


def run(setting: Setting) -> Report:
    """Measure every size of batch."""
    events = _real_events(setting)
    decisions = sum(event.cause is not None for event in events) / len(events)
    report = Report(notes=[f"append: evidence and decisions as an import writes them, {decisions:.0%} decisions"])
    for batch, usual, target in SHAPES:
        _Shape(setting, events[: setting.size(usual, max(2 * batch, 20))], batch).measure(target, report)
    return report


def _real_events(setting: Setting) -> list[Unstamped]:
    """Return the events of an import, with the versions they had."""
    wanted = setting.size(max(usual for _, usual, _ in SHAPES), 1_000)
    file = content.write_file(setting.directory / "append.csv", wanted // 16 + 1, 16, 6)
    with content.classroom(setting.directory / "append-home") as ledger:
        import_evidence(ledger, content.operator(ledger), file, ImportOptions())
        found = [
            Unstamped(event.originator_id, event.originator_version, event.data, AUTHOR, event.cause)
            for event in ledger.log.scan()
            if event.originator_id.startswith("learner/")
        ]
    return found[:wanted]


@dataclass(slots=True)
class _Shape:
    """One size of batch, its events, and the files of the last round."""

    setting: Setting
    events: Sequence[Unstamped]
    batch: int

    def measure(self, target: float, report: Report) -> None:
        ready = self._written_once()
        contents = [textbook.ready(event.payload) for event in self.events]
        sides: dict[str, Side] = {
            "ours": self._ours,
            "bare": lambda number: self._bare(number, ready),
            "textbook": lambda number: self._textbook(number, contents),
        }
        rates = interleaved(self.setting.rounds, sides)
        name = "append, one at a time" if self.batch == 1 else f"append, batches of {self.batch}"
        ratio = ratio_of(rates["ours"], rates["bare"])
        report.measures.append(Measure(name, "events/s", **rates, ratio=ratio, against="bare", target=Target(target)))
        report.checks += self._checks(name, contents)

    def _path(self, side: str, number: int) -> Path:
        return self.setting.directory / f"append-{self.batch}-{side}-{number}.db"

    def _batches(self) -> list[Sequence[Unstamped]]:
        return [self.events[at : at + self.batch] for at in range(0, len(self.events), self.batch)]

    def _log(self, path: Path) -> Log:
        tables.create(path)
        return Log(path, "ledger.invalid/benchmark", bytes(32))

    def _written_once(self) -> list[bare.Rows]:
        path = self._path("ready", 0)
        log = self._log(path)
        log.append(log.prepared(self.events))
        log.close()
        return bare.rows_of(path, self.batch)

    def _ours(self, number: int) -> Work:
        log, batches = self._log(self._path("ours", number)), self._batches()
        log.append(log.prepared([]))

        def work() -> int:
            for some in batches:
                log.append(log.prepared(some))
            return len(self.events)

        return work

    def _bare(self, number: int, ready: list[bare.Rows]) -> Work:
        connection = bare.made(self._path("bare", number))
        return lambda: bare.insert(connection, ready)

    def _textbook(self, number: int, contents: list[dict[str, Any]]) -> Work:
        application = textbook.school(self._path("textbook", number))
        learners = {event.stream: textbook.Learner(event.stream) for event in self.events}
        application.save(*learners.values())
        told = [
            (learners[event.stream], event.payload, ready) for event, ready in zip(self.events, contents, strict=True)
        ]
        batches = [told[at : at + self.batch] for at in range(0, len(told), self.batch)]

        def work() -> int:
            for some in batches:
                for learner, payload, ready in some:
                    textbook.tell(learner, payload, ready)
                application.save(*{id(learner): learner for learner, _, _ in some}.values())
            return len(told)

        return work

    def _with(self, contents: list[dict[str, Any]]) -> Iterator[tuple[Unstamped, dict[str, Any]]]:
        return zip(self.events, contents, strict=True)

    def _checks(self, name: str, contents: list[dict[str, Any]]) -> list[Check]:
        last = self.setting.rounds - 1
        ours = bare.without_stamp(bare.rows_of(self._path("ours", last), self.batch))
        theirs = bare.without_stamp(bare.rows_of(self._path("bare", last), self.batch))
        application = textbook.school(self._path("textbook", last))
        told = [
            (learner.name, said)
            for learner in _learners(application)
            for said in textbook.contents(application, learner.id)
        ]
        said = [(event.stream, ready) for event, ready in zip(self.events, contents, strict=True)]
        return [
            Check(f"{name}: the rows stored", list(ours), list(theirs)),
            Check(f"{name}: what the textbook's events say", sorted(said, key=repr), sorted(told, key=repr)),
        ]


def _learners(application: textbook.School) -> list[textbook.Learner]:
    found = application.recorder.select_notifications(1, 1 << 30)
    identities = dict.fromkeys(UUID(str(one.originator_id)) for one in found)
    return [application.repository.get(identity) for identity in identities]
