"""A full command: our `record_evidence` beside the textbook's load, decide, save; and what a long history costs.

Ours opens the learner from snapshot parts, folds, decides under the adopted rule, and appends
evidence and decision with leaf rows, changed parts and the command id. The textbook side loads the
aggregate from all its events, decides by the same rule written as plain Python, and saves. Histories are
spread over fifty competencies. Late evidence is dated before all other evidence of its learner.

Commits wait for the disk (`synchronous=FULL`) as they do in use; one line tells the same pair without that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from benchmarks import content, synchronous, textbook
from benchmarks.measuring import Check, Measure, Report, Setting, Side, Target, Work, interleaved, ratio_of
from ledger.application import Ledger
from ledger.application.learning import record_evidence
from ledger.domain.learner import Decided, Evidence, EvidenceRecorded
from ledger.values import random_identifier

SHORT, LONG = 50, 5_000
"""Events of a learner at the beginning, decisions included."""

RELAXED = "NORMAL"
"""The setting of `synchronous` that is told beside FULL: a power failure may take back the last commits."""

TOGETHER = 10
"""Pieces of evidence of one append while a history is made."""


def run(setting: Setting) -> Report:
    """Measure commands in order and late, on short and on long histories."""
    report = Report()
    with content.classroom(setting.directory / "commands-home") as ledger:
        world = _World(setting, ledger, textbook.school(setting.directory / "commands-textbook.db"))
        rates = interleaved(setting.rounds, world.sides())
        report.measures += _measures(rates)
        report.checks += world.checks()
    report.notes.append(
        f"command: {world.short[0].first_version} and {world.long[0].first_version} events of a learner at the "
        f"beginning, over {content.COMPETENCIES} competencies; "
        f"{world.decided / world.recorded:.0%} of the commands wrote a decision"
    )
    return report


def _measures(rates: dict[str, list[float]]) -> Iterator[Measure]:
    unit, short, long, book = "commands/s", rates["short"], rates["long"], rates["textbook"]
    yield Measure(
        f"full command, {SHORT} events",
        unit,
        short,
        textbook=book,
        ratio=ratio_of(short, book),
        against="textbook",
        target=Target(4),
    )
    yield Measure(
        f"full command, {LONG} events",
        unit,
        long,
        ratio=ratio_of(short, long),
        against=f"cost at {SHORT} events",
        target=Target(1.3, at_most=True),
    )
    yield Measure(
        f"full command, {SHORT} events, {RELAXED}",
        unit,
        rates["relaxed"],
        textbook=rates["textbook relaxed"],
        ratio=ratio_of(rates["relaxed"], rates["textbook relaxed"]),
        against="textbook",
    )
    for name, late, usual in (("short", rates["late short"], short), ("long", rates["late long"], long)):
        size = SHORT if name == "short" else LONG
        against = "cost in order"
        yield Measure(f"late evidence, {size} events", unit, late, ratio=ratio_of(usual, late), against=against)


@dataclass(slots=True)
class _Learner:
    """A learner on both sides: our id, the textbook's, and how much evidence there is."""

    identity: str
    twin: UUID
    evidence: int = 0
    first_version: int = 0


_Order = tuple[_Learner, Evidence]


@dataclass(slots=True)
class _World:
    """Learners with short and with long histories, and every command given to them."""

    setting: Setting
    ledger: Ledger
    school: textbook.School
    short: list[_Learner] = field(init=False)
    relaxed: list[_Learner] = field(init=False)
    late_short: list[_Learner] = field(init=False)
    long: list[_Learner] = field(init=False)
    late_long: list[_Learner] = field(init=False)
    given: list[tuple[list[_Order], list[_Order]]] = field(default_factory=list)
    recorded: int = 0
    decided: int = 0

    def __post_init__(self) -> None:
        commands, few = self.setting.size(40, 3), self.setting.size(4, 1)
        self.short = [self._made(SHORT) for _ in range(commands)]
        self.relaxed = [self._made(SHORT) for _ in range(commands)]
        self.late_short = [self._made(SHORT) for _ in range(commands)]
        self.long = [self._made(self.setting.size(LONG, 300)) for _ in range(few)] * (commands // few)
        self.late_long = [self._made(self.setting.size(LONG, 300)) for _ in range(few)] * (commands // few)

    def sides(self) -> dict[str, Side]:
        return {
            "short": lambda number: self._ours(self._both_sides(number)[0]),
            "textbook": lambda number: self._textbook(self._both_sides(number)[0]),
            "relaxed": lambda number: self._ours(self._both_sides(number)[1], RELAXED),
            "textbook relaxed": lambda number: self._textbook(self._both_sides(number)[1], RELAXED),
            "long": lambda _: self._ours(self._orders(self.long)),
            "late short": lambda _: self._ours(self._orders(self.late_short, late=True)),
            "late long": lambda _: self._ours(self._orders(self.late_long, late=True)),
        }

    def _made(self, events: int) -> _Learner:
        """Make a learner's history through real commands, and the same history for the textbook."""
        made = _Learner(self.ledger.vault.learner_id(random_identifier()), UUID(int=0))
        while made.first_version < events:
            count = min(TOGETHER, max((events - made.first_version) // 2, 1))
            payloads = [EvidenceRecorded(evidence=self._next(made)) for _ in range(count)]
            made.first_version = content.written(self.ledger, made.identity, payloads)
        if events == SHORT:
            made.twin = self._twin(made)
        return made

    def _twin(self, made: _Learner) -> UUID:
        learner = textbook.Learner(made.identity)
        for event in self.ledger.log.stream(f"learner/{made.identity}"):
            textbook.tell(learner, event.data, textbook.ready(event.data))
        self.school.save(learner)
        return learner.id

    def _next(self, learner: _Learner, *, late: bool = False) -> Evidence:
        number = learner.evidence
        learner.evidence += 1
        day = date(2009, 12, 31) - timedelta(days=number) if late else None
        return content.evidence(self.ledger, random_identifier(), number, day)

    def _orders(self, learners: Sequence[_Learner], *, late: bool = False) -> list[_Order]:
        return [(learner, self._next(learner, late=late)) for learner in learners]

    def _both_sides(self, number: int) -> tuple[list[_Order], list[_Order]]:
        """Return what the textbook and ours are both given in a round, at FULL and relaxed, whoever comes first."""
        while len(self.given) <= number:
            self.given.append((self._orders(self.short), self._orders(self.relaxed)))
        return self.given[number]

    def _ours(self, orders: Sequence[_Order], level: str = "FULL") -> Work:
        synchronous.of_ledger(self.ledger, level)
        authors = [content.operator(self.ledger) for _ in orders]

        def work() -> int:
            for (learner, evidence), author in zip(orders, authors, strict=True):
                written = record_evidence(self.ledger, author, learner.identity, evidence)
                self.recorded += 1
                self.decided += len(written.decisions)
            return len(orders)

        return work

    def _textbook(self, orders: Sequence[_Order], level: str = "FULL") -> Work:
        synchronous.of_textbook(self.school, level)
        ready = [(learner.twin, textbook.ready(EvidenceRecorded(evidence=evidence))) for learner, evidence in orders]

        def work() -> int:
            for twin, evidence in ready:
                self.school.record(twin, evidence)
            return len(ready)

        return work

    def checks(self) -> list[Check]:
        return [Check("full command: what stands for each learner", self._standing(), self._twins_standing())]

    def _standing(self) -> list[dict[str, object]]:
        return [
            {
                textbook.key_of(textbook.plain(event.data.subject)): _short_form(event.data)
                for event in self.ledger.log.stream(f"learner/{learner.identity}")
                if isinstance(event.data, Decided)
            }
            for learner in (*self.short, *self.relaxed)
        ]

    def _twins_standing(self) -> list[dict[str, object]]:
        return [dict(self.school.repository.get(one.twin).standing) for one in (*self.short, *self.relaxed)]


def _short_form(decided: Decided) -> dict[str, object]:
    """Return of a decision what the textbook keeps."""
    return {
        "outcome": decided.outcome,
        "level": decided.level,
        "decisive": list(decided.decisive),
    }
