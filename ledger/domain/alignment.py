"""How competencies of one framework stand to those of another: stream `framework/<CASE id>` of the local one."""

from types import MappingProxyType
from typing import Literal

from ledger.domain.shapes import Authority, Payload

Relation = Literal["exactMatchOf", "isPartOf", "isPeerOf", "isRelatedTo"]

RELATIONS = MappingProxyType(
    {
        "exactMatchOf": "says the same as",
        "isPartOf": "is a part of",
        "isPeerOf": "stands beside",
        "isRelatedTo": "has to do with",
    }
)
"""The association types of CASE that align two competencies, each in plain words: origin, words, destination."""

WHOLE = "exactMatchOf"
"""The one relation under which what is shown of the origin is shown of the whole destination."""


class CompetencyAligned(Payload, frozen=True, kw_only=True):
    """A jurisdiction aligns a competency of its own framework to one of another, for a span of days.

    `competency` of the edition `edition` is the origin of the relation, `to_competency` of `to_edition`
    its destination; editions are digests, those held when this was written. It moves no decision.
    """

    jurisdiction: str
    framework: str
    edition: str
    competency: str
    to_framework: str
    to_edition: str
    to_competency: str
    relation: Relation
    first_day: str
    last_day: str | None
    authority: Authority


class AlignmentEnded(Payload, frozen=True, kw_only=True):
    """An alignment of this jurisdiction holds for the last time on a day; `alignment` is its position in that ledger.

    `last_day` may lie before its first day: then it never holds.
    """

    jurisdiction: str
    framework: str
    alignment: int
    last_day: str
    authority: Authority
    reason: str
