"""Which pieces of evidence a rule counts, and what keeps each of the others out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ledger.domain.learner import FactSeen
from ledger.facts.bands import Levels
from ledger.facts.days import days_of
from ledger.facts.filters import tests_of
from ledger.facts.items import EvidenceItem
from ledger.facts.methods import METHODS, Method
from ledger.facts.order import day_in
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import Folding, filters_of, folding_of
from ledger.facts.state import Place
from ledger.policy.facts import AtLevel, DatedBefore, DatedFrom, FactDefinition, Filter, Reads, Ready
from ledger.policy.model import Policy
from ledger.policy.sheet import Value


class Why(StrEnum):
    """What keeps a piece of evidence from counting; what is asked of it last stands last."""

    NO_RESULT = "no result"
    PURPOSE = "purpose"
    UNREADABLE = "unreadable"
    OTHER_WORK = "other work"
    DATE = "date"
    NOT_READY = "not ready"
    UNPREPARED = "unprepared"
    BELOW = "below the level"
    REPLACED = "replaced"


_RANK = {why: rank for rank, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Whether a rule counts a piece, and what keeps it out; one that counts may still be below the level asked for.

    A piece counts that stands behind a fact of the rule. One that could, and does not, is `REPLACED`:
    the rule takes newer or better work in its place.
    """

    counts: bool
    why: Why | None


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact of evidence made ready: its filters in words of the rule, and whose days they compare with."""

    folding: Folding
    filters: tuple[Filter, ...]
    unprepared: frozenset[Place]


def weigh(
    policy: Policy,
    record: LearnerRecord,
    subject: str,
    parameters: Mapping[str, Value],
    levels: Levels,
    seen: Sequence[FactSeen],
    items: Iterable[EvidenceItem],
) -> dict[Place, Weighed]:
    """Weigh what is on record about a subject, by entry and index; `seen` are the facts as the rule read them."""
    facts = [
        _Fact(folding, filters_of(one, parameters), record.subject(subject).unprepared(folding))
        for one in policy.sheet
        if _is_of_evidence(one) and isinstance(folding := folding_of(one, parameters, levels), Folding)
    ]
    names = {one.name for one in policy.sheet if one.reads is Reads.EVIDENCE}
    behind = {version for one in seen if one.name in names for version in one.versions}
    cut = any(one.count > len(one.versions) for one in seen if one.name in names)
    return {
        (item.entry, item.index): _weighed(
            item,
            [_why_not(fact, item, record, subject) for fact in facts],
            behind=bool(behind & {item.version, item.entry}),
            cut=cut,
        )
        for item in items
    }


def _is_of_evidence(definition: FactDefinition) -> bool:
    is_folded = isinstance(METHODS[definition.method], Method)
    return is_folded and definition.reads is Reads.EVIDENCE and definition.about == ""


def _weighed(item: EvidenceItem, whys: Sequence[Why | None], *, behind: bool, cut: bool) -> Weighed:
    below = Why.BELOW if Why.BELOW in whys else None
    if None in whys and (behind or cut):
        return Weighed(True, below)
    if None in whys:
        return Weighed(False, below or Why.REPLACED)
    held = [one for one in whys if one is not None]
    nothing = Why.OTHER_WORK if item.has_result else Why.NO_RESULT
    return Weighed(False, max(held, key=_RANK.__getitem__, default=nothing))


def _why_not(fact: _Fact, item: EvidenceItem, record: LearnerRecord, subject: str) -> Why | None:
    """Return the first thing a fact asks of a piece that the piece does not have; nothing where it has all."""
    return next(_against(fact, item, record, subject), None)


def _against(fact: _Fact, item: EvidenceItem, record: LearnerRecord, subject: str) -> Iterator[Why]:
    folding = fact.folding
    if not item.has_result:
        yield Why.NO_RESULT
    if folding.purposes is not None and item.purpose not in folding.purposes:
        yield Why.PURPOSE
    day = day_in(item, folding.order)
    number = folding.measure(item, day)
    if number is None:
        yield Why.UNREADABLE
        return
    days = days_of(folding, record, subject)
    failed = [
        _named(part)
        for part in fact.filters
        for test in tests_of((part,), folding.days)
        if not test(item, day, number, days)
    ]
    if (item.entry, item.index) in fact.unprepared:
        failed.append(Why.UNPREPARED)
    yield from sorted(failed, key=_RANK.__getitem__)


def _named(part: Filter) -> Why:
    if isinstance(part, AtLevel):
        return Why.BELOW
    if isinstance(part, Ready):
        return Why.NOT_READY
    return Why.DATE if isinstance(part, DatedFrom | DatedBefore) else Why.OTHER_WORK
