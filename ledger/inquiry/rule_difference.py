"""What a change does to a rule: both in plain words side by side, and which of them is the stricter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ledger.application.change_state import adopted_by, change_named, supposition_of
from ledger.application.ledger import Ledger
from ledger.application.previewing import governance_at
from ledger.bounds import candidates
from ledger.deciding.supposing import suppose
from ledger.domain.change_fold import Change
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.inquiry.changes import governs_today
from ledger.inquiry.rule_sides import SectionPair, side_by_side
from ledger.inquiry.strictness import Held, held_against
from ledger.policy.analysis.side import Side
from ledger.policy.canonical import value_from_text
from ledger.policy.model import Policy
from ledger.policy.plain import PolicyWords, policy_in_words
from ledger.policy.sheet import Value


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """The rule before a change and after it; null on a side where nothing answers the question."""

    on: str
    before: PolicyWords | None
    after: PolicyWords | None
    sections: tuple[SectionPair, ...]
    held: Held | None

    @property
    def differs(self) -> bool:
        """Say whether a line of the rule differs."""
        return any(section.differs for section in self.sections)


def rule_difference(ledger: Ledger, name: str) -> RuleDifference:
    """Return what a change does to a rule on the first day it binds; raises `UnknownName`."""
    governance = ledger.governance()
    change = change_named(governance, name)
    on = max(date.fromisoformat(change.proposed.first_day), ledger.today())
    before = governs_today(ledger, governance, change)
    after = _after(ledger, change, on) if change.proposed.ends is not None else adopted_by(governance, change.proposed)
    return difference_of(_ruling(ledger, before), _ruling(ledger, after), on)


Ruling = tuple[Policy, Mapping[str, Value]]


def difference_of(before: Ruling | None, after: Ruling | None, on: date) -> RuleDifference:
    """Return two rules, each with the values set locally, side by side."""
    one, other = ((policy_in_words(rule[0], on, rule[1]) if rule else None) for rule in (before, after))
    held = held_against(Side(before[0], on, before[1]), Side(after[0], on, after[1])) if before and after else None
    return RuleDifference(on.isoformat(), one, other, side_by_side(one, other), held)


def _ruling(ledger: Ledger, adopted: PolicyAdopted | None) -> Ruling | None:
    if adopted is None:
        return None
    return ledger.shelf().find(adopted.digest).policy, {
        one.name: value_from_text(one.value) for one in adopted.overrides
    }


def _after(ledger: Ledger, change: Change, on: date) -> PolicyAdopted | None:
    """Return what governs again the first subject of an adoption that a change ends."""
    ended = adopted_by(ledger.governance(), change.proposed)
    position = change.position if change.activated_at is None else change.activated_at - 1
    known = suppose(governance_at(ledger, position), supposition_of(ledger.governance(), change.proposed))
    subject = f"{ended.selector.kind}/{(ended.selector.ids or ('',))[0]}"
    found = candidates(known, ended.question, ended.award, subject, on, known.position + 1)
    return next((one.governing.adoption for one in found if one.binds_everyone), None)
