"""Changes of rules on the home page: those that wait for whoever looks, those that come soon, and the last ones."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from flask import url_for

from ledger.access.actions import Action
from ledger.domain.change_fold import Change
from ledger.inquiry.changes import change_row
from web import access
from web.change_lists import now_differing
from web.change_steps import STATUSES
from web.homes.shapes import HomeCard, Waiting
from web.ledgers import here
from web.remembering import remembered

SOON = timedelta(days=7)
MOST = 5


def waiting() -> HomeCard | None:
    """Return what waits for whoever proposes, approves, activates or settles."""
    if not any(map(access.may, (Action.PROPOSE_CHANGE, Action.APPROVE_CHANGE, Action.SETTLE))):
        return None
    governance = here().ledger.governance()
    items = (*_steps(governance.changes), *_differing())
    return HomeCard("What waits for you", items, "Nothing waits for you.", ("All changes", url_for("scoped.changes")))


def _steps(changes: Iterable[Change]) -> Iterator[Waiting]:
    me, soon = access.person().person, (here().ledger.today() + SOON).isoformat()
    for change in changes:
        status, first_day = change.status, change.proposed.first_day
        mine = change.proposer.acts_for(me)
        if status == "submitted" and not mine and access.may(Action.APPROVE_CHANGE):
            yield _line(change, "waits for your approval", "ask")
        elif status == "submitted" and mine:
            yield _line(change, "waits for somebody else to approve it", "none")
        elif status == "approved" and access.may(Action.ACTIVATE_CHANGE):
            yield _line(change, "is approved and can be scheduled or activated", "open")
        elif status == "scheduled" and first_day <= soon:
            yield _line(change, "is scheduled within seven days", "open")
        elif status == "declined" and mine:
            yield _line(change, "was sent back to you", "bad")


def _line(change: Change, words: str, tone: str) -> Waiting:
    row = change_row(here().ledger, change)
    address = url_for("scoped.change", change=row.number)
    day = date.fromisoformat(row.first_day)
    return Waiting(f"Change {row.number}", words, address, tone, f"{row.title}, from {day:%-d %B %Y}")


def _differing() -> Iterator[Waiting]:
    """Yield how many decisions stand although the rule in force would now say otherwise."""
    if not access.may(Action.SETTLE):
        return
    opened = here()
    found = remembered(
        ("differing", opened.ledger.jurisdiction, opened.position, opened.ledger.today()),
        lambda: len(now_differing(opened, None, None).rows),
    )
    if found:
        words = "decision would now be another" if found == 1 else "decisions would now be others"
        yield Waiting(f"{found:,}", f"{words}: somebody settles each", url_for("scoped.to_settle"), "open")


def last() -> HomeCard | None:
    """Return the changes that something happened to last."""
    if not access.may(Action.READ_CHANGES):
        return None
    changes = here().ledger.governance().changes
    newest = sorted(changes, key=lambda one: one.steps[-1][1].at, reverse=True)[:MOST]
    items = tuple(_line(one, f"is {one.status.replace('-', ' ')}", STATUSES[one.status][0]) for one in newest)
    return HomeCard("Last changes of rules", items, "No rule was changed from these pages yet.") if items else None
