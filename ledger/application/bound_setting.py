"""Setting and ending the bounds that jurisdictions below must keep within."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.application.ledger import Ledger
from ledger.application.proposing import Placing
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import BoundEnded, BoundSet, BoundSide, Override, PolicyArchived, Selector
from ledger.domain.shapes import Authority, Payload
from ledger.errors import PolicyProblems, Problem, Refused, UnknownName
from ledger.overrides import read_overrides
from ledger.policy.canonical import policy_digest, policy_text, value_text
from ledger.policy.model import Policy
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import digest


@dataclass(frozen=True, slots=True)
class BoundOrder:
    """A bound as it is to be set: the rule, on which sides, for whom, from when to when, by whose authority."""

    policy: Policy
    sides: tuple[BoundSide, ...]
    first_day: date
    authority: Authority
    reason: str
    last_day: date | None = None
    overrides: Mapping[str, str] | None = None
    subjects: tuple[str, ...] | None = None
    acknowledge_unverified: bool = False


def set_bound(ledger: Ledger, author: Author, order: BoundOrder) -> Appended:
    """Set a floor, a guarantee or both; raise `PolicyProblems`, storing nothing, where the rule may be none."""
    bounds = _bounds(ledger, order)

    def make(governance: Governance) -> Placing:
        archived = _archived(order.policy)
        held = archived.digest in governance.archived
        payloads: list[Payload] = [*bounds] if held else [archived, *bounds]
        return [(f"jurisdiction/{ledger.jurisdiction}", payload) for payload in payloads]

    return ledger.write_as_governed(author, bounds, make)


def _archived(policy: Policy) -> PolicyArchived:
    text = policy_text(policy)
    return PolicyArchived(policy=policy.id, edition=policy.edition, digest=digest(text.encode()), canonical=text)


def _bounds(ledger: Ledger, order: BoundOrder) -> list[BoundSet]:
    policy = order.policy
    values, problems = read_overrides(policy, order.overrides or {}, order.first_day)
    problems += [Problem("", policy.edition, where, what) for where, what in _refusals(ledger, order)]
    if problems:
        raise PolicyProblems(problems)
    return [
        BoundSet(
            jurisdiction=ledger.jurisdiction,
            side=side,
            question=policy.question.value,
            award=policy.award,
            selector=Selector(kind=policy.subject, ids=order.subjects),
            policy=policy.id,
            edition=policy.edition,
            digest=policy_digest(policy),
            overrides=tuple(Override(name=name, value=value_text(value)) for name, value in sorted(values.items())),
            first_day=order.first_day.isoformat(),
            last_day=order.last_day.isoformat() if order.last_day else None,
            authority=order.authority,
            reason=order.reason,
        )
        for side in order.sides
    ]


def _refusals(ledger: Ledger, order: BoundOrder) -> Iterator[tuple[str, str]]:
    policy, governance = order.policy, ledger.governance()
    if policy.jurisdiction and policy.jurisdiction not in governance.chain():
        yield "jurisdiction", f"it is a policy of {policy.jurisdiction}, which is not above {ledger.jurisdiction}"
    digests = {one.payload.digest for one in governance.archived.values() if one.payload.edition == policy.edition}
    if digests - {policy_digest(policy)}:
        yield "edition", "another text is archived under this edition; a changed rule is a new edition"
    if order.last_day is not None and order.last_day < order.first_day:
        yield "until", f"{order.last_day} is before the first day, {order.first_day}"
    if order.first_day < policy.effective:
        yield "from", f"{order.first_day} is before this edition takes effect on {policy.effective}"
    if policy.unverified and not order.acknowledge_unverified:
        yield "confidence", "it rests on facts nobody has verified; say so with --acknowledge-unverified"


def end_bound(
    ledger: Ledger, author: Author, position: int, last_day: date, authority: Authority, reason: str
) -> Appended:
    """End a bound of this ledger after a day; raise `UnknownName` for anything else than one."""
    ended = BoundEnded(
        jurisdiction=ledger.jurisdiction,
        bound=position,
        last_day=last_day.isoformat(),
        authority=authority,
        reason=reason,
    )

    def make(governance: Governance) -> Placing:
        placed = own_bound(governance, position)
        held = governance.last_day_of_bound(placed, governance.position)
        if held is not None and held <= ended.last_day:
            raise Refused(f"the bound at position {position} holds until {held} already")
        return [(f"jurisdiction/{ledger.jurisdiction}", ended)]

    return ledger.write_as_governed(author, [ended], make)


def own_bound(governance: Governance, position: int) -> Placed:
    """Return a bound set in this ledger by its position; raise `UnknownName`."""
    for placed in governance.bounds:
        if placed.position == position and placed.upstream is None:
            return placed
    raise UnknownName(f"no bound of this ledger stands at position {position}; `mastery bounds list` names them")
