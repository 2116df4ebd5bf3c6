"""What an auditor does on a case: stream `case/<uuid>`. Who does it stands in the envelope, as everywhere.

Titles, notes and conclusions may name people, so they live in the vault under the key of whoever wrote them;
bundles carry these events to everybody, and nothing here says more than which decisions were looked at.
"""

from typing import Literal

from ledger.domain.shapes import Payload, Shape, VaultText

NoteKind = Literal["note", "finding"]


class CaseOpened(Payload, frozen=True, kw_only=True):
    """An auditor begins to look at something; `number` counts the cases of the ledger from 1.

    `purpose` is a code for what it is for, as in `audit`; `basis` names the law, rule or order it rests on.
    """

    case: str
    number: int
    title: VaultText
    purpose: str
    basis: str


class CaseSampled(Payload, frozen=True, kw_only=True):
    """Decisions were drawn by a seed, in proportion to question, outcome and policy.

    From `population` decisions after position `after` and up to `through`, `wanted` were asked for. `counted` are
    the positions drawn that count, one twice where two slices drew it; `besides` those drawn from strata too
    small for a slice. Whoever has the ledger can draw them again from the seed.
    """

    case: str
    seed: str
    wanted: int
    after: int
    through: int
    population: int
    counted: tuple[int, ...]
    besides: tuple[int, ...] = ()


class DecisionsAdded(Payload, frozen=True, kw_only=True):
    """Decisions were put to the case by hand, by their positions: they say nothing of all others."""

    case: str
    positions: tuple[int, ...]


class CaseVerdict(Shape, frozen=True, kw_only=True):
    """What came of making one decision again that is not identical; null where it cannot be read."""

    position: int
    verdict: str | None


class CaseReplayed(Payload, frozen=True, kw_only=True):
    """The decisions of the case were made again, as the ledger stood at a position.

    `decisions` were looked at, `others` are those that did not come out identical.
    """

    case: str
    through: int
    decisions: int
    others: tuple[CaseVerdict, ...] = ()


class CaseNoted(Payload, frozen=True, kw_only=True):
    """The auditor wrote something down, about one decision by its position, or about the case where that is null."""

    case: str
    kind: NoteKind
    text: VaultText
    position: int | None = None


class CaseConcluded(Payload, frozen=True, kw_only=True):
    """The auditor is done: nothing more is added to the case."""

    case: str
    text: VaultText
