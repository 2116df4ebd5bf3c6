"""The page that opens one answer a change would alter: why it is what it is without the change, and with it."""

from dataclasses import dataclass

from ledger.domain.change_fold import Change
from ledger.errors import UnknownName
from ledger.inquiry.places import target_of
from ledger.inquiry.reasons import reasons
from ledger.policy.explaining import Explanation
from web import access, asking
from web.change_lists import ImpactRow, impact_rows, preview_of, worked_out
from web.ledgers import Opened


@dataclass(frozen=True, slots=True)
class Why:
    """One answer without a change and with it, and the reasons for both; null where no rule would be asked."""

    row: ImpactRow
    without: Explanation | None
    supposed: Explanation | None


def why_of(opened: Opened, change: Change, learner: str) -> Why:
    """Return the answer an address asks for; raise `UnknownName` where the change alters no such answer."""
    question, subject, award = (asking.text(name) or "" for name in ("question", "subject", "award"))
    key = (question, subject, award or "standard")
    found = [one for one in worked_out(opened, change).rows if one.key == (learner, *key)]
    if not found:
        raise UnknownName(f"change {change.proposed.number} alters no such answer about this learner")
    may = access.entitlements(target_of(opened.ledger, learner))
    said = reasons(opened.ledger, change, preview_of(change), learner, key, entitlements=may)
    return Why(next(impact_rows(opened, change, found)), said.without, said.supposed)
