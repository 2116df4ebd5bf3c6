"""Whom a learner or a guardian may ask about a target: a role that somebody holds for this learner, never a name."""

from collections.abc import Iterable, Iterator
from datetime import date

from ledger.access.grants import Granted, Target, reaches
from ledger.application.granting import all_grants
from ledger.application.ledger import Ledger
from ledger.domain.access import Role
from ledger.inquiry.target_views import AskView

OF_LEARNING: tuple[Role, ...] = ("teacher", "counsellor", "principal", "registrar", "district admin")
OF_AWARDS: tuple[Role, ...] = ("counsellor", "registrar", "principal", "teacher", "district admin")
"""Who is asked first about learning, and about credits and diplomas."""

NOBODY_IS_KNOWN = AskView("", "", "")


def whom_to_ask(ledgers: Iterable[Ledger], target: Target, question: str, on: date) -> AskView:
    """Return the role to ask about a learner's target on a day; empty where nobody holds one for this learner."""
    order = OF_LEARNING if question == "MASTERY" else OF_AWARDS
    held = [one for ledger in ledgers for one in _held(ledger, target, on) if one.role in order]
    first = min(held, key=lambda one: (order.index(one.role), one.place.kind != "class"), default=None)
    if first is None:
        return NOBODY_IS_KNOWN
    is_class = first.place.kind == "class"
    return AskView(
        first.role,
        (first.place.section or "") if is_class else "",
        (first.place.organisation or "") if is_class else "",
    )


def _held(ledger: Ledger, target: Target, on: date) -> Iterator[Granted]:
    return (one for one in all_grants(ledger) if one.holds_on(on) and reaches(one.place, target))
