"""A framework beside the local ones: which standards nothing is aligned to, and what was never evidenced.

It counts what is there and moves nothing: no decision about a standard reads evidence about what is
aligned to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ledger.application import Ledger
from ledger.domain.aligned import Alignment, alignments_on
from ledger.domain.alignment import RELATIONS
from ledger.inquiry.coverage_sides import Side, beside, chosen_framework, sides_of, walked
from ledger.inquiry.coverage_views import (
    STATES,
    AlignedView,
    CoverageState,
    CoverageView,
    LooseView,
    StandardView,
    StateCount,
)
from ledger.projections.coverage import NOTHING, Seen, seen
from ledger.storage.read_models import ReadModels

_Found = Mapping[str, Seen]


def coverage(
    ledger: Ledger,
    models: ReadModels,
    framework: str | None = None,
    *,
    on: date | None = None,
    known_at: int | None = None,
) -> CoverageView:
    """Return how a framework is covered on a day, today without one, as the ledger knew it at a position.

    `framework` is an id, a title or a name; without one, the only framework something is aligned to, or
    the only one there is. Raises `UnknownName` or `UsageError` where that names none.
    """
    governance, day = ledger.governance(), on or ledger.today()
    read_to = governance.position if known_at is None else known_at
    sides = sides_of(governance, read_to)
    chosen = sides[chosen_framework(governance, framework, read_to)]
    holding = [one for one in alignments_on(governance, day, read_to) if _is_there(one, sides)]
    aligned = _aligned(holding, chosen)
    locals_ = beside(governance, sides, chosen, read_to)
    loose = _loose(locals_, holding, day)
    found, position = seen(models, _groups(chosen, aligned, loose), day, known_at=known_at)
    listed = [
        one
        for one in walked(chosen.outline)
        if chosen.is_standard(one, day.isoformat()) or one in aligned or f"one/{one}" in found
    ]
    standards = [_standard(chosen, sides, one, aligned.get(one, ()), found, bool(locals_)) for one in listed]
    return CoverageView(
        framework=chosen.framework,
        title=chosen.title,
        edition=chosen.edition,
        on=day.isoformat(),
        position=position,
        locals=tuple(side.title for side in locals_),
        counts=tuple(StateCount(state, sum(one.state == state for one in standards)) for state in STATES),
        standards=tuple(sorted(standards, key=lambda one: STATES.index(one.state))),
        loose=tuple(_loose_view(side, one, found) for side, one in loose),
    )


def _is_there(one: Alignment, sides: Mapping[str, Side]) -> bool:
    """Say whether an alignment joins frameworks held, and ends in a competency there still is."""
    side = sides.get(one.said.to_framework)
    return one.said.framework in sides and side is not None and one.said.to_competency in side.outline.by_id


def _aligned(holding: Iterable[Alignment], chosen: Side) -> dict[str, list[Alignment]]:
    """Return what is aligned to each competency of the framework."""
    found: dict[str, list[Alignment]] = {}
    for one in holding:
        if one.said.to_framework == chosen.framework:
            found.setdefault(one.said.to_competency, []).append(one)
    return found


def _loose(locals_: Iterable[Side], holding: Iterable[Alignment], day: date) -> list[tuple[Side, str]]:
    bound = {one.said.competency for one in holding}
    return [(side, one) for side in locals_ for one in side.standards(day.isoformat()) if one not in bound]


def _groups(
    chosen: Side, aligned: Mapping[str, Sequence[Alignment]], loose: Iterable[tuple[Side, str]]
) -> dict[str, list[str]]:
    """Name what is counted together: each competency alone, and each standard with what is aligned to it."""
    groups = {f"one/{identity}": [identity] for identity in chosen.outline.by_id}
    groups |= {f"one/{identity}": [identity] for _, identity in loose}
    for identity, ways in aligned.items():
        groups |= {f"one/{one.said.competency}": [one.said.competency] for one in ways}
        whole = {identity, *(one.said.competency for one in ways if one.whole)}
        groups[f"whole/{identity}"] = sorted(whole)
        groups[f"part/{identity}"] = sorted({one.said.competency for one in ways} - whole)
    return {name: [f"competency/{one}" for one in members] for name, members in groups.items()}


def _standard(
    chosen: Side,
    sides: Mapping[str, Side],
    identity: str,
    ways: Sequence[Alignment],
    found: _Found,
    has_locals: bool,
) -> StandardView:
    item = chosen.outline.by_id[identity]
    own = found.get(f"one/{identity}", NOTHING)
    whole = found.get(f"whole/{identity}", NOTHING) if ways else own
    part = found.get(f"part/{identity}", NOTHING)
    return StandardView(
        competency=identity,
        code=item.code or "",
        label=item.label,
        statement=item.statement,
        parents=chosen.above(identity),
        state=_state(ways, whole, part, has_locals),
        aligned=tuple(_aligned_view(sides[one.said.framework], one, found) for one in ways),
        own=own,
        whole=whole,
        part=part,
    )


def _state(ways: Sequence[Alignment], whole: Seen, part: Seen, has_locals: bool) -> CoverageState:
    """Say how a standard stands: what is aligned or evidenced in part alone never covers it."""
    if has_locals and not ways:
        return "not aligned"
    if not whole.evidence and not part.evidence:
        return "never evidenced"
    if whole.evidence and (not has_locals or any(one.whole for one in ways)):
        return "covered"
    return "in part"


def _aligned_view(side: Side, one: Alignment, found: _Found) -> AlignedView:
    item = side.outline.by_id.get(one.said.competency)
    return AlignedView(
        competency=one.said.competency,
        code=(item.code if item else None) or "",
        label=item.label if item else one.said.competency,
        framework=side.title,
        relation=one.said.relation,
        words=RELATIONS[one.said.relation],
        whole=one.whole,
        first_day=one.said.first_day,
        last_day=one.last_day,
        jurisdiction=one.said.jurisdiction,
        position=one.position,
        seen=found.get(f"one/{one.said.competency}", NOTHING),
    )


def _loose_view(side: Side, identity: str, found: _Found) -> LooseView:
    item = side.outline.by_id[identity]
    return LooseView(
        competency=identity,
        code=item.code or "",
        label=item.label,
        statement=item.statement,
        framework=side.title,
        seen=found.get(f"one/{identity}", NOTHING),
    )
