"""Invented law that only code can say: no work falls far below the best before it."""

from datetime import date
from typing import Any

from ledger.policy import (
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    all_of,
    clause,
    fact,
    judged,
    param,
)

ACT = Citation("Act 1 (invented)", confidence=Confidence.VERBATIM)
SUMMATIVE = (FieldIs("purpose", "summative"),)
COUNT = FactDefinition(
    "work_count", "works", "count.1", FactType.INTEGER, Reads.EVIDENCE, where=SUMMATIVE, when_none=0, lowest=0
)
WORKS = FactDefinition(
    "works",
    "works, in the order in which they were done",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    where=SUMMATIVE,
    when_none=(),
    members=(FactDefinition("work_level", "level of the work", "item.level", FactType.FRACTION, Reads.EVIDENCE),),
)


@judged(
    id="growing",
    says="No work falls more than {fall} levels below the best before it.",
    needs=[fact.works, param.fall],
    cites=ACT["(2)"],
    next="keep up the level that was reached",
)
def growing(facts: Any, parameters: Any) -> bool | None:
    """Hold each work against the best before it; a work without a level cannot be held against any."""
    best = None
    for work in facts.works:
        if work.work_level is None:
            return None
        if best is not None and work.work_level < best - parameters.fall:
            return False
        best = work.work_level if best is None else max(best, work.work_level)
    return True


policy = Policy(
    "growing/mastery",
    date(2020, 1, 1),
    Question.MASTERY,
    "Mastery that grows",
    ACT,
    all_of(clause("works", "{least} works or more.", fact.work_count >= param.least, ACT["(1)"]), growing),
    jurisdiction="",
    subject="competency",
    sheet=(COUNT, WORKS),
)
