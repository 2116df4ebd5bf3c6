"""The frameworks a ledger holds, and what aligns them."""

from collections import Counter
from datetime import date

from ledger.application import Ledger
from ledger.domain.aligned import Alignment, alignments_on
from ledger.domain.alignment import RELATIONS
from ledger.inquiry.coverage_sides import Side, sides_of
from ledger.inquiry.coverage_views import AlignmentView, FrameworkView


def frameworks(ledger: Ledger) -> tuple[FrameworkView, ...]:
    """Return every framework held now, in the order in which they came."""
    governance, today = ledger.governance(), ledger.today()
    holding = alignments_on(governance, today, governance.position)
    ending = Counter(one.said.to_framework for one in holding)
    beginning = Counter(one.said.framework for one in holding)
    return tuple(
        FrameworkView(
            framework=one,
            title=side.title,
            edition=side.edition,
            origin=governance.editions[one][-1].upstream or "",
            competencies=len(side.outline.by_id),
            standards=len(side.standards(today.isoformat())),
            aligned_to=ending[one],
            aligned_from=beginning[one],
        )
        for one, side in sides_of(governance, governance.position).items()
    )


def alignment_list(
    ledger: Ledger, framework: str | None = None, *, on: date | None = None, known_at: int | None = None
) -> tuple[AlignmentView, ...]:
    """Return the alignments that hold on a day, today without one, as known at a position.

    With the id of a framework, those that begin or end in it.
    """
    governance = ledger.governance()
    read_to = governance.position if known_at is None else known_at
    sides = sides_of(governance, read_to)
    return tuple(
        _view(sides, one)
        for one in alignments_on(governance, on or ledger.today(), read_to)
        if framework in (None, one.said.framework, one.said.to_framework)
    )


def _view(sides: dict[str, Side], one: Alignment) -> AlignmentView:
    said = one.said
    local_title, local, local_label = _named(sides, said.framework, said.competency)
    title, standard, standard_label = _named(sides, said.to_framework, said.to_competency)
    return AlignmentView(
        position=one.position,
        jurisdiction=said.jurisdiction,
        local_framework=local_title,
        local=local,
        local_label=local_label,
        relation=said.relation,
        words=RELATIONS[said.relation],
        framework=title,
        standard=standard,
        standard_label=standard_label,
        first_day=said.first_day,
        last_day=one.last_day,
        body=said.authority.body,
        origin=one.upstream or "",
    )


def _named(sides: dict[str, Side], framework: str, identity: str) -> tuple[str, str, str]:
    side = sides.get(framework)
    item = side.outline.by_id.get(identity) if side else None
    title = side.title if side else framework
    return (title, item.code or identity, item.label) if item else (title, identity, "")
