"""The average of a course, where the rule that governs it averages: with the gaps it hides."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from ledger.deciding.answer import Answer
from ledger.errors import LedgerError
from ledger.facts.ratios import pair_of
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_views import AverageView, CellView
from ledger.inquiry.rounding import one_decimal
from ledger.policy.facts import FactDefinition
from ledger.policy.model import Outcome, Policy
from ledger.policy.order import MET
from ledger.policy.terms import needed_facts
from ledger.values import plain_number

AVERAGING = ("mean.1", "weighted.1", "decaying.1", "median.1", "mean_of_each.1")
"""Fact methods that put several results together into one number."""


def averaging_fact(policy: Policy) -> FactDefinition | None:
    """Return the first fact of a policy that averages evidence, nothing where none does."""
    return next((one for one in policy.sheet if one.method in AVERAGING), None)


def course_answer(reader: CellReader, record: LearnerRecord, course: str) -> Answer | None:
    """Return what the rule on credit says of a course; nothing where no rule does, or it cannot be asked."""
    try:
        return reader.decider.answer(record, "CREDIT", f"course/{course}", "standard") if course else None
    except LedgerError:
        return None


def average_of(
    reader: CellReader, record: LearnerRecord, course: str, cells: Sequence[CellView], priority: Collection[str]
) -> AverageView | None:
    """Return a learner's average in a course; nothing where the rule does not average, or has nothing to average."""
    answer = course_answer(reader, record, course)
    fact = averaging_fact(answer.ruling.shelved.policy) if answer else None
    value = answer.sheet.values.get(fact.name) if answer and fact else None
    if answer is None or fact is None or isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    passes = _passes(answer, fact.name)
    open_ones = (one for one in cells if one.competency in priority and not one.is_met)
    gaps = tuple(reader.naming.label(one.competency) for one in open_ones) if passes else ()
    return AverageView(one_decimal(value), fact.unit or "", _label(reader, answer, value), passes, gaps)


def _passes(answer: Answer, name: str) -> bool:
    """Say whether one of the clauses that read the average is met, or the whole is."""
    reading = [one for one in answer.finding.sentences() if name in needed_facts(one.node)]
    return answer.finding.outcome is Outcome.MET or any(one.pair == MET for one in reading)


def _label(reader: CellReader, answer: Answer, value: int | Fraction) -> str:
    """Return the level that the bands of the rule's scale read a percentage as."""
    ruling = answer.ruling
    named = ruling.governing.adoption.scale
    scale = reader.ledger.governance().scale(named) if named else None
    if scale is None or ruling.levels.bands is None:
        return ""
    level = ruling.levels.bands.level(pair_of(value), reader.on.isoformat())
    labels = {one.value: one.label for one in scale.levels}
    return labels.get(plain_number(Fraction(*level)), "") if level else ""
