"""One cell of a class: what stands, what the rule lacks now, and how fresh the work is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger.application.ledger import Ledger
from ledger.deciding import Decider
from ledger.deciding.answer import Answer, Conclusion
from ledger.errors import LedgerError
from ledger.facts.items import EvidenceItem, Item
from ledger.facts.order import day_in
from ledger.facts.ratios import Pair, fraction
from ledger.facts.record import LearnerRecord
from ledger.inquiry.audience import Cut
from ledger.inquiry.class_views import CellView
from ledger.inquiry.naming import Naming
from ledger.inquiry.rounding import one_decimal
from ledger.policy.explaining import Explanation, explain
from ledger.policy.facts import Order
from ledger.policy.model import Outcome
from ledger.values import plain_number

QUESTION, AWARD = "MASTERY", "standard"
"""What a cell answers."""


@dataclass(slots=True)
class CellReader:
    """Reads the cells of many learners on one day; what equal sheets say is put into words once.

    Without `entitlements` what hangs on one is left out: clauses, and the evidence of `hidden` instruments.
    """

    ledger: Ledger
    on: date
    entitlements: bool
    decider: Decider = field(init=False)
    naming: Naming = field(init=False)
    hidden: frozenset[str] = field(init=False)
    _said: dict[int, tuple[Conclusion, Explanation]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take what governs now."""
        self.decider = self.ledger.decider()
        self.naming = Naming(self.ledger.governance())
        cut = Cut(self.ledger.governance(), self.ledger.shelf())
        self.hidden = frozenset() if self.entitlements else cut.anywhere().instruments

    def cell(self, record: LearnerRecord, identity: str, items: Iterable[Item]) -> CellView:
        """Return where a learner stands with a competency, given what is on record about it."""
        key = f"competency/{identity}"
        standing, answer = record.standing(QUESTION, key, AWARD), self.answer(record, key)
        pieces = [one for one in items if isinstance(one, EvidenceItem) and self._shows(one)]
        level, label = self._level(pieces, answer)
        last_day = max((day_in(one, Order.OCCURRED) for one in pieces), default="")
        said = self.explained(answer) if answer and answer.finding.outcome is not Outcome.MET else None
        outcome = standing.outcome if standing else ""
        return CellView(
            competency=identity,
            outcome=outcome,
            word=answer.ruling.shelved.policy.words.of(Outcome(outcome)) if answer and outcome else "",
            decision=standing.version if standing else None,
            level=level,
            label=label,
            pieces=len(pieces),
            last_day=last_day,
            school_days=school_days(last_day, self.on) if last_day else None,
            missing=tuple(dict.fromkeys(line.text for line in said.missing)) if said else (),
            steps=len(answer.finding.missing()) if answer and said else 0,
            next=said.next if said else (),
        )

    def _shows(self, item: EvidenceItem) -> bool:
        return item.has_result and item.instrument not in self.hidden

    def answer(self, record: LearnerRecord, key: str) -> Answer | None:
        """Return what the rule says now of a subject; nothing where no rule does, or it cannot be asked."""
        try:
            return self.decider.answer(record, QUESTION, key, AWARD)
        except LedgerError:
            return None

    def explained(self, answer: Answer) -> Explanation:
        """Put an answer into words, once for all sheets that are equal."""
        found = self._said.get(id(answer.conclusion))
        if found is None:
            ruling = answer.ruling
            words = explain(
                ruling.shelved.policy,
                answer.finding,
                self.decider.on,
                overrides=ruling.overrides,
                entitlements=self.entitlements,
            )
            found = self._said[id(answer.conclusion)] = (answer.conclusion, self.naming.named(words))
        return found[1]

    def _level(self, pieces: Sequence[EvidenceItem], answer: Answer | None) -> tuple[str, str]:
        """Return the level and its label of the latest piece that the rule looks at, else of the latest."""
        if not pieces:
            return "", ""
        read = {number for fact in answer.sheet.seen for number in fact.versions} if answer else set()
        counted = [one for one in pieces if one.version in read or one.entry in read]
        latest = max(counted or pieces, key=lambda one: (day_in(one, Order.OCCURRED), one.entry, one.index))
        return self._said_level(latest, answer)

    def _said_level(self, item: EvidenceItem, answer: Answer | None) -> tuple[str, str]:
        day = day_in(item, Order.OCCURRED)
        level = answer.ruling.levels.level(item, day) if answer else None
        if level is None:
            level = item.level
        if level is not None:
            return plain_number(fraction(level)), self._label(level, item, answer)
        if item.percent is not None:
            return f"{one_decimal(fraction(item.percent))} %", ""
        if item.passed is not None:
            return ("passed", "") if item.passed else ("not passed", "")
        return one_decimal(fraction(item.value)) if item.value is not None else "", ""

    def _label(self, level: Pair, item: EvidenceItem, answer: Answer | None) -> str:
        named = item.scale or (answer.ruling.governing.adoption.scale if answer else None)
        scale = self.ledger.governance().scale(named) if named else None
        found = {one.value: one.label for one in scale.levels} if scale else {}
        return found.get(plain_number(fraction(level)), "")


def school_days(since: str, until: date) -> int:
    """Count the days from Monday to Friday after one day, up to another; the ledger knows of no holidays."""
    first = date.fromisoformat(since[:10])
    days = max((until - first).days, 0)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((first + timedelta(days=weeks * 7 + one)).weekday() < 5 for one in range(1, rest + 1))
