"""What a fact can fold: evidence about one subject, preparations, approvals, support, decoded once.

Numbers are exact pairs (`ledger.facts.ratios`); legal dates are the stored text, null where not known.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct

from ledger.domain import learner
from ledger.domain.shapes import Payload, Result, Score
from ledger.facts.ratios import Pair, pair, percent_of


class EvidenceItem(Struct, frozen=True, kw_only=True, gc=False):
    """What one result of a piece of evidence says about one subject.

    `version` is where it stands in the learner's stream, `entry` the version of its first
    recording, `index` its place among the results. `value` is the score as given, `maximum` the highest
    there was to have, null where not known; `percent` is
    100 * (value - minimum) / (maximum - minimum), null where an end is not known. `scale` is the
    digest of the scale edition a level is of. A result with a reason for its absence has no number.
    """

    version: int
    entry: int
    index: int
    evidence_id: str
    kind: str
    purpose: str
    task: str | None
    item: str | None
    instrument: str | None
    form: str | None
    setting: str | None
    organisation: str | None
    attempt_of: str | None
    attempt: int | None
    level: Pair | None
    percent: Pair | None
    value: Pair | None
    maximum: Pair | None
    passed: bool | None
    occurred: str | None
    submitted: str | None
    due: str | None
    scored: str | None
    absent_reason: str | None
    scale: str | None = None

    @property
    def has_result(self) -> bool:
        """Say whether there is a result at all."""
        return self.absent_reason is None


class PreparationItem(Struct, frozen=True, kw_only=True, gc=False):
    """A preparation for one subject; `kind` says how."""

    version: int
    entry: int
    kind: str
    occurred: str | None
    index: int = 0


class ApprovalItem(Struct, frozen=True, kw_only=True, gc=False):
    """A yes (`passed`) or a no of a person whose word a rule asks for, about one subject."""

    version: int
    entry: int
    kind: str
    passed: bool
    organisation: str | None
    capacity: str | None
    occurred: str | None
    index: int = 0


class SupportItem(Struct, frozen=True, kw_only=True, gc=False):
    """Help for one subject; `stage` says whether it was offered or provided, `value` how many hours of it."""

    version: int
    entry: int
    kind: str
    stage: str
    organisation: str | None
    value: Pair | None
    occurred: str | None
    index: int = 0


Item: TypeAlias = EvidenceItem | PreparationItem | ApprovalItem | SupportItem


def items_of(payload: Payload, entry: int, version: int, subject: str) -> tuple[Item, ...]:
    """Return what a payload of a learner's stream says about a subject, named by its key, in stored order."""
    return tuple(_READERS[type(payload)](payload, entry, version, subject))


def _evidence_items(
    payload: "learner.EvidenceRecorded | learner.EvidenceCorrected", entry: int, version: int, subject: str
) -> Iterator[Item]:
    evidence = payload.evidence
    for index, result in enumerate(evidence.results):
        if result.subject.key == subject:
            yield _evidence_item(evidence, result, entry, version, index)


def _evidence_item(evidence: learner.Evidence, result: Result, entry: int, version: int, index: int) -> EvidenceItem:
    value, maximum, percent = _score(result.score)
    return EvidenceItem(
        version=version,
        entry=entry,
        index=index,
        evidence_id=evidence.evidence_id,
        kind=evidence.kind,
        purpose=evidence.purpose,
        task=evidence.task,
        item=evidence.item,
        instrument=evidence.instrument,
        form=evidence.form,
        setting=evidence.setting,
        organisation=evidence.assessor.organisation if evidence.assessor else None,
        attempt_of=evidence.attempt_of,
        attempt=evidence.attempt,
        level=None if result.level is None else pair(result.level),
        percent=percent,
        value=value,
        maximum=maximum,
        passed=result.passed,
        occurred=evidence.occurred,
        submitted=evidence.submitted,
        due=evidence.due,
        scored=evidence.scored,
        absent_reason=result.absent_reason,
        scale=result.scale,
    )


def _score(score: Score | None) -> tuple[Pair | None, Pair | None, Pair | None]:
    if score is None:
        return None, None, None
    value, maximum = pair(score.value), None if score.maximum is None else pair(score.maximum)
    if score.minimum is None or maximum is None:
        return value, maximum, None
    return value, maximum, percent_of(value, pair(score.minimum), maximum)


def _preparation_items(payload: learner.PreparationRecorded, entry: int, version: int, _subject: str) -> Iterator[Item]:
    yield PreparationItem(version=version, entry=entry, kind=payload.kind, occurred=payload.occurred)


def _approval_items(
    payload: "learner.ApprovalGiven | learner.ApprovalRefused", entry: int, version: int, _subject: str
) -> Iterator[Item]:
    yield ApprovalItem(
        version=version,
        entry=entry,
        kind=payload.kind,
        passed=isinstance(payload, learner.ApprovalGiven),
        organisation=payload.by.organisation,
        capacity=payload.by.capacity,
        occurred=payload.occurred,
    )


def _support_items(
    payload: "learner.SupportOffered | learner.SupportProvided", entry: int, version: int, _subject: str
) -> Iterator[Item]:
    provided = payload if isinstance(payload, learner.SupportProvided) else None
    yield SupportItem(
        version=version,
        entry=entry,
        kind=payload.kind,
        stage="provided" if provided else "offered",
        organisation=payload.by.organisation if payload.by else None,
        value=pair(provided.hours) if provided and provided.hours else None,
        occurred=payload.occurred,
    )


_READERS: Mapping[type, Callable[[Any, int, int, str], Iterator[Item]]] = MappingProxyType(
    {
        learner.EvidenceRecorded: _evidence_items,
        learner.EvidenceCorrected: _evidence_items,
        learner.PreparationRecorded: _preparation_items,
        learner.ApprovalGiven: _approval_items,
        learner.ApprovalRefused: _approval_items,
        learner.SupportOffered: _support_items,
        learner.SupportProvided: _support_items,
    }
)
