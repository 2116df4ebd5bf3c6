"""What stands at the head of every page about a change: how far it is, its checks, and what is new to this person."""

from dataclasses import dataclass
from functools import lru_cache

from ledger.access.actions import Action
from ledger.application.change_state import change_named
from ledger.domain.change_fold import Change
from ledger.inquiry.change_checks import Check, checks_of, either
from ledger.inquiry.changes import ChangeView, StepTaken, change_view, person_words
from ledger.inquiry.freshness import Freshness, freshness
from ledger.inquiry.holders import holders
from ledger.inquiry.rule_difference import RuleDifference, rule_difference
from ledger.storage.envelope import Author
from web import access, change_seen, change_steps
from web.change_lists import worked_out
from web.change_steps import ChangePage
from web.ledgers import Opened

LOOKING = "looking"
"""Stands for the command of somebody who only looks."""


@dataclass(frozen=True, slots=True)
class Head:
    """A change as its pages show it.

    `waits_for` names those who could give the approval it waits for, empty where it waits for none;
    `news` are the steps taken since this person last opened it, `said` counts the comments.
    """

    change: Change
    view: ChangeView
    page: ChangePage
    checks: tuple[Check, ...]
    fresh: Freshness | None
    waits_for: str
    news: tuple[StepTaken, ...]
    said: int


def head_of(opened: Opened, name: str) -> Head:
    """Return what stands at the head of the pages about a change; raise `UnknownName`."""
    ledger = opened.ledger
    change = change_named(ledger.governance(), name)
    view = change_view(ledger, name, onlooker())
    fresh = _fresh(opened, change)
    approvers = _approvers(opened)
    return Head(
        change=change,
        view=view,
        page=change_steps.page_of(view),
        checks=checks_of(ledger, change, view, fresh, approvers) if view.row.status != "withdrawn" else (),
        fresh=fresh,
        waits_for=_waits_for(opened, change, approvers),
        news=_news(change, view),
        said=sum(one.what == "commented" for one in view.steps),
    )


def onlooker() -> Author:
    """Return whoever is signed in, to ask what that person may do; nothing is written down by it."""
    return Author(access.person().person, "onlooker", LOOKING)


def _news(change: Change, view: ChangeView) -> tuple[StepTaken, ...]:
    new = change_seen.news(change)
    return tuple(one for one in view.steps if one.version in new)


def _approvers(opened: Opened) -> tuple[str, ...]:
    ledgers = [one.ledger for one in access.chain()]
    return holders(ledgers, Action.APPROVE_CHANGE, access.jurisdiction(), opened.ledger.today())


def _waits_for(opened: Opened, change: Change, approvers: tuple[str, ...]) -> str:
    mine = access.may(Action.APPROVE_CHANGE) and not change.proposer.acts_for(access.person().person)
    if change.status.value != "submitted" or mine:
        return ""
    others = [one for one in approvers if not change.proposer.acts_for(one)]
    return either([person_words(opened.ledger.vault, one) for one in others]) if others else "nobody has that role yet"


def _fresh(opened: Opened, change: Change) -> Freshness | None:
    if not change.pending or change.preview is None:
        return None
    version = change.latest_preview or 0
    return _freshness(opened, change.id, version, opened.position)


@lru_cache(maxsize=32)
def _freshness(opened: Opened, change: str, version: int, position: int) -> Freshness:
    """Return how fresh a preview is; the same as long as nothing is written."""
    found = change_named(opened.ledger.governance(), change)
    return freshness(opened.ledger, found, worked_out(opened, found, version))


def difference(opened: Opened, change: Change) -> RuleDifference:
    """Return what a change does to the rule."""
    return _difference(opened, change.id, change.version, opened.ledger.governance().position, opened.ledger.today())


@lru_cache(maxsize=32)
def _difference(opened: Opened, change: str, *_: object) -> RuleDifference:
    return rule_difference(opened.ledger, change)
