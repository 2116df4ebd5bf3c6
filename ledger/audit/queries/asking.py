"""Asking queries of a ledger: each learner's stream is read once, whatever is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from ledger.audit.queries.finding import AuditFinding, OutcomeUnder, Query, Setting, local
from ledger.audit.queries.life import Life, life_of
from ledger.bounds import Governing
from ledger.deciding import Decider, Shelf
from ledger.domain.governance import Governance
from ledger.domain.learner import Decided
from ledger.errors import LedgerDamaged, LedgerError
from ledger.facts.record import LearnerRecord, fold_learner
from ledger.storage.log import Log

Progress = Callable[[int, int], None]
"""Told how many learners are done, and how many there are."""

Since = int | date | None
"""Findings are told of what was recorded after a position, or on a day and later; of everything where null."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one query: the thresholds it was asked with, every finding by position, and notes on the run."""

    query: Query
    thresholds: Mapping[str, int]
    findings: tuple[AuditFinding, ...]
    notes: tuple[str, ...]


def asked(
    lives: Iterable[Life],
    queries: Sequence[tuple[Query, Mapping[str, int]]],
    given: Callable[[Mapping[str, int]], Setting],
) -> tuple[Asked, ...]:
    """Ask queries of the lives of learners; `given` makes the setting of one from its thresholds."""
    runs = [(query, values, query.watch(given(values))) for query, values in queries]
    found: list[list[AuditFinding]] = [[] for _ in runs]
    for life in lives:
        for (_, _, watcher), some in zip(runs, found, strict=True):
            some.extend(watcher.look(life))
    answers = []
    for (query, values, watcher), some in zip(runs, found, strict=True):
        some.extend(watcher.rest())
        findings = tuple(sorted(some, key=lambda one: (one.position, one.sentence)))
        answers.append(Asked(query, values, findings, tuple(watcher.notes())))
    return tuple(answers)


@dataclass(slots=True)
class Auditing:
    """Asks queries of one ledger as it stands; what governs is folded once."""

    log: Log
    governance: Governance
    position: int

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the ledger's calendar."""
        if self.governance.opened is None:
            raise LedgerDamaged("the ledger does not begin with its opening; `mastery verify` tells more")
        return ZoneInfo(self.governance.opened.zone)

    def ask(
        self, queries: Sequence[tuple[Query, Mapping[str, int]]], since: Since = None, progress: Progress | None = None
    ) -> tuple[Asked, ...]:
        """Ask queries, and keep the findings about what was recorded since."""
        under = outcomes_under(self.log, self.governance)

        def given(thresholds: Mapping[str, int]) -> Setting:
            return Setting(self.governance, self.zone, thresholds, under)

        answers = asked(self._lives(progress), queries, given)
        return tuple(
            Asked(one.query, one.thresholds, tuple(self._since(one.findings, since)), one.notes) for one in answers
        )

    def _lives(self, progress: Progress | None) -> Iterator[Life]:
        streams = self.log.recorder.streams("learner/")
        for done, stream in enumerate(streams):
            if progress is not None:
                progress(done, len(streams))
            events = (event for event in self.log.stream(stream) if event.position <= self.position)
            yield life_of(stream.removeprefix("learner/"), events)
        if progress is not None:
            progress(len(streams), len(streams))

    def _since(self, findings: Iterable[AuditFinding], since: Since) -> Iterator[AuditFinding]:
        for one in findings:
            if since is None or (
                one.position > since if isinstance(since, int) else local(one.at, self.zone).date() >= since
            ):
                yield one


def outcomes_under(log: Log, governance: Governance) -> OutcomeUnder:
    """Return what answers a decision again by another adoption, on the day and the record it was made with."""
    shelf = Shelf(governance)

    def outcome(learner: str, made: Decided, adoption: int) -> str | None:
        placed = next((one for one in governance.adoptions if one.position == adoption), None)
        if placed is None:
            return None
        events = log.stream(f"learner/{learner}", 0, made.learner_version)
        try:
            record = fold_learner(LearnerRecord(learner), ((one.originator_version, one.data) for one in events))
            decider = Decider(governance, shelf, date.fromisoformat(made.on), made.read_to)
            found = Governing(placed.position, placed.payload, placed.upstream)
            return decider.answer_under(found, record, made.subject.key).finding.outcome.value
        except LedgerError:  # erased, or a rule that cannot be read: nothing can be said
            return None

    return outcome
