"""The evidence of one target: what the rule counts, what it does not, and what keeps that out."""

from collections.abc import Iterator, Mapping, Set

from ledger.application.reading_records import items_about
from ledger.deciding.answer import Answer
from ledger.facts.counting import Weighed, Why, weigh
from ledger.facts.items import EvidenceItem
from ledger.facts.order import day_in
from ledger.facts.ratios import fraction
from ledger.facts.record import LearnerRecord
from ledger.facts.state import Place
from ledger.inquiry.target_reading import TargetReader
from ledger.inquiry.target_views import EarnedView, PieceView
from ledger.inquiry.views import EvidenceView
from ledger.policy.facts import Order
from ledger.values import plain_number


def pieces_of(
    reader: TargetReader, record: LearnerRecord, subject: str, answer: Answer | None
) -> tuple[PieceView, ...]:
    """Return the evidence of a target, newest first: what is about it, and what else the rule looked at."""
    behind = {number for fact in answer.sheet.seen for number in fact.versions} if answer else set()
    items = {
        key: [one for one in some if isinstance(one, EvidenceItem) and one.instrument not in reader.cells.hidden]
        for key, some in items_about(reader.ledger, record, {subject, *_elsewhere(reader, behind)}).items()
    }
    weighed = _weighed(record, subject, answer, items[subject])
    pieces = [_piece(reader, one, weighed.get((one.entry, one.index))) for one in items.pop(subject)]
    pieces += [
        _piece(reader, one, Weighed(True, None), key)
        for key, some in items.items()
        for one in some
        if behind & {one.entry, one.version}
    ]
    gone = [_withdrawn(one) for one in _taken_out(reader, subject)]
    return tuple(sorted((*pieces, *gone), key=lambda one: (one.day, one.version), reverse=True))


def _weighed(
    record: LearnerRecord, subject: str, answer: Answer | None, items: list[EvidenceItem]
) -> Mapping[Place, Weighed]:
    if answer is None:
        return {}
    ruling = answer.ruling
    return weigh(ruling.shelved.policy, record, subject, ruling.parameters, ruling.levels, answer.sheet.seen, items)


def _elsewhere(reader: TargetReader, behind: Set[int]) -> Iterator[str]:
    """Yield the subjects of the evidence behind the facts of a rule."""
    for one in reader.history.evidence.values():
        if not one.withdrawn and behind & {one.entry, one.version}:
            yield from (result.subject.key for result in one.results)


def _piece(reader: TargetReader, item: EvidenceItem, weighed: Weighed | None, about: str = "") -> PieceView:
    held = reader.history.evidence.get(item.evidence_id)
    return PieceView(
        version=item.version,
        kind=item.kind,
        task=item.task or item.item or "",
        day=day_in(item, Order.OCCURRED),
        earned=_earned(reader, item),
        counts=weighed is not None and weighed.counts,
        why=(weighed.why or "") if weighed else "",
        corrected=held is not None and held.corrected,
        about=reader.cells.naming.by_key(about) if about else None,
    )


def _earned(reader: TargetReader, item: EvidenceItem) -> EarnedView:
    level = plain_number(fraction(item.level)) if item.level is not None else ""
    scale = reader.ledger.governance().scale(item.scale) if item.scale else None
    labels = {one.value: one.label for one in scale.levels} if scale else {}
    return EarnedView(
        level=level,
        label=labels.get(level, ""),
        value=plain_number(fraction(item.value)) if item.value is not None else "",
        maximum=plain_number(fraction(item.maximum)) if item.maximum is not None else "",
        passed=item.passed,
        absent=item.absent_reason or "",
    )


def _taken_out(reader: TargetReader, subject: str) -> Iterator[EvidenceView]:
    for one in reader.history.evidence.values():
        is_about = any(result.subject.key == subject for result in one.results)
        if one.withdrawn and is_about and one.instrument not in reader.cells.hidden:
            yield one


def _withdrawn(one: EvidenceView) -> PieceView:
    kind = one.kind.replace(" ", "_")
    return PieceView(one.version, kind, one.task, one.occurred[:10], EarnedView(), False, "withdrawn", False, None)


STILL_TRIES = frozenset({"", Why.BELOW, Why.REPLACED, Why.UNPREPARED, Why.NOT_READY, Why.DATE})
"""What may be said of a piece that is a try at the target, whether it counts or not."""
