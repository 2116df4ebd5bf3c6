"""What would do: which single piece of evidence, of which kind and at which level, would bring a learner there."""

from collections import defaultdict
from dataclasses import dataclass

from ledger.application.ledger import Ledger
from ledger.application.reading_records import with_record_of
from ledger.domain.framework import ScaleDefined
from ledger.domain.learner import Evidence, EvidenceKind
from ledger.domain.shapes import Result, Source, Subject
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_cells import AWARD, QUESTION, CellReader
from ledger.inquiry.recording import suppose

TRIED: tuple[EvidenceKind, ...] = ("task", "exam", "performance", "portfolio", "observation")
"""Kinds of evidence a teacher records by a level."""


@dataclass(frozen=True, slots=True)
class Enough:
    """One more piece of one of these kinds would do, at this level of the scale or above."""

    level: str
    label: str
    kinds: tuple[str, ...]


def what_would_do(ledger: Ledger, learner: str, subject: Subject) -> tuple[Enough, ...]:
    """Return the single pieces, dated today, with which the rule on mastery would be met, the lowest level first.

    Nothing where no single piece would do, where it is met already, or where its rule reads no levels.
    """
    reader = CellReader(ledger, ledger.today(), entitlements=False)
    scale = scale_for(reader, learner, subject.key)
    if scale is None:
        return ()
    found: dict[str, list[str]] = defaultdict(list)
    for kind in TRIED:
        level = next(
            (one.value for one in scale.levels if _does(reader, learner, subject, scale, kind, one.value)), None
        )
        if level is not None:
            found[level].append(kind)
    labels = {one.value: one.label for one in scale.levels}
    order = [one.value for one in scale.levels]
    return tuple(Enough(one, labels[one], tuple(found[one])) for one in sorted(found, key=order.index))


def scale_for(reader: CellReader, learner: str, key: str) -> ScaleDefined | None:
    """Return the scale on which the rule on mastery reads levels of a learner's subject."""

    def named(record: LearnerRecord) -> str | None:
        found = reader.decider.governing(record, QUESTION, key, AWARD)
        return found.adoption.scale if found else None

    digest = with_record_of(reader.ledger, learner, named)
    return reader.ledger.governance().scale(digest) if digest else None


def _does(
    reader: CellReader, learner: str, subject: Subject, scale: ScaleDefined, kind: EvidenceKind, level: str
) -> bool:
    evidence = Evidence(
        evidence_id="supposed",
        source=Source(system="supposed"),
        kind=kind,
        purpose="summative",
        results=(Result(subject=subject, level=level, scale=scale.digest),),
        occurred=reader.on.isoformat(),
    )

    def met(record: LearnerRecord) -> bool:
        suppose(reader, record, evidence)
        standing = record.standing(QUESTION, subject.key, AWARD)
        return standing is not None and standing.outcome == "met"

    return with_record_of(reader.ledger, learner, met)


def scale_about(reader: CellReader, key: str) -> ScaleDefined | None:
    """Return the scale on which work on a subject is judged: the rule's, else the only one."""
    governance = reader.ledger.governance()
    named = (one.governing.adoption.scale for one in reader.decider.candidates(QUESTION, key, AWARD))
    found = next((governance.scale(digest) for digest in named if digest), None)
    latest = {placed.payload.scale: placed.payload for placed in governance.scales}
    return found or (next(iter(latest.values())) if len(latest) == 1 else None)
