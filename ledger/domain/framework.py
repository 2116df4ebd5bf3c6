"""What is to be learned and on which scales: stream `framework/<CASE id>`."""

from typing import Literal

from ledger.domain.shapes import Authority, Payload, Shape

CompetencyKind = Literal["academic", "transferable", "habit"]


class FrameworkImported(Payload, frozen=True, kw_only=True):
    """One edition of a framework, whole.

    `content` is the canonical text of `ledger.domain.competencies.Edition`; `digest` its SHA-256,
    the edition's identity; `source` the SHA-256 of the file it came from.
    """

    framework: str
    title: str
    digest: str
    content: str
    source: str


class CompetencyDesignated(Payload, frozen=True, kw_only=True):
    """A jurisdiction makes a competency a priority standard of a course for a span of days.

    `priority` false takes the designation back from `first_day` on.
    """

    jurisdiction: str
    framework: str
    edition: str
    competency: str
    course: str
    kind: CompetencyKind
    priority: bool
    first_day: str
    last_day: str | None
    authority: Authority


class Level(Shape, frozen=True, kw_only=True):
    """One level of a scale: its label and its exact decimal value."""

    label: str
    value: str


class Band(Shape, frozen=True, kw_only=True):
    """A share of the full score, in percent, from which a level is reached; dated and cited."""

    level: str
    at_least: str
    first_day: str
    last_day: str | None
    cites: str


class ScaleDefined(Payload, frozen=True, kw_only=True):
    """One edition of a scale: its levels in rising order, and bands where scores may be read as levels."""

    scale: str
    title: str
    digest: str
    levels: tuple[Level, ...]
    bands: tuple[Band, ...] = ()
