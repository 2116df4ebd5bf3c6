"""A pilot as a legal instrument, and the figures about it: stream `pilot/<uuid>`.

A pilot stands in the ledger of the jurisdiction that allows it and is received by those below; the
figures of a district stand in the district's own ledger, and in the ledger above once they arrived there.
"""

from typing import Literal

from ledger.domain.jurisdiction import Attestation
from ledger.domain.learner import Question
from ledger.domain.shapes import Authority, Payload, Shape

ExitRule = Literal["finish-under-pilot", "return-at-end"]


class Waiver(Shape, frozen=True, kw_only=True):
    """What sets aside a bound for the time of a pilot: citation, link, and the sentence that does."""

    citation: str
    sentence: str
    link: str | None = None


class Participant(Shape, frozen=True, kw_only=True):
    """An organisation of a pilot: a district, or a school as `us-tx/pine-valley/north-high`.

    `first_day` is null where it begins with the pilot.
    """

    organisation: str
    first_day: str | None = None


class Scope(Shape, frozen=True, kw_only=True):
    """Who takes part: the organisations and all below them; of those only some grades or courses where not null."""

    organisations: tuple[Participant, ...]
    grades: tuple[str, ...] | None = None
    courses: tuple[str, ...] | None = None


class PilotOpened(Payload, frozen=True, kw_only=True):
    """A jurisdiction lets some organisations try another rule for one question and award, for a time.

    `title` is public and unlike that of any other pilot of the ledger; `purpose` says what is to be found
    out. `waives` are the positions, in this ledger, of the bounds that do not hold for adoptions made
    under the pilot; `waiver` says by what law, null where none is waived. Under `finish-under-pilot` a
    learner who began before the end stays under the pilot's rule, to `exit_by` at the longest (null: as
    long as it takes); under `return-at-end` nobody does. What was decided stands in both.
    """

    pilot: str
    title: str
    jurisdiction: str
    authority: Authority
    purpose: str
    question: Question
    award: str
    first_day: str
    last_day: str
    scope: Scope
    exit_rule: ExitRule
    exit_by: str | None = None
    waiver: Waiver | None = None
    waives: tuple[int, ...] = ()


class PilotExtended(Payload, frozen=True, kw_only=True):
    """A pilot lasts longer than was said; `exit_by` is its last day to finish by, as it is from now on."""

    pilot: str
    last_day: str
    exit_by: str | None
    authority: Authority
    reason: str


class PilotEnded(Payload, frozen=True, kw_only=True):
    """A pilot ends earlier than was said; a last day before its first says that it never begins."""

    pilot: str
    last_day: str
    authority: Authority
    reason: str


class FiguresSubmitted(Payload, frozen=True, kw_only=True):
    """A district worked out what came of a pilot among its learners, from its ledger up to a position.

    `on` is the day it did so for; `first_day` and `last_day` the days looked at. `figures` is canonical
    JSON in which small groups are hidden already, `digest` its SHA-256. `origin` names the district's ledger.
    """

    pilot: str
    jurisdiction: str
    origin: str
    position: int
    on: str
    first_day: str
    last_day: str
    figures: str
    digest: str


class FiguresCertified(Payload, frozen=True, kw_only=True):
    """Another person than the one who submitted figures answers for them.

    `submission` is their version in this stream, `digest` that of the figures.
    """

    pilot: str
    jurisdiction: str
    submission: int
    digest: str
    attestation: Attestation


class FiguresReceived(Payload, frozen=True, kw_only=True):
    """Certified figures arrived in the ledger of the pilot, whole, as the district handed them over.

    `origin` is the district's ledger and `position` that of the certificate in it; `canonical` the
    document received, `digest` its SHA-256.
    """

    pilot: str
    jurisdiction: str
    origin: str
    position: int
    digest: str
    canonical: str


FIGURES = FiguresSubmitted | FiguresCertified | FiguresReceived
"""What concerns one district alone, and is passed on to nobody below."""
