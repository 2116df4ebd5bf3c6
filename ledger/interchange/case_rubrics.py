"""The rubrics of a CASE package; `ledger.domain.scales` reads scales from them."""

from collections.abc import Iterable
from typing import Any

from ledger import values
from ledger.domain.competencies import Criterion, CriterionLevel, Rubric
from ledger.interchange import sentences
from ledger.interchange.foreign import Members
from ledger.interchange.report import Report


def rubrics_of(found: Iterable[Any], report: Report) -> tuple[Rubric, ...]:
    """Read CFRubrics; levels are put in the order of their positions."""
    return tuple(_rubric(Members(raw, f"/CFRubrics/{index}", report)) for index, raw in enumerate(found))


def _rubric(members: Members) -> Rubric:
    identity = members.identity()
    criteria = tuple(
        _criterion(Members(raw, f"{members.at('CFRubricCriteria')}/{index}", members.report))
        for index, raw in enumerate(members.list("CFRubricCriteria"))
    )
    title = members.text("title") or members.peek("description") or identity
    return Rubric(id=identity, title=str(title), criteria=criteria, extra=members.extra())


def _criterion(members: Members) -> Criterion:
    where = members.at("CFRubricCriterionLevels")
    levels = [
        (_position(raw), _level(Members(raw, f"{where}/{index}", members.report)))
        for index, raw in enumerate(members.list("CFRubricCriterionLevels"))
    ]
    return Criterion(
        levels=tuple(level for _, level in sorted(levels, key=lambda pair: pair[0])),
        competency=members.node("CFItemURI"),
        description=members.text("description"),
        identifier=members.text("identifier"),
        extra=members.extra(),
    )


def _position(raw: Any) -> int:
    position = raw.get("position") if isinstance(raw, dict) else None
    return position if isinstance(position, int) else 0


def _level(members: Members) -> CriterionLevel:
    label = members.text("quality")
    return CriterionLevel(
        label=label or str(members.peek("position") or ""),
        value=_value(members),
        description=members.text("description"),
        identifier=members.text("identifier"),
        extra=members.extra(),
    )


def _value(members: Members) -> str | None:
    score = members.peek("score")
    if score is None:
        return None
    try:
        value = values.decimal_text(str(score))
    except ValueError:
        members.report.warn(sentences.ODD_POINTS, pointer=members.at("score"), text=str(score)[:40])
        return None
    members.take("score")
    return value
