"""What a step of a change depends on in the rest of the ledger: what moved since, and what else is under way."""

from collections.abc import Iterator
from datetime import date

from ledger.application.ledger import Ledger
from ledger.bounds import overlaps
from ledger.deciding.supposing import Supposition
from ledger.domain.change_fold import Change, Written
from ledger.domain.change_rules import Circumstances
from ledger.domain.changes import ChangeProposed, Terms
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted, Selector
from ledger.errors import LedgerDamaged, UnknownName
from ledger.policy.model import Question
from ledger.storage.envelope import Author


def change_named(governance: Governance, name: str) -> Change:
    """Return a change by number, id or the beginning of an id; raise `UnknownName`."""
    found = governance.changes.find(name)
    if found is None:
        raise UnknownName(f"there is no change {name!r} here; `mastery changes list` names those there are")
    return found


def circumstances(ledger: Ledger, governance: Governance, change: Change, author: Author) -> Circumstances:
    """Return what a step of a change depends on now, for somebody who would take it."""
    undoing = (one for one in governance.changes if one.pending and one.proposed.rolls_back == change.id)
    return Circumstances(
        by=Written(author.actor, author.behalf),
        today=ledger.today(),
        moved=next(moved_since_preview(governance, change), ""),
        undoing=next((one.proposed.number for one in undoing), None),
    )


def moved_since_preview(governance: Governance, change: Change) -> Iterator[str]:
    """Say what came since the preview of a change that may make its answers others; evidence aside."""
    preview = change.preview
    if preview is None:
        return
    stratum = Question(adopted_by(governance, change.proposed).question).stratum
    for placed in (*governance.adoptions, *governance.endings):
        adoption = placed.payload if isinstance(placed.payload, PolicyAdopted) else _ended(governance, placed)
        own = placed.payload.change == change.id
        if not own and placed.position > preview.read_to and Question(adoption.question).stratum <= stratum:
            yield f"what governs {adoption.question} changed (position {placed.position})"
    for name, several in _what_rules_look_up(governance):
        for placed in several:
            if placed.position > preview.read_to:
                yield f"{name} changed (position {placed.position})"


def _what_rules_look_up(governance: Governance) -> Iterator[tuple[str, list[Placed]]]:
    yield "the priority standards", governance.designations
    yield "the scales", governance.scales
    yield "the frameworks", [placed for editions in governance.editions.values() for placed in editions]
    yield "the bounds set above", [*governance.bounds, *governance.bound_endings]


def _ended(governance: Governance, ending: Placed) -> PolicyAdopted:
    return _adoption(governance, ending.payload.adoption, ending.upstream).payload  # type: ignore[no-any-return]


def _adoption(governance: Governance, there: int, upstream: str | None = None) -> Placed:
    for placed in governance.adoptions:
        if placed.there == there and placed.upstream == upstream:
            return placed
    raise LedgerDamaged(f"no adoption stands at position {there}, which an event names")


def own_adoption(governance: Governance, position: int) -> Placed:
    """Return an adoption written in this ledger by its position; raise `UnknownName` for anything else."""
    for placed in governance.adoptions:
        if placed.position == position and placed.upstream is None:
            return placed
    raise UnknownName(f"no adoption of this ledger stands at position {position}; `mastery changes rules` lists them")


def adopted_by(governance: Governance, proposed: ChangeProposed) -> PolicyAdopted:
    """Return what a change adopts, or the adoption it ends, with the days it would bind."""
    if proposed.adopts is None:
        ended: PolicyAdopted = _adoption(governance, proposed.ends or 0).payload
        return ended
    return adoption_of(proposed, proposed.adopts)


def adoption_of(proposed: ChangeProposed, terms: Terms) -> PolicyAdopted:
    """Return the adoption a change would write; an emergency ends with the day by which it must be confirmed."""
    ends = [day for day in (terms.last_day, proposed.confirm_by if proposed.emergency else None) if day is not None]
    return PolicyAdopted(
        jurisdiction=proposed.jurisdiction,
        question=terms.question,
        award=terms.award,
        selector=terms.selector,
        policy=terms.policy,
        edition=terms.edition,
        digest=terms.digest,
        overrides=terms.overrides,
        first_day=proposed.first_day,
        last_day=min(ends, default=None),
        authority=proposed.authority,
        reason=proposed.reason,
        scale=terms.scale,
        unverified_acknowledged=terms.unverified_acknowledged,
        binding=terms.binding,
        change=proposed.change,
        pilot=terms.pilot,
        attestation=proposed.attestation,
    )


def endings_of(governance: Governance, proposed: ChangeProposed) -> tuple[AdoptionEnded, ...]:
    """Return the ends a change brings: that of an adoption, and of whatever the same change adopted beside it."""
    if proposed.ends is None:
        return ()
    ended = own_adoption(governance, proposed.ends)
    return tuple(
        AdoptionEnded(
            jurisdiction=proposed.jurisdiction,
            adoption=one.position,
            last_day=day_before(proposed.first_day),
            authority=proposed.authority,
            reason=proposed.reason,
            change=proposed.change,
        )
        for one in governance.adoptions
        if one.position == ended.position or _of_the_same_change(one, ended)
    )


def _of_the_same_change(one: Placed, other: Placed) -> bool:
    change = one.payload.change
    return one.upstream is None and change is not None and change == other.payload.change


def supposition_of(governance: Governance, proposed: ChangeProposed) -> Supposition:
    """Return a change as the events it would bring; its policy is archived since it was proposed."""
    adopted = () if proposed.adopts is None else (adoption_of(proposed, proposed.adopts),)
    return Supposition(adopted=adopted, ended=endings_of(governance, proposed))


def in_the_way(governance: Governance, proposed: PolicyAdopted) -> Iterator[Change]:
    """Yield the pending changes of the same jurisdiction that concern the same subjects on the same days."""
    for other in governance.changes:
        if not other.pending or other.proposed.jurisdiction != proposed.jurisdiction:
            continue
        theirs = adopted_by(governance, other.proposed)
        first_day = other.proposed.first_day
        if concerns_the_same(proposed, theirs) and days_meet(
            (proposed.first_day, proposed.last_day), (first_day, theirs.last_day)
        ):
            yield other


def concerns_the_same(one: PolicyAdopted, other: PolicyAdopted) -> bool:
    """Say whether two adoptions answer the same question about some subject."""
    same = (one.question, one.award) == (other.question, other.award)
    return same and overlaps(one.selector, other.selector)


def days_meet(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Say whether two spans of days have a day in common; null is open."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def replaced_by(governance: Governance, proposed: PolicyAdopted, read_to: int, *, learners: bool) -> Placed | None:
    """Return an adoption that a new one would replace for somebody.

    That is one of the same jurisdiction; where learners are on record, one from above as well.
    """
    chain = set(governance.chain())
    for placed in governance.adoptions:
        theirs: PolicyAdopted = placed.payload
        own = theirs.jurisdiction == proposed.jurisdiction
        if (own or (learners and theirs.jurisdiction in chain)) and concerns_the_same(proposed, theirs):
            last_day = governance.last_day_of(placed, read_to)
            if days_meet((proposed.first_day, proposed.last_day), (theirs.first_day, last_day)):
                return placed
    return None


def subjects_meant(selector: Selector) -> str:
    """Name the subjects of a selector in words."""
    return f"every {selector.kind}" if selector.ids is None else ", ".join(selector.ids)


def day_before(day: str) -> str:
    """Return the day before an ISO date."""
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
